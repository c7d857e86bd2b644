import { describe, expect, it } from 'vitest';
import {
  normal,
  normalise,
  normalVector,
  randomSource,
  studentT,
  unitSphere,
} from '../math/index.js';
import type { RandomSource } from '../math/index.js';
import {
  LOG_CONCAVE_HALFSPACE_MASS,
  binaryCubeHalfspaceMass,
  gaussianHalfspaceMass,
  gaussianReluMean,
  halfspaceMassFromMean,
  independentReluMeanBound,
  rademacherReluMean,
  shiftedGaussianHalfspaceMass,
  shiftedGaussianReluMean,
  signedBasisHalfspaceMass,
  signedBasisReluMean,
  sphereHalfspaceMass,
  sphereReluMean,
  studentHalfspaceMass,
  studentReluMean,
  symmetricHalfspaceMassBound,
} from './index.js';

const DRAWS = 40_000;

/** Mean and five standard errors of ReLU(S) and of 1{S ≥ margin} over keyed draws of S. */
function monteCarlo(key: string, draw: (random: RandomSource) => number, margin = 0) {
  const random = randomSource('relu mean', key);
  let sum = 0;
  let squares = 0;
  let hits = 0;
  for (let t = 0; t < DRAWS; t += 1) {
    const s = Math.max(0, draw(random));
    if (s > 0 && s >= margin) hits += 1;
    sum += s;
    squares += s * s;
  }
  const mean = sum / DRAWS;
  const mass = hits / DRAWS;
  return {
    mean,
    meanError: 5 * Math.sqrt((squares / DRAWS - mean * mean) / DRAWS),
    mass,
    massError: 5 * Math.sqrt((mass * (1 - mass)) / DRAWS),
  };
}

function expectNear(value: number, estimate: number, error: number): void {
  expect(Math.abs(value - estimate)).toBeLessThan(error);
}

describe('minimal ReLU means', () => {
  it('has the known values', () => {
    expect(gaussianReluMean(1)).toBeCloseTo(0.3989422804014327, 15);
    expect(gaussianReluMean(0)).toBe(0);
    expect(shiftedGaussianReluMean(0, 2)).toBeCloseTo(2 * gaussianReluMean(1), 14);
    expect(sphereReluMean(1, 3)).toBeCloseTo(1.5, 13);
    expect(sphereReluMean(2, 1)).toBeCloseTo(1 / Math.PI, 14);
    expect(sphereReluMean(3, 1)).toBeCloseTo(0.25, 14);
    expect(rademacherReluMean(1)).toBe(0.5);
    expect(rademacherReluMean(7)).toBeCloseTo(0.35355339059327373, 15);
    expect(signedBasisReluMean(4, 1)).toBe(0.25);
    expect(studentReluMean(1)).toBe(Infinity);
    expect(studentReluMean(2)).toBeCloseTo(Math.SQRT1_2, 13);
    // √d·sphere tends to the Gaussian, as does t.
    expect(sphereReluMean(4000, Math.sqrt(4000))).toBeCloseTo(gaussianReluMean(1), 4);
    expect(studentReluMean(4000)).toBeCloseTo(gaussianReluMean(1), 3);
  });

  it('agrees with Monte Carlo along the minimising direction', () => {
    const shifted = monteCarlo('shifted', (random) => normal(random) - 0.8);
    expectNear(shiftedGaussianReluMean(0.8, 1), shifted.mean, shifted.meanError);
    const sphere = monteCarlo('sphere', (random) => 2 * unitSphere(random, 5)[2]);
    expectNear(sphereReluMean(5, 2), sphere.mean, sphere.meanError);
    const student = monteCarlo('student', (random) => studentT(random, 5));
    expectNear(studentReluMean(5), student.mean, student.meanError);
    const signs = monteCarlo('signs', (random) => (random.sign() + random.sign()) / Math.SQRT2);
    expectNear(rademacherReluMean(2), signs.mean, signs.meanError);
  });

  it('bounds independent coordinates from below in random directions', () => {
    const random = randomSource('directions of independent coordinates');
    for (let t = 0; t < 8; t += 1) {
      const w = normalise(normalVector(random, 3));
      const uniform = monteCarlo(`uniform ${t}`, (r) =>
        w.reduce((sum, entry) => sum + entry * (2 * r.uniform() - 1), 0),
      );
      expect(uniform.mean + uniform.meanError).toBeGreaterThan(
        independentReluMeanBound(1 / 3, 1 / 5),
      );
    }
    // Equality of Hölder: a symmetric two-point law in dimension 1 has E S⁴ = (E S²)².
    expect(independentReluMeanBound(1, 1)).toBeCloseTo(0.5 / Math.sqrt(3), 15);
  });
});

describe('minimal halfspace masses', () => {
  it('has the known values', () => {
    expect(gaussianHalfspaceMass(1, 0)).toBe(0.5);
    expect(gaussianHalfspaceMass(0, 0.1)).toBe(0);
    expect(gaussianHalfspaceMass(4, 1)).toBeCloseTo(0.3085375387259869, 13);
    expect(shiftedGaussianHalfspaceMass(1, 1, 0)).toBeCloseTo(0.15865525393145707, 13);
    // Archimedes: in R³ the height is uniform.
    expect(sphereHalfspaceMass(3, 1, 0.4)).toBeCloseTo(0.3, 12);
    expect(sphereHalfspaceMass(2, 1, 0.5)).toBeCloseTo(1 / 3, 12);
    expect(sphereHalfspaceMass(5, 1, 1.1)).toBe(0);
    expect(studentHalfspaceMass(1, 1)).toBeCloseTo(0.25, 12);
    expect(signedBasisHalfspaceMass(4, 1, 0)).toBe(0.5);
    expect(signedBasisHalfspaceMass(4, 1, 0.5)).toBe(0.125);
    expect(signedBasisHalfspaceMass(4, 1, 1.5)).toBe(0);
    expect(binaryCubeHalfspaceMass(3, 0)).toBe(0.125);
    expect(LOG_CONCAVE_HALFSPACE_MASS).toBeCloseTo(0.36787944117144233, 14);
  });

  it('agrees with Monte Carlo', () => {
    const sphere = monteCarlo('cap', (random) => 2 * unitSphere(random, 5)[0], 0.7);
    expectNear(sphereHalfspaceMass(5, 2, 0.7), sphere.mass, sphere.massError);
    const student = monteCarlo('t tail', (random) => studentT(random, 3), 0.6);
    expectNear(studentHalfspaceMass(3, 0.6), student.mass, student.massError);
  });

  it('bounds the uniform law from below', () => {
    for (const margin of [0, 0.1, 0.3]) {
      const exact = (1 - margin) / 2; // one coordinate of [−1, 1)
      expect(symmetricHalfspaceMassBound(1 / 3, 1 / 3, margin)).toBeLessThanOrEqual(exact);
      expect(halfspaceMassFromMean(0.25, 1 / 3, margin)).toBeLessThanOrEqual(exact);
    }
    expect(halfspaceMassFromMean(0.25, 1 / 3, 0.3)).toBe(0);
    expect(halfspaceMassFromMean(Infinity, Infinity, 0)).toBe(0);
  });
});
