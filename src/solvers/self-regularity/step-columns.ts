import { balanceRows } from '../../math/index.js';
import type { Matrix, Vector } from '../../model/index.js';
import { crossSign } from './exact-sign.js';

/** The distinct outputs of one step neuron on a sample. */
export interface StepColumns {
  /** Each of shape (sampleSize), entries 0 or 1. */
  readonly columns: readonly Float64Array[];
  /** A direction for each column, not normalised: the step activation is scale-free. */
  readonly directions: Matrix;
  /**
   * Whether float64 evaluation at `directions` reproduces the columns and no column is missing; at inputs near the ends of
   * the range of doubles: once these are scaled by powers of two.
   */
  readonly complete: boolean;
}

/**
 * Every vector (1{w·x_i ≥ 0})_i that some w ≠ 0 gives, for inputDim 1 and 2.
 *
 * On the plane the pattern changes only at the 2N directions orthogonal to an input, so the patterns at
 * these directions and just beside them are all. Side decisions are exact, at every scale of each input.
 *
 * @param inputs shape (sampleSize, inputDim), inputDim 1 or 2
 * @throws RangeError for inputDim > 2
 */
export function stepColumns(inputs: Matrix, inputDim: number): StepColumns {
  if (inputDim !== 1 && inputDim !== 2) {
    throw new RangeError(`stepColumns: inputDim must be 1 or 2, got ${inputDim}`);
  }
  const found = new Map<string, { column: Float64Array; direction: Vector }>();
  let complete = true;
  const add = (column: Float64Array, direction: Vector | null): void => {
    const key = column.join('');
    if (found.has(key)) return;
    if (direction === null) complete = false;
    else found.set(key, { column, direction });
  };
  if (inputDim === 1) {
    for (const w of [1, -1]) {
      add(
        Float64Array.from(inputs, ([x]) => (w * x >= 0 ? 1 : 0)),
        [w],
      );
    }
  } else {
    const seen = new Set<string>();
    let trivial = true;
    const balanced = balanceRows(inputs);
    const rows = balanced.exact ? balanced.rows : inputs;
    for (const at of rows) {
      if (at[0] === 0 && at[1] === 0) continue;
      trivial = false;
      const key = `${at[0] + 0} ${at[1] + 0}`;
      if (seen.has(key)) continue;
      seen.add(key);
      for (const { column, direction } of around(at, rows)) add(column, direction);
    }
    if (trivial) add(new Float64Array(inputs.length).fill(1), [1, 0]);
  }
  const all = [...found.values()];
  return {
    columns: all.map(({ column }) => column),
    directions: all.map(({ direction }) => direction),
    complete,
  };
}

/** 1 where parallel vectors point the same way, −1 where not, 0 where one is 0. */
function sameWay(a: Vector, b: Vector): number {
  return Math.sign(a[0]) * Math.sign(b[0]) || Math.sign(a[1]) * Math.sign(b[1]);
}

/** The patterns at ±at^⊥ and on either side of them. */
function around(at: Vector, inputs: Matrix): { column: Float64Array; direction: Vector | null }[] {
  const sides = inputs.map((x) => crossSign(at, x));
  const along = inputs.map((x) => sameWay(at, x));
  const patterns: { column: Float64Array; direction: Vector | null }[] = [];
  for (const sign of [1, -1]) {
    const normal = [-sign * at[1], sign * at[0]];
    for (const tilt of [0, 1, -1]) {
      const column = Float64Array.from(sides, (side, i) =>
        side !== 0 ? (side * sign > 0 ? 1 : 0) : tilt * along[i] >= 0 ? 1 : 0,
      );
      patterns.push({ column, direction: realise(column, normal, at, tilt, inputs) });
    }
  }
  return patterns;
}

function realise(
  column: Float64Array,
  normal: Vector,
  at: Vector,
  tilt: number,
  inputs: Matrix,
): Vector | null {
  for (let exponent = tilt === 0 ? 0 : 8; exponent <= 52; exponent += 4) {
    const factor = tilt === 0 ? 0 : tilt * 2 ** -exponent;
    const w = [normal[0] + factor * at[0], normal[1] + factor * at[1]];
    if (inputs.every((x, i) => (w[0] * x[0] + w[1] * x[1] >= 0 ? 1 : 0) === column[i])) return w;
    if (tilt === 0) break;
  }
  return null;
}
