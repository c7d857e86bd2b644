import type { Assumption, ExactCheck } from '../../../src/claims/index.js';
import { settling } from '../../../src/claims/index.js';
import type { RationalLike } from '../../../src/math/index.js';
import { compare, formatRational } from '../../../src/math/index.js';
import type { LossProblem } from '../../../src/theory/index.js';
import { sigmoid, softplus } from './thresholds.js';

/** The exact check that settles what a reading assumes of σ. */
export function activationCheck(
  assumption: Assumption<LossProblem>,
  problem: LossProblem,
): ExactCheck {
  const { activation } = problem;
  if (assumption.name === softplus.name) {
    const beta = activation.name === 'softplus' ? activation.beta : 0;
    return settling(softplus, check('β of σ = SoftPlus_β', beta, '>', 0));
  }
  const others =
    assumption.name === sigmoid.name
      ? 'activations other than the sigmoid'
      : 'activations other than sigmoid, tanh, arctan, erf, sine, Gaussian bump and constant, which are smooth and bounded with σ′ and σ″';
  return settling(assumption, check(others, assumption.margin(problem) >= 0 ? 0 : 1, '≤', 0));
}

/** One exact check, as it is printed. */
export function check(
  what: string,
  left: RationalLike,
  relation: '<' | '≤' | '>' | '≥',
  right: RationalLike,
): ExactCheck {
  const order = compare(left, right);
  const holds =
    relation === '<'
      ? order < 0
      : relation === '≤'
        ? order <= 0
        : relation === '>'
          ? order > 0
          : order >= 0;
  return { what, left: formatRational(left), relation, right: formatRational(right), holds };
}
