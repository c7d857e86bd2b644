import fc from 'fast-check';
import { normalVector } from '../../../src/math/index.js';
import { benchmark } from '../benchmark.js';

/**
 * Rosenbrock's valley in four dimensions, v = Σ 100(xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)² over i = 1, 2, 3, with its floor at
 * x = (1, 1, 1, 1). In x₁ and the residuals rᵢ = 10(xᵢ₊₁ − xᵢ²), of which the map to x has determinant 10⁻³, v < t is about an
 * ellipsoid: with rᵢ = 0 and x₁ = 1 + c the others follow as 1 + 2c and 1 + 4c, v = (1 + 4 + 16)c². So P(v < t) ≈
 * φ(1)⁴·10⁻³·(π²/2)t²/√21, at t = 0.1: 3.7e-8; with the curvature of the map, by Monte Carlo, 4.1e-8.
 */
const valley = benchmark({
  name: 'bent-valley',
  difficulty: 'narrow ridge',
  heldOut: false,
  probability: 4.1e-8,
  law: 'x ~ N(0, I₄)',
  structure: fc.constant(null),
  build: (_, random) => normalVector(random, 4),
  value(x: readonly number[]) {
    let sum = 0;
    for (let i = 0; i + 1 < x.length; i += 1) {
      sum += 100 * (x[i + 1] - x[i] ** 2) ** 2 + (1 - x[i]) ** 2;
    }
    return sum;
  },
  floor: 0.1,
  trueFloor: 0,
});

const SLOPE = 1e-3;
const DELTA = 1e-3;

/**
 * v = |u − w| + |w − z| + 10⁻³(1 − u): a kinked ridge along the diagonal that climbs slowly to its end. Integrating the area
 * 2(t − 10⁻³s)² of an l₁ ball over s = 1 − u gives P(v < t) ≤ 2t³/(3·10⁻³), at t = 10⁻³: 6.7e-7.
 */
const diagonal = benchmark({
  name: 'kinked-diagonal',
  difficulty: 'narrow ridge',
  heldOut: true,
  probability: (2 * DELTA ** 3) / (3 * SLOPE),
  law: 'u, w, z uniform on [0, 1)',
  structure: fc.constant(null),
  build: (_, random) => [random.uniform(), random.uniform(), random.uniform()],
  value: ([u, w, z]: readonly number[]) => Math.abs(u - w) + Math.abs(w - z) + SLOPE * (1 - u),
  floor: DELTA,
  trueFloor: 0,
});

export const ridge = [valley, diagonal];
