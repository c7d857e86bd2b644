import { addScaled, dot, dotExact, norm, scale, sign, unitVector } from '../math/index.js';
import type { Matrix, Vector } from '../model/index.js';
import type { UnitTeacher } from './sectors-teacher.js';
import { teacherLines } from './sectors-teacher.js';

/** A cell of the arrangement {b_k^⊥}: on which side of each line's hyperplane it lies, and a unit vector inside. */
export interface Cell {
  readonly sides: readonly (1 | -1)[];
  readonly inside: Vector;
}

/**
 * The cells into which the hyperplanes orthogonal to the given lines divide space ([song2022], Definition 5.1;
 * in the plane: sectors).
 *
 * By induction: a hyperplane h divides exactly those cells whose side vectors occur among the cells that the
 * other hyperplanes cut out of h. With L distinct lines in the plane there are 2L cells.
 *
 * @param normals distinct lines by unit vectors, shape (lines, inputDim)
 * @throws RangeError when inputDim is 0
 */
export function arrangementCells(normals: Matrix, inputDim: number): Cell[] {
  if (inputDim < 1) throw new RangeError(`arrangementCells: inputDim must be ≥ 1, got ${inputDim}`);
  let cells: Cell[] = [{ sides: [], inside: unitAxis(inputDim) }];
  for (const [index, normal] of normals.entries()) {
    const cuts = new Map(
      cellsInside(normals.slice(0, index), normal).map((cell) => [cell.sides.join(), cell.inside]),
    );
    cells = cells.flatMap((cell): Cell[] => {
      const on = cuts.get(cell.sides.join());
      if (on === undefined) {
        const side = dot(normal, cell.inside) > 0 ? 1 : -1;
        return [{ sides: [...cell.sides, side], inside: cell.inside }];
      }
      // Half the distance to the nearest other hyperplane keeps the point inside them.
      let step = 1;
      for (const other of normals.slice(0, index))
        step = Math.min(step, Math.abs(dot(other, on)) / 2);
      return ([1, -1] as const).map((side) => {
        const moved = addScaled(on, side * step, normal);
        return { sides: [...cell.sides, side], inside: unitVector(moved) };
      });
    });
  }
  return cells;
}

/** The cells that hyperplanes cut out of the hyperplane orthogonal to `normal`, in the coordinates of space. */
function cellsInside(others: Matrix, normal: Vector): Cell[] {
  const inputDim = normal.length;
  // On the line a hyperplane is the point 0, which only the whole line contains inside.
  if (inputDim === 1) return others.length === 0 ? [{ sides: [], inside: [0] }] : [];
  const frame = orthonormalComplement(normal);
  const projected = others.map((other) => {
    const inside = frame.map((row) => dot(row, other));
    return unitVector(inside);
  });
  return distinctCells(projected, inputDim - 1).map(({ sides, inside }) => {
    let point = scale(0, normal);
    for (const [k, row] of frame.entries()) point = addScaled(point, inside[k], row);
    return { sides, inside: point };
  });
}

/** Cells of normals some of which may have become parallel in the projection. */
function distinctCells(normals: Matrix, inputDim: number): Cell[] {
  const kept: Vector[] = [];
  const source = normals.map((normal) => {
    const at = kept.findIndex((other) => Math.abs(Math.abs(dot(normal, other)) - 1) < 1e-14);
    if (at >= 0) return { at, turn: dot(normal, kept[at]) > 0 ? 1 : -1 };
    kept.push(normal);
    return { at: kept.length - 1, turn: 1 };
  });
  return arrangementCells(kept, inputDim).map(({ sides, inside }) => ({
    sides: source.map(({ at, turn }) => (sides[at] * turn > 0 ? 1 : -1)),
    inside,
  }));
}

function orthonormalComplement(normal: Vector): Vector[] {
  const frame: Vector[] = [normal];
  while (frame.length < normal.length) {
    let best: number[] = [];
    let bestNorm = 0;
    for (let k = 0; k < normal.length; k += 1) {
      let rest = normal.map((_, j) => (j === k ? 1 : 0)) as number[];
      for (let pass = 0; pass < 2; pass += 1) {
        for (const row of frame) rest = addScaled(rest, -dot(row, rest), row);
      }
      if (norm(rest) > bestNorm) {
        best = rest;
        bestNorm = norm(rest);
      }
    }
    frame.push(scale(1 / bestNorm, best));
  }
  return frame.slice(1);
}

function unitAxis(inputDim: number): number[] {
  return Array.from({ length: inputDim }, (_, k) => (k === 0 ? 1 : 0));
}

/** −1, 0 or 1: the side of b^⊥ on which x lies, exactly. */
export function sideOf(direction: Vector, input: Vector): -1 | 0 | 1 {
  let sum = 0;
  let size = 0;
  for (const [k, entry] of direction.entries()) {
    sum += entry * input[k];
    size += Math.abs(entry * input[k]);
  }
  // The rounding error of the sum is below d·2⁻⁵²·size, and underflow adds less than d·2⁻¹⁰⁷⁴.
  if (Math.abs(sum) > direction.length * 2 ** -51 * size && Math.abs(sum) > 1e-280) {
    return sum > 0 ? 1 : -1;
  }
  return sign(dotExact(direction, input));
}

/** How many distinct inputs lie in the cells of a teacher. */
export interface CellCount {
  readonly cells: number;
  /** The smallest count over the cells. */
  readonly fewest: number;
}

/**
 * Counts the inputs of distinct direction in each cell. `closed` counts an input on a wall for every cell that it
 * borders, otherwise it counts for none.
 */
export function countPerCell(teacher: UnitTeacher, inputs: Matrix, closed: boolean): CellCount {
  const lines = teacherLines(teacher);
  const cells = arrangementCells(
    lines.map(({ direction }) => direction),
    teacher.inputDim,
  );
  const distinct: Vector[] = [];
  for (const input of inputs) {
    const unit = unitVector(input);
    if (distinct.some((other) => norm(addScaled(unit, -1, unitVector(other))) < 1e-13)) {
      continue;
    }
    distinct.push(input);
  }
  const sides = distinct.map((input) =>
    lines.map(({ first }) => sideOf(teacher.directions[first], input)),
  );
  let fewest = Infinity;
  for (const cell of cells) {
    const count = sides.filter((side) =>
      side.every((s, l) => s === cell.sides[l] || (closed && s === 0)),
    ).length;
    fewest = Math.min(fewest, count);
  }
  return { cells: cells.length, fewest };
}
