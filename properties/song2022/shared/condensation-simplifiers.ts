import type { Simplifier } from '../../../src/claims/index.js';
import { dropping } from '../../../src/claims/index.js';
import { addScaled, dot, scale } from '../../../src/math/index.js';
import type { Matrix, Vector } from '../../../src/model/index.js';
import type { UnitTeacher } from '../../../src/theory/index.js';
import { rationalDirection } from '../../../src/theory/index.js';
import { primitive, primitiveDirection } from './condensation-symmetries.js';
import type { CondensationInstance } from './condensation-instance.js';
import { isInGeneralPosition } from './general-position.js';

/** Largest entries of the whole-number vectors that inputs are moved to. */
const INPUT_GRIDS = [1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 24, 32, 64, 128, 1024, 2 ** 20] as const;
/** Denominators of the stereographic coordinates of simpler directions: 2 and 3 give 3-4-5, 1-2-2, 5-12-13, … */
const DIRECTION_GRIDS = [1, 2, 3, 4, 5, 6, 8, 12, 16, 32, 64, 256, 4096] as const;

/**
 * How counterexamples of the condensation claims get smaller.
 *
 * @param inputs `any`, or in `general` position, where the reading takes inputs from densities
 */
export function condensationSimplifiers(
  inputs: 'any' | 'general',
): readonly Simplifier<CondensationInstance>[] {
  if (inputs === 'any') return STEPS;
  return STEPS.map(({ name, candidates }) => ({
    name,
    *candidates(instance) {
      for (const candidate of candidates(instance)) {
        if (isInGeneralPosition(candidate)) yield candidate;
      }
    },
  }));
}

const STEPS = steps();

function steps(): Simplifier<CondensationInstance>[] {
  return [
    dropping<CondensationInstance>(
      'fewer neurons',
      ({ teacher }) => teacher.signs.length,
      (instance, kept) => ({ ...instance, teacher: neurons(instance.teacher, kept) }),
    ),
    dropping<CondensationInstance>(
      'fewer samples',
      ({ inputs }) => inputs.length,
      (instance, kept) => ({ ...instance, inputs: kept.map((k) => instance.inputs[k]) }),
      0,
    ),
    dropping<CondensationInstance>(
      'fewer dimensions',
      ({ teacher }) => teacher.inputDim,
      coordinates,
    ),
    {
      name: 'narrower students',
      *candidates(instance) {
        const { signs } = instance.teacher;
        yield { ...instance, width: signs.length + 1 };
        yield { ...instance, width: instance.inputs.length };
        yield { ...instance, width: instance.width - 1 };
      },
    },
    {
      name: 'no student trained',
      candidates: (instance) => (instance.trained ? [{ ...instance, trained: false }] : []),
    },
    { name: 'a neuron along the first axis', candidates: turned },
    { name: 'simple teacher directions', candidates: simplerDirections },
    {
      name: 'small whole inputs, all together',
      *candidates(instance) {
        for (const grid of INPUT_GRIDS) {
          const inputs = instance.inputs.map((input) => onGrid(input, grid) ?? input);
          yield { ...instance, inputs };
        }
      },
    },
    {
      name: 'small whole inputs, one at a time',
      *candidates(instance) {
        const { inputs } = instance;
        for (const k of inputs.keys()) {
          for (const grid of INPUT_GRIDS) {
            const moved = onGrid(inputs[k], grid);
            if (moved !== null) yield { ...instance, inputs: inputs.with(k, moved) };
          }
        }
      },
    },
  ];
}

function neurons(teacher: UnitTeacher, kept: readonly number[]): UnitTeacher {
  return {
    ...teacher,
    signs: kept.map((k) => teacher.signs[k]),
    directions: kept.map((k) => teacher.directions[k]),
    lengths: kept.map((k) => teacher.lengths[k]),
  };
}

/** Fewer coordinates; directions that vanish stay, and the assumption on norms fails. */
function coordinates(
  instance: CondensationInstance,
  kept: readonly number[],
): CondensationInstance {
  const part = (vector: Vector): Vector => kept.map((k) => vector[k]);
  const { teacher, inputs } = instance;
  const moved = teacher.directions.map((row, k) => {
    const rest = part(row);
    if (rest.every((entry) => entry === 0)) return { vector: rest, length: teacher.lengths[k] };
    const unchanged = row.every((entry, j) => entry === 0 || kept.includes(j));
    return unchanged ? { vector: rest, length: teacher.lengths[k] } : rationalDirection(rest);
  });
  return {
    ...instance,
    teacher: {
      ...teacher,
      inputDim: kept.length,
      directions: moved.map(({ vector }) => vector),
      lengths: moved.map(({ length }) => length),
    },
    inputs: inputs.map(part).filter((input) => input.some((entry) => entry !== 0)),
  };
}

