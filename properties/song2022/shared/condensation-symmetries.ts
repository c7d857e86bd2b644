import type { Matrix, Vector } from '../../../src/model/index.js';
import type { CondensationInstance } from './condensation-instance.js';

/** Most dimensions in which all signed permutations of coordinates are compared: 2^d·d! = 3,840 of them. */
const MOST_DIMENSIONS = 5;

/**
 * A representative under the symmetries of the condensation claims: order of neurons and inputs, positive scaling of
 * inputs and directions, and permutations and reflections of coordinates, all of them exact. Vectors become primitive
 * whole ones where doubles can hold these; of all arrangements the lexicographically largest is taken.
 */
export function canonicalCondensation<I extends CondensationInstance>(instance: I): I {
  const { teacher } = instance;
  const scaled = teacher.directions.map((vector, k) =>
    primitiveDirection({ vector, length: teacher.lengths[k] }),
  );
  const inputs = instance.inputs.map(primitive);
  let best: Arranged | null = null;
  for (const { order, signs } of signedPermutations(teacher.inputDim)) {
    const turn = (vector: Vector): Vector => order.map((from, k) => signs[k] * vector[from] + 0);
    const candidate: Arranged = {
      neurons: scaled
        .map(({ vector, length }, k) => [
          ...turn(vector).map((entry) => entry / length),
          teacher.signs[k],
          length,
          ...turn(vector),
        ])
        .sort(descending),
      inputs: inputs.map(turn).sort(descending),
    };
    if (best === null || isLarger(candidate, best)) best = candidate;
  }
  if (best === null) return instance;
  const { inputDim } = teacher;
  return {
    ...instance,
    teacher: {
      inputDim,
      signs: best.neurons.map((row) => (row[inputDim] > 0 ? 1 : -1)),
      directions: best.neurons.map((row) => row.slice(inputDim + 2)),
      lengths: best.neurons.map((row) => row[inputDim + 1]),
    },
    inputs: best.inputs,
  };
}

interface Arranged {
  readonly neurons: Matrix;
  readonly inputs: Matrix;
}

function descending(one: Vector, other: Vector): number {
  for (const [k, entry] of one.entries()) {
    if (entry !== other[k]) return other[k] - entry;
  }
  return 0;
}

function isLarger(one: Arranged, other: Arranged): boolean {
  for (const rows of ['neurons', 'inputs'] as const) {
    for (const [k, row] of one[rows].entries()) {
      const order = descending(row, other[rows][k]);
      if (order !== 0) return order < 0;
    }
  }
  return false;
}

/** Signed permutations of coordinates; only the identity in higher dimensions, where there are too many. */
function signedPermutations(inputDim: number) {
  const identity = Array.from({ length: inputDim }, (_, k) => k);
  const plus = identity.map(() => 1);
  if (inputDim > MOST_DIMENSIONS) return [{ order: identity, signs: plus }];
  let orders: number[][] = [[]];
  for (const k of identity) {
    orders = orders.flatMap((order) =>
      Array.from({ length: order.length + 1 }, (_, at) => order.toSpliced(at, 0, k)),
    );
  }
  return orders.flatMap((order) =>
    Array.from({ length: 2 ** inputDim }, (_, bits) => ({
      order,
      signs: identity.map((k) => ((bits >> k) & 1 ? -1 : 1)),
    })),
  );
}

/** The positive multiple of a vector with whole entries without common divisor; the vector where doubles cannot hold it. */
export function primitive(vector: Vector): Vector {
  const factor = primitiveFactor(vector);
  return factor === null ? vector : vector.map((entry) => times(entry, factor));
}

/** The same for a direction and its exact length. */
export function primitiveDirection(direction: {
  readonly vector: Vector;
  readonly length: number;
}) {
  const all = [...direction.vector, direction.length];
  const factor = primitiveFactor(all);
  if (factor === null) return direction;
  const scaled = all.map((entry) => times(entry, factor));
  return { vector: scaled.slice(0, -1), length: scaled[scaled.length - 1] };
}

interface Factor {
  readonly up: number;
  readonly down: number;
}

function times(entry: number, { up, down }: Factor): number {
  return (entry * up) / down + 0;
}

/** A power of two that makes all entries whole, and their greatest common divisor then. */
function primitiveFactor(vector: Vector): Factor | null {
  let up = 1;
  while (!vector.every((entry) => Number.isInteger(entry * up))) {
    up *= 2;
    if (vector.some((entry) => Math.abs(entry) * up > Number.MAX_SAFE_INTEGER)) return null;
  }
  if (!vector.every((entry) => Number.isSafeInteger(entry * up))) return null;
  const down = vector.reduce((divisor, entry) => gcd(divisor, Math.abs(entry * up)), 0);
  return down === 0 ? null : { up, down };
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
