import type { BigNumber, MathNode } from 'mathjs';
import { bigNumber, highPrecision, rational } from '../../../src/math/index.js';
import type { Rational } from '../../../src/math/index.js';
import type { Activation } from '../../../src/model/index.js';

/** Suprema over the real line of an activation, with 64 digits. */
export interface SupremaBig {
  /** sup|σ|; null for an unbounded activation. */
  readonly value: BigNumber | null;
  /** M_D = sup|σ′|. */
  readonly slope: BigNumber;
  /** M′_D = sup|σ″|. */
  readonly curvature: BigNumber;
  /** sup|σ(u) − uσ′(u)|, where the activation is unbounded; else null. */
  readonly homogeneityDefect: BigNumber | null;
}

interface Maximisers {
  /** σ(u), or null where only its derivative is elementary. `k` is the parameter. */
  readonly sigma: string | null;
  /** σ′(u), only where `sigma` is null. */
  readonly slope?: string;
  /** Where |σ|, |σ′| and |σ″| are largest. Limits at infinity are taken at a u that has 64 digits of them. */
  readonly at: {
    readonly value: string | null;
    readonly slope: string;
    readonly curvature: string;
  };
  /** sup|σ|, where no u has 64 digits of it. */
  readonly limit?: string;
}

/**
 * Each activation from its textbook definition, and the roots that make the next derivative vanish:
 * σ″(0) = 0 for the odd ones and the sigmoid; σ‴ = 0 at σ = (1 ± 1/√3)/2 for the sigmoid, tanh²u = 1/3,
 * u² = 1/3 for arctan, u² = ½ for erf. exp(−u²): σ″ = 0 at u² = ½, and σ‴ = 0 at 0. SoftPlus: σ′
 * rises to 1, σ″ is symmetric with its peak at 0, and (σ − uσ′)′ = −uσ″ vanishes at 0 alone.
 */
const MAXIMISERS: Partial<Record<Activation['name'], Maximisers>> = {
  sigmoid: {
    sigma: '1/(1+exp(-u))',
    at: { value: '1000', slope: '0', curvature: 'log((sqrt(3)+1)/(sqrt(3)-1))' },
  },
  tanh: {
    sigma: '(exp(u)-exp(-u))/(exp(u)+exp(-u))',
    at: { value: '1000', slope: '0', curvature: 'log((sqrt(3)+1)/(sqrt(3)-1))/2' },
  },
  arctan: {
    sigma: 'atan(u)',
    at: { value: null, slope: '0', curvature: '1/sqrt(3)' },
    limit: 'pi/2',
  },
  erf: {
    sigma: null,
    slope: '2*exp(-u^2)/sqrt(pi)',
    at: { value: null, slope: '0', curvature: '1/sqrt(2)' },
    limit: '1',
  },
  sine: { sigma: 'sin(u)', at: { value: 'pi/2', slope: '0', curvature: 'pi/2' } },
  'gaussian-bump': {
    sigma: 'exp(-u^2)',
    at: { value: '0', slope: '1/sqrt(2)', curvature: '0' },
  },
  constant: { sigma: 'k', at: { value: '0', slope: '0', curvature: '0' } },
  softplus: {
    sigma: 'log(1+exp(k*u))/k',
    at: { value: null, slope: '1000/k', curvature: '0' },
  },
};

/**
 * The suprema of an activation, from σ itself: derivatives are taken symbolically and evaluated at the
 * maximisers with 64 digits. It shares nothing with `activationSuprema` but the statement.
 *
 * @throws RangeError when no maximisers are known
 */
export function supremaBig(activation: Activation): SupremaBig {
  const key = JSON.stringify(activation);
  const known = KNOWN.get(key);
  if (known !== undefined) return known;
  const maximisers = MAXIMISERS[activation.name];
  if (maximisers === undefined) {
    throw new RangeError(
      `supremaBig: activation must be smooth and bounded, or SoftPlus, got ${activation.name}`,
    );
  }
  const found = evaluateAt(maximisers, activation);
  KNOWN.set(key, found);
  return found;
}

/** By activation; one reading asks for the same few at every draw. */
const KNOWN = new Map<string, SupremaBig>();

function evaluateAt({ sigma, slope, at, limit }: Maximisers, activation: Activation): SupremaBig {
  const k = parameterOf(activation);
  const value = (node: MathNode, u: string | BigNumber): BigNumber =>
    bigNumber(
      node.compile().evaluate({
        k,
        u: typeof u === 'string' ? highPrecision.evaluate(u, { k }) : u,
      }) as BigNumber,
    );
  const derivative = (node: MathNode) => highPrecision.derivative(node, 'u', { simplify: false });
  const itself = sigma === null ? null : highPrecision.parse(sigma);
  const first = itself === null ? highPrecision.parse(slope ?? '') : derivative(itself);
  const largest = at.value === null || itself === null ? null : value(itself, at.value).abs();
  const unbounded = largest === null && limit === undefined;
  return {
    value: limit === undefined ? largest : bigNumber(highPrecision.evaluate(limit) as BigNumber),
    slope: value(first, at.slope).abs(),
    curvature: value(derivative(first), at.curvature).abs(),
    homogeneityDefect: unbounded && itself !== null ? value(itself, '0').abs() : null,
  };
}

/** β of SoftPlus, the value of a constant, 1 otherwise (unused). */
function parameterOf(activation: Activation): BigNumber {
  if (activation.name === 'softplus') return bigNumber(activation.beta);
  return bigNumber(activation.name === 'constant' ? activation.value : 1);
}

/** A rational not below a 64-digit number ≥ 0 that is right to 60 digits; the number itself if a double. */
export function rationalAbove(value: BigNumber): Rational {
  const near = value.toNumber();
  return rational(value.eq(bigNumber(near)) ? near : near * (1 + 2 ** -50));
}

/** A rational not above it. */
export function rationalBelow(value: BigNumber): Rational {
  const near = value.toNumber();
  return rational(value.eq(bigNumber(near)) ? near : near * (1 - 2 ** -50));
}
