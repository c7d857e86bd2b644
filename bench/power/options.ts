import { parseArgs } from 'node:util';
import type { Extent } from './part.js';

/** What the command line hands over; it has checked everything. */
export interface PowerOptions {
  readonly extent: Extent;
  readonly only: string | null;
  readonly quiet: boolean;
  /** Where `power.json` and the figures are written. */
  readonly folder: string;
  /** Where the figures are written once more. */
  readonly out: string | undefined;
}

/** Reads the arguments of `dist/bench/power/main.js`. */
export function powerOptions(argv: readonly string[]): PowerOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      quick: { type: 'boolean', default: false },
      long: { type: 'boolean', default: false },
      only: { type: 'string' },
      quiet: { type: 'boolean', default: false },
      folder: { type: 'string', default: 'reports/bench' },
      out: { type: 'string' },
    },
  });
  const { quick, long, only = null, quiet, folder, out } = values;
  return { extent: quick ? 'quick' : long ? 'long' : 'normal', only, quiet, folder, out };
}