/** The whole-number vector with largest entry `grid` nearest in direction; null for 0. */
function onGrid(input: Vector, grid: number): Vector | null {
  const largest = Math.max(...input.map(Math.abs));
  if (!(largest > 0)) return null;
  return primitive(input.map((entry) => Math.round((entry / largest) * grid) + 0));
}

/** Reflected so that one neuron's direction becomes the first axis; inputs rounded to a fine grid. */
function* turned(instance: CondensationInstance): Generator<CondensationInstance> {
  const { teacher, inputs } = instance;
  for (const k of teacher.directions.keys()) {
    const unit = scale(1 / teacher.lengths[k], teacher.directions[k]);
    const turn = reflection(unit);
    const directions = teacher.directions.map(turn);
    const moved = directions.map((row) => primitiveDirection(rationalDirection(row)));
    for (const grid of [64, 1024, 2 ** 20]) {
      yield {
        ...instance,
        teacher: {
          ...teacher,
          directions: moved.map(({ vector }) => vector),
          lengths: moved.map(({ length }) => length),
        },
        inputs: inputs.map(turn).map((input) => onGrid(input, grid) ?? input),
      };
    }
  }
}

/** The reflection that takes a unit vector to the first axis, rounded. */
function reflection(unit: Vector): (vector: Vector) => Vector {
  const normal = unit.map((entry, k) => (k === 0 ? entry - 1 : entry));
  const square = dot(normal, normal);
  if (square === 0) return (vector) => vector;
  return (vector) => addScaled(vector, (-2 * dot(normal, vector)) / square, normal);
}

/** All neurons on one line moved to a simpler one together, so that equal and opposite ones stay so. */
function* simplerDirections(instance: CondensationInstance): Generator<CondensationInstance> {
  const { teacher } = instance;
  const seen = new Set<number>();
  for (const k of teacher.directions.keys()) {
    if (seen.has(k)) continue;
    const line = teacher.directions.flatMap((row, j) => {
      const side = sideOf(teacher.directions[k], row);
      return side === 0 ? [] : [{ j, side }];
    });
    for (const { j } of line) seen.add(j);
    for (const { vector, length } of directionsNear(teacher.directions[k], teacher.lengths[k])) {
      let directions: Matrix = teacher.directions;
      let lengths: Vector = teacher.lengths;
      for (const { j, side } of line) {
        directions = directions.with(
          j,
          vector.map((entry) => side * entry + 0),
        );
        lengths = lengths.with(j, length);
      }
      yield { ...instance, teacher: { ...teacher, directions, lengths } };
    }
  }
}

/** 1 for the same vector, −1 for the opposite one, else 0. */
function sideOf(one: Vector, other: Vector): -1 | 0 | 1 {
  if (one.every((entry, k) => entry === other[k])) return 1;
  return one.every((entry, k) => entry === -other[k]) ? -1 : 0;
}

/** Points of the rational sphere with small whole entries, nearest to a direction on coarser and finer grids. */
function* directionsNear(
  direction: Vector,
  length: number,
): Generator<{ readonly vector: Vector; readonly length: number }> {
  const unit = scale(1 / length, direction);
  let pole = 0;
  for (const [k, entry] of unit.entries()) {
    if (Math.abs(entry) > Math.abs(unit[pole])) pole = k;
  }
  const side = unit[pole] < 0 ? -1 : 1;
  yield { vector: unit.map((_, k) => (k === pole ? side : 0)), length: 1 };
  for (const grid of DIRECTION_GRIDS) {
    const tops = unit.map((entry, k) =>
      k === pole ? 0 : Math.round((entry / (1 + Math.abs(unit[pole]))) * grid) + 0,
    );
    const square = tops.reduce((sum, top) => sum + top * top, 0);
    const vector = tops.map((top, k) =>
      k === pole ? side * (grid * grid - square) : 2 * grid * top,
    );
    yield primitiveDirection({ vector, length: grid * grid + square });
  }
}
