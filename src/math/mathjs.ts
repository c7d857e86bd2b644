import { createRequire } from 'node:module';
import type * as mathjs from 'mathjs';

/**
 * mathjs from its one-file bundle: its public entry is some three hundred modules, which cost every
 * start of the command line and every worker more than a second on a busy machine.
 */
export const { all, create, isSymbolNode, parse } = createRequire(import.meta.url)(
  'mathjs/lib/browser/math.js',
) as typeof mathjs;
