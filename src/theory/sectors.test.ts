import { describe, expect, test } from 'vitest';
import {
  addScaled,
  dot,
  dotExact,
  formatRational,
  multiply,
  norm,
  normalise,
  randomSource,
  scale,
  timesPowerOfTwo,
  unitSphere,
} from '../math/index.js';
import type { Vector } from '../model/index.js';
import { populationMinimum } from './population-norm.js';
import { sectorCertificate } from './sectors-certificate.js';
import type { UnitTeacher } from './sectors-teacher.js';
import {
  rationalDirection,
  teacherLines,
  teacherNetwork,
  teacherValue,
  teacherValueExact,
  unitTeacher,
} from './sectors-teacher.js';
import { arrangementCells, countPerCell, sideOf } from './sectors.js';

const random = randomSource('sectors tests');

function teacher(inner: readonly Vector[], outer: readonly number[]): UnitTeacher {
  return unitTeacher({ activation: { name: 'relu' }, inputDim: inner[0].length, inner, outer });
}

describe('rational unit teachers', () => {
  test.each([1, 2, 3, 6])('norms are exact and directions near, in dimension %i', (dim) => {
    for (let k = 0; k < 50; k += 1) {
      const direction = unitSphere(random, dim);
      const { vector, length } = rationalDirection(direction);
      expect(formatRational(dotExact(vector, vector))).toBe(
        formatRational(multiply(length, length)),
      );
      expect(norm(addScaled(direction, -1 / length, vector))).toBeLessThan(6e-8 * Math.sqrt(dim));
      const opposite = rationalDirection(scale(-1, direction)).vector;
      expect(opposite.map((entry, j) => entry + vector[j])).toEqual(vector.map(() => 0));
    }
  });

  test('lines gather equal and opposite neurons', () => {
    const t = teacher(
      [
        [3, 4],
        [-3, -4],
        [6, 8],
        [1, 0],
      ],
      [1, -2, 5, -1],
    );
    expect(teacherLines(t)).toMatchObject([
      { first: 0, members: [0, 1, 2], along: 2, against: -1 },
      { first: 3, members: [3], along: -1, against: 0 },
    ]);
    const x = [0.3, -0.7];
    const { inner, outer } = teacherNetwork(t);
    const direct = inner.reduce((s, b, k) => s + outer[k] * Math.max(0, dot(b, x)), 0);
    expect(teacherValue(t, x)).toBeCloseTo(direct, 14);
    const exact = teacherValueExact(t, x);
    expect(Number(exact.numerator) / Number(exact.denominator)).toBeCloseTo(direct, 14);
  });

  test('refuses zeros', () => {
    expect(() => rationalDirection([0, 0])).toThrow('rationalDirection: direction must not be 0');
    expect(() => teacher([[1]], [0])).toThrow('unitTeacher: outer weights must not be 0');
  });
});

describe('cells', () => {
  test.each([
    [2, 1, 2],
    [2, 5, 10],
    [3, 1, 2],
    [3, 3, 8],
    [3, 4, 14],
    [4, 3, 8],
    [4, 6, 52],
  ])('in R^%i, %i generic lines make %i cells', (dim, lines, count) => {
    const normals = Array.from({ length: lines }, () => unitSphere(random, dim));
    const cells = arrangementCells(normals, dim);
    expect(cells).toHaveLength(count);
    expect(new Set(cells.map(({ sides }) => sides.join())).size).toBe(count);
    for (const { sides, inside } of cells) {
      expect(normals.map((normal) => Math.sign(dot(normal, inside)))).toEqual(sides);
    }
  });

  test('sectors of nearly parallel lines are not lost', () => {
    const angles = [0, 1e-6, 2e-6, 1];
    const normals = angles.map((t) => [Math.cos(t), Math.sin(t)]);
    expect(arrangementCells(normals, 2)).toHaveLength(8);
    expect(() => arrangementCells([], 0)).toThrow('arrangementCells: inputDim must be ≥ 1, got 0');
  });

  test('an input on a wall counts for both closed cells and for no open one', () => {
    const t = teacher([[0, 1]], [1]);
    const inputs = [
      [1, 0],
      [2, 0],
      [0, 1],
      [0, -1],
    ];
    expect(countPerCell(t, inputs, true)).toEqual({ cells: 2, fewest: 2 });
    expect(countPerCell(t, inputs, false)).toEqual({ cells: 2, fewest: 1 });
  });

  test('sides are exact where rounding hides them', () => {
    const tiny = 2 ** -60;
    expect(sideOf([1, 1], [1 + 2 ** -52, -1])).toBe(1);
    expect(sideOf([1, 1, tiny], [1, -1, 1])).toBe(1);
    expect(sideOf([0.1, 0.2], [2, -1])).toBe(0);
  });
});

