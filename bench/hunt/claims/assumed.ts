import fc from 'fast-check';
import { normalVector } from '../../../src/math/index.js';
import { benchmark } from '../benchmark.js';

/**
 * For x₁ ≤ … ≤ x₆ (one in 720 draws is sorted, whatever its range), v = x₆ − x₁ of six standard normal numbers. The range
 * of a sample has P(range < t) = 6∫φ(x)(Φ(x + t) − Φ(x))⁵dx, for small t about 6t⁵(2π)^{−5/2}/√6: at t = 0.4 it is 2.4e-4,
 * sorted as well 3.4e-7.
 */
const sorted = benchmark({
  name: 'sorted-and-close',
  difficulty: 'behind an assumption',
  heldOut: false,
  probability: 3.4e-7,
  law: 'x ~ N(0, I₆)',
  structure: fc.constant(null),
  build: (_, random) => normalVector(random, 6),
  assumptions: [
    {
      name: 'x is sorted',
      tex: 'x_1 \\le \\dots \\le x_6',
      margin: (x: readonly number[]) =>
        x.reduce((least, v, i) => (i === 0 ? least : Math.min(least, v - x[i - 1])), Infinity),
    },
  ],
  value: (x: readonly number[]) => x[5] - x[0],
  floor: 0.4,
  trueFloor: 0,
});

/**
 * For |‖x‖ − 3| ≤ 0.01 with x ~ N(0, I₅), v = 3.05 − x₁: a cap of a thin shell. P(shell) ≈ 0.02·f(3) with the density f of the
 * χ₅ law, f(3) = 0.239: 4.8e-3. A sphere of radius r has x₁ > 2.99 on the share ¾∫_s^1 (1 − y²)dy ≈ ¾(1 − s)² with
 * s = 2.99/r, over the shell ¾·(0.02/3)²/3 = 1.1e-5 on average. Together 5.2e-8.
 */
const shell = benchmark({
  name: 'cap-of-a-shell',
  difficulty: 'behind an assumption',
  heldOut: true,
  probability: 5.2e-8,
  law: 'x ~ N(0, I₅)',
  structure: fc.constant(null),
  build: (_, random) => normalVector(random, 5),
  assumptions: [
    {
      name: 'x lies in the shell',
      tex: '|\\|x\\| - 3| \\le 0.01',
      margin: (x: readonly number[]) => 0.01 - Math.abs(Math.hypot(...x) - 3),
    },
  ],
  value: (x: readonly number[]) => 3.05 - x[0],
  floor: 0.06,
  trueFloor: 0.04 - 1e-9,
});

export const assumed = [sorted, shell];
