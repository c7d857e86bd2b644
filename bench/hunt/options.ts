import { parseArgs } from 'node:util';

/** What the command line hands over. */
export interface HuntOptions {
  readonly quick: boolean;
  readonly quiet: boolean;
  /** Where `hunt.json` and the figure are written. */
  readonly folder: string;
  /** Where the figure is written once more. */
  readonly out: string | undefined;
}

/** Reads the arguments of `dist/bench/hunt/main.js`. */
export function huntOptions(argv: readonly string[]): HuntOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      quick: { type: 'boolean', default: false },
      quiet: { type: 'boolean', default: false },
      folder: { type: 'string', default: 'reports/bench' },
      out: { type: 'string' },
    },
  });
  const { quick, quiet, folder, out } = values;
  return { quick, quiet, folder, out };
}
