import { ARGUMENTS } from '../arguments.js';
import { ASSUMED } from '../assumptions.js';
import type { Evidence, Finding, Rounded } from '../finding.js';
import {
  ONE,
  ZERO,
  fraction,
  inner,
  integer,
  magnitude,
  ofDouble,
  order,
  over,
  plus,
  times,
  total,
} from '../rational.js';
import { exact, record } from '../read.js';
import { cannotCheck, demand } from '../rejection.js';
import { compared, settling } from '../statement.js';
import { gibbsExcess } from './gibbs-excess.js';
import type { LossSetting } from './loss.js';
import { activationStatement, normalisation, readLoss } from './loss.js';
import { supremaOf } from './suprema.js';

/**
 * Started from the Gibbs law the excess of the loss is one positive number at every time, for every step. Data: a bound
 * of ln 2/β. The size of the excess is an estimate by quadrature, repeated here in floating point.
 */
export function gibbsFinding({ instance, data, lhs }: Evidence, setting: LossSetting): Finding {
  const { defect } = record(data, 'certificate.data', ['defect']);
  const loss = readLoss(instance, setting);
  const { outer, labels, lambda, step } = loss;
  const { threshold } = setting;
  const supremum = supremaOf(loss.activation).defect;
  if (supremum === null || threshold === null || step === null || lhs === null) {
    cannotCheck('the reading is about SoftPlus with a printed threshold');
  }
  const bound = exact(defect, 'certificate.data.defect');
  const loosest = times(supremum.upper, plus(ONE, fraction(1n, 1n << 40n)));
  demand(
    order(supremum.upper, bound) <= 0 && order(bound, loosest) <= 0,
    'certificate.data.defect must be ln 2/β, rounded up at most by a factor 1 + 2⁻⁴⁰',
  );
  const level = times(total(outer.map(magnitude)), bound);
  const reaches = labels.map((y) => plus(magnitude(y), level));
  const atOrigin = over(inner(reaches, reaches), integer(labels.length));
  const radiusSquared = over(times(integer(4), atOrigin), lambda);
  const number = (instance as { step: number }).step;
  return {
    clause:
      'started from ρ = μ_s, the excess E L̃(W(t)) − min L̃ is at most every ε > 0 at every t ≥ 0',
    statement: `λ > λ_c, and E L̃(W(t)) − min L̃ is the same positive number at every t ≥ 0 for ρ_initial = μ_s, whatever s > 0 is; about ${lhs.value.toPrecision(6)} at s = ${number}`,
    argument: ARGUMENTS.gibbs,
    statements: [
      activationStatement(loss, setting, ''),
      settling(ASSUMED.above, compared('λ above λ_c', lambda, '>', threshold)),
      normalisation(loss, ''),
      compared('U > 0', atOrigin, '>', ZERO),
      compared(
        '(λ/2)·R² > U at R² = 4U/λ',
        times(lambda, fraction(1n, 2n), radiusSquared),
        '>',
        atOrigin,
      ),
    ],
    facts: [],
    argued: [
      'L̃(0) ≤ U and L̃(W) ≥ (λ/2)‖W‖², so L̃ is not constant and its mean under μ_s exceeds its minimum',
      'ρ_initial = μ_s is stationary and at distance 0, so every t ≥ 0 is late enough',
      'the size of the excess is an estimate, repeated to six digits or its own error by another quadrature in floating point',
    ],
    sides: {
      lhs: around(gibbsExcess(loss, step), lhs.error),
      rhs: { lower: ZERO, upper: ZERO },
    },
  };
}

/** The estimate, to its error in the file (1 % at most) and a millionth for the quadrature here. */
function around(estimate: number, error: number): Rounded {
  const off = Math.min(error, 0.01 * estimate) + 1e-6 * estimate;
  return { lower: ofDouble(estimate - off), upper: ofDouble(estimate + off) };
}
