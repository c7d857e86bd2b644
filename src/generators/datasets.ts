import fc from 'fast-check';
import type { RandomSource } from '../math/index.js';
import type { Dataset } from '../model/index.js';
import { drawLabelLaw, labelLawSpecs } from './label-law-specs.js';
import type { LabelLawSpec } from './label-law-specs.js';
import { drawLabels, labelLawLabel } from './label-laws.js';
import type { LabelLawName } from './label-laws.js';
import { drawPoints, fittingSampleSize, POINT_NEEDS } from './points.js';
import type { PointArrangement, PointsSpec } from './points.js';
import { bounds, integersFrom, oneOfMembers, oneTwoFive } from './pool.js';
import type { IntegerRange } from './pool.js';

/** The structure of a finite data set of the pool P-D: its points and the law of its labels. */
export interface DatasetSpec extends PointsSpec {
  readonly labels: LabelLawSpec;
}

/** Coverage labels of the pool P-D with a phrase each. */
export const DATASET_PHRASES: Readonly<Record<`dataset:${PointArrangement}`, string>> = {
  'dataset:one-point': 'one point',
  'dataset:sphere': 'points uniform on the sphere',
  'dataset:cube': 'points uniform in the cube',
  'dataset:grid': 'points of a grid',
  'dataset:orthogonal': 'orthogonal points',
  'dataset:low-rank': 'points in a proper subspace',
  'dataset:clusters': 'clustered points',
  'dataset:close-pairs': 'pairs at distance from 1e-8 to 1e-1',
  'dataset:repeated-equal': 'repeated points with equal labels',
  'dataset:repeated-different': 'repeated points with different labels',
  'dataset:antipodal': 'antipodal pairs',
  'dataset:same-direction': 'points of the same direction and different lengths',
};

export type DatasetLabel = keyof typeof DATASET_PHRASES;

/** The coverage labels of a data set: how its points lie, and the law of its labels. */
export function datasetLabels(spec: DatasetSpec): [DatasetLabel, `label:${LabelLawName}`] {
  return [`dataset:${spec.arrangement}`, labelLawLabel(spec.labels)];
}

/**
 * The pool P-D: arrangements with the same probability, then dimension, size, parameters and the law
 * of the labels independent. Distances are uniform on 1, 2, 5 times powers of ten. Shrinks towards one
 * point with label 0 in few dimensions.
 *
 * @param options.sampleSize the number of points n ≥ 1; arrangements that hold fewer take as many as fit
 * @param options.arrangements those that a claim admits; by default all that the sizes allow
 * @param options.labels the options of `labelLawSpecs`
 * @throws RangeError when a range is none, or an arrangement does not fit the sizes
 */
export function datasetSpecs(options: {
  readonly inputDim: IntegerRange;
  readonly sampleSize: IntegerRange;
  readonly arrangements?: readonly PointArrangement[];
  readonly labels?: Parameters<typeof labelLawSpecs>[0];
}): fc.Arbitrary<DatasetSpec> {
  const dimensions = bounds('datasetSpecs', 'inputDim', options.inputDim, 1);
  const sizes = bounds('datasetSpecs', 'sampleSize', options.sampleSize, 1);
  const labels = labelLawSpecs(options.labels);
  const arranged = (
    arrangement: PointArrangement,
    shape: fc.Arbitrary<Omit<PointsSpec, 'arrangement' | 'sampleSize'>> | null = integersFrom(
      dimensions,
      POINT_NEEDS[arrangement].inputDim,
    )?.map((inputDim) => ({ inputDim })) ?? null,
  ): fc.Arbitrary<DatasetSpec> | null => {
    if (shape === null || (arrangement === 'one-point' && sizes.min > 1)) return null;
    const sampleSizes = integersFrom(sizes, POINT_NEEDS[arrangement].sampleSize);
    if (sampleSizes === null) return null;
    return fc.tuple(shape, sampleSizes, labels).map(([shape, size, labels]) => ({
      arrangement,
      ...shape,
      sampleSize: fittingSampleSize(arrangement, shape.inputDim, size),
      labels,
    }));
  };
  const any = fc.integer(dimensions);
  const several = integersFrom(dimensions, 2);
  // Orthogonal points: at least as many dimensions as the fewest points.
  const roomy = integersFrom(dimensions, Math.max(2, sizes.min));
  const table: Record<PointArrangement, fc.Arbitrary<DatasetSpec> | null> = {
    'one-point': arranged('one-point'),
    sphere: arranged('sphere'),
    cube: arranged('cube'),
    grid: arranged('grid'),
    orthogonal: arranged('orthogonal', roomy?.map((inputDim) => ({ inputDim })) ?? null),
    'low-rank': arranged(
      'low-rank',
      several === null
        ? null
        : fc.tuple(several, fc.nat({ max: 999 })).map(([inputDim, part]) => ({
            inputDim,
            rank: 1 + Math.floor(((inputDim - 1) * part) / 1000),
          })),
    ),
    clusters: arranged(
      'clusters',
      fc.record({
        inputDim: any,
        clusters: fc.integer({ min: 2, max: 4 }),
        spread: oneTwoFive(-3, -1),
      }),
    ),
    'close-pairs': arranged(
      'close-pairs',
      fc.record({ inputDim: any, distance: oneTwoFive(-8, -1) }),
    ),
    'repeated-equal': arranged('repeated-equal'),
    'repeated-different': arranged('repeated-different'),
    antipodal: arranged('antipodal'),
    'same-direction': arranged('same-direction'),
  };
  return oneOfMembers('datasetSpecs', table, options.arrangements);
}

/**
 * The data set of a spec. Inputs and labels come from two independent streams, so another law of
 * labels leaves the inputs as they are. In `repeated-equal` and `repeated-different` the second of a
 * pair gets the label y of the first, or −y (1 where y = 0).
 *
 * @throws RangeError when the spec's sizes do not fit its arrangement
 */
export function drawDataset(spec: DatasetSpec, random: RandomSource): Dataset {
  const inputs = drawPoints(spec, random.fork('inputs'));
  const law = drawLabelLaw(spec.labels, spec.inputDim, random.fork('label-law'));
  const drawn = drawLabels(law, inputs, random.fork('labels'));
  return {
    inputDim: spec.inputDim,
    inputs,
    labels: drawn.map((label, i) => {
      if (i % 2 === 0 || !spec.arrangement.startsWith('repeated')) return label;
      const first = drawn[i - 1];
      if (spec.arrangement === 'repeated-equal') return first;
      return first === 0 ? 1 : -first;
    }),
  };
}
