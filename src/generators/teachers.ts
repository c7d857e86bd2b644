import fc from 'fast-check';
import { requireOneOf, scale } from '../math/index.js';
import type { RandomSource } from '../math/index.js';
import type { Activation, Teacher } from '../model/index.js';
import { ARRANGEMENT_NEEDS, drawDirections, fittingWidth } from './directions.js';
import type { DirectionArrangement } from './directions.js';
import { bounds, integersFrom, oneOfMembers, oneTwoFive, oneTwoFiveAt } from './pool.js';
import type { IntegerRange } from './pool.js';

/**
 * The norms of a teacher's neurons.
 * - `unit-balanced`: |a_j| = ‖b_j‖ = 1.
 * - `unit-unbalanced`: |a_j|·‖b_j‖ = 1 with |a_j| = 2^k, k uniform on −6…6.
 * - `general`: ‖b_j‖ as there, |a_j|·‖b_j‖ uniform on 0.01, 0.02, 0.05, …, 100.
 */
export type TeacherNorms = 'unit-balanced' | 'unit-unbalanced' | 'general';

const NORMS: readonly TeacherNorms[] = ['unit-balanced', 'unit-unbalanced', 'general'];

/** The structure of a teacher of the pool P-T; its width is the number of signs. */
export interface TeacherSpec {
  readonly arrangement: DirectionArrangement;
  readonly inputDim: number;
  /** The signs of the outer weights, one a neuron. */
  readonly signs: readonly (1 | -1)[];
  readonly norms: TeacherNorms;
  /** The angle of `near-parallel` pairs, in radians. */
  readonly angle?: number;
  /** The inner product of `equiangular` directions. */
  readonly cosine?: number;
}

/** Coverage labels of the pool P-T with a phrase each. */
export const TEACHER_PHRASES = {
  'teacher:generic': 'teacher directions generic',
  'teacher:orthogonal': 'teacher directions orthogonal',
  'teacher:equiangular': 'teacher directions equiangular',
  'teacher:evenly-spaced': 'teacher directions evenly spaced in a plane',
  'teacher:zero-sum': 'teacher directions summing to zero',
  'teacher:common-plane': 'teacher directions in a common plane',
  'teacher:common-halfspace': 'teacher directions in a common halfspace',
  'teacher:parallel': 'all teacher directions equal',
  'teacher:repeated': 'teacher directions repeated',
  'teacher:antiparallel': 'teacher directions in opposite pairs',
  'teacher:near-parallel': 'teacher directions in pairs at an angle from 1e-6 to 1e-1',
  'teacher:one-neuron': 'one teacher neuron',
  'teacher:positive': 'all outer weights positive',
  'teacher:negative': 'all outer weights negative',
  'teacher:mixed-signs': 'outer weights of both signs',
  'teacher:unit-balanced': '‖a_j b_j‖ = 1, balanced',
  'teacher:unit-unbalanced': '‖a_j b_j‖ = 1, not balanced',
  'teacher:general': '‖a_j b_j‖ from 0.01 to 100',
} as const;

export type TeacherLabel = keyof typeof TEACHER_PHRASES;

/** The coverage labels of a teacher: its arrangement, signs, norms, and whether it is one neuron. */
export function teacherLabels(spec: TeacherSpec): TeacherLabel[] {
  const positive = spec.signs.filter((sign) => sign > 0).length;
  const labels: TeacherLabel[] = [`teacher:${spec.arrangement}`, `teacher:${spec.norms}`];
  if (spec.signs.length === 1) labels.push('teacher:one-neuron');
  if (positive === spec.signs.length) labels.push('teacher:positive');
  else labels.push(positive === 0 ? 'teacher:negative' : 'teacher:mixed-signs');
  return labels;
}

/**
 * The pool P-T: arrangements with the same probability, then dimension, width and every sign
 * independent and uniform. Shrinks towards a positive, generic, balanced neuron in few dimensions.
 * An arrangement that a size cannot have (orthogonal with more neurons than dimensions) takes as
 * many neurons as fit, and is left out where the range has no size for it.
 *
 * @param options.inputDim the dimension d ≥ 1
 * @param options.width the number of neurons m₀ ≥ 1
 * @param options.arrangements those that a claim admits; by default all that the sizes allow
 * @param options.norms those that a claim admits, simplest first; by default all
 * @throws RangeError when a range is none, or an arrangement does not fit the sizes
 */
