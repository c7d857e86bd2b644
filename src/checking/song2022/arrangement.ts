import type { Rational } from '../rational.js';
import {
  ONE,
  ZERO,
  fraction,
  gcd,
  inner,
  innerOfScaled,
  magnitude,
  minus,
  negative,
  order,
  over,
  overOneBottom,
  plus,
  positivePart,
  signOf,
  smaller,
  times,
} from '../rational.js';

type Vector = readonly Rational[];

/** A cell of a central arrangement: on which side of each hyperplane it lies, and a point inside. */
interface Cell {
  readonly sides: readonly (1 | -1)[];
  readonly inside: Vector;
}

/** The factor c with v = c·u, or null where v is no multiple of u ≠ 0. */
export function multipleOf(u: Vector, v: Vector): Rational | null {
  const pivot = u.findIndex((entry) => signOf(entry) !== 0);
  const factor = over(v[pivot], u[pivot]);
  return u.every((entry, k) => order(times(factor, entry), v[k]) === 0) ? factor : null;
}

/** Rows without those that are multiples of an earlier one; `place[i]` is where row i went, `turn[i]` the factor's sign. */
function withoutMultiples(rows: readonly Vector[]) {
  const kept: Vector[] = [];
  const place = rows.map((row): readonly [number, 1 | -1] => {
    for (const [at, other] of kept.entries()) {
      const factor = multipleOf(other, row);
      if (factor !== null) return [at, signOf(factor) > 0 ? 1 : -1];
    }
    kept.push(row);
    return [kept.length - 1, 1];
  });
  return { kept, place };
}

/**
 * All cells of the hyperplanes through 0 with the given normals, pairwise no multiples of one another. By
 * induction: the last hyperplane cuts exactly the cells whose sides occur among the cells that the others cut
 * out of it.
 */
export function cellsOf(normals: readonly Vector[], dimension: number): Cell[] {
  const last = normals.at(-1);
  if (last === undefined)
    return [{ sides: [], inside: Array.from({ length: dimension }, () => ZERO) }];
  const others = normals.slice(0, -1);
  const cuts = new Map(
    cellsInside(others, last).map(({ sides, inside }) => [sides.join(), inside]),
  );
  return cellsOf(others, dimension).flatMap((cell): Cell[] => {
    const on = cuts.get(cell.sides.join());
    if (on === undefined) {
      return [
        { sides: [...cell.sides, sideOf(last, cell.inside) > 0 ? 1 : -1], inside: cell.inside },
      ];
    }
    // A step along the normal that leaves the signs of the other normals as they are.
    let step = ONE;
    for (const other of others) {
      const slope = magnitude(inner(other, last));
      if (signOf(slope) === 0) continue;
      step = smaller(step, over(magnitude(inner(other, on)), times(fraction(2n), slope)));
    }
    return ([1, -1] as const).map((side) => ({
      sides: [...cell.sides, side],
      inside: on.map((entry, k) => {
        const move = times(step, last[k]);
        return plus(entry, side > 0 ? move : negative(move));
      }),
    }));
  });
}

/** The cells that `others` cut out of the hyperplane orthogonal to `normal`, in the coordinates of space. */
function cellsInside(others: readonly Vector[], normal: Vector): Cell[] {
  const pivot = normal.findIndex((entry) => signOf(entry) !== 0);
  const ratios = normal.map((entry) => over(entry, normal[pivot]));
  // On the hyperplane x_pivot = −Σ_{k ≠ pivot} ratios_k·x_k.
  const restricted = others.map((other) =>
    other.flatMap((entry, k) =>
      k === pivot ? [] : [minus(entry, times(other[pivot], ratios[k]))],
    ),
  );
  const { kept, place } = withoutMultiples(restricted);
  return cellsOf(kept, normal.length - 1).map(({ sides, inside }) => {
    const free = [...inside];
    free.splice(pivot, 0, ZERO);
    const solved = negative(inner(ratios, free));
    free[pivot] = solved;
    return {
      sides: place.map(([at, turn]) => (sides[at] * turn > 0 ? 1 : -1)),
      inside: free,
    };
  });
}

/** −1, 0 or 1: the side of normal^⊥ on which a point lies. */
export function sideOf(normal: Vector, at: Vector): -1 | 0 | 1 {
  return signOf(inner(normal, at));
}

/** Points of which none is a positive multiple of another. */
function distinctDirections(points: readonly Vector[]): Vector[] {
  const known = new Map<string, Vector>();
  for (const at of points) {
    const { tops } = overOneBottom(at);
    const common = tops.reduce(gcd, 0n);
    const key = tops.map((top) => top / common).join();
    if (!known.has(key)) known.set(key, at);
  }
  return [...known.values()];
}

/**
 * The least number of inputs of distinct directions in a cell. In `closed` cells an input on a wall counts for
 * every cell that it borders, in `open` ones for none.
 */
export function fewestPerCell(
  normals: readonly Vector[],
  inputs: readonly Vector[],
  cells: 'closed' | 'open',
  dimension: number,
): number {
  const sides = distinctDirections(inputs).map((input) =>
    normals.map((normal) => sideOf(normal, input)),
  );
  const counts = cellsOf(normals, dimension).map(
    (cell) =>
      sides.filter((side) =>
        side.every((s, l) => s === cell.sides[l] || (cells === 'closed' && s === 0)),
      ).length,
  );
  return Math.min(...counts);
}

/** ⟨directions[j], x_i⟩, one row for each input. */
export function productsOf(directions: readonly Vector[], inputs: readonly Vector[]): Rational[][] {
  const rows = directions.map(overOneBottom);
  return inputs.map(overOneBottom).map((at) => rows.map((row) => innerOfScaled(row, at)));
}

/** Σ_j masses[j]·max(0, products[i][j]) for every row i: a network’s outputs. */
export function outputsOf(
  masses: readonly Rational[],
  products: readonly (readonly Rational[])[],
): Rational[] {
  const weights = overOneBottom(masses);
  return products.map((row) => innerOfScaled(weights, overOneBottom(row.map(positivePart))));
}
