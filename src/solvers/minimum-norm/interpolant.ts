import { addScaled, dot, norm, scale } from '../../math/index.js';
import type { Vector } from '../../model/index.js';
import { solveLinearProgram } from '../linear-program.js';

/** A neuron of an interpolant: mass·σ(⟨direction, x⟩) with a unit direction. */
export interface Atom {
  readonly direction: Vector;
  readonly mass: number;
}

/** An interpolant with as many directions as inputs, its masses solved for anew. */
export interface Interpolant {
  readonly atoms: readonly Atom[];
  /** Σ|mass|. */
  readonly norm: number;
  /** max |f(x_i) − y_i| over the unit inputs, as computed. */
  readonly residual: number;
}

export interface MasterOutcome {
  readonly status: 'optimal' | 'failed';
  readonly message: string;
  readonly dual: Vector;
  readonly atoms: readonly Atom[];
  readonly objective: number;
}

/** σ(⟨w, x⟩), column of one direction. */
export function column(inputs: readonly Vector[], direction: Vector): number[] {
  return inputs.map((x) => Math.max(0, dot(x, direction)));
}

/**
 * Entries of a linear program below this are rounding of a zero: priced directions are often orthogonal
 * to inputs. Left in, they would make equilibration scale whole rows and columns by 1e-8.
 */
const ZERO = 1e-12;

/** The column with rounding errors of zeros removed, for linear programs. */
export function programColumn(inputs: readonly Vector[], direction: Vector): number[] {
  return column(inputs, direction).map((entry) => (entry > ZERO ? entry : 0));
}

/** The minimum of Σ|mass| over interpolants whose neurons have the given directions, by HiGHS. */
export async function solveMaster(
  inputs: readonly Vector[],
  labels: Vector,
  directions: readonly Vector[],
): Promise<MasterOutcome> {
  const columns = directions.map((direction) => programColumn(inputs, direction));
  const indices: number[][] = inputs.map(() => []);
  const values: number[][] = inputs.map(() => []);
  for (const [j, entries] of columns.entries()) {
    for (const [i, entry] of entries.entries()) {
      if (entry <= 0) continue;
      indices[i].push(2 * j, 2 * j + 1);
      values[i].push(entry, -entry);
    }
  }
  const solution = await solveLinearProgram({
    objective: Array.from({ length: 2 * directions.length }, () => 1),
    constraints: labels.map((label, i) => ({
      coefficients: { indices: indices[i], values: values[i] },
      lower: label,
      upper: label,
    })),
  });
  if (solution.status !== 'optimal') {
    return { status: 'failed', message: solution.message, dual: [], atoms: [], objective: NaN };
  }
  const atoms = directions.map((direction, j) => ({
    direction,
    mass: solution.primal[2 * j] - solution.primal[2 * j + 1],
  }));
  return {
    status: 'optimal',
    message: solution.message,
    dual: solution.dual,
    atoms,
    objective: solution.objective,
  };
}

/** Masses below this share of the largest are taken for zeros of the linear program. */
const SUPPORT = 1e-9;
/** A column this close to the span of the chosen ones is left out. */
const INDEPENDENT = 1e-9;

/**
 * Completes the support of an approximate interpolant to N independent columns and solves the square
 * system for the masses, once more on the residual. The support comes first, then the columns farthest
 * from the span of those chosen. Null when the directions do not span R^N.
 */
export function completeInterpolant(
  inputs: readonly Vector[],
  labels: Vector,
  atoms: readonly Atom[],
): Interpolant | null {
  const chosen = chooseBasis(inputs, atoms);
  if (chosen === null) return null;
  const columns = chosen.map((atom) => column(inputs, atom.direction));
  const masses = solveSquare(columns, labels);
  if (masses === null) return null;
  const correction = solveSquare(columns, residuals(columns, masses, labels));
  if (correction === null) return null;
  const refined = masses.map((mass, j) => mass + correction[j]);
  const left = residuals(columns, refined, labels);
  return {
    atoms: chosen.map(({ direction }, j) => ({ direction, mass: refined[j] })),
    norm: refined.reduce((sum, mass) => sum + Math.abs(mass), 0),
    residual: left.reduce((most, r) => Math.max(most, Math.abs(r)), 0),
  };
}

function residuals(columns: readonly Vector[], masses: Vector, labels: Vector): number[] {
  let left = [...labels];
  for (const [j, entries] of columns.entries()) left = addScaled(left, -masses[j], entries);
  return left;
}

/** N atoms with independent columns: modified Gram–Schmidt, pivoting on the remaining norm. */
function chooseBasis(inputs: readonly Vector[], atoms: readonly Atom[]): Atom[] | null {
  const largest = atoms.reduce((most, { mass }) => Math.max(most, Math.abs(mass)), 0);
  const columns = atoms.map(({ direction }) => column(inputs, direction));
  const sizes = columns.map((entries) => norm(entries));
  const rest = columns.map((entries, j) => (sizes[j] > 0 ? scale(1 / sizes[j], entries) : entries));
  const supports = atoms.map(({ mass }) => Math.abs(mass) > SUPPORT * largest);
  const chosen: Atom[] = [];
  const used = new Set<number>();
  for (const wanted of [true, false]) {
    while (chosen.length < inputs.length) {
      let best = -1;
      let bestNorm = INDEPENDENT;
      for (let j = 0; j < atoms.length; j += 1) {
        if (used.has(j) || (wanted && !supports[j])) continue;
        const length = norm(rest[j]);
        if (length > bestNorm) {
          best = j;
          bestNorm = length;
        }
      }
      if (best < 0) break;
      used.add(best);
      chosen.push(atoms[best]);
      const pivot = scale(1 / bestNorm, rest[best]);
      for (let j = 0; j < atoms.length; j += 1) {
        if (!used.has(j)) rest[j] = addScaled(rest[j], -dot(pivot, rest[j]), pivot);
      }
    }
  }
  return chosen.length === inputs.length ? chosen : null;
}

/** Gaussian elimination with partial pivoting; null when a pivot vanishes. */
function solveSquare(columns: readonly Vector[], right: Vector): number[] | null {
  const n = right.length;
  const rows = right.map((value, i) => [...columns.map((entries) => entries[i]), value]);
  for (let k = 0; k < n; k += 1) {
    let pivot = k;
    for (let i = k + 1; i < n; i += 1) {
      if (Math.abs(rows[i][k]) > Math.abs(rows[pivot][k])) pivot = i;
    }
    [rows[k], rows[pivot]] = [rows[pivot], rows[k]];
    if (rows[k][k] === 0) return null;
    for (let i = k + 1; i < n; i += 1) {
      const factor = rows[i][k] / rows[k][k];
      if (factor !== 0) {
        for (let j = k; j <= n; j += 1) rows[i][j] -= factor * rows[k][j];
      }
    }
  }
  const x = Array.from({ length: n }, () => 0);
  for (let k = n - 1; k >= 0; k -= 1) {
    let sum = rows[k][n];
    for (let j = k + 1; j < n; j += 1) sum -= rows[k][j] * x[j];
    x[k] = sum / rows[k][k];
  }
  return x;
}
