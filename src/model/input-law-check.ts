import { dot, requireOneOf } from '../math/index.js';
import { INPUT_LAW_NAMES } from './input-law.js';
import type { InputLaw } from './input-law.js';
import type { Matrix, Vector } from './types.js';

/** Slack for ‖v‖² = 1 of a unit vector in floating point, and for probabilities that sum to 1. */
const ROUNDING = 1e-9;

/**
 * Checks shapes and parameters of a law, for laws that come from a file or are written by hand.
 *
 * @throws RangeError when there is no such law, or naming the parameter that is out of range
 */
export function checkInputLaw(law: InputLaw): void {
  requireOneOf('checkInputLaw', 'name', law.name, INPUT_LAW_NAMES);
  if (!Number.isInteger(law.dimension) || law.dimension < 1) {
    throw new RangeError(`checkInputLaw: dimension must be an integer ≥ 1, got ${law.dimension}`);
  }
  switch (law.name) {
    case 'gaussian-covariance':
      shape(law, 'spectrum', law.spectrum);
      for (const eigenvalue of law.spectrum) atLeastZero('spectrum', eigenvalue);
      if (law.rotationSeed !== null) finite('rotationSeed', law.rotationSeed);
      return;
    case 'gaussian-shifted':
      return shape(law, 'mean', law.mean);
    case 'sphere':
      return positive('radius', law.radius);
    case 'pareto':
      return positive('tail', law.tail);
    case 'skewed-two-point':
      if (law.probability < 1) return positive('probability', law.probability);
      throw new RangeError(`checkInputLaw: probability must be < 1, got ${law.probability}`);
    case 'student-t':
      return positive('degrees', law.degrees);
    case 'scale-mixture':
      requireOneOf('checkInputLaw', 'base', law.base, ['gaussian', 'sphere']);
      atLeastZero('nearScale', law.nearScale);
      atLeastZero('farScale', law.farScale);
      atLeastZero('farProbability', law.farProbability);
      if (law.farProbability <= 1) return;
      throw new RangeError(`checkInputLaw: farProbability must be ≤ 1, got ${law.farProbability}`);
    case 'atoms':
      return atoms(law, law.points, law.probabilities);
    case 'basis-atoms':
      requireOneOf('checkInputLaw', 'signed', law.signed, [false, true]);
      return atLeastZero('constant', law.constant);
    case 'line':
      requireOneOf('checkInputLaw', 'half', law.half, [false, true]);
      return unit(law, 'direction', law.direction);
    case 'hyperplane':
      unit(law, 'normal', law.normal);
      return finite('offset', law.offset);
    case 'halfspace':
      unit(law, 'normal', law.normal);
      return atLeastZero('margin', law.margin);
    case 'clusters':
      if (law.centres.length === 0) {
        throw new RangeError('checkInputLaw: centres must hold at least one point, got 0');
      }
      for (const centre of law.centres) shape(law, 'centres', centre);
      return atLeastZero('spread', law.spread);
    default:
  }
}

function atoms(law: InputLaw, points: Matrix, probabilities: Vector): void {
  if (points.length === 0) {
    throw new RangeError('checkInputLaw: points must hold at least one point, got 0');
  }
  if (probabilities.length !== points.length) {
    throw new RangeError(
      `checkInputLaw: probabilities must have length ${points.length} (number of points), got ${probabilities.length}`,
    );
  }
  for (const point of points) shape(law, 'points', point);
  for (const probability of probabilities) atLeastZero('probabilities', probability);
  const total = probabilities.reduce((sum, probability) => sum + probability, 0);
  if (Math.abs(total - 1) > ROUNDING) {
    throw new RangeError(`checkInputLaw: probabilities must sum to 1, got ${total}`);
  }
}

function shape(law: InputLaw, parameter: string, vector: Vector): void {
  if (vector.length !== law.dimension) {
    throw new RangeError(
      `checkInputLaw: ${parameter} must have length ${law.dimension} (dimension), got ${vector.length}`,
    );
  }
  for (const entry of vector) finite(parameter, entry);
}

function unit(law: InputLaw, parameter: string, vector: Vector): void {
  shape(law, parameter, vector);
  const square = dot(vector, vector);
  if (Math.abs(square - 1) > ROUNDING) {
    throw new RangeError(
      `checkInputLaw: ${parameter} must be a unit vector, got squared norm ${square}`,
    );
  }
}

function finite(parameter: string, value: number): void {
  if (!Number.isFinite(value)) {
    throw new RangeError(`checkInputLaw: ${parameter} must be finite, got ${value}`);
  }
}

function positive(parameter: string, value: number): void {
  if (!(value > 0 && value < Infinity)) {
    throw new RangeError(`checkInputLaw: ${parameter} must be positive and finite, got ${value}`);
  }
}

function atLeastZero(parameter: string, value: number): void {
  if (!(value >= 0 && value < Infinity)) {
    throw new RangeError(`checkInputLaw: ${parameter} must be ≥ 0 and finite, got ${value}`);
  }
}
