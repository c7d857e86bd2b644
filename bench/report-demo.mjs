// Builds a report from invented readings, to look at its design without a run:
//   node bench/report-demo.mjs [folder]        (default: reports/demo)
import { build } from 'esbuild';
import { rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = resolve(process.argv[2] ?? join(root, 'reports', 'demo'));
// Inside the repository, where the bundle's imports of packages resolve.
const work = join(root, '.build-demo');

rmSync(join(folder, 'allure-results'), { recursive: true, force: true });
try {
  await build({
    entryPoints: [join(root, 'src', 'reporting', 'testing', 'demo-report.ts')],
    outfile: join(work, 'demo-report.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
  const { buildDemoReport } = await import(pathToFileURL(join(work, 'demo-report.mjs')).href);
  console.log(pathToFileURL(await buildDemoReport(folder)).href);
} finally {
  rmSync(work, { recursive: true, force: true });
}
