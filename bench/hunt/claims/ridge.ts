import fc from 'fast-check';
import { normalVector } from '../../../src/math/index.js';
import { benchmark } from '../benchmark.js';

/**
 * Rosenbrock's valley in four dimensions, v = Σ 100(xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)², with its floor at x = (1, 1, 1, 1). Near it
 * v ≈ ½(x − 1)ᵀH(x − 1) with det(H/2) = 1.0e6·c below, so P(v < t) ≈ φ(1)⁴·(π²/2)t²/√det(H/2): with φ(1)⁴ = 3.43e-3 and
 * √det(H/2) = 1000 (the sum of squares of six residuals; the map x → (10(xᵢ₊₁ − xᵢ²)) and the last 1 − xᵢ are triangular
 * with determinant of order 10³), at t = 0.1: about 1.7e-7, from above.
 */
const valley = benchmark({
  name: 'bent-valley',
  difficulty: 'narrow ridge',
  heldOut: false,
  probability: 1.7e-7,
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
