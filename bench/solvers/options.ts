import { parseArgs } from 'node:util';

/** What the command line hands over; it has checked everything but the Python. */
export interface SolversOptions {
  readonly quick: boolean;
  readonly quiet: boolean;
  readonly python: string | undefined;
  /** Where `solvers.json` and the figures are written. */
  readonly folder: string;
  /** Where the figures are written once more. */
  readonly out: string | undefined;
}

/** Reads the arguments of `dist/bench/solvers/main.js`. */
export function solversOptions(argv: readonly string[]): SolversOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      quick: { type: 'boolean', default: false },
      quiet: { type: 'boolean', default: false },
      python: { type: 'string' },
      folder: { type: 'string', default: 'reports/bench' },
      out: { type: 'string' },
    },
  });
  const { quick, quiet, python, folder, out } = values;
  return { quick, quiet, python, folder, out };
}
