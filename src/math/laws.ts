import { exp, log, pow } from './elementary.js';
import type { RandomSource } from './random.js';

/** @throws RangeError unless the value is a finite number > 0 */
function requirePositive(where: string, name: string, value: number): void {
  if (!(value > 0 && value < Infinity)) {
    throw new RangeError(`${where}: ${name} must be finite and > 0, got ${value}`);
  }
}

/** Where `polarPair` leaves its two draws. */
const PAIR = new Float64Array(2);

/**
 * Leaves two independent N(0, 1) draws in PAIR: Marsaglia's polar method (Marsaglia and Bray 1964,
 * doi:10.1137/1006063) on a point uniform in the disc.
 */
function polarPair(random: RandomSource): void {
  for (;;) {
    const u = 2 * random.uniform() - 1;
    const v = 2 * random.uniform() - 1;
    const square = u * u + v * v;
    if (square < 1 && square > 0) {
      const factor = Math.sqrt((-2 * log(square)) / square);
      PAIR[0] = u * factor;
      PAIR[1] = v * factor;
      return;
    }
  }
}

/** A draw from N(0, 1). Two draws by `normalVector(random, 2)` cost the same as this one. */
export function normal(random: RandomSource): number {
  if (random.normal !== undefined) return random.normal();
  polarPair(random);
  return PAIR[0];
}

/** A draw from N(0, I) in R^dimension. @throws RangeError unless dimension is an integer ≥ 0 */
export function normalVector(random: RandomSource, dimension: number): number[] {
  if (!Number.isInteger(dimension) || dimension < 0) {
    throw new RangeError(`normalVector: dimension must be an integer ≥ 0, got ${dimension}`);
  }
  if (random.normal !== undefined) {
    const own = random.normal;
    return Array.from({ length: dimension }, () => own());
  }
  const x: number[] = [];
  while (x.length < dimension) {
    polarPair(random);
    x.push(PAIR[0]);
    if (x.length < dimension) x.push(PAIR[1]);
  }
  return x;
}

/** A draw from the exponential law with mean 1, on (0, ∞): −log U. */
export function exponential(random: RandomSource): number {
  return -log(random.uniformPositive());
}

/**
 * A draw from the gamma law with density x^{shape−1}e^{−x}/Γ(shape) on [0, ∞), by Marsaglia and Tsang
 * (2000, doi:10.1145/358407.358414); for shape < 1 as gamma(shape + 1)·U^{1/shape}, which underflows
 * to 0 with probability about 2^{−1074·shape}.
 *
 * @throws RangeError unless shape is finite and > 0
 */
export function gamma(random: RandomSource, shape: number): number {
  requirePositive('gamma', 'shape', shape);
  if (shape < 1) return gamma(random, shape + 1) * pow(random.uniformPositive(), 1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(random);
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    const u = random.uniformPositive();
    if (log(u) < 0.5 * x * x + d - d * v + d * log(v)) return d * v;
  }
}

/** A draw from χ² with `degrees` degrees of freedom, any real > 0. @throws RangeError otherwise */
export function chiSquare(random: RandomSource, degrees: number): number {
  requirePositive('chiSquare', 'degrees', degrees);
  return 2 * gamma(random, degrees / 2);
}

/**
 * A draw from Student's t with `degrees` degrees of freedom: Z/√(χ²/degrees).
 * @throws RangeError unless degrees is finite and > 0
 */
export function studentT(random: RandomSource, degrees: number): number {
  requirePositive('studentT', 'degrees', degrees);
  const z = normal(random);
  return z / Math.sqrt(chiSquare(random, degrees) / degrees);
}

/** A draw with P(X > x) = x^{−tail} for x ≥ 1. @throws RangeError unless tail is finite and > 0 */
export function pareto(random: RandomSource, tail: number): number {
  requirePositive('pareto', 'tail', tail);
  return exp(exponential(random) / tail);
}

/** −1 or 1, each with probability ½. */
export function rademacher(random: RandomSource): -1 | 1 {
  return random.sign();
}

/**
 * A draw uniform on [lower, upper).
 * @throws RangeError unless lower < upper and upper − lower is finite
 */
export function uniformBetween(random: RandomSource, lower: number, upper: number): number {
  if (!(lower < upper && upper - lower < Infinity)) {
    throw new RangeError(
      `uniformBetween: lower and upper must be finite with lower < upper, got ${lower} and ${upper}`,
    );
  }
  for (;;) {
    const x = lower + (upper - lower) * random.uniform();
    if (x < upper) return x; // rounding may reach upper
  }
}

/** A uniformly random permutation of 0 … size − 1 (Fisher and Yates). @throws RangeError unless size is an integer ≥ 0 */
export function permutation(random: RandomSource, size: number): number[] {
  if (!Number.isInteger(size) || size < 0) {
    throw new RangeError(`permutation: size must be an integer ≥ 0, got ${size}`);
  }
  const order = Array.from({ length: size }, (_, i) => i);
  for (let i = size - 1; i > 0; i -= 1) {
    const j = random.integer(i + 1);
    const kept = order[i];
    order[i] = order[j];
    order[j] = kept;
  }
  return order;
}
