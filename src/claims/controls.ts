import { atMost, decided } from './conclusion.js';
import type { Control } from './reading.js';

/**
 * The control that multiplies every clause's sides: lhs·left ≤ rhs·right must fail on some draw.
 *
 * @param left factor on the left sides, > 0
 * @param right factor on the right sides, > 0
 * @param statement what the false variant says
 * @param argument why it is false
 */
export function scaleSides(
  left: number,
  right: number,
  statement: string,
  argument: string,
): Control<unknown> {
  return {
    statement,
    argument,
    judge: 'every-draw',
    async conclude(_, original) {
      const conclusion = await original();
      if (conclusion.status !== 'decided') return conclusion;
      const clauses = conclusion.clauses.map(({ name, lhs, rhs, margin }) => {
        // The uncertainty of the original margin, turned back into an absolute error.
        const error = ((margin.upper - margin.lower) / 2) * (Math.abs(lhs) + Math.abs(rhs));
        return atMost(name, lhs * left, rhs * right, Number.isFinite(error) ? error : 0);
      });
      return decided(conclusion.decidedBy, clauses);
    },
  };
}
