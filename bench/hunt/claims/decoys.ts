import fc from 'fast-check';
import { normalVector } from '../../../src/math/index.js';
import { benchmark } from '../benchmark.js';

/**
 * v = min(0.05 + ‖x‖²/10, ‖x − 2.5·1‖²): a wide bowl at the origin, whose floor is above the bound, and a steep one off the
 * centre, x ~ N(0, I₃). P(v < t) ≈ φ(2.5)³·(4π/3)t^{3/2}, at t = 0.04: 5.4e-6·4.19·0.008 = 1.8e-7, with
 * the next term 1.9e-7.
 */
const bowls = benchmark({
  name: 'two-bowls',
  difficulty: 'decoy',
  heldOut: false,
  probability: 1.9e-7,
  law: 'x ~ N(0, I₃)',
  structure: fc.constant(null),
  build: (_, random) => normalVector(random, 3),
  value(x: readonly number[]) {
    const wide = 0.05 + x.reduce((sum, v) => sum + v * v, 0) / 10;
    const steep = x.reduce((sum, v) => sum + (v - 2.5) ** 2, 0);
    return Math.min(wide, steep);
  },
  floor: 0.04,
  trueFloor: 0,
});

/**
 * v = Σ (1 − cos 2π(xᵢ − 1.3)) + 0.02‖x − 1.3·1‖²: a crate of eggs with one lowest cell, x ~ N(0, I₃). Another cell is at
 * least about 0.02 higher; near the lowest v ≈ (2π² + 0.02)‖x − 1.3·1‖², so P(v < t) ≈ φ(1.3)³·(4π/3)(t/19.76)^{3/2}, at
 * t = 0.015: 5.0e-3·4.19·2.1e-5 = 4.4e-7.
 */
const crate = benchmark({
  name: 'egg-crate',
  difficulty: 'decoy',
  heldOut: true,
  probability: 4.4e-7,
  law: 'x ~ N(0, I₃)',
  structure: fc.constant(null),
  build: (_, random) => normalVector(random, 3),
  value: (x: readonly number[]) =>
    x.reduce((sum, v) => sum + (1 - Math.cos(2 * Math.PI * (v - 1.3))) + 0.02 * (v - 1.3) ** 2, 0),
  floor: 0.015,
  trueFloor: 0,
});

export const decoys = [bowls, crate];
