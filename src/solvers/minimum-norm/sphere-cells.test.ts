import { expect, test } from 'vitest';
import { normal, randomSource, unitSphere } from '../../math/index.js';
import type { Vector } from '../../model/index.js';
import { errorOfPricing } from './enclosure.js';
import { priceSphere, sphereCells } from './sphere-cells.js';

/** Doubles below 2 in units of 2⁻¹⁶⁰, exact from 2⁻¹⁰⁷ on. */
const BITS = 160;

type Exact = readonly [bigint, bigint, bigint];

function exact(value: number): bigint {
  let scaled = value;
  let shift = BITS;
  for (; !Number.isInteger(scaled); shift -= 1) scaled *= 2;
  return BigInt(scaled) << BigInt(shift);
}

const inner = (a: Exact, b: Exact): bigint => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Exact, b: Exact): Exact => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
const sum = (a: Exact, b: Exact, factor: bigint): Exact => [
  a[0] + factor * b[0],
  a[1] + factor * b[1],
  a[2] + factor * b[2],
];

/** p/q in units of 2^(−4·BITS). */
function quotient(p: bigint, q: bigint): number {
  return Number((p << 100n) / q) * 2 ** (-100 - 2 * BITS) * 2 ** (-2 * BITS);
}

/** max|g| over the sphere: at vertices, at peaks of the four cells around each and of the edges between, all exact. */
function largestExactly(inputs: readonly Vector[], dual: Vector): number {
  const x = inputs.map(([a, b, c]): Exact => [exact(a), exact(b), exact(c)]);
  const weights = dual.map(exact);
  let most = 0;
  const inside = (w: Exact, active: readonly boolean[], wall: number): boolean =>
    [1n, -1n].some((side) =>
      x.every((row, k) => {
        const product = side * inner(w, row);
        return k === wall || (active[k] ? product >= 0n : product <= 0n);
      }),
    );
  const visit = (vertex: Exact, i: number, j: number): void => {
    const around = x.map((row, k) => k !== i && k !== j && inner(vertex, row) > 0n);
    for (const [ofI, ofJ] of [
      [false, false],
      [false, true],
      [true, false],
      [true, true],
    ]) {
      const active = around.with(i, ofI).with(j, ofJ);
      let gradient: Exact = [0n, 0n, 0n];
      for (const [k, row] of x.entries()) if (active[k]) gradient = sum(gradient, row, weights[k]);
      const value = inner(vertex, gradient);
      most = Math.max(most, quotient(value * value, inner(vertex, vertex)));
      if (inside(gradient, active, -1))
        most = Math.max(most, quotient(inner(gradient, gradient), 1n));
      for (const wall of [i, j]) {
        if (active[wall]) continue;
        const square = inner(x[wall], x[wall]);
        const scaled: Exact = [gradient[0] * square, gradient[1] * square, gradient[2] * square];
        const peak = sum(scaled, x[wall], -inner(gradient, x[wall]));
        if (!inside(peak, active, wall)) continue;
        most = Math.max(most, quotient(inner(peak, peak), square * square));
      }
    }
  };
  for (let i = 0; i < x.length; i += 1) {
    for (let j = i + 1; j < x.length; j += 1) {
      const vertex = cross(x[i], x[j]);
      visit(vertex, i, j);
      visit([-vertex[0], -vertex[1], -vertex[2]], i, j);
    }
  }
  return Math.sqrt(most);
}

// Entries of λ near 1/distance that cancel: rounding of g at a peak is then far above 1e-6 of its value.
test.each([1, 1e-4, 1e-8, 1e-10, 1e-11, 1e-12])(
  'the largest value misses no more than the rounding that bounds count, two inputs %d apart',
  (distance) => {
    const random = randomSource('sphere pricing', distance);
    let worst = 0;
    for (let trial = 0; trial < 60; trial += 1) {
      const inputs = Array.from({ length: 4 + (trial % 6) }, () => unitSphere(random, 3));
      const aside = unitSphere(random, 3);
      const near = inputs[0].map((entry, k) => entry + distance * aside[k]);
      const length = Math.hypot(...near);
      inputs[1] = near.map((entry) => entry / length);
      const drawn = inputs.map(() => normal(random));
      if (distance < 1) {
        drawn[0] = 1 / distance;
        drawn[1] = -1 / distance + normal(random);
      }
      const size = largestExactly(inputs, drawn);
      const factor = (1 + random.uniform()) / size;
      const dual = drawn.map((entry) => entry * factor);
      const { largest } = priceSphere(
        sphereCells(inputs),
        Float64Array.from(dual),
        false,
        1 - 1e-9,
        1,
      );
      const mass = dual.reduce((total, entry) => total + Math.abs(entry), 0);
      const allowed = errorOfPricing(mass, inputs.length, 0);
      worst = Math.max(worst, (largestExactly(inputs, dual) - largest) / allowed);
    }
    expect(worst).toBeLessThan(1);
  },
);
