import type { BigNumber } from 'mathjs';
import { bigNumber, highPrecision } from '../../math/index.js';
import type { Activation } from '../../model/index.js';
import type { Estimate } from './estimate.js';
import { UNDERFLOW } from './estimate.js';

/** σ, σ' and σ'' at one point. */
export interface BigUnit<T> {
  readonly value: T;
  readonly slope: T;
  readonly curvature: T;
}

const big = bigNumber;
const ZERO = big(0);
const ONE = big(1);

const call = (name: 'exp' | 'atan' | 'sin' | 'cos' | 'log', z: BigNumber): BigNumber =>
  (highPrecision[name] as unknown as (x: BigNumber) => BigNumber)(z);

const PI = highPrecision.acos(big(-1)) as unknown as BigNumber;
const TWO_OVER_ROOT_PI = big(2).div(PI.sqrt());

/** erf z = (2/√π)e^{−z²}Σ 2ⁿz^{2n+1}/(2n+1)!!: all terms of one sign. 1 − |erf| < 1e-70 beyond 13. */
function erf(z: BigNumber, slope: BigNumber): BigNumber {
  if (z.abs().gt(13)) return z.gt(0) ? ONE : ONE.neg();
  const twoSquared = z.times(z).times(2);
  let term = z;
  let sum = z;
  for (let n = 1; term.abs().gt(sum.abs().times('1e-66')); n += 1) {
    term = term.times(twoSquared).div(2 * n + 1);
    sum = sum.plus(term);
  }
  return slope.times(sum);
}

/** e^{−z²}. */
const bell = (z: BigNumber): BigNumber => call('exp', z.times(z).neg());

/**
 * s, s(1 − s) and s(1 − s)(1 − 2s) for s = 1/(1 + e^{−z}), by e = e^{−|z|}, which keeps the tails.
 */
function logistic(z: BigNumber, e = call('exp', z.abs().neg())): BigUnit<BigNumber> {
  const sum = ONE.plus(e);
  const slope = e.div(sum).div(sum);
  const tilt = ONE.minus(e).div(sum);
  return {
    value: z.lt(0) ? e.div(sum) : ONE.div(sum),
    slope,
    curvature: slope.times(z.lt(0) ? tilt : tilt.neg()),
  };
}

/** log(1 + e^t), by its series where e^t is lost beside 1. */
function logOnePlusExp(t: BigNumber): BigNumber {
  if (t.gt(0)) return t.plus(logOnePlusExp(t.neg()));
  const e = call('exp', t);
  return e.lt('1e-32') ? e.minus(e.times(e).div(2)) : call('log', ONE.plus(e));
}

/** σ, σ' and σ'' with 64 digits, by definition; derivatives at kinks as at `Objective`. */
function exactUnit(activation: Activation, z: BigNumber, kink: number): BigUnit<BigNumber> {
  const straight = (value: BigNumber, slope: BigNumber): BigUnit<BigNumber> => ({
    value,
    slope,
    curvature: ZERO,
  });
  switch (activation.name) {
    case 'relu':
      return z.gt(0) ? straight(z, ONE) : straight(ZERO, z.eq(0) ? big(kink) : ZERO);
    case 'saturated-relu':
      if (z.gt(1)) return straight(ONE, ZERO);
      if (z.eq(1)) return straight(ONE, big(kink));
      return z.gt(0) ? straight(z, ONE) : straight(ZERO, z.eq(0) ? big(kink) : ZERO);
    case 'step':
      return straight(z.gte(0) ? ONE : ZERO, ZERO);
    case 'sigmoid':
      return logistic(z);
    case 'tanh': {
      // tanh z = 2s(2z) − 1.
      const e = call('exp', z.abs().times(-2));
      const { slope, curvature } = logistic(z, e);
      const value = ONE.minus(e).div(ONE.plus(e));
      return {
        value: z.lt(0) ? value.neg() : value,
        slope: slope.times(4),
        curvature: curvature.times(8),
      };
    }
    case 'arctan': {
      const slope = ONE.div(ONE.plus(z.times(z)));
      return { value: call('atan', z), slope, curvature: z.times(-2).times(slope).times(slope) };
    }
    case 'erf': {
      const slope = TWO_OVER_ROOT_PI.times(bell(z));
      return { value: erf(z, slope), slope, curvature: z.times(-2).times(slope) };
    }
    case 'sine': {
      const value = call('sin', z);
      return { value, slope: call('cos', z), curvature: value.neg() };
    }
    case 'gaussian-bump': {
      const value = bell(z);
      const curvature = z.times(z).times(4).minus(2).times(value);
      return { value, slope: z.times(-2).times(value), curvature };
    }
    case 'softplus': {
      const beta = big(activation.beta);
      const { value: slope, slope: bend } = logistic(beta.times(z));
      return {
        value: logOnePlusExp(beta.times(z)).div(beta),
        slope,
        curvature: beta.times(bend),
      };
    }
    case 'constant':
      return straight(big(activation.value), ZERO);
    case 'linear':
      return straight(z, ONE);
  }
}

