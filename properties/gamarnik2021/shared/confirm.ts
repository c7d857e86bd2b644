import type { Assumption, Confirmation, Violation } from '../../../src/claims/index.js';
import { HIGH_PRECISION_DIGITS, bigNumber, highPrecision } from '../../../src/math/index.js';
import { OUTER_NORM_CLAUSE } from './decide.js';
import type { OuterNormInstance } from './instance.js';
import type { OuterNormActivation, Student } from './neurons.js';

type Big = ReturnType<typeof bigNumber>;

/** Multiplications of 64-digit numbers that a confirmation may cost. */
const LIMIT = 200_000;

/**
 * Recomputes a violation with 64 digits: L̂ ≤ δ² and a ≥ 0 (‖w_j‖ ≤ R for sigmoids) of the student that
 * shows it, its outer norm, and the bound. Null without a finite student or where it would take too long.
 *
 * @param boundBig the bound with 64 digits; `slack` is the error of its constants, added to it
 */
export function confirmOuterNorm(
  activation: OuterNormActivation,
  instance: OuterNormInstance,
  violation: Violation,
  bound: { readonly value: Big; readonly slack: number },
  assumptions: readonly Assumption<OuterNormInstance>[],
): Confirmation | null {
  const student = violation.conclusion.witness as Student | undefined;
  const { inputs, labels, delta, radius, law } = instance;
  if (student === undefined || student.outer.length === 0) return null;
  if (inputs.length * student.outer.length * law.dimension > LIMIT) return null;
  const zero = bigNumber(0);
  const inner = student.inner.map((w) => w.map(bigNumber));
  const outer = student.outer.map(bigNumber);
  const norms = inner.map((w) => w.reduce((sum, e) => sum.plus(e.times(e)), zero).sqrt());
  let loss = zero;
  for (const [i, x] of inputs.entries()) {
    const point = x.map(bigNumber);
    const output = inner.reduce((sum, w, j) => {
      const t = w.reduce((product, entry, k) => product.plus(entry.times(point[k])), zero);
      return sum.plus(outer[j].times(activate(activation, t)));
    }, zero);
    const residual = output.minus(bigNumber(labels[i]));
    loss = loss.plus(residual.times(residual));
  }
  loss = loss.div(inputs.length);
  const allowed = bigNumber(delta).times(bigNumber(delta));
  // A neuron that vanishes on the sample takes any outer weight: its supremum is infinite.
  const unbounded = violation.clause.lhs === Infinity;
  const lhs = outer.reduce(
    (sum, a, j) => sum.plus(activation === 'relu' ? a.times(norms[j]) : a),
    zero,
  );
  const rhs = bound.value.plus(bigNumber(bound.slack));
  const admissible =
    loss.lte(allowed) &&
    outer.every((a) => a.gte(0)) &&
    norms.every((n) => n.gt(0) && (radius === null || n.lte(bigNumber(radius).times(1 + 1e-12))));
  return {
    method: 'the student’s training error and outer norm and the bound, in BigNumber arithmetic',
    digits: HIGH_PRECISION_DIGITS,
    clause: OUTER_NORM_CLAUSE,
    lhs: unbounded ? 'Infinity' : lhs.toString(),
    rhs: rhs.toString(),
    violated: admissible && (unbounded || lhs.gt(rhs)),
    assumptions: assumptions.map(({ name, margin }) => {
      const value = margin(instance);
      return { name, margin: String(value), holds: value >= 0 };
    }),
  };
}

function activate(activation: OuterNormActivation, t: Big): Big {
  const zero = bigNumber(0);
  if (activation === 'relu') return t.gt(0) ? t : zero;
  if (activation === 'step') return t.gte(0) ? bigNumber(1) : zero;
  return bigNumber(1).div(bigNumber(1).plus(highPrecision.exp(t.neg()) as Big));
}