describe('sectorCertificate', () => {
  function dualValue(inputs: readonly Vector[], dual: Vector, w: Vector): number {
    return inputs.reduce((s, x, i) => s + dual[i] * Math.max(0, dot(x, w)), 0);
  }

  test.each([1, 2, 3, 5])('proves the norm of a teacher with %i neurons', (size) => {
    for (let trial = 0; trial < 4; trial += 1) {
      const t = teacher(
        Array.from({ length: size }, () => unitSphere(random, 2)),
        Array.from({ length: size }, () => random.sign()),
      );
      const normals = teacherLines(t).map((line) => line.direction);
      const inputs = arrangementCells(normals, 2).flatMap(({ inside }) => {
        const room = Math.min(...normals.map((normal) => Math.abs(dot(normal, inside)))) / 2;
        const across = [-inside[1], inside[0]];
        return [-room, 0.3 * room, room].map((step) => addScaled(inside, step, across));
      });
      expect(countPerCell(t, inputs, false)).toEqual({ cells: 2 * size, fewest: 3 });
      const dual = sectorCertificate(t, inputs);
      expect(dual).not.toBeNull();
      if (dual === null) continue;
      const value = inputs.reduce((s, x, i) => s + dual[i] * teacherValue(t, x), 0);
      expect(value).toBeCloseTo(size, 4);
      for (let k = 0; k < 2000; k += 1) {
        const angle = (Math.PI * k) / 1000;
        const g = dualValue(inputs, dual, [Math.cos(angle), Math.sin(angle)]);
        expect(Math.abs(g)).toBeLessThan(1 + 1e-5);
      }
      for (const [k, { direction, along }] of teacherLines(t).entries()) {
        expect(k).toBeLessThan(size);
        expect(dualValue(inputs, dual, direction)).toBeCloseTo(along, 4);
      }
    }
  });

  test('is null with two inputs in a sector, or neurons on one line', () => {
    const one = teacher([[0, 1]], [1]);
    const two = [
      [1, 1],
      [-1, 1],
      [1, -1],
      [-1, -1],
    ];
    expect(sectorCertificate(one, two)).toBeNull();
    expect(
      sectorCertificate(
        teacher(
          [
            [0, 1],
            [0, -1],
          ],
          [1, 1],
        ),
        two,
      ),
    ).toBeNull();
  });
});

describe('populationMinimum', () => {
  const minimum = (inner: readonly Vector[], outer: readonly number[]) =>
    populationMinimum(teacherLines(teacher(inner, outer)));

  test('distinct lines: the number of neurons', () => {
    for (const dim of [2, 3, 5]) {
      const inner = Array.from({ length: 4 }, () => unitSphere(random, dim));
      const { lower, upper } = minimum(inner, [1, -1, 1, 1]);
      expect(lower).toBeCloseTo(4, 12);
      expect(upper).toBeCloseTo(4, 12);
    }
  });

  test('neurons that cancel, a linear pair, and a pair that a neuron absorbs', () => {
    expect(
      minimum(
        [
          [1, 0],
          [1, 0],
        ],
        [1, -1],
      ).upper,
    ).toBe(0);
    expect(
      minimum(
        [
          [1, 0],
          [-1, 0],
        ],
        [1, -1],
      ),
    ).toMatchObject({ lower: 2, upper: 2 });
    // 2·½ for the kink and 2·min_t ‖u + t·v‖ = 2·0.8 with ⟨u, v⟩ = −0.6.
    const absorbed = minimum(
      [
        [1, 0],
        [-1, 0],
        [-0.6, 0.8],
      ],
      [1, -1, 1],
    );
    expect(absorbed.lower).toBeCloseTo(2.6, 6);
    expect(absorbed.upper).toBeCloseTo(2.6, 6);
  });

  test('agrees with a grid over the odd parts', () => {
    for (let trial = 0; trial < 5; trial += 1) {
      const u = normalise(unitSphere(random, 2));
      const v = unitSphere(random, 2);
      const inner = [u, scale(-1, u), v];
      const outer = [1, -1, random.sign()];
      const { lower, upper } = minimum(inner, outer);
      const q = addScaled(u, outer[2] / 2, v);
      let best = Infinity;
      for (let a = -60; a <= 60; a += 1) {
        for (let b = -60; b <= 60; b += 1) {
          const [o, p] = [a / 40, b / 40];
          const rest = norm(addScaled(addScaled(q, -o, u), -p, v));
          best = Math.min(best, 2 * Math.abs(o) + 2 * Math.max(0.5, Math.abs(p)) + 2 * rest);
        }
      }
      expect(lower).toBeGreaterThan(upper - 1e-9);
      expect(best).toBeGreaterThanOrEqual(lower - 1e-6);
      expect(best).toBeLessThan(upper + 0.1);
    }
  });
});

describe('sectors at every scale of the inputs', () => {
  const crossed = teacher(
    [
      [1, 0.25],
      [-0.5, 1],
    ],
    [1, -1],
  );
  const inputs = Array.from({ length: 24 }, (_, k) => [
    Math.round(40 * Math.cos(0.2 + (2 * Math.PI * k) / 24)),
    Math.round(40 * Math.sin(0.2 + (2 * Math.PI * k) / 24)),
  ]);

  test.each([-1074, -1040, -700, 300, 1000])('2^%i', (k) => {
    const moved = inputs.map((x) => x.map((entry) => timesPowerOfTwo(entry, k)));
    const twice = [...moved, ...moved.slice(0, 5)];
    for (const closed of [true, false]) {
      expect(countPerCell(crossed, twice, closed)).toEqual(countPerCell(crossed, inputs, closed));
    }
    for (const [i, x] of moved.entries()) {
      for (const b of crossed.directions) expect(sideOf(b, x)).toBe(sideOf(b, inputs[i]));
    }
    const dual = sectorCertificate(crossed, moved);
    const ordinary = sectorCertificate(crossed, inputs);
    if (k < -1000) expect(dual).toBeNull();
    else {
      expect(dual).toEqual(ordinary?.map((entry) => timesPowerOfTwo(entry, -k)));
    }
  });

  test('the side of an input whose products underflow is exact', () => {
    // In doubles 0.5·3 − 1·1 units of 2⁻¹⁰⁷⁴ is 2 − 1, and 0.25·2 − 0.5·1 is 0.
    expect(sideOf([0.5, -1.625], [3 * 5e-324, 5e-324])).toBe(-1);
    expect(sideOf([0.25, -0.5], [2 * 5e-324, 5e-324])).toBe(0);
    expect(sideOf([0.375, -0.5], [2 * 5e-324, 5e-324])).toBe(1);
  });
});
