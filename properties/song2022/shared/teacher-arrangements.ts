import type fc from 'fast-check';
import type { DirectionArrangement, TeacherSpec } from '../../../src/generators/index.js';

/** The arrangements of P-T whose neurons lie on distinct lines, for the sizes that `withDistinctLines` leaves. */
export const DISTINCT_ARRANGEMENTS: readonly DirectionArrangement[] = [
  'generic',
  'orthogonal',
  'equiangular',
  'evenly-spaced',
  'zero-sum',
  'common-plane',
  'common-halfspace',
  'near-parallel',
];

/**
 * Changes the sizes that put two neurons on one line: on the line R there is one neuron; evenly spaced directions
 * come in opposite pairs when their number is even, and two directions sum to zero only when
 * opposite, four of the plane only as two opposite pairs (a rhombus).
 */
export function withDistinctLines(specs: fc.Arbitrary<TeacherSpec>): fc.Arbitrary<TeacherSpec> {
  return specs.map((spec) => {
    const { arrangement, inputDim, signs } = spec;
    if (inputDim === 1) return { ...spec, arrangement: 'generic', signs: signs.slice(0, 1) };
    if (arrangement === 'evenly-spaced' && signs.length % 2 === 0) {
      return { ...spec, signs: signs.length === 2 ? [...signs, signs[0]] : signs.slice(1) };
    }
    if (arrangement === 'zero-sum' && signs.length === 2) {
      return { ...spec, signs: [...signs, signs[0]] };
    }
    if (arrangement === 'zero-sum' && signs.length === 4 && inputDim === 2) {
      return { ...spec, signs: signs.slice(1) };
    }
    return spec;
  });
}
