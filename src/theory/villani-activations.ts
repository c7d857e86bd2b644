import { bigNumber, expression } from '../math/index.js';
import type { Expression } from '../math/index.js';
import { checkActivation } from '../model/index.js';
import type { Activation } from '../model/index.js';

/**
 * Suprema over the real line of an activation, as doubles that are never below the true suprema
 * and at most two units in the last place above them.
 */
export interface ActivationSuprema {
  /** sup|σ|; infinite for an unbounded activation. */
  readonly value: number;
  /** M_D = sup|σ'|, which is also the best Lipschitz constant L. */
  readonly slope: number;
  /** M'_D = sup|σ''|. */
  readonly curvature: number;
  /** sup|σ(u) − uσ'(u)|, where the activation is unbounded; else null. */
  readonly homogeneityDefect: number | null;
}

interface BoundFormulas {
  /** Null when unbounded. */
  readonly value: Expression<'parameter'> | null;
  readonly slope: Expression<'parameter'>;
  readonly curvature: Expression<'parameter'>;
  readonly homogeneityDefect: Expression<'parameter'> | null;
}

const formula = (text: string): Expression<'parameter'> =>
  expression<'parameter'>(text, { parameter: '\\beta' });

const bounded = (value: string, slope: string, curvature: string): BoundFormulas => ({
  value: formula(value),
  slope: formula(slope),
  curvature: formula(curvature),
  homogeneityDefect: null,
});

/**
 * Where the suprema are attained. sigmoid: σ'' = σ'(1 − 2σ) = t(1 − t²)/4 with t = 1 − 2σ, largest at
 * t² = 1/3. tanh: twice the slope, four times the half-argument. arctan: |2u|/(1 + u²)² at u² = 1/3.
 * erf: (4/√π)|u|e^{−u²} at u² = ½. exp(−u²): |σ'| at u² = ½, |σ''| = |4u² − 2|e^{−u²} at 0.
 * SoftPlus_β: g(u) = σ − uσ' has g' = −uσ'', so it rises to g(0) = ln 2/β and falls to 0 both ways.
 */
const FORMULAS: Partial<Record<Activation['name'], BoundFormulas>> = {
  sigmoid: bounded('1', '1/4', '1/(6*sqrt(3))'),
  tanh: bounded('1', '1', '4/(3*sqrt(3))'),
  arctan: bounded('pi/2', '1', '9/(8*sqrt(3))'),
  erf: bounded('1', '2/sqrt(pi)', '4/sqrt(2*pi*e)'),
  sine: bounded('1', '1', '1'),
  'gaussian-bump': bounded('1', 'sqrt(2/e)', '2'),
  constant: bounded('abs(parameter)', '0*parameter', '0*parameter'),
  softplus: {
    value: null,
    slope: formula('1'),
    curvature: formula('parameter/4'),
    homogeneityDefect: formula('log(2)/parameter'),
  },
};

/**
 * The suprema of an activation that is smooth with bounded first and second derivatives.
 *
 * @throws RangeError when the activation has a kink, no such bounds are known or there is none such
 */
export function activationSuprema(activation: Activation): ActivationSuprema {
  const known = KNOWN.get(activation);
  if (known !== undefined) return known;
  const formulas = formulasOf(activation);
  const parameter = parameterOf(activation);
  const upper = (it: Expression<'parameter'>) => roundUp(it, parameter);
  const suprema = {
    value: formulas.value === null ? Infinity : upper(formulas.value),
    slope: upper(formulas.slope),
    curvature: upper(formulas.curvature),
    homogeneityDefect:
      formulas.homogeneityDefect === null ? null : upper(formulas.homogeneityDefect),
  };
  KNOWN.set(activation, suprema);
  return suprema;
}

/** Results by activation object: one instance asks dozens of times, at 64 digits each. */
const KNOWN = new WeakMap<Activation, ActivationSuprema>();

/**
 * Whether an activation is bounded and smooth with bounded first and second derivatives.
 *
 * @throws RangeError when there is no such activation
 */
export function isBoundedSmooth(activation: Activation): boolean {
  checkActivation(activation);
  return FORMULAS[activation.name]?.homogeneityDefect === null;
}

function formulasOf(activation: Activation): BoundFormulas {
  checkActivation(activation);
  const formulas = FORMULAS[activation.name];
  if (formulas === undefined) {
    throw new RangeError(
      `activationSuprema: activation must be smooth and bounded, or SoftPlus, got ${activation.name}`,
    );
  }
  return formulas;
}

/** β of SoftPlus, the value of a constant, 1 otherwise (unused). */
function parameterOf(activation: Activation): number {
  if (activation.name === 'softplus') return activation.beta;
  return activation.name === 'constant' ? activation.value : 1;
}

/** The least double found not to be below the formula's value at 64 digits. */
function roundUp(it: Expression<'parameter'>, parameter: number): number {
  const exact = it.evaluateBig({ parameter });
  let value = exact.toNumber();
  while (bigNumber(value).lt(exact))
    value += Math.max(Number.MIN_VALUE, Math.abs(value) * 2 ** -52);
  return value;
}
