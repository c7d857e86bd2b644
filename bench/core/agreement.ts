import type { Contestant } from './contestant.js';
import { BenchError } from '../shared/errors.js';
import { makeProblem } from './problems.js';
import { REFERENCE_ENGINE } from './engines.js';

const SHAPE = { inputDim: 3, width: 7, sampleSize: 11 };
const PROBLEMS = 5;
const SETTINGS = { stepSize: 0.05, steps: 25 };

/**
 * Largest relative difference of the objectives after 25 steps. The orders of summation differ, and
 * 25 contracting steps on 11 points add up to some hundreds of roundings: 2⁻⁵³ and 2⁻²⁴ each,
 * with room for cancellation in the residuals.
 */
const TOLERANCES = { float64: 1e-9, float32: 1e-4 } as const;

/**
 * Proves that a contestant computes what the reference does: the same objectives after some steps from the
 * same weights on the same data, one problem at a time and in a batch.
 *
 * @throws BenchError when it does not
 */
export async function checkAgreement(contestant: Contestant, reference: Contestant): Promise<void> {
  const problems = Array.from({ length: PROBLEMS }, (_, i) => makeProblem(SHAPE, `check ${i}`));
  const tolerance = TOLERANCES[contestant.precision];
  for (const batch of [false, true]) {
    const expected = await reference.objectives(problems, { ...SETTINGS, batch });
    const found = await contestant.objectives(problems, { ...SETTINGS, batch });
    expected.forEach((objective, i) => {
      // Not ≤, so that NaN differs too.
      if (Math.abs(found[i] - objective) <= tolerance * objective) return;
      throw new BenchError(
        `${contestant.name}: the objective after ${SETTINGS.steps} steps must be ${objective} (${REFERENCE_ENGINE}) within ${tolerance}, got ${found[i]}${batch ? ' in a batch' : ''}; it computes something else, so it is not timed`,
      );
    });
  }
}
