function interrupted() {
  process.exit(3);
}
process.on('SIGINT', interrupted);
import('../dist/src/cli/main.js').then(
  (cli) => {
    process.off('SIGINT', interrupted);
    return cli.main(process.argv.slice(2));
  },
  (error) => {
    const missing =
      error && error.code === 'ERR_MODULE_NOT_FOUND' && /dist.src.cli.main/.test(error.message);
    process.stderr.write(
      missing
        ? 'falsum: dist/ is missing; run "npm run build" first\n'
        : 'falsum: cannot start: ' + (error && error.stack) + '\n',
    );
    process.exitCode = missing ? 2 : 70;
  },
);
