import fc from 'fast-check';
import { exp, randomSource, unitSphere } from '../math/index.js';
import type { InputLaw, Vector } from '../model/index.js';
import type { InputLawMember } from './input-law-labels.js';
import { bounds, dataSeeds, integersFrom, oneOfMembers, oneTwoFive } from './pool.js';
import type { IntegerRange } from './pool.js';

/**
 * The pool P-X: an input law, every member with the same probability and its parameters as the
 * pool's table documents them. Shrinks towards fewer dimensions, N(0, I), and axis-parallel
 * directions. Members that need two dimensions are left out where the range has one only.
 *
 * @param options.inputDim the dimension d ≥ 1, uniform on the range
 * @param options.members the members that a claim admits; by default all that the range allows
 * @throws RangeError when the range is none, or a member is unknown or needs more dimensions
 */
export function inputLaws(options: {
  readonly inputDim: IntegerRange;
  readonly members?: readonly InputLawMember[];
}): fc.Arbitrary<InputLaw> {
  const range = bounds('inputLaws', 'inputDim', options.inputDim, 1);
  return oneOfMembers('inputLaws', memberTable(range), options.members);
}

type MemberTable = Record<InputLawMember, fc.Arbitrary<InputLaw> | null>;

function memberTable(range: { readonly min: number; readonly max: number }): MemberTable {
  const dimensions = fc.integer(range);
  const several = integersFrom(range, 2);
  const each = (law: (d: number) => InputLaw): fc.Arbitrary<InputLaw> => dimensions.map(law);
  return {
    gaussian: each((dimension) => ({ name: 'gaussian', dimension })),
    rademacher: each((dimension) => ({ name: 'rademacher', dimension })),
    'unit-sphere': each((dimension) => ({ name: 'sphere', dimension, radius: 1 })),
    'sqrt-d-sphere':
      several?.map((dimension) => ({ name: 'sphere', dimension, radius: Math.sqrt(dimension) })) ??
      null,
    'binary-cube': each((dimension) => ({ name: 'binary-cube', dimension })),
    'unit-cube': each((dimension) => ({ name: 'unit-cube', dimension })),
    'symmetric-cube': each((dimension) => ({ name: 'symmetric-cube', dimension })),
    'absolute-gaussian': each((dimension) => ({ name: 'absolute-gaussian', dimension })),
    exponential: each((dimension) => ({ name: 'exponential', dimension })),
    'centred-exponential': each((dimension) => ({ name: 'centred-exponential', dimension })),
    'one-atom': atoms(range, 1, 1),
    'two-atoms': atoms(range, 2, 2),
    'few-atoms': atoms(range, 3, 5),
    'rare-far-atom': rareFarAtom(dimensions),
    ...parametric(dimensions),
    ...(several === null ? NEEDS_TWO_DIMENSIONS : degenerate(several)),
  };
}

const NEEDS_TWO_DIMENSIONS = {
  'ill-conditioned-gaussian': null,
  'singular-gaussian': null,
  line: null,
  'half-line': null,
  hyperplane: null,
} as const;

function parametric(
  dimensions: fc.Arbitrary<number>,
): Pick<
  MemberTable,
  | 'shifted-gaussian'
  | 'pareto'
  | 'skewed-two-point'
  | 'student-t'
  | 'scale-mixture'
  | 'basis-atoms'
  | 'signed-basis-atoms'
  | 'halfspace'
  | 'clusters'
> {
  const basisAtoms = (signed: boolean): fc.Arbitrary<InputLaw> =>
    fc
      .tuple(dimensions, oneTwoFive(-1, 2))
      .map(([dimension, constant]) => ({ name: 'basis-atoms', dimension, constant, signed }));
  return {
    'shifted-gaussian': fc
      .tuple(dimensions, oneTwoFive(-1, 1), directions)
      .map(([dimension, length, direction]) => ({
        name: 'gaussian-shifted',
        dimension,
        mean: unitVector(direction, dimension).map((entry) => length * entry),
      })),
    pareto: fc
      .tuple(dimensions, fc.integer({ min: 2, max: 24 }))
      .map(([dimension, quarters]) => ({ name: 'pareto', dimension, tail: quarters / 4 })),
    'skewed-two-point': fc
      .tuple(dimensions, fc.integer({ min: 1, max: 15 }), fc.boolean())
      .map(([dimension, k, flipped]) => ({
        name: 'skewed-two-point',
        dimension,
        probability: flipped ? 1 - k / 32 : k / 32,
      })),
    'student-t': fc
      .tuple(dimensions, fc.integer({ min: 2, max: 40 }))
      .map(([dimension, halves]) => ({ name: 'student-t', dimension, degrees: halves / 2 })),
    'scale-mixture': fc
      .record({
        dimension: dimensions,
        base: fc.constantFrom('gaussian', 'sphere'),
        nearScale: fc.constantFrom(1, 0, 0.01, 0.1, 10),
        farScale: fc.constantFrom(10, 100, 1e3, 1e4, 1e6),
        rarity: fc.constantFrom('2^-d', 'e^-d'),
      })
      .map(({ rarity, ...law }) => ({
        name: 'scale-mixture',
        ...law,
        farProbability: rarity === 'e^-d' ? exp(-law.dimension) : halved(law.dimension),
      })),
    'basis-atoms': basisAtoms(false),
    'signed-basis-atoms': basisAtoms(true),
    halfspace: fc
      .tuple(dimensions, directions, fc.oneof(fc.constant(0), oneTwoFive(-2, 0)))
      .map(([dimension, direction, margin]) => ({
        name: 'halfspace',
        dimension,
        normal: unitVector(direction, dimension),
        margin,
      })),
    clusters: fc
      .record({
        dimension: dimensions,
        seeds: fc.array(dataSeeds, { minLength: 2, maxLength: 4, size: 'max' }),
        distance: oneTwoFive(0, 1),
        spread: oneTwoFive(-2, 0),
      })
      .map(({ dimension, seeds, distance, spread }) => ({
        name: 'clusters',
        dimension,
        centres: seeds.map((seed) =>
          unitVector({ kind: 'generic', seed }, dimension).map((entry) => distance * entry),
        ),
        spread,
      })),
  };
}

