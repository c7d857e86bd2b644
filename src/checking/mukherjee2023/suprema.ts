import type { Enclosure } from '../enclosure.js';
import {
  circleConstant,
  exponential,
  inverseOf,
  logarithmOfTwo,
  point,
  productOf,
  quotientOf,
  rootOf,
  rootOfEnclosed,
} from '../enclosure.js';
import type { Rational } from '../rational.js';
import { ONE, ZERO, fraction, integer, magnitude, over, signOf, times } from '../rational.js';
import { cannotCheck, demand } from '../rejection.js';
import { real, record } from '../read.js';

/** An activation by name, with its parameter. */
export interface Activation {
  readonly name: string;
  /** β of SoftPlus or the value of a constant, else null. */
  readonly parameter: Rational | null;
}

/** Suprema over the real line of a smooth activation, from its closed form. */
export interface Suprema {
  /** sup|σ|; null where σ is unbounded. */
  readonly value: Enclosure | null;
  /** sup|σ′|. */
  readonly slope: Enclosure;
  /** sup|σ″|. */
  readonly curvature: Enclosure;
  /** sup|σ(u) − uσ′(u)| of an unbounded σ, else null. */
  readonly defect: Enclosure | null;
}

export function readActivation(value: unknown, where: string): Activation {
  const { name } = record(value, where, ['name'], ['beta', 'value']);
  demand(typeof name === 'string', `${where}.name must be text`);
  if (name === 'softplus') {
    const { beta } = record(value, where, ['name', 'beta']);
    const parameter = real(beta, `${where}.beta`);
    demand(signOf(parameter) > 0, `${where}.beta must be > 0`);
    return { name, parameter };
  }
  if (name === 'constant') {
    const { value: height } = record(value, where, ['name', 'value']);
    return { name, parameter: real(height, `${where}.value`) };
  }
  record(value, where, ['name']);
  return { name, parameter: null };
}

const whole = (n: number): Enclosure => point(integer(n));

/**
 * Where the suprema are attained: σ″ = 0 at 0 for the odd activations and the sigmoid; σ‴ = 0 at σ = (1 ± 1/√3)/2 for the
 * sigmoid, tanh²u = 1/3, u² = 1/3 for arctan, u² = ½ for erf; for exp(−u²) σ″ = 0 at u² = ½ and |σ″| ≤ 2 at 0; for
 * SoftPlus σ′ rises to 1, σ″ ≤ β/4, and σ − uσ′ ≤ ln 2/β, both at 0.
 */
export function supremaOf({ name, parameter }: Activation): Suprema {
  const bounded = (value: Enclosure, slope: Enclosure, curvature: Enclosure): Suprema => ({
    value,
    slope,
    curvature,
    defect: null,
  });
  const three = rootOf(integer(3));
  switch (name) {
    case 'sigmoid':
      return bounded(whole(1), point(fraction(1n, 4n)), quotientOf(three, whole(18)));
    case 'tanh':
      return bounded(whole(1), whole(1), quotientOf(productOf(whole(4), three), whole(9)));
    case 'arctan':
      return bounded(
        quotientOf(circleConstant(), whole(2)),
        whole(1),
        quotientOf(productOf(whole(3), three), whole(8)),
      );
    case 'erf': {
      // 2/√π, and √(8/(πe)).
      const inverse = inverseOf(circleConstant());
      const slope = rootOfEnclosed(productOf(whole(4), inverse));
      const square = productOf(whole(8), quotientOf(inverse, exponential(1)));
      return bounded(whole(1), slope, rootOfEnclosed(square));
    }
    case 'sine':
      return bounded(whole(1), whole(1), whole(1));
    case 'gaussian-bump':
      return bounded(whole(1), rootOfEnclosed(quotientOf(whole(2), exponential(1))), whole(2));
    case 'constant':
      return bounded(point(magnitude(parameter ?? ZERO)), whole(0), whole(0));
    case 'softplus': {
      const beta = parameter ?? ONE;
      return {
        value: null,
        slope: whole(1),
        curvature: point(times(beta, fraction(1n, 4n))),
        defect: productOf(logarithmOfTwo(), point(over(ONE, beta))),
      };
    }
    default:
      cannotCheck(`no closed form for the activation “${name.slice(0, 40)}”`);
  }
}
