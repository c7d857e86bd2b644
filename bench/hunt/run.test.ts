import { describe, expect, test } from 'vitest';
import type { Attempt } from './attempts.js';
import { BENCHMARKS } from './claims/index.js';
import { hitsSvg } from './figure.js';
import type { BenchmarkResult } from './run.js';
import { chanceOfDraws, hits, medianHit, succeeds } from './run.js';
import { resultTable } from './table.js';

const attempts = (...found: readonly (number | null)[]): Attempt[] =>
  found.map((hit, i) => ({ seed: i + 1, hit, evaluations: hit ?? 200_000, margin: 0.1 }));

const resultOf = (hunts: Attempt[], twins: Attempt[]): BenchmarkResult => ({
  benchmark: BENCHMARKS[0],
  hunts,
  twins,
  draws: attempts(null, null, null),
  perSecond: 50_000,
});
const nine = attempts(10, 20, 30, 40, 50, 60, 70, 80, 90, null);

describe('attempts are counted', () => {
  test('with a miss as more than the limit in the median', () => {
    expect(hits(nine)).toBe(9);
    expect(medianHit(nine)).toBe(55);
    expect(medianHit(attempts(5, null, null))).toBeNull();
    expect(medianHit(attempts(5, null))).toBeNull();
    expect(medianHit(attempts(7))).toBe(7);
  });

  test('nine hits in ten reach the aim, eight or one of the twin do not', () => {
    expect(succeeds(resultOf(nine, attempts(null, null)))).toBe(true);
    expect(succeeds(resultOf([...nine.slice(1), ...attempts(null)], attempts(null)))).toBe(false);
    expect(succeeds(resultOf(nine, attempts(null, 1000)))).toBe(false);
  });

  test('and the table says which fall short', () => {
    const [, good, bad] = resultTable([
      resultOf(nine, attempts(null)),
      resultOf(nine, attempts(3)),
    ]);
    expect(good).toMatch(/near-the-origin .* 9\/10 .* 0\/3 .* 0\/1/);
    expect(good).not.toContain('short');
    expect(bad).toMatch(/short of the aim$/);
  });
});

test('draws hit with probability 1 − (1 − p)^200000', () => {
  // p = 2.5e-7: 1 − e^{−0.05}.
  expect(chanceOfDraws(BENCHMARKS[0])).toBeCloseTo(1 - Math.exp(-0.05), 6);
});

test('the figure has a dot for each hit and the same bytes for the same results', () => {
  const results = [resultOf(nine, attempts(null))];
  const svg = hitsSvg(results);
  expect(svg.match(/<circle/g)).toHaveLength(9);
  expect(svg).toContain('9/10');
  expect(hitsSvg(results)).toBe(svg);
});