/**
 * Bounds on |σ'|, |σ''| and |σ'''| over [z − e, z + e]. With t the least |u| there: all three are at
 * most e^{−t} for the sigmoid and, by tanh u = 2s(2u) − 1, at most 4, 8 and 16 times e^{−2t} for tanh;
 * 2u/(1+u²)² ≤ 1/(1+u²) and |6u²−2|/(1+u²)³ ≤ 6/(1+u²)² for arctan; ue^{−u²/2} < 0.61,
 * |4u²−2|e^{−u²/2} < 2.4 and |12u−8u³|e^{−u²/2} < 5.5 give those of erf and the bump.
 */
function derivativeBounds(activation: Activation, z: number, e: number): [number, number, number] {
  const t = Math.max(0, Math.abs(z) - e);
  switch (activation.name) {
    case 'sigmoid': {
      const tail = Math.exp(-t);
      return [tail, tail, tail];
    }
    case 'tanh': {
      const tail = Math.exp(-2 * t);
      return [4 * tail, 8 * tail, 16 * tail];
    }
    case 'arctan': {
      const slope = 1 / (1 + t * t);
      return [slope, slope, 6 * slope * slope];
    }
    case 'erf':
    case 'gaussian-bump': {
      const tail = Math.exp((-t * t) / 2);
      return [2 * tail, 3 * tail, 6 * tail];
    }
    case 'sine':
      return [1, 1, 1];
    case 'softplus': {
      const { beta } = activation;
      const tail = Math.exp(-beta * t);
      return [z + e < 0 ? tail : 1, beta * tail, beta * beta * tail];
    }
    case 'relu':
      return [z + e < 0 ? 0 : 1, 0, 0];
    case 'saturated-relu':
      return [z + e < 0 || z - e > 1 ? 0 : 1, 0, 0];
    case 'linear':
      return [1, 0, 0];
    case 'step':
    case 'constant':
      return [0, 0, 0];
  }
}

/** Where σ jumps or has a kink. */
const BREAKS: Readonly<Partial<Record<Activation['name'], readonly number[]>>> = {
  relu: [0],
  'saturated-relu': [0, 1],
  step: [0],
};

/** Evaluated without rounding. */
const EXACT: readonly Activation['name'][] = [
  'relu',
  'saturated-relu',
  'step',
  'constant',
  'linear',
];

/** An elementary function is within this times the unit roundoff, by any formula good on both tails. */
const ELEMENTARY = 32 * 2 ** -53;

/** Rounding the argument once more, as for βz, 2z and z². */
const ARGUMENT = 2 * 2 ** -53;

/** σ, σ' and σ'' of an inexact preactivation. */
export function bigUnit(activation: Activation, z: Estimate, kink: number): BigUnit<Estimate> {
  const { value, slope, curvature } = exactUnit(activation, z.value, kink);
  const at = z.value.toNumber();
  const isExact = EXACT.includes(activation.name);
  const error = isExact ? z.error : z.error + ARGUMENT * Math.abs(at);
  const [first, second, third] = derivativeBounds(activation, at, error);
  // Where the engine may be on the other side of a kink: of the step, σ itself jumps. An exact
  // preactivation cannot be.
  const crosses =
    z.error > 0 && (BREAKS[activation.name] ?? []).some((point) => Math.abs(at - point) <= z.error);
  const valueJump = crosses && activation.name === 'step' ? 1 : 0;
  const slopeJump = crosses && activation.name !== 'step' ? 1 : 0;
  const estimate = (exact: BigNumber, bound: number, natural: number): Estimate => {
    const most = Math.abs(exact.toNumber());
    return {
      value: exact,
      size: most,
      error: isExact ? bound : bound + ELEMENTARY * Math.max(most, natural) + UNDERFLOW,
      reach: most,
    };
  };
  // |σ| ≤ |z| of ReLU, and two values of a bounded σ are at most 4 apart.
  const bounded = !['relu', 'linear', 'softplus'].includes(activation.name);
  const moved = first * error + valueJump;
  return {
    value: estimate(value, bounded ? Math.min(4, moved) : moved, 0),
    slope: estimate(slope, Math.min(4, second * error) + slopeJump, 0),
    // σ'' may cancel in itself (1 − 2s, 4u² − 2): its terms are as large as the bound on it.
    curvature: estimate(curvature, third * error, second),
  };
}
