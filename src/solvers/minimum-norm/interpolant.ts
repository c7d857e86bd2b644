import { addScaled, dot, norm, scale } from '../../math/index.js';
import type { Vector } from '../../model/index.js';
import { solveLinearProgram } from '../linear-program.js';

/** A neuron of an interpolant: mass·σ(⟨direction, x⟩) with a unit direction. */
export interface Atom {
  readonly direction: Vector;
  readonly mass: number;
}

/** An interpolant with independent columns, its masses solved for anew. */
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

/** Misfit up to which a completed support is called an interpolant, relative to the largest label. */
const FITS = 1e-9;
const REFINEMENTS = 3;

/**
 * Completes the support of an approximate interpolant to a basis of what the columns span (R^N for inputs in
 * general position; antipodal inputs span less) and solves for the masses anew, refined on the residual. The
 * support comes first, then the columns farthest from the span of those chosen. Null when the labels are not in the
 * span.
 */
export function completeInterpolant(
  inputs: readonly Vector[],
  labels: Vector,
  atoms: readonly Atom[],
): Interpolant | null {
  const { chosen, frame } = chooseBasis(inputs, atoms);
  const columns = chosen.map(({ direction }) => column(inputs, direction));
  let masses = columns.map(() => 0);
  let left = [...labels];
  for (let pass = 0; pass < REFINEMENTS; pass += 1) {
    const step = solveInFrame(frame, columns, left);
    masses = masses.map((mass, j) => mass + step[j]);
    left = [...labels];
    for (const [j, entries] of columns.entries()) left = addScaled(left, -masses[j], entries);
  }
  const residual = largestAbsolute(left);
  if (!(residual <= FITS * largestAbsolute(labels))) return null;
  return {
    atoms: chosen.map(({ direction }, j) => ({ direction, mass: masses[j] })),
    norm: masses.reduce((sum, mass) => sum + Math.abs(mass), 0),
    residual,
  };
}

function largestAbsolute(entries: Vector): number {
  return entries.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
}

/** Independent columns with their orthonormalisation: Gram–Schmidt, pivoting on the remaining norm. */
function chooseBasis(
  inputs: readonly Vector[],
  atoms: readonly Atom[],
): { chosen: Atom[]; frame: Vector[] } {
  const largest = largestAbsolute(atoms.map(({ mass }) => mass));
  const supports = atoms.map(({ mass }) => Math.abs(mass) > SUPPORT * largest);
  const rest = atoms.map(({ direction }) => {
    const entries = column(inputs, direction);
    const size = norm(entries);
    return size > 0 ? scale(1 / size, entries) : entries;
  });
  const chosen: Atom[] = [];
  const frame: Vector[] = [];
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
      let pivot = scale(1 / bestNorm, rest[best]);
      for (const row of frame) pivot = addScaled(pivot, -dot(row, pivot), row);
      pivot = scale(1 / norm(pivot), pivot);
      frame.push(pivot);
      for (let j = 0; j < atoms.length; j += 1) {
        if (!used.has(j)) rest[j] = addScaled(rest[j], -dot(pivot, rest[j]), pivot);
      }
    }
  }
  return { chosen, frame };
}

/** The coefficients of a vector of the span in the chosen columns: column j lies in the span of the first j + 1 rows. */
function solveInFrame(
  frame: readonly Vector[],
  columns: readonly Vector[],
  right: Vector,
): number[] {
  const target = frame.map((row) => dot(row, right));
  const coefficients = columns.map(() => 0);
  for (let k = columns.length - 1; k >= 0; k -= 1) {
    let sum = target[k];
    for (let j = k + 1; j < columns.length; j += 1)
      sum -= dot(frame[k], columns[j]) * coefficients[j];
    coefficients[k] = sum / dot(frame[k], columns[k]);
  }
  return coefficients;
}
