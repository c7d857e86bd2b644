import { expect, test } from 'vitest';
import { dot, normal, randomSource, unitSphere } from '../../math/index.js';
import type { Vector } from '../../model/index.js';
import type { Atom } from './interpolant.js';
import { sparserNetwork } from './sparser.js';

const random = randomSource('sparser network');

function value(atoms: readonly Atom[], x: Vector): number {
  return atoms.reduce((sum, { direction, mass }) => sum + mass * Math.max(0, dot(direction, x)), 0);
}

function norm(atoms: readonly Atom[]): number {
  return atoms.reduce((sum, { mass }) => sum + Math.abs(mass), 0);
}

test.each([
  [2, 7, 20],
  [3, 12, 31],
  [3, 12, 12],
])('d = %i, N = %i, %i neurons: at most N are left, with the same values', (dim, size, width) => {
  const inputs = Array.from({ length: size }, () => unitSphere(random, dim));
  const atoms = Array.from({ length: width }, () => ({
    direction: unitSphere(random, dim),
    mass: normal(random),
  }));
  const fewer = sparserNetwork(inputs, atoms);
  expect(fewer.length).toBeLessThanOrEqual(size);
  expect(norm(fewer)).toBeLessThanOrEqual(norm(atoms) * (1 + 1e-12));
  for (const x of inputs) expect(value(fewer, x)).toBeCloseTo(value(atoms, x), 9);
});

test('inputs whose columns span less: opposite inputs, repeated neurons', () => {
  const inputs = [
    [1, 0],
    [-1, 0],
  ];
  const atoms = [
    { direction: [0, 1], mass: 1 },
    { direction: [0.6, 0.8], mass: 1 },
    { direction: [0.8, 0.6], mass: -1 },
    { direction: [0.8, -0.6], mass: 0 },
  ];
  const fewer = sparserNetwork(inputs, atoms);
  expect(fewer.length).toBeLessThanOrEqual(2);
  expect(value(fewer, inputs[0])).toBeCloseTo(-0.2, 12);
  expect(norm(fewer)).toBeLessThanOrEqual(3);
});
