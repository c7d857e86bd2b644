import { refactor, restart } from './signed-simplex.js';
import type { Workspace } from './stage.js';

/**
 * Inverts the basis in hand anew, with masses, signs and λ: hundreds of pivots on ill conditioned bases leave an inverse
 * whose masses have other signs than those of the basis, and the optimum that the simplex sees is then none.
 *
 * @returns false where the basis is singular to working precision; the simplex is then as before
 */
export function renew({ simplex, newton, labels, scratch }: Workspace): boolean {
  const { pivots } = simplex;
  // Newton's method takes its own copy whenever it starts.
  const kept = newton.inverse;
  kept.set(simplex.inverse);
  if (!refactor(simplex, scratch)) {
    simplex.inverse.set(kept);
    return false;
  }
  restart(simplex, labels);
  simplex.pivots = pivots;
  return true;
}
