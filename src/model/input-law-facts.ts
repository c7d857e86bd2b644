import { dot, notOneOf } from '../math/index.js';
import { INPUT_LAW_NAMES } from './input-law.js';
import type { InputLaw } from './input-law.js';
import type { Vector } from './types.js';

/** For laws that no branch knows. */
function unknownLaw(where: string, law: never): RangeError {
  return notOneOf(where, 'law.name', (law as InputLaw).name, INPUT_LAW_NAMES);
}

/** Whether X and −X have the same law. @throws RangeError when there is no such law */
export function isSymmetric(law: InputLaw): boolean {
  switch (law.name) {
    case 'gaussian':
    case 'gaussian-covariance':
    case 'sphere':
    case 'rademacher':
    case 'symmetric-cube':
    case 'student-t':
    case 'scale-mixture':
      return true;
    case 'binary-cube':
    case 'unit-cube':
    case 'absolute-gaussian':
    case 'exponential':
    case 'pareto':
    case 'centred-exponential':
    case 'halfspace':
      return false;
    case 'gaussian-shifted':
      return law.mean.every((entry) => entry === 0);
    case 'skewed-two-point':
      return law.probability === 0.5;
    case 'atoms':
      return isSymmetricMeasure(law.points, law.probabilities);
    case 'basis-atoms':
      return law.signed;
    case 'line':
      return !law.half;
    case 'hyperplane':
      return law.offset === 0;
    case 'clusters':
      return isSymmetricMeasure(
        law.centres,
        law.centres.map(() => 1),
      );
    default:
      throw unknownLaw('isSymmetric', law);
  }
}

/**
 * Whether the law of X has a density with respect to Lebesgue measure on R^d.
 *
 * @throws RangeError when there is no such law
 */
export function hasDensity(law: InputLaw): boolean {
  switch (law.name) {
    case 'gaussian':
    case 'gaussian-shifted':
    case 'unit-cube':
    case 'symmetric-cube':
    case 'absolute-gaussian':
    case 'exponential':
    case 'pareto':
    case 'centred-exponential':
    case 'student-t':
    case 'halfspace':
      return true;
    case 'sphere':
    case 'rademacher':
    case 'binary-cube':
    case 'skewed-two-point':
    case 'atoms':
    case 'basis-atoms':
    case 'hyperplane':
      return false;
    case 'gaussian-covariance':
      return law.spectrum.every((eigenvalue) => eigenvalue > 0);
    case 'scale-mixture':
      return (
        law.base === 'gaussian' &&
        (law.nearScale > 0 || law.farProbability === 1) &&
        (law.farScale > 0 || law.farProbability === 0)
      );
    case 'line':
      return law.dimension === 1;
    case 'clusters':
      return law.spread > 0;
    default:
      throw unknownLaw('hasDensity', law);
  }
}

/** E‖X‖₂² in closed form; Infinity where it is infinite. @throws RangeError when there is no such law */
export function secondMoment(law: InputLaw): number {
  const d = law.dimension;
  switch (law.name) {
    case 'gaussian':
    case 'rademacher':
    case 'absolute-gaussian':
    case 'centred-exponential':
    case 'skewed-two-point':
      return d;
    case 'gaussian-covariance':
      return law.spectrum.reduce((sum, eigenvalue) => sum + eigenvalue, 0);
    case 'gaussian-shifted':
      return d + dot(law.mean, law.mean);
    case 'sphere':
      return law.radius * law.radius;
    case 'binary-cube':
      return d / 2;
    case 'unit-cube':
    case 'symmetric-cube':
      return d / 3;
    case 'exponential':
      return 2 * d;
    case 'pareto':
      return law.tail > 2 ? (d * law.tail) / (law.tail - 2) : Infinity;
    case 'student-t':
      return law.degrees > 2 ? (d * law.degrees) / (law.degrees - 2) : Infinity;
    case 'scale-mixture':
      return (
        d *
        ((1 - law.farProbability) * law.nearScale * law.nearScale +
          law.farProbability * law.farScale * law.farScale)
      );
    case 'atoms':
      return law.points.reduce(
        (sum, point, i) => sum + law.probabilities[i] * dot(point, point),
        0,
      );
    case 'basis-atoms':
      return law.constant * d;
    case 'line':
      return 1;
    case 'hyperplane':
      return d - 1 + law.offset * law.offset;
    case 'halfspace':
      // E(|ζ| + margin)² = 1 + 2·margin·√(2/π) + margin² along the normal, ζ ~ N(0, 1).
      return d + law.margin * (2 * Math.sqrt(2 / Math.PI) + law.margin);
    case 'clusters':
      return (
        law.centres.reduce((sum, centre) => sum + dot(centre, centre), 0) / law.centres.length +
        d * law.spread * law.spread
      );
    default:
      throw unknownLaw('secondMoment', law);
  }
}

/** Whether every point carries the same mass as its opposite; equal points are added up. */
function isSymmetricMeasure(points: readonly Vector[], masses: Vector): boolean {
  const mass = (point: Vector): number =>
    points.reduce(
      (sum, other, j) => (other.every((entry, k) => entry === point[k]) ? sum + masses[j] : sum),
      0,
    );
  return points.every((point) => mass(point) === mass(point.map((entry) => -entry)));
}
