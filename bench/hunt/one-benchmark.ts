// The program of the processes that bench hunt divides its claims among: `<name> <seeds>`.
import { BENCHMARKS } from './claims/index.js';
import { attemptAll } from './run.js';

const [name, seeds] = process.argv.slice(2);
const benchmark = BENCHMARKS.find((candidate) => candidate.name === name);
if (benchmark === undefined) throw new RangeError(`one-benchmark: there is no benchmark ${name}`);
process.send?.(await attemptAll(benchmark, Number(seeds)));
process.disconnect();
