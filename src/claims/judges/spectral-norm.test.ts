import { describe, expect, test } from 'vitest';
import type { RandomSource } from '../../math/index.js';
import { normal, randomSource } from '../../math/index.js';
import type { Judged } from './index.js';
import { coverage, evidence, judge, trials } from './testing/records.js';

/** χ with k degrees of freedom: from 20 on by Wilson and Hilferty's cube of a normal, exact to a part in 10³. */
function chi(k: number, random: RandomSource): number {
  if (k > 20)
    return Math.sqrt(k) * (1 - 2 / (9 * k) + normal(random) * Math.sqrt(2 / (9 * k))) ** 1.5;
  let sum = 0;
  for (let i = 0; i < k; i += 1) sum += normal(random) ** 2;
  return Math.sqrt(sum);
}

/**
 * The largest singular value of a d × d Gaussian matrix, from the bidiagonal one that Householder reflections make of
 * it, with independent χ_d … χ_1 and χ_{d−1} … χ_1; by bisection on Sturm counts of the tridiagonal square. Its vector
 * lies in the first few times d^(1/3) coordinates [Edelman and Sutton, 2007].
 */
function largestSingularValue(d: number, random: RandomSource): number {
  const rows = Math.min(d, Math.ceil(12 * Math.cbrt(d)));
  const main = Float64Array.from({ length: rows }, (_, k) => chi(d - k, random));
  const upper = Float64Array.from({ length: rows - 1 }, (_, k) => chi(d - 1 - k, random));
  const diagonal = main.map((a, k) => a * a + (k > 0 ? upper[k - 1] ** 2 : 0));
  const off2 = upper.map((b, k) => (b * main[k]) ** 2);
  const isBound = (x: number): boolean => {
    let pivot = x - diagonal[0];
    for (let k = 1; k < rows && pivot > 0; k += 1) pivot = x - diagonal[k] - off2[k - 1] / pivot;
    return pivot > 0;
  };
  let [low, high] = [0, 16 * d];
  for (let step = 0; step < 20; step += 1) {
    const middle = (low + high) / 2;
    if (isBound(middle)) high = middle;
    else low = middle;
  }
  return Math.sqrt(high);
}

const doubled = (from: number, to: number): number[] =>
  from > to ? [] : [from, ...doubled(2 * from, to)];

/** The claim σ₁ ≤ C·d^exponent on Gaussian matrices; the truth is d^0.5. */
function judged(
  key: string,
  exponent: number,
  sizes: readonly number[],
  beyond: readonly number[],
  n: number,
) {
  const random = randomSource('spectral norm', key);
  const rung = (size: number) => ({ path: 'square', size });
  const claim: Judged = {
    kind: 'scaling',
    coverage,
    rungs: sizes.map(rung),
    extended: beyond.map(rung),
    constants: { C: { bounded: 'above' } },
  };
  const all = [...sizes, ...beyond];
  const records = trials(n * all.length, (t) => {
    const size = all[t % all.length];
    return {
      rung: rung(size),
      implied: { C: largestSingularValue(size, random) / size ** exponent },
    };
  });
  return judge(claim, evidence(records));
}

describe('the spectral norm of Gaussian matrices on a short ladder', () => {
  test('neither the true exponent nor a smaller one survives on sizes 4 … 64', () => {
    for (const exponent of [0.5, 0.4, 0.1]) {
      const { verdict, reason, excludedGrowth } = judged(
        `short ${exponent}`,
        exponent,
        doubled(4, 64),
        [],
        120,
      );
      expect(verdict).toBe('inconclusive');
      expect(reason).toMatch(/sizes to \d+ with \d+ draws each/);
      expect(excludedGrowth?.['C along square'].from).toBeGreaterThan(0.5);
    }
  });

  test.each([
    [0.5, 'survived', 1],
    // The edge of the spectrum, −1.2·d^(−2/3), hides in the first forecast.
    [0.1, 'refuted', 3],
  ] as const)(
    'drawing what it asks for decides: exponent %s is %s after %i rounds at most',
    (exponent, verdict, most) => {
      let last = judged(`pilot ${exponent}`, exponent, doubled(4, 64), [], 120);
      for (let round = 1; round <= most && last.verdict === 'inconclusive'; round += 1) {
        const [, to, n] = /sizes to (\d+) with (\d+) draws each/.exec(last.reason) ?? [];
        const beyond = verdict === 'refuted' ? [2 * Number(to)] : [];
        const sizes = doubled(4, Number(to));
        last = judged(`round ${round}`, exponent, sizes, beyond, Number(n));
      }
      expect(last.verdict).toBe(verdict);
    },
  );

  test('an exponent that is wrong by a tenth is told from none on no such ladder, and the limits say so', () => {
    const { exponentLimits, excludedGrowth } = judged('tenth', 0.4, doubled(4, 2048), [], 120);
    const { lower, upper } = exponentLimits?.['C along square'] ?? { lower: NaN, upper: NaN };
    expect(lower).toBeLessThan(0.1);
    expect(upper).toBeGreaterThan(0.1);
    expect(excludedGrowth?.['C along square'].from).toBe(upper);
  });
});
