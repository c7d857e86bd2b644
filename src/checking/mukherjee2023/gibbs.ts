import { ARGUMENTS } from '../arguments.js';
import type { Evidence, Finding } from '../finding.js';
import type { Rational } from '../rational.js';
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
import { compared } from '../statement.js';
import { gibbsExcess } from './gibbs-excess.js';
import type { LossSetting } from './loss.js';
import { normalisation, readLoss } from './loss.js';
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
  const defectOfActivation = supremaOf(loss.activation).defect;
  if (defectOfActivation === null || threshold === null || step === null || lhs === null) {
    cannotCheck('the reading is about SoftPlus with a printed threshold');
  }
  const bound = exact(defect, 'certificate.data.defect');
  demand(
    order(defectOfActivation.upper, bound) <= 0,
    'certificate.data.defect must not be below ln 2/β',
  );
  const level = times(total(outer.map(magnitude)), bound);
  const reaches = labels.map((y) => plus(magnitude(y), level));
  const atOrigin = over(inner(reaches, reaches), integer(labels.length));
  const radiusSquared = over(times(integer(4), atOrigin), lambda);
  const number = (instance as { step: number }).step;
  return {
    clause:
      'started from ρ = μ_s, the excess E L̃(W(t)) − min L̃ is at most every ε > 0 at every t ≥ 0',
    statement: `λ > λ_c, and E L̃(W(t)) − min L̃ is the same positive number at every t ≥ 0 for ρ_initial = μ_s, whatever s > 0 is; about ${lhs.toPrecision(6)} at s = ${number}`,
    argument: ARGUMENTS.gibbs,
    statements: [
      compared('λ above λ_c', lambda, '>', threshold),
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
      'the size of the excess is an estimate, repeated to 1 % by another quadrature in floating point',
    ],
    sides: { lhs: around(ofDouble(gibbsExcess(loss, step))), rhs: { lower: ZERO, upper: ZERO } },
  };
}

/** An estimate, to 1 %. */
function around(x: Rational): { lower: Rational; upper: Rational } {
  const off = fraction(1n, 100n);
  return { lower: times(x, plus(ONE, times(integer(-1), off))), upper: times(x, plus(ONE, off)) };
}
