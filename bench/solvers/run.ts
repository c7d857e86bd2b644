import { benchMinimumNorm, costAgainstSize, tableOf } from './minimum-norm.js';

/** Prints the tables; with --json the figures alone. */
const figures = await benchMinimumNorm();
const costs = costAgainstSize();
if (process.argv.includes('--json')) console.log(JSON.stringify({ figures, costs }, null, 2));
else console.log(`${tableOf(figures)}\n\n${tableOf(costs)}`);
