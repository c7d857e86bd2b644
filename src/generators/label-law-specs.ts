import fc from 'fast-check';
import { unitSphere } from '../math/index.js';
import type { RandomSource } from '../math/index.js';
import type { LabelLaw, LabelLawName } from './label-laws.js';
import { oneOfMembers, oneTwoFive } from './pool.js';
import { drawTeacher } from './teachers.js';

/**
 * The structure of a law of labels, free of the input dimension: laws independent of X as they are,
 * and for functions of X what `drawLabelLaw` needs to draw one.
 */
export type LabelLawSpec =
  | Exclude<LabelLaw, { readonly name: 'teacher' | 'parity' | 'sign' }>
  /** A generic balanced unit teacher with these signs, its outer weights times `scale`. */
  | {
      readonly name: 'teacher';
      readonly activation: 'relu' | 'step' | 'tanh';
      readonly signs: readonly (1 | -1)[];
      readonly scale: number;
    }
  /** The parity of the first `order` coordinates, or of all where there are fewer. */
  | { readonly name: 'parity'; readonly order: number; readonly scale: number }
  /** The sign along the first axis, or along a uniform direction. */
  | { readonly name: 'sign'; readonly generic: boolean; readonly scale: number };

/**
 * The pool P-Y: members with the same probability, then their parameters. Scales are uniform on
 * 1, 2, 5 times powers of ten; the Pareto tail is 64/k, k uniform on 1…63, all of (1, ∞); t has ν = k/4,
 * k uniform on 5…80; teachers have 1…5 neurons. Shrinks towards labels 0 and scale 1.
 *
 * @param options.members those that a claim admits; all by default
 * @param options.scale exponents of the least and largest scale; −6…6 by default
 * @throws RangeError when a member is unknown or none is left
 */
export function labelLawSpecs(
  options: {
    readonly members?: readonly LabelLawName[];
    readonly scale?: { readonly min: number; readonly max: number };
  } = {},
): fc.Arbitrary<LabelLawSpec> {
  const { min, max } = options.scale ?? { min: -6, max: 6 };
  const scale = oneTwoFive(min, max);
  const table: Record<LabelLawName, fc.Arbitrary<LabelLawSpec>> = {
    zero: fc.constant({ name: 'zero' }),
    constant: fc
      .tuple(fc.constantFrom(1, -1), scale)
      .map(([sign, size]) => ({ name: 'constant', value: sign * size })),
    'fair-sign': scale.map((scale) => ({ name: 'fair-sign', scale })),
    sign: fc.record({ name: fc.constant('sign'), generic: fc.boolean(), scale }),
    parity: fc.record({
      name: fc.constant('parity'),
      order: fc.integer({ min: 1, max: 5 }),
      scale,
    }),
    bounded: scale.map((scale) => ({ name: 'bounded', scale })),
    gaussian: scale.map((scale) => ({ name: 'gaussian', scale })),
    teacher: fc.record({
      name: fc.constant('teacher'),
      activation: fc.constantFrom('relu', 'step', 'tanh'),
      signs: fc.array(fc.constantFrom<1 | -1>(1, -1), { minLength: 1, maxLength: 5, size: 'max' }),
      scale,
    }),
    'student-t': fc
      .tuple(fc.integer({ min: 5, max: 80 }), scale)
      .map(([quarters, scale]) => ({ name: 'student-t', degrees: quarters / 4, scale })),
    pareto: fc
      .tuple(fc.integer({ min: 1, max: 63 }), scale)
      .map(([k, scale]) => ({ name: 'pareto', tail: 64 / k, scale })),
  };
  return oneOfMembers('labelLawSpecs', table, options.members);
}

/** The law of labels of a spec for inputs of the given dimension. */
export function drawLabelLaw(spec: LabelLawSpec, inputDim: number, random: RandomSource): LabelLaw {
  switch (spec.name) {
    case 'teacher': {
      const { signs, scale, activation } = spec;
      const teacher = drawTeacher(
        { arrangement: 'generic', inputDim, signs, norms: 'unit-balanced' },
        random,
        { name: activation },
      );
      return {
        name: 'teacher',
        teacher: { ...teacher, outer: teacher.outer.map((weight) => scale * weight) },
      };
    }
    case 'parity': {
      const order = Math.min(spec.order, inputDim);
      return {
        name: 'parity',
        coordinates: Array.from({ length: order }, (_, i) => i),
        scale: spec.scale,
      };
    }
    case 'sign':
      return {
        name: 'sign',
        direction: spec.generic
          ? unitSphere(random, inputDim)
          : Array.from({ length: inputDim }, (_, i) => (i === 0 ? 1 : 0)),
        scale: spec.scale,
      };
    default:
      return spec;
  }
}