function degenerate(
  dimensions: fc.Arbitrary<number>,
): Pick<MemberTable, keyof typeof NEEDS_TWO_DIMENSIONS> {
  const rotations = fc.option(dataSeeds, { nil: null });
  const line = (half: boolean): fc.Arbitrary<InputLaw> =>
    fc.tuple(dimensions, directions).map(([dimension, direction]) => ({
      name: 'line',
      dimension,
      direction: unitVector(direction, dimension),
      half,
    }));
  return {
    'ill-conditioned-gaussian': fc
      .record({
        dimension: dimensions,
        decades: fc.integer({ min: 1, max: 6 }),
        shape: fc.constantFrom('one-small', 'one-large', 'even-decades'),
        rotationSeed: rotations,
      })
      .map(({ dimension, decades, shape, rotationSeed }) => ({
        name: 'gaussian-covariance',
        dimension,
        spectrum: illConditionedSpectrum(dimension, decades, shape),
        rotationSeed,
      })),
    'singular-gaussian': fc
      .tuple(dimensions, fc.nat({ max: 999 }), rotations)
      .map(([dimension, part, rotationSeed]) => {
        const rank = 1 + Math.floor(((dimension - 1) * part) / 1000);
        return {
          name: 'gaussian-covariance',
          dimension,
          spectrum: Array.from({ length: dimension }, (_, i) => (i < rank ? 1 : 0)),
          rotationSeed,
        };
      }),
    line: line(false),
    'half-line': line(true),
    hyperplane: fc
      .tuple(dimensions, directions, fc.oneof(fc.constant(0), oneTwoFive(-1, 1)))
      .map(([dimension, direction, offset]) => ({
        name: 'hyperplane',
        dimension,
        normal: unitVector(direction, dimension),
        offset,
      })),
  };
}

/** Atoms with coordinates −3…3 and weights 1…4, so that everything about them is rational. */
function atoms(
  range: { readonly min: number; readonly max: number },
  fewest: number,
  most: number,
): fc.Arbitrary<InputLaw> {
  const point = fc.array(fc.integer({ min: -3, max: 3 }), {
    minLength: range.max,
    maxLength: range.max,
  });
  const weighted = fc.tuple(point, fc.integer({ min: 1, max: 4 }));
  return fc
    .tuple(
      fc.integer(range),
      fc.array(weighted, { minLength: fewest, maxLength: most, size: 'max' }),
    )
    .map(([dimension, chosen]) => {
      const total = chosen.reduce((sum, [, weight]) => sum + weight, 0);
      return {
        name: 'atoms',
        dimension,
        points: chosen.map(([point]) => point.slice(0, dimension)),
        probabilities: chosen.map(([, weight]) => weight / total),
      };
    });
}

/**
 * Near atoms at e_1, …, e_d, and with probability p = 1/n an atom at −(reach·n/d)·(1, …, 1), or all of them turned
 * round: for reach 1 the rare atom balances the mean of the near ones up to p.
 */
function rareFarAtom(dimensions: fc.Arbitrary<number>): fc.Arbitrary<InputLaw> {
  return fc
    .record({
      dimension: dimensions,
      rarity: oneTwoFive(2, 4),
      reach: fc.constantFrom(1, 0.1, 10),
      sign: fc.constantFrom(1, -1),
    })
    .map(({ dimension, rarity, reach, sign }) => ({
      name: 'atoms',
      dimension,
      points: [
        ...Array.from({ length: dimension }, (_, i) =>
          Array.from({ length: dimension }, (__, k) => (k === i ? sign : 0)),
        ),
        Array.from({ length: dimension }, () => (-sign * reach * rarity) / dimension),
      ],
      probabilities: [
        ...Array.from({ length: dimension }, () => (1 - 1 / rarity) / dimension),
        1 / rarity,
      ],
    }));
}

/** 2^{−times}, exactly. */
function halved(times: number): number {
  let power = 1;
  for (let i = 0; i < times; i += 1) power /= 2;
  return power;
}

/** Eigenvalues between 10^{−decades} and 1, both attained; dimension ≥ 2. */
function illConditionedSpectrum(
  dimension: number,
  decades: number,
  shape: 'one-small' | 'one-large' | 'even-decades',
): number[] {
  const smallest = Number(`1e-${decades}`);
  return Array.from({ length: dimension }, (_, i) => {
    if (i === 0) return 1;
    if (i === dimension - 1) return smallest;
    if (shape === 'one-small') return 1;
    if (shape === 'one-large') return smallest;
    return Number(`1e-${Math.round((decades * i) / (dimension - 1))}`);
  });
}

/** A direction: the first axis, or a uniform one keyed by a seed. */
type Direction = { readonly kind: 'axis' } | { readonly kind: 'generic'; readonly seed: number };

const directions: fc.Arbitrary<Direction> = fc.oneof(
  { withCrossShrink: true },
  fc.constant({ kind: 'axis' as const }),
  dataSeeds.map((seed) => ({ kind: 'generic' as const, seed })),
);

function unitVector(direction: Direction, dimension: number): Vector {
  if (direction.kind === 'axis') {
    return Array.from({ length: dimension }, (_, i) => (i === 0 ? 1 : 0));
  }
  return unitSphere(randomSource('direction', direction.seed), dimension);
}
