import fc from 'fast-check';
import { normalVector } from '../../../src/math/index.js';
import { benchmark } from '../benchmark.js';

const square = (x: readonly number[]): number => x.reduce((sum, v) => sum + v * v, 0);

/**
 * v = ‖x‖² for x ~ N(0, I₈). P(χ²₈ ≤ 2u) = 1 − e^{−u}(1 + u + u²/2 + u³/6), at u = 0.05: u⁴/24·(1 − 4u/5 + …) = 2.5e-7.
 */
const origin = benchmark({
  name: 'near-the-origin',
  difficulty: 'smooth',
  heldOut: false,
  probability: 2.5e-7,
  law: 'x ~ N(0, I₈)',
  structure: fc.constant(null),
  build: (_, random) => normalVector(random, 8),
  value: square,
  floor: 0.1,
  trueFloor: 0,
});

/**
 * v = 6 − Σuᵢ for six uniform uᵢ. P(v < t) = t⁶/6! for t ≤ 1 (Irwin and Hall), at t = 0.25: 3.4e-7.
 */
const corner = benchmark({
  name: 'in-the-corner',
  difficulty: 'smooth',
  heldOut: true,
  probability: 0.25 ** 6 / 720,
  law: 'u uniform on [0, 1)⁶',
  structure: fc.constant(null),
  build: (_, random) => Array.from({ length: 6 }, () => random.uniform()),
  value: (u: readonly number[]) => u.reduce((left, v) => left + (1 - v), 0),
  floor: 0.25,
  trueFloor: 0,
});

export const smooth = [origin, corner];
