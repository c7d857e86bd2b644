import fc from 'fast-check';
import {
  normalCdf,
  normalVector,
  orthogonalMatrix,
  randomSource,
} from '../../../src/math/index.js';
import { benchmark } from '../benchmark.js';

const rotationOf = (name: string, n: number) =>
  orthogonalMatrix(randomSource('bench-hunt', name), n);
const turned = (rows: readonly (readonly number[])[], x: readonly number[]): number[] =>
  rows.map((row) => row.reduce((sum, r, i) => sum + r * x[i], 0));

const TEN = rotationOf('ellipsoid', 10);
const WEIGHTS = Array.from({ length: 10 }, (_, i) => 10 ** ((6 * i) / 9));

/**
 * v = Σ 10^{6i/9}(Qx)ᵢ² with Q a fixed rotation, x ~ N(0, I₁₀). Since y = Qx is N(0, I) too, P(v < t) is the integral of the
 * normal density over the ellipsoid Σwᵢyᵢ² < t: at t = 150, by Monte Carlo on that ellipsoid, 1.7e-9.
 */
const ellipsoid = benchmark({
  name: 'rotated-ellipsoid',
  difficulty: 'rotated and ill-conditioned',
  heldOut: false,
  probability: 1.7e-9,
  law: 'x ~ N(0, I₁₀)',
  structure: fc.constant(null),
  build: (_, random) => normalVector(random, 10),
  value: (x: readonly number[]) =>
    turned(TEN, x).reduce((sum, y, i) => sum + WEIGHTS[i] * y * y, 0),
  floor: 150,
  trueFloor: 0,
});

const SIX = rotationOf('box', 6);
const SCALES = [1, 3, 10, 30, 100, 1000];

/**
 * v = max sᵢ|yᵢ − ½| for y = Qx, x ~ N(0, I₆), scales 1…1000: a rotated box off the centre. Its sides are independent:
 * P(v < 1) = ∏ (Φ(½ + 1/sᵢ) − Φ(½ − 1/sᵢ)) = 1.2e-9.
 */
const box = benchmark({
  name: 'rotated-box',
  difficulty: 'rotated and ill-conditioned',
  heldOut: true,
  probability: SCALES.reduce(
    (product, s) => product * (normalCdf(0.5 + 1 / s) - normalCdf(0.5 - 1 / s)),
    1,
  ),
  law: 'x ~ N(0, I₆)',
  structure: fc.constant(null),
  build: (_, random) => normalVector(random, 6),
  value: (x: readonly number[]) =>
    turned(SIX, x).reduce((most, y, i) => Math.max(most, SCALES[i] * Math.abs(y - 0.5)), 0),
  floor: 1,
  trueFloor: 0,
});

export const rotated = [ellipsoid, box];
