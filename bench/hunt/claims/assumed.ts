import fc from 'fast-check';
import { normalVector } from '../../../src/math/index.js';
import { benchmark } from '../benchmark.js';

/**
 * For x₁ ≤ … ≤ x₆ (a sixth of 120 draws is sorted: 1/720), v = x₆ − x₁ of six standard normal numbers. P(range < t) ≈
 * 6t⁵∫φ⁶ = 6t⁵(2π)^{−5/2}/√6; at t = 0.6, sorted: 720⁻¹·6·0.0778·0.01011/2.449 = 2.7e-6, less where t is not small.
 */
const sorted = benchmark({
  name: 'sorted-and-close',
  difficulty: 'behind an assumption',
  heldOut: false,
  probability: 2.7e-6,
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
  floor: 0.6,
  trueFloor: 0,
});

/**
 * For |‖x‖ − 3| ≤ 0.01 with x ~ N(0, I₅), v = 3.05 − x₁: a cap of a thin shell. P(shell) ≈ 0.02·f(3) with the density f of
 * the χ₅ law, f(3) = 0.239: 4.8e-3; on the shell the cap x₁ > 2.99 has share below
 * (3/16)·2·(1 − s)²-ish with s = 2.99/3.01: ∫_s^1 ¾(1 − y²)dy ≈ ¾(1 − s)² = 3.3e-5. Together 1.6e-7.
 */
const shell = benchmark({
  name: 'cap-of-a-shell',
  difficulty: 'behind an assumption',
  heldOut: true,
  probability: 1.6e-7,
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
