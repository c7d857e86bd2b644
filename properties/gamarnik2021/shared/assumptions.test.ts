import { describe, expect, it } from 'vitest';
import { testDraw } from '../../../src/generators/index.js';
import {
  concentratedNorm,
  constantHalfspaceMass,
  constantReluMean,
  density,
  integrableLabels,
  normalisedInputs,
  pointsPerDimension,
  positiveHalfspaceMass,
  positiveReluMean,
  reachableSize,
  symmetricInputs,
} from './assumptions.js';
import {
  instancesAt,
  nearLinear,
  pointsPerHalfspace,
  rungsOf,
  squareOfDimension,
} from './instance.js';
import type { OuterNormInstance } from './instance.js';

const ALL = [
  concentratedNorm,
  constantHalfspaceMass,
  constantReluMean,
  density,
  integrableLabels,
  normalisedInputs,
  pointsPerDimension(2),
  positiveHalfspaceMass,
  positiveReluMean,
  reachableSize,
  symmetricInputs,
];

const paths = [
  pointsPerHalfspace(1, [4], 256),
  pointsPerHalfspace(2, [4], 128),
  squareOfDimension([3]),
  nearLinear([5]),
];

const heavy: OuterNormInstance = {
  path: 'N = d²',
  tied: true,
  law: { name: 'student-t', dimension: 2, degrees: 1 },
  labelLaw: { name: 'zero' },
  sampleSize: 4,
  wantedSize: Infinity,
  delta: 1,
  radius: null,
  margin: 0,
  inputs: [
    [0, 1],
    [1, 0],
    [0, -1],
    [-1, 0],
  ],
  labels: [0, 0, 0, 0],
};

describe('assumptions of the outer-norm bounds', () => {
  it('have a number for a margin on every draw of the pools', () => {
    const at = instancesAt(paths, { radii: true, margins: true });
    for (const rung of rungsOf(paths)) {
      for (let t = 0; t < 150; t += 1) {
        const { instance } = testDraw(at(rung), ['assumptions'], t);
        for (const { margin } of ALL) expect(margin(instance)).not.toBeNaN();
        expect(instance.inputs).toHaveLength(instance.sampleSize);
        expect(instance.labels).toHaveLength(instance.sampleSize);
      }
    }
  });

  it('discards tails slower than exponential where d grows, and admits them at fixed d', () => {
    expect(concentratedNorm.margin(heavy)).toBeLessThan(0);
    expect(concentratedNorm.margin({ ...heavy, tied: false })).toBeGreaterThan(0);
  });

  it('discards samples that a path cannot reach, even at infinity', () => {
    expect(reachableSize.margin(heavy)).toBe(-1);
    expect(reachableSize.margin({ ...heavy, wantedSize: 4 })).toBe(0);
  });

  it('admits an infinite ReLU mean, and no infinite second moment as normalised', () => {
    expect(positiveReluMean.margin(heavy)).toBe(1);
    expect(normalisedInputs.margin(heavy)).toBe(-1);
  });
});
