import {
  add,
  addScaled,
  divide,
  dot,
  fromDouble,
  multiply,
  norm,
  scale,
  sign,
} from '../math/index.js';
import { dotExact, rational, sumExact } from '../math/index.js';
import type { Rational } from '../math/index.js';
import type { Matrix, Network, Vector } from '../model/index.js';

/**
 * A ReLU teacher Σ_k signs[k]·σ(⟨directions[k], x⟩)/lengths[k] with ‖a_k b_k‖ = 1 exactly: the lengths are
 * the directions' norms without rounding, so everything about it is rational.
 * Shapes: `signs`, `lengths` (width), `directions` (width, inputDim).
 */
export interface UnitTeacher {
  readonly inputDim: number;
  readonly signs: readonly (1 | -1)[];
  readonly directions: Matrix;
  readonly lengths: Vector;
}

/** All neurons of a teacher on one line through 0, as the measure they put on it. */
export interface TeacherLine {
  /** Unit vector u of the line, to rounding. */
  readonly direction: Vector;
  /** Index of the neuron whose direction u is. */
  readonly first: number;
  /** Indices of all neurons on the line. */
  readonly members: readonly number[];
  /** Sums of the signs of the neurons along u and along −u: μ(u) and μ(−u), integers. */
  readonly along: number;
  readonly against: number;
}

/** Steps of the grid of stereographic coordinates: 2⁻²⁵, so that squares and their sums are exact doubles. */
const GRID = 2 ** 25;

/**
 * The point of the rational unit sphere nearest to a direction on a grid of stereographic coordinates:
 * with t rounded to multiples of 2⁻²⁵, (2t, ±(1 − ‖t‖²)) has the norm 1 + ‖t‖², and both are exact doubles.
 * The pole is opposite to the largest coordinate, so opposite directions stay opposite and equal ones equal.
 *
 * @returns the vector and its exact norm; its angle to the direction is below 6e-8·√d
 * @throws RangeError when the direction is 0
 */
export function rationalDirection(direction: Vector): { vector: number[]; length: number } {
  const size = norm(direction);
  if (size === 0) throw new RangeError('rationalDirection: direction must not be 0');
  const unit = scale(1 / size, direction);
  let pole = 0;
  for (const [k, entry] of unit.entries()) {
    if (Math.abs(entry) > Math.abs(unit[pole])) pole = k;
  }
  const side = unit[pole] < 0 ? -1 : 1;
  let square = 0;
  const vector = unit.map((entry, k) => {
    if (k === pole) return 0;
    const t = entry / (1 + Math.abs(unit[pole]));
    const rounded = (Math.sign(t) * Math.round(Math.abs(t) * GRID)) / GRID + 0;
    square += rounded * rounded;
    return 2 * rounded;
  });
  vector[pole] = side * (1 - square);
  return { vector, length: 1 + square };
}

/**
 * The unit teacher whose neurons have the outer signs of a network and its inner directions, moved to
 * rational points of the sphere.
 *
 * @throws RangeError when an inner row or an outer weight is 0
 */
export function unitTeacher(network: Network): UnitTeacher {
  const moved = network.inner.map((row) => rationalDirection(row));
  const signs = network.outer.map((weight) => {
    if (weight === 0) throw new RangeError('unitTeacher: outer weights must not be 0');
    return weight > 0 ? 1 : -1;
  });
  return {
    inputDim: network.inputDim,
    signs,
    directions: moved.map(({ vector }) => vector),
    lengths: moved.map(({ length }) => length),
  };
}

/** The teacher as a network with unit inner rows, to rounding. */
export function teacherNetwork(teacher: UnitTeacher): Network {
  return {
    activation: { name: 'relu' },
    inputDim: teacher.inputDim,
    inner: teacher.directions.map((row, k) => scale(1 / teacher.lengths[k], row)),
    outer: [...teacher.signs],
  };
}

/** f*(x), in float64. */
export function teacherValue(teacher: UnitTeacher, input: Vector): number {
  let sum = 0;
  for (const [k, direction] of teacher.directions.entries()) {
    sum += (teacher.signs[k] * Math.max(0, dot(direction, input))) / teacher.lengths[k];
  }
  return sum;
}

/** f*(x) without rounding, x the doubles as they are. */
export function teacherValueExact(teacher: UnitTeacher, input: Vector): Rational {
  return sumExact(
    teacher.directions.map((direction, k) => {
      const product = dotExact(direction, input);
      if (sign(product) <= 0) return rational(0n);
      return divide(multiply(teacher.signs[k], product), fromDouble(teacher.lengths[k]));
    }),
  );
}

/** The defect ‖b_k‖² − length_k², exactly, largest in absolute value over the neurons: 0 for a unit teacher. */
export function normDefectExact(teacher: UnitTeacher): Rational {
  let worst = rational(0n);
  for (const [k, direction] of teacher.directions.entries()) {
    const square = multiply(teacher.lengths[k], teacher.lengths[k]);
    const defect = add(dotExact(direction, direction), multiply(-1n, square));
    if (sign(defect) !== 0) worst = defect;
  }
  return worst;
}

/** Rational directions that differ are 3e-8 apart; rounding moves one by 1e-16. */
const PARALLEL = 1e-11;

/** The lines ±b_k through 0 with the neurons on each. */
export function teacherLines(teacher: UnitTeacher): TeacherLine[] {
  const lines: {
    direction: Vector;
    first: number;
    members: number[];
    along: number;
    against: number;
  }[] = [];
  for (const [k, row] of teacher.directions.entries()) {
    const unit = scale(1 / teacher.lengths[k], row);
    const line = lines.find(
      ({ direction }) => norm(addScaled(unit, -dot(direction, unit), direction)) < PARALLEL,
    );
    if (line === undefined) {
      lines.push({ direction: unit, first: k, members: [k], along: teacher.signs[k], against: 0 });
      continue;
    }
    line.members.push(k);
    if (dot(line.direction, unit) > 0) line.along += teacher.signs[k];
    else line.against += teacher.signs[k];
  }
  return lines;
}