export function teacherSpecs(options: {
  readonly inputDim: IntegerRange;
  readonly width: IntegerRange;
  readonly arrangements?: readonly DirectionArrangement[];
  readonly norms?: readonly TeacherNorms[];
}): fc.Arbitrary<TeacherSpec> {
  const dimensions = bounds('teacherSpecs', 'inputDim', options.inputDim, 1);
  const widths = bounds('teacherSpecs', 'width', options.width, 1);
  const norms = fc.constantFrom(
    ...(options.norms ?? (['unit-balanced', 'unit-unbalanced', 'general'] as const)),
  );
  const arranged = (
    arrangement: DirectionArrangement,
    shape: fc.Arbitrary<Pick<TeacherSpec, 'angle' | 'cosine'>> = fc.constant({}),
  ): fc.Arbitrary<TeacherSpec> | null => {
    const needs = ARRANGEMENT_NEEDS[arrangement];
    const minWidth = Math.max(widths.min, needs.width);
    // The least dimension into which the fewest neurons fit.
    let minDim = needs.inputDim;
    while (fittingWidth(arrangement, minDim, minWidth) < minWidth) minDim += 1;
    const inputDims = integersFrom(dimensions, minDim);
    if (inputDims === null || widths.max < minWidth) return null;
    const signs = fc.array(fc.constantFrom<1 | -1>(1, -1), {
      minLength: minWidth,
      maxLength: widths.max,
      size: 'max',
    });
    return fc.tuple(inputDims, signs, norms, shape).map(([inputDim, signs, norms, shape]) => ({
      arrangement,
      inputDim,
      signs: signs.slice(0, fittingWidth(arrangement, inputDim, signs.length)),
      norms,
      ...shape,
    }));
  };
  const table: Record<DirectionArrangement, fc.Arbitrary<TeacherSpec> | null> = {
    generic: arranged('generic'),
    orthogonal: arranged('orthogonal'),
    'evenly-spaced': arranged('evenly-spaced'),
    equiangular: arranged(
      'equiangular',
      fc.integer({ min: 1, max: 9 }).map((tenths) => ({ cosine: tenths / 10 })),
    ),
    'common-halfspace': arranged('common-halfspace'),
    'common-plane': arranged('common-plane'),
    'zero-sum': arranged('zero-sum'),
    repeated: arranged('repeated'),
    parallel: arranged('parallel'),
    antiparallel: arranged('antiparallel'),
    'near-parallel': arranged(
      'near-parallel',
      oneTwoFive(-6, -1).map((angle) => ({ angle })),
    ),
  };
  return oneOfMembers('teacherSpecs', table, options.arrangements);
}

/**
 * The teacher of a spec: inner weights ‖b_j‖·(direction), outer weights sign·|a_j|. Lengths are powers
 * of two unless `norms` is `general`, so that ‖a_j b_j‖ is 1 up to the rounding of the direction alone.
 *
 * @throws RangeError when the width does not fit the arrangement, or arrangement or norms are unknown
 */
export function drawTeacher(
  spec: TeacherSpec,
  random: RandomSource,
  activation: Activation = { name: 'relu' },
): Teacher {
  requireOneOf('drawTeacher', 'norms', spec.norms, NORMS);
  const directions = drawDirections({ ...spec, width: spec.signs.length }, random);
  const norms = directions.map(() => drawNorms(spec.norms, random));
  return {
    activation,
    inputDim: spec.inputDim,
    inner: directions.map((direction, j) => scale(norms[j].inner, direction)),
    outer: spec.signs.map((sign, j) => sign * norms[j].outer),
  };
}

function drawNorms(
  norms: TeacherNorms,
  random: RandomSource,
): { readonly inner: number; readonly outer: number } {
  if (norms === 'unit-balanced') return { inner: 1, outer: 1 };
  const exponent = random.integer(13) - 6;
  const outer = exponent < 0 ? 1 / (1 << -exponent) : 1 << exponent;
  if (norms === 'unit-unbalanced') return { inner: 1 / outer, outer };
  const product = oneTwoFiveAt(random.integer(13) - 6);
  return { inner: 1 / outer, outer: outer * product };
}
