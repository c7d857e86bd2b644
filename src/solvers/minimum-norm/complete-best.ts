import type { Best, PreparedCase } from './best-bounds.js';
import { fits } from './best-bounds.js';
import { correctionBasis } from './correction-basis.js';
import { provedUpper } from './enclosure.js';
import { outOfFrame } from './interpolation-problem.js';
import { boundMisfits } from './misfits.js';

/** The first meets the labels up to rounding times the condition of the basis, the second what that leaves. */
const MOST_PASSES = 2;

/**
 * Where no stage ended with a proved interpolant (inputs 1e-8 apart and nearer): adds to the best network what it
 * misses in columns of the correction basis, and proves what that costs.
 */
export function completeBest({ prepared, data, pricer, labels }: PreparedCase, best: Best): void {
  const directions = [...best.directions];
  const masses = [...best.masses];
  if (best.upper === Infinity) Object.assign(best, { directions: [], masses: [] });
  const correction = correctionBasis(pricer.inputs, pricer.size, pricer.dim);
  if (correction === null) return;
  const { basis, inverse, functions, costs, weights } = correction;
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    const { values, residual, norm } = boundMisfits(data, directions, masses, true);
    if (fits(residual, norm, labels)) break;
    for (const [j, { direction, linear }] of functions.entries()) {
      let mass = 0;
      for (let i = 0; i < pricer.size; i += 1) mass += inverse[j * pricer.size + i] * values[i];
      if (mass === 0) continue;
      const w = outOfFrame(prepared.frame, direction);
      // ⟨w, x⟩ = σ(⟨w, x⟩) − σ(⟨−w, x⟩) and ½|⟨w, x⟩| = ½σ(⟨w, x⟩) + ½σ(⟨−w, x⟩).
      directions.push(
        w,
        w.map((entry) => -entry),
      );
      masses.push(linear ? mass : mass / 2, linear ? -mass : mass / 2);
    }
  }
  const network = { directions, masses, complete: true, weights, room: Infinity, left: 0 };
  const { upper, proved, residual } = provedUpper(data, basis, inverse, network, directions, costs);
  if (!proved) return;
  Object.assign(best, { upper, proved, residual, directions, masses });
}
