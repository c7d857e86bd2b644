import { parseArgs } from 'node:util';

/** What the command line hands over; it has checked everything but the Python. */
export interface BenchOptions {
  readonly quick: boolean;
  readonly quiet: boolean;
  readonly python: string | undefined;
  readonly runs: number;
  /** Where `core.json` and the figures are written. */
  readonly folder: string;
  /** Where the figures are written once more. */
  readonly out: string | undefined;
}

/** Training runs of the memory curve. */
const RUNS = { full: 100_000, quick: 10_000 } as const;

/** Reads the arguments of `dist/bench/core/main.js`. */
export function benchOptions(argv: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      quick: { type: 'boolean', default: false },
      quiet: { type: 'boolean', default: false },
      python: { type: 'string' },
      runs: { type: 'string' },
      folder: { type: 'string', default: 'reports/bench' },
      out: { type: 'string' },
    },
  });
  const { quick, quiet, python, runs, folder, out } = values;
  return {
    quick,
    quiet,
    python,
    runs: runs === undefined ? RUNS[quick ? 'quick' : 'full'] : Number(runs),
    folder,
    out,
  };
}
