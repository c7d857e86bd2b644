import {
  chiSquare,
  dot,
  exponential,
  normal,
  normalVector,
  orthogonalMatrix,
  pareto,
  randomSource,
  unitSphere,
} from '../math/index.js';
import type { RandomSource } from '../math/index.js';
import { checkInputLaw } from '../model/index.js';
import type { InputLaw, Vector } from '../model/index.js';

/** Draws one input at each call, shape (dimension). */
export type InputSampler = (random: RandomSource) => number[];

/**
 * One draw from the law, shape (dimension). A pure function of the law and the state of `random`.
 *
 * @throws RangeError when the law's parameters are out of range
 */
export function drawInput(law: InputLaw, random: RandomSource): number[] {
  return inputSampler(law)(random);
}

/**
 * `sampleSize` independent draws, shape (sampleSize, dimension). The draws are made one after the
 * other, so a smaller sample from an equal source is a prefix of a larger one.
 *
 * @throws RangeError when the law's parameters are out of range
 */
export function drawInputs(law: InputLaw, sampleSize: number, random: RandomSource): number[][] {
  const sampler = inputSampler(law);
  return Array.from({ length: sampleSize }, () => sampler(random));
}

/**
 * The law as a function that draws, with everything that does not depend on the draw computed once.
 *
 * @throws RangeError when the law's parameters are out of range
 */
export function inputSampler(law: InputLaw): InputSampler {
  checkInputLaw(law);
  const d = law.dimension;
  switch (law.name) {
    case 'gaussian':
      return (random) => normalVector(random, d);
    case 'gaussian-covariance': {
      const factor = covarianceFactor(law);
      return (random) => {
        const z = normalVector(random, d);
        return factor.map((row) => dot(row, z));
      };
    }
    case 'gaussian-shifted':
      return (random) => normalVector(random, d).map((entry, i) => law.mean[i] + entry);
    case 'sphere':
      return (random) => unitSphere(random, d).map((entry) => law.radius * entry);
    case 'rademacher':
      return coordinates(d, (random) => random.sign());
    case 'binary-cube':
      return coordinates(d, (random) => random.integer(2));
    case 'unit-cube':
      return coordinates(d, (random) => random.uniform());
    case 'symmetric-cube':
      return coordinates(d, (random) => 2 * random.uniform() - 1);
    case 'absolute-gaussian':
      return coordinates(d, (random) => Math.abs(normal(random)));
    case 'exponential':
      return coordinates(d, exponential);
    case 'pareto':
      return coordinates(d, (random) => pareto(random, law.tail));
    case 'centred-exponential':
      return coordinates(d, (random) => exponential(random) - 1);
    case 'skewed-two-point': {
      const p = law.probability;
      const high = Math.sqrt((1 - p) / p);
      const low = -Math.sqrt(p / (1 - p));
      return coordinates(d, (random) => (random.uniform() < p ? high : low));
    }
    case 'student-t':
      return (random) => {
        const z = normalVector(random, d);
        const stretch = Math.sqrt(law.degrees / chiSquare(random, law.degrees));
        return z.map((entry) => stretch * entry);
      };
    case 'scale-mixture':
      return (random) => {
        const scale = random.uniform() < law.farProbability ? law.farScale : law.nearScale;
        if (law.base === 'gaussian') return normalVector(random, d).map((entry) => scale * entry);
        const radius = scale * Math.sqrt(d);
        return unitSphere(random, d).map((entry) => radius * entry);
      };
    case 'atoms':
      return (random) => [...law.points[drawIndex(law.probabilities, random)]];
    case 'basis-atoms': {
      const length = Math.sqrt(law.constant * d);
      return (random) => {
        const index = random.integer(d);
        const entry = law.signed ? length * random.sign() : length;
        return Array.from({ length: d }, (_, i) => (i === index ? entry : 0));
      };
    }
    case 'line':
      return (random) => {
        const z = normal(random);
        const along = law.half ? Math.abs(z) : z;
        return law.direction.map((entry) => along * entry);
      };
    case 'hyperplane':
      return (random) => {
        const z = normalVector(random, d);
        const shift = law.offset - dot(law.normal, z);
        return z.map((entry, i) => entry + shift * law.normal[i]);
      };
    case 'halfspace':
      return (random) => {
        const z = normalVector(random, d);
        const height = dot(law.normal, z);
        const shift = Math.abs(height) - height + law.margin;
        return z.map((entry, i) => entry + shift * law.normal[i]);
      };
    case 'clusters':
      return (random) => {
        const centre = law.centres[random.integer(law.centres.length)];
        return normalVector(random, d).map((entry, i) => centre[i] + law.spread * entry);
      };
  }
}

/**
 * Q·diag(√spectrum), shape (dimension, dimension): the factor F of Σ = F·Fᵀ with X = F·Z.
 *
 * @throws RangeError when the law's parameters are out of range
 */
export function covarianceFactor(
  law: Extract<InputLaw, { name: 'gaussian-covariance' }>,
): readonly number[][] {
  checkInputLaw(law);
  const deviations = law.spectrum.map((eigenvalue) => Math.sqrt(eigenvalue));
  if (law.rotationSeed === null) {
    return deviations.map((deviation, i) => deviations.map((_, j) => (i === j ? deviation : 0)));
  }
  const rotation = orthogonalMatrix(
    randomSource('input-law-rotation', law.rotationSeed),
    law.dimension,
  );
  return rotation.map((row) => row.map((entry, j) => entry * deviations[j]));
}

function coordinates(
  dimension: number,
  coordinate: (random: RandomSource) => number,
): InputSampler {
  return (random) => Array.from({ length: dimension }, () => coordinate(random));
}

/** An index with the given probabilities, which sum to 1 up to rounding. */
function drawIndex(probabilities: Vector, random: RandomSource): number {
  let rest = random.uniform();
  let last = 0;
  for (const [index, probability] of probabilities.entries()) {
    if (probability === 0) continue;
    last = index;
    rest -= probability;
    if (rest < 0) return index;
  }
  return last;
}
