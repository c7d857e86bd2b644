import {
  compare,
  divide,
  multiply,
  negate,
  rankExact,
  solveExact,
  subtract,
} from '../../math/index.js';
import type { Rational } from '../../math/index.js';
import type { InterpolationProblem } from './balanced-problem.js';

/** The exact factor c with x_j = c·x_i, or null where there is none. x_i ≠ 0. */
function factorBetween({ inputs }: InterpolationProblem, i: number, j: number): Rational | null {
  const [x, z] = [inputs[i], inputs[j]];
  const pivot = x.findIndex((entry) => entry !== 0);
  const same = x.every(
    (entry, k) => compare(multiply(z[k], x[pivot]), multiply(entry, z[pivot])) === 0,
  );
  return same ? divide(z[pivot], x[pivot]) : null;
}

/**
 * What one row says beside another of nearly its direction, in exact arithmetic. 'same': the same; 'contradictory': it has
 * exactly its direction, but not the label that belongs to it; 'near': another direction.
 */
export function compareRows(
  problem: InterpolationProblem,
  i: number,
  j: number,
): 'same' | 'contradictory' | 'near' {
  const { inputs, labels } = problem;
  const identical = inputs[i].every((entry, k) => entry === inputs[j][k]);
  if (identical) return labels[i] === labels[j] ? 'same' : 'contradictory';
  const factor = factorBetween(problem, i, j);
  if (factor === null) return 'near';
  return compare(multiply(labels[i], factor), labels[j]) === 0 ? 'same' : 'contradictory';
}

/**
 * What pairs of nearly opposite rows say together: f(x) − f(−x) = ⟨q, x⟩ with one q. 'implied': exactly opposite, they agree
 * and follow from `independent` of them; 'contradictory': exactly opposite, no q fits all; 'near': neither.
 */
export function comparePairs(
  { inputs, labels }: InterpolationProblem,
  pairs: readonly (readonly [number, number])[],
  independent: number,
): 'implied' | 'contradictory' | 'near' {
  const rows: (readonly number[])[] = [];
  const right: Rational[] = [];
  for (const [i, j] of pairs) {
    const factor = factorBetween({ inputs, labels }, i, j);
    if (factor === null) return 'near';
    // f(−x) = f(cx)/|c| for c < 0.
    rows.push(inputs[i]);
    right.push(subtract(labels[i], divide(labels[j], negate(factor))));
  }
  if (solveExact(rows, right).status === 'inconsistent') return 'contradictory';
  return rankExact(rows) === independent ? 'implied' : 'near';
}
