import { norm } from '../../math/index.js';
import type { Vector } from '../../model/index.js';
import type { Atom } from './interpolant.js';
import { column } from './interpolant.js';

/**
 * Carathéodory's theorem as an algorithm: a network with the same values at the inputs, at most as many neurons as
 * inputs, a subset of those given, and no larger Σ|mass|.
 *
 * Columns σ(⟨w_j, x_i⟩) of more neurons than inputs admit Σz_jc_j = 0; along ±z, where Σ|mass| does not grow, masses
 * move until one is 0. Values change by rounding alone, times the condition of the columns.
 *
 * @param inputs shape (sampleSize, inputDim)
 */
export function sparserNetwork(inputs: readonly Vector[], atoms: readonly Atom[]): Atom[] {
  let kept = atoms.filter(({ mass }) => mass !== 0);
  while (kept.length > inputs.length) {
    const combination = nullCombination(
      kept.map(({ direction }) => column(inputs, direction)),
      inputs.length,
    );
    const slope = kept.reduce((sum, { mass }, j) => sum + Math.sign(mass) * combination[j], 0);
    const way = slope > 0 ? -1 : 1;
    // Some mass shrinks along the way, for the norm does not grow.
    let first = -1;
    let step = Infinity;
    for (const [j, { mass }] of kept.entries()) {
      const speed = -Math.sign(mass) * way * combination[j];
      if (speed > 0 && Math.abs(mass) / speed < step) {
        step = Math.abs(mass) / speed;
        first = j;
      }
    }
    if (first < 0) return kept;
    kept = kept
      .map(({ direction, mass }, j) => ({ direction, mass: mass + step * way * combination[j] }))
      .filter(({ mass }, j) => j !== first && mass !== 0);
  }
  return kept;
}

/** z ≠ 0 with Σz_jc_j = 0 for more columns than rows, by Gaussian elimination with complete pivoting. */
function nullCombination(columns: readonly number[][], rows: number): number[] {
  const work = columns.map((entries) => [...entries]);
  const order = columns.map((_, j) => j);
  const sizes = columns.map((entries) => norm(entries));
  let rank = 0;
  for (; rank < rows; rank += 1) {
    let pivot = rank;
    let row = rank;
    let largest = 0;
    for (let j = rank; j < order.length; j += 1) {
      for (let i = rank; i < rows; i += 1) {
        const entry = Math.abs(work[order[j]][i]) / sizes[order[j]];
        if (entry > largest) [largest, pivot, row] = [entry, j, i];
      }
    }
    // Rounding of zeros: the columns left depend on the pivots.
    if (!(largest > 1e-13)) break;
    [order[rank], order[pivot]] = [order[pivot], order[rank]];
    for (const entries of work) [entries[rank], entries[row]] = [entries[row], entries[rank]];
    const lead = work[order[rank]];
    for (let j = rank + 1; j < order.length; j += 1) {
      const entries = work[order[j]];
      const value = entries[rank];
      if (value === 0) continue;
      // Rows below the pivot: subtract row multiples, which depend on the pivot column alone.
      for (let i = rank + 1; i < rows; i += 1) entries[i] -= (lead[i] / lead[rank]) * value;
    }
    for (let i = rank + 1; i < rows; i += 1) lead[i] = 0;
  }
  const free = order[rank];
  const combination = columns.map(() => 0);
  combination[free] = 1;
  for (let k = rank - 1; k >= 0; k -= 1) {
    let sum = work[free][k];
    for (let l = k + 1; l < rank; l += 1) sum += work[order[l]][k] * combination[order[l]];
    combination[order[k]] = -sum / work[order[k]][k];
  }
  return combination;
}
