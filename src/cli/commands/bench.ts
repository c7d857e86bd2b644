import { spawn } from 'node:child_process';
import { accessSync, constants, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { InputError } from '../../hunting/index.js';
import { InternalFault, PACKAGE_ROOT } from '../../running/index.js';
import { EXIT, UsageError } from '../errors.js';
import { onInterrupt } from '../interrupt.js';
import { parse, text, wholeNumber } from '../options.js';
import { checkJson, writeJson } from './list.js';

export const BENCH_HELP = `falsum bench <core|hunt|solvers|power>

Times parts of Falsum and their peers side by side: one thread each, in turns. Wants a quiet machine.
Or measures what the search (hunt) and the judges (power) can do.

  core                  full-batch gradient steps of two-layer ReLU networks of six shapes, beside NumPy
                        and PyTorch where a Python has them; the cost of a step over the size; memory
                        over many training runs; about five minutes
  solvers               minimum-norm interpolation at d = 2 and 3, beside column generation with HiGHS
                        and with SciPy's HiGHS where a Python has SciPy: problems per second, proved
                        gaps, the cost over the number of inputs; about three minutes
  hunt                  the search of a hunt on twelve claims that are false with probability 1e-9 to 1e-6,
                        beside random draws and on their true twins; about ten minutes
  power                 simulation: the judges on synthetic evidence, their false alarms, times of
                        detection and coverage; planted: false claims planted over the flagship
                        readings, which the profile ci must refute, and the true ones that they come
                        from, which it must not; killed: runs killed at random moments; hostile: cut
                        and forged files of every kind that is read back; about half an
                        hour; exits 1 when something is not as it must be
  --quick               less of everything, at most a minute or two; hunt: half of the claims, three seeds
  --long                power: 50 runs of every true reading, every night's look at the ladders, 200
                        kills; about an hour and a half on two processors
  --only <text>         power: only what has this text in its name
  --python <path>       the Python of the peers (default: the first of python3 and /usr/bin/python3
                        that has what they need)
  --runs <n>            core: training runs of the memory curve (default: 100000, with --quick 10000)
  --reports <folder>    writes bench/<name>.json and the figures there (default: reports)
  --out <folder>        writes the figures there too
  --json <file|->       the numbers as JSON (falsum/bench-<name>@1); with - to standard output
  --quiet               print nothing but errors
`;

const INTERRUPTED = 'interrupted; nothing was written';

/** The benchmarks that exist, with their compiled programs. */
const BENCHES: Readonly<Record<string, string>> = {
  core: 'dist/bench/core/main.js',
  solvers: 'dist/bench/solvers/main.js',
  hunt: 'dist/bench/hunt/main.js',
  power: 'dist/bench/power/main.js',
};

/** Runs a benchmark in a process of its own, so that nothing else is loaded there. */
export async function bench(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse('bench', argv, {
    quick: { type: 'boolean' },
    python: { type: 'string' },
    runs: { type: 'string' },
    long: { type: 'boolean' },
    only: { type: 'string' },
    reports: { type: 'string' },
    out: { type: 'string' },
  });
  const name = nameOf(positionals);
  const json = text(values, 'json');
  const python = text(values, 'python');
  const runs = text(values, 'runs');
  if (runs !== undefined && name !== 'core') {
    throw new UsageError(`bench ${name}: --runs is an option of bench core`);
  }
  wholeNumber('runs', runs, 0, 1000, 10_000_000);
  const only = text(values, 'only');
  const long = values['long'] === true;
  if (name === 'hunt' && python !== undefined) {
    throw new UsageError('bench hunt: --python is no option of it');
  }
  if (name === 'power') {
    if (python !== undefined) throw new UsageError('bench power: --python is no option of it');
    if (long && values['quick'] === true) {
      throw new UsageError('bench power: --quick and --long exclude one another');
    }
  } else if (long || only !== undefined) {
    throw new UsageError(`bench ${name}: --long and --only are options of bench power`);
  }
  const quiet = values['quiet'] === true;
  const folder = resolve(text(values, 'reports') ?? 'reports', 'bench');
  const out = text(values, 'out');
  checkJson(json);
  makeFolder('--reports', folder);
  if (out !== undefined) makeFolder('--out', resolve(out));

  onInterrupt(() => INTERRUPTED);
  const code = await runProgram(
    join(PACKAGE_ROOT, BENCHES[name]),
    [
      ...(values['quick'] === true ? ['--quick'] : []),
      ...(quiet ? ['--quiet'] : []),
      ...(long ? ['--long'] : []),
      ...(only === undefined ? [] : ['--only', only]),
      ...(python === undefined ? [] : ['--python', python]),
      ...(runs === undefined ? [] : ['--runs', runs]),
      ...(out === undefined ? [] : ['--out', out]),
      ...['--folder', folder],
    ],
    json === '-',
  );
  // A benchmark that finds something wrong has written what.
  if ((code === EXIT.asExpected || code === EXIT.unexpected) && json !== undefined) {
    writeJson(json, JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')));
  }
  return code;
}

/** @throws UsageError unless exactly one benchmark that exists is named */
function nameOf(names: readonly string[]): string {
  const [name] = names;
  const there = `there are ${Object.keys(BENCHES).join(', ')}`;
  if (name === undefined) throw new UsageError(`bench: name a benchmark; ${there}`);
  if (!Object.hasOwn(BENCHES, name)) {
    throw new UsageError(`bench: no benchmark "${name}"; ${there}`);
  }
  if (names.length > 1) throw new UsageError('bench: name one benchmark only');
  return name;
}

/** Proves that a folder can be written before any work is done. @throws InputError */
function makeFolder(option: string, folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new InputError(
      `${option}: ${folder} cannot be written (${(error as { code?: string }).code ?? String(error)}); choose another folder`,
    );
  }
}

/**
 * Runs a compiled program with this process's streams and returns its exit code; what it prints goes to
 * standard error while standard output carries JSON.
 */
function runProgram(
  program: string,
  args: readonly string[],
  jsonOnStdout: boolean,
): Promise<number> {
  const child = spawn(process.execPath, ['--enable-source-maps', program, ...args], {
    stdio: ['ignore', jsonOnStdout ? 2 : 'inherit', 'inherit'],
  });
  // Also when an interrupt ends this process.
  process.once('exit', () => child.kill());
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('exit', (code, signal) => {
      if (code !== null) done(code);
      else if (signal === 'SIGINT' || signal === 'SIGTERM') {
        process.stderr.write(`falsum: ${INTERRUPTED}\n`);
        done(EXIT.interrupted);
      } else failed(new InternalFault(`the benchmark was stopped by ${signal}`));
    });
  });
}
