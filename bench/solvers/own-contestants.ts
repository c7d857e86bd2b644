import { minimumNormByLinearPrograms, solveMinimumNorm } from '../../src/solvers/index.js';
import type { Contestant } from './contestant.js';

/** The solver whose times the others' are divided by. */
export const OWN = 'falsum';

/** The own solver, and column generation with the same pricing and HiGHS (WebAssembly) for its linear programs. */
export const OWN_CONTESTANTS: readonly Contestant[] = [
  {
    name: OWN,
    description: 'solveMinimumNorm, TypeScript; bounds with every rounding error counted',
    peer: false,
    takes: () => true,
    solve: async (problem) => {
      const start = processorSeconds();
      const { lower, upper, proved } = solveMinimumNorm(problem);
      return { seconds: processorSeconds() - start, lower, upper, proved };
    },
  },
  {
    name: 'HiGHS',
    description: 'column generation with HiGHS in WebAssembly; bounds as computed',
    peer: true,
    // A single problem takes half a minute at d = 3 and 64 inputs.
    takes: ({ inputDim, sampleSize }) => inputDim === 2 || sampleSize <= 32,
    solve: async (problem) => {
      const start = processorSeconds();
      const { lower, upper } = await minimumNormByLinearPrograms(problem);
      return { seconds: processorSeconds() - start, lower, upper, proved: false };
    },
  },
];

/** Processor time of this process: other processes of the machine do not count. */
function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
