import { logBernoulliMixture } from './bernoulli-confidence.js';
import { PURE_POWER, vanishingLogarithms } from './growth-shapes.js';

/** Bernoulli trials at one size of a ladder. */
export interface RateSample {
  readonly logSize: number;
  readonly trials: number;
  readonly successes: number;
  /** Trials that may be successes or not; neither in `successes` nor known failures. */
  readonly unknown: number;
}

/** Rates below e^−40 are none. */
const LEAST_LOG_RATE = -40;
/** Falls steeper than this are not tried: no ladder tells them from a rate of 0. */
const STEEPEST = -16;
/** Golden sections: the interval shrinks below 1e-6 of its length. */
const SECTIONS = 30;

/**
 * Whether the success rates may fall to 0 along the ladder: whether some curve that is size^e times a
 * constant with e ≤ −smallestExponent, or the inverse of a logarithm times a power with e ≤ 0, is not
 * rejected at level alpha by the e-process of all sizes together (the product of the mixture martingales
 * of `logBernoulliMixture`). If the true rates are such a curve, it is rejected at any time with
 * probability at most alpha.
 */
export function mayFallToZero(
  samples: readonly RateSample[],
  smallestExponent: number,
  alpha: number,
): boolean {
  const threshold = -Math.log(alpha);
  const smallest = Math.min(...samples.map(({ logSize }) => logSize));
  const sizes = samples.map(({ logSize }) => logSize - smallest);
  const families = [
    { shape: PURE_POWER, largest: -smallestExponent },
    ...vanishingLogarithms(smallest).map((shape) => ({ shape, largest: 0 })),
  ];
  return families.some(({ shape, largest }) => {
    const factors = sizes.map(shape);
    const against = (exponent: number): number => {
      const shifts = sizes.map((u, j) => exponent * u + factors[j]);
      // A rate is at most 1 at every size.
      const highest = Math.min(...shifts.map((shift) => -shift));
      return minimum(LEAST_LOG_RATE, highest, (mu) =>
        samples.reduce((sum, sample, j) => sum + evidenceAgainst(sample, mu + shifts[j]), 0),
      );
    };
    // The evidence is a sum of nearly convex functions of (exponent, µ): only unknown trials flatten it.
    return minimum(STEEPEST, largest, against) < threshold;
  });
}

/** The least log mixture over what the unknown trials may be, against the rate e^logRate. */
function evidenceAgainst({ trials, successes, unknown }: RateSample, logRate: number): number {
  const rate = Math.min(1, Math.exp(logRate));
  const expected = Math.floor(rate * trials);
  const clamp = (k: number): number => Math.min(Math.max(k, successes), successes + unknown);
  return Math.min(
    logBernoulliMixture(clamp(expected), trials, rate),
    logBernoulliMixture(clamp(expected + 1), trials, rate),
  );
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** The least value of a unimodal function on an interval, ends included. */
function minimum(low: number, high: number, f: (x: number) => number): number {
  let [a, b] = [low, high];
  let best = Math.min(f(a), f(b));
  let [x, y] = [b - GOLDEN * (b - a), a + GOLDEN * (b - a)];
  let [fx, fy] = [f(x), f(y)];
  for (let i = 0; i < SECTIONS; i += 1) {
    best = Math.min(best, fx, fy);
    if (fx <= fy) {
      [b, y, fy] = [y, x, fx];
      x = b - GOLDEN * (b - a);
      fx = f(x);
    } else {
      [a, x, fx] = [x, y, fy];
      y = a + GOLDEN * (b - a);
      fy = f(y);
    }
  }
  return best;
}
