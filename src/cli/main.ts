import { join, relative } from 'node:path';
import { InputError } from '../hunting/index.js';
import { FALSUM_VERSION, InternalFault, PACKAGE_ROOT } from '../running/index.js';
import { BENCH_HELP, bench } from './commands/bench.js';
import { BOARD_HELP, board } from './commands/board.js';
import { CORPUS_HELP, corpus } from './commands/corpus.js';
import { EVIDENCE_HELP, evidence } from './commands/evidence.js';
import { FALSIFY_HELP, falsify } from './commands/falsify.js';
import { HUNT_HELP, hunt } from './commands/hunt.js';
import { LIST_HELP, list } from './commands/list.js';
import { REPLAY_HELP, replay } from './commands/replay.js';
import { REPORT_HELP, report } from './commands/report.js';
import { SHOW_HELP, show } from './commands/show.js';
import { EXIT, UsageError, faultText } from './errors.js';
import { catchInterrupts } from './interrupt.js';
import { systemFailure } from '../files/index.js';
import { oneLine } from '../model/index.js';
import { tfjsStatus } from '../training/index.js';
import { versionText } from './version-text.js';

interface Command {
  readonly help: string;
  readonly run: (argv: readonly string[]) => Promise<number>;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  list: { help: LIST_HELP, run: list },
  show: { help: SHOW_HELP, run: show },
  falsify: { help: FALSIFY_HELP, run: falsify },
  hunt: { help: HUNT_HELP, run: hunt },
  board: { help: BOARD_HELP, run: board },
  corpus: { help: CORPUS_HELP, run: corpus },
  replay: { help: REPLAY_HELP, run: replay },
  evidence: { help: EVIDENCE_HELP, run: evidence },
  report: { help: REPORT_HELP, run: report },
  bench: { help: BENCH_HELP, run: bench },
};

const HELP = `falsum <command>, version ${FALSUM_VERSION}

Attacks claims of learning theory and says what the evidence is.

  list [pattern…]       the claims, their readings and last verdicts
  show <claim>          one claim in full
  falsify [pattern…]    the main job: judges claims with their controls, writes the report
  hunt <claim>          searches for a counterexample with all cores, for as long as it is told
  board                 readings by the smallest margin reached and the effort spent
  corpus [action]       lists, verifies or extends the stored counterexamples, which every run tries first
  replay <id|file>      recomputes one counterexample, or has its certificate checked (--verify)
  evidence [claim…]     what has accumulated in the ledger; export, import and merge carry it elsewhere
  report                builds the report from the last results
  bench <name>          times training engines (core) or solvers and their peers side by side

"falsum <command> --help" tells more; "falsum --version" names the engines and the backend of TensorFlow.js.
Exit codes: 0 as expected, 1 an unexpected verdict, 2 wrong usage or input, 3 interrupted, 70 a fault of Falsum.
`;

/** Runs the command line and sets the process's exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  process.setSourceMapsEnabled(true);
  // A closed pipe (falsum list | head) is no error.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  catchInterrupts();
  let finished = false;
  process.once('exit', (code) => {
    if (finished || (code !== 0 && code !== UNSETTLED)) return;
    process.stderr.write(
      'falsum: stopped before the end; a claim file calls process.exit or waits for what never comes\n',
    );
    process.exitCode = EXIT.usage;
  });
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      finished = true;
      process.exit(uncaught(error));
    });
  }
  const code = await dispatch(argv);
  finished = true;
  for (const stream of [process.stdout, process.stderr]) {
    await new Promise((resolve) => stream.write('', resolve));
  }
  // Whatever a claim file left running, such as a timer, keeps nobody waiting.
  process.exit(code);
}

/** Node's exit code when the event loop is empty and a top-level await is not settled. */
const UNSETTLED = 13;

/** One line for an error that nothing caught, and the exit code: whose code threw it? */
function uncaught(error: unknown): number {
  const failure = systemFailure(error);
  if (error instanceof InputError || failure !== null) {
    process.stderr.write(`falsum: ${oneLine((failure ?? (error as InputError)).message)}\n`);
    return EXIT.usage;
  }
  const thrown = error instanceof Error ? error : new Error(String(error));
  const frame = /(?:file:\/\/)?(\/[^\s()]+:\d+:\d+)\)?$/m.exec(thrown.stack ?? '')?.[1];
  const inside = ['dist', 'node_modules'].map((folder) => join(PACKAGE_ROOT, folder));
  if (frame === undefined || inside.some((folder) => frame.startsWith(folder))) {
    process.stderr.write(`${faultText(thrown.stack ?? thrown.message)}\n`);
    return EXIT.fault;
  }
  process.stderr.write(
    `falsum: ${oneLine(`${relative(process.cwd(), frame)}: ${thrown.message.split('\n')[0]}`)} (thrown or rejected where nothing awaits it)\n`,
  );
  return EXIT.usage;
}

async function dispatch(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  try {
    if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
      process.stdout.write(HELP);
      return name === undefined ? EXIT.usage : EXIT.asExpected;
    }
    if (name === '--version') {
      process.stdout.write(versionText(await tfjsStatus()));
      return EXIT.asExpected;
    }
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!command) {
      throw new UsageError(
        `no command "${name}"; there are ${Object.keys(COMMANDS).join(', ')} (see "falsum --help")`,
      );
    }
    if (rest.includes('--help') || rest.includes('-h')) {
      process.stdout.write(command.help);
      return EXIT.asExpected;
    }
    return await command.run(rest);
  } catch (error) {
    if (error instanceof UsageError || error instanceof InputError) {
      process.stderr.write(`falsum: ${oneLine(error.message)}\n`);
      return EXIT.usage;
    }
    const failure = systemFailure(error);
    if (failure !== null) {
      process.stderr.write(`falsum: ${oneLine(failure.message)}\n`);
      return EXIT.usage;
    }
    const fault = error instanceof Error ? error : new Error(String(error));
    const detail = fault instanceof InternalFault ? fault.message : (fault.stack ?? fault.message);
    process.stderr.write(`${faultText(detail)}\n`);
    return EXIT.fault;
  }
}
