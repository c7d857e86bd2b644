import { expect, test } from 'vitest';
import { logSlope } from './log-slope.js';

test('logSlope recovers the exponent of a power law exactly', () => {
  const fit = logSlope([1, 2, 4, 8, 16].map((n) => [n, 3 * n ** 1.5] as const));
  expect(fit.slope).toBeCloseTo(1.5, 12);
  expect(fit.standardError).toBeLessThan(1e-12);
  expect(fit.points).toBe(5);
});

test('logSlope matches a fit worked by hand: (1,1), (e,e), (e²,e) has slope ½ ± 1/√12', () => {
  const e = Math.E;
  const fit = logSlope([
    [1, 1],
    [e, e],
    [e * e, e],
  ]);
  expect(fit.slope).toBeCloseTo(0.5, 12);
  expect(fit.standardError).toBeCloseTo(Math.sqrt(1 / 12), 12);
});

test('logSlope leaves out what has no logarithm and claims nothing of fewer than two sizes', () => {
  expect(
    logSlope([
      [1, 0],
      [2, 5],
      [2, 7],
    ]),
  ).toMatchObject({ slope: 0, standardError: Infinity, points: 2 });
});
