import {
  add,
  compare,
  divide,
  dotExact,
  multiply,
  rational,
  subtract,
} from '../../../src/math/index.js';
import type { Rational } from '../../../src/math/index.js';

/** A sample in exact numbers. Coordinates that are not listed are 0 and stay out of every sum. */
export interface ExactSample {
  readonly input: readonly Rational[];
  readonly label: Rational;
}

/** max(w·x, 0), exactly. */
export function exactRelu(w: readonly Rational[], x: readonly Rational[]): Rational {
  const z = dotExact(w, x);
  return compare(z, 0n) > 0 ? z : rational(0n);
}

/**
 * One step w − (η/N)Σ_i(σ(w·x_i) − y_i)1{w·x_i ≥ 0}x_i of gradient descent for a single ReLU neuron
 * [zhang2019, Algorithm 1 and (3.2)], in exact numbers.
 */
export function exactStep(
  w: readonly Rational[],
  sample: readonly ExactSample[],
  stepSize: Rational,
): Rational[] {
  const factor = divide(stepSize, BigInt(sample.length));
  let moved = [...w];
  for (const { input, label } of sample) {
    if (compare(dotExact(w, input), 0n) < 0) continue;
    const change = multiply(factor, subtract(exactRelu(w, input), label));
    moved = moved.map((entry, p) => subtract(entry, multiply(change, input[p])));
  }
  return moved;
}

/** ‖u − v‖², exactly. */
export function exactDistance2(u: readonly Rational[], v: readonly Rational[]): Rational {
  const difference = u.map((entry, p) => subtract(entry, v[p]));
  return dotExact(difference, difference);
}

/** ‖u‖² − (u·x)²/‖x‖²: the squared length of the part of u that is orthogonal to x, exactly. */
export function exactOrthogonal2(u: readonly Rational[], x: readonly Rational[]): Rational {
  const along = dotExact(u, x);
  return subtract(dotExact(u, u), divide(multiply(along, along), dotExact(x, x)));
}

/** x^n for n ≥ 0, exactly. */
export function exactPower(x: Rational, n: number): Rational {
  const exponent = BigInt(n);
  return divide(x.numerator ** exponent, x.denominator ** exponent);
}

/** The smaller of two rationals. */
export function exactMinimum(x: Rational, y: Rational): Rational {
  return compare(x, y) <= 0 ? x : y;
}

/** Σ of several rationals. */
export function exactSum(...terms: readonly (Rational | bigint)[]): Rational {
  return terms.reduce<Rational>((sum, term) => add(sum, term), rational(0n));
}

/** Π of several rationals. */
export function exactProduct(...factors: readonly (Rational | bigint)[]): Rational {
  return factors.reduce<Rational>((product, factor) => multiply(product, factor), rational(1n));
}
