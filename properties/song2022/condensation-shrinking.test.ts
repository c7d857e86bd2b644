import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomSource } from '../../src/math/index.js';
import { countPerCell, normDefectExact } from '../../src/theory/index.js';
import type { CondensationInstance } from './shared/condensation-instance.js';
import { condensationSimplifiers } from './shared/condensation-simplifiers.js';
import { canonicalCondensation, primitive } from './shared/condensation-symmetries.js';
import { isInGeneralPosition } from './shared/general-position.js';

const START: CondensationInstance = {
  teacher: {
    inputDim: 3,
    signs: [1, -1],
    directions: [
      [4, 3, 0],
      [1, -2, 2],
    ],
    lengths: [5, 3],
  },
  width: 8,
  inputs: [
    [4, -3, 2],
    [3, 0, 2],
    [2, -1, 1],
    [1, -2, -1],
    [-1, 1, 1],
    [-2, 0, 1],
  ],
  trained: false,
};

/** The same instance in other words: reordered, rescaled by powers of two, coordinates permuted and reflected. */
function disguised(key: number): CondensationInstance {
  const random = randomSource('disguise', key);
  const shuffled = <T>(entries: readonly T[]): T[] => {
    const rest = [...entries];
    return entries.map(() => rest.splice(random.integer(rest.length), 1)[0]);
  };
  const order = shuffled([0, 1, 2]);
  const signs = order.map(() => random.sign());
  const turn = (vector: readonly number[]) => order.map((from, k) => signs[k] * vector[from]);
  const neurons = shuffled([0, 1]);
  const { teacher, inputs } = START;
  const factors = neurons.map(() => 2 ** (random.integer(5) - 2));
  return {
    ...START,
    teacher: {
      inputDim: 3,
      signs: neurons.map((k) => teacher.signs[k]),
      directions: neurons.map((k, j) => turn(teacher.directions[k]).map((x) => factors[j] * x)),
      lengths: neurons.map((k, j) => factors[j] * teacher.lengths[k]),
    },
    inputs: shuffled(inputs).map((input) => turn(input).map((x) => 0.375 * x)),
  };
}

describe('canonical form of condensation instances', () => {
  test('one for all that the symmetries identify, and a fixed point', () => {
    const form = canonicalCondensation(START);
    expect(canonicalCondensation(form)).toEqual(form);
    fc.assert(
      fc.property(fc.nat(), (key) => {
        expect(canonicalCondensation(disguised(key))).toEqual(form);
      }),
      { numRuns: 50 },
    );
  });

  test('another for another instance', () => {
    const other = { ...START, inputs: START.inputs.with(0, [4, -3, 1]) };
    expect(canonicalCondensation(other)).not.toEqual(canonicalCondensation(START));
  });

  test('keeps norms exact and inputs in their cells', () => {
    const form = canonicalCondensation(START);
    expect(normDefectExact(form.teacher).numerator).toBe(0n);
    expect(countPerCell(form.teacher, form.inputs, false).fewest).toBe(
      countPerCell(START.teacher, START.inputs, false).fewest,
    );
  });

  test('a vector that doubles cannot hold as whole numbers stays as it is', () => {
    expect(primitive([2 ** -60, 1])).toEqual([2 ** -60, 1]);
    expect(primitive([0.75, -1.5])).toEqual([1, -2]);
  });
});

describe('simplifiers of condensation instances', () => {
  test('every candidate has a teacher of exact unit norms, but where a direction vanishes', () => {
    for (const { candidates } of condensationSimplifiers('any')) {
      for (const { teacher } of candidates(START)) {
        const vanishes = teacher.directions.some((row) => row.every((entry) => entry === 0));
        if (!vanishes) expect(normDefectExact(teacher).numerator).toBe(0n);
      }
    }
  });

  test('for inputs from densities every candidate is in general position', () => {
    const generic = condensationSimplifiers('general').flatMap(({ candidates }) => [
      ...candidates(START),
    ]);
    const any = condensationSimplifiers('any').flatMap(({ candidates }) => [...candidates(START)]);
    expect(generic.length).toBeGreaterThan(0);
    expect(generic.length).toBeLessThan(any.length);
    expect(generic.every(isInGeneralPosition)).toBe(true);
  });
});

describe('general position', () => {
  test.each<[string, boolean, readonly (readonly number[])[]]>([
    [
      'three independent inputs',
      true,
      [
        [1, 1, 1],
        [1, -4, 1],
        [2, 1, 5],
      ],
    ],
    [
      'three inputs of a plane',
      false,
      [
        [1, 1, 1],
        [1, -4, 1],
        [3, -2, 3],
      ],
    ],
    [
      'opposite inputs',
      false,
      [
        [1, 1, 1],
        [-1, -1, -1],
        [2, 1, 5],
      ],
    ],
    [
      'an input on a wall',
      false,
      [
        [3, -4, 1],
        [1, -4, 1],
        [2, 1, 5],
      ],
    ],
    [
      'inputs with fractions',
      true,
      [
        [0.5, 0.125, 3],
        [1, -4, 0.3],
        [2, 1, 5],
      ],
    ],
  ])('%s: %s', (_, expected, inputs) => {
    expect(isInGeneralPosition({ ...START, inputs })).toBe(expected);
  });
});
