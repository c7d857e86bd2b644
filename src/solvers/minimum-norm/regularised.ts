import { addScaled, dot, norm, scale } from '../../math/index.js';
import type { Vector } from '../../model/index.js';
import { errorOfPricing } from './enclosure.js';
import type { Atom } from './interpolant.js';
import type { InterpolationProblem } from './interpolation-problem.js';
import { inFrame, outOfFrame } from './interpolation-problem.js';
import type { FaceAtom } from './regularised-atoms.js';
import { balanceRegularised, scaleAtoms, unscale } from './regularised-scale.js';
import type { Setting } from './regularised-setting.js';
import { prepare, price } from './regularised-setting.js';
import { misfitOf, polishAtoms } from './regularised-atoms.js';

/** What was proved about min ½Σ(f(x_i) − y_i)² + βΣ|a_j|‖b_j‖ over networks of every width. */
export interface RegularisedResult {
  /**
   * 'optimal': the gap is closed; 'bounded': both bounds hold; 'unresolved': both hold, and β is too small for the scale of
   * the data, or the objective beyond the range of doubles, so that they say nothing.
   */
  readonly status: 'optimal' | 'bounded' | 'unresolved';
  readonly lower: number;
  readonly upper: number;
  readonly atoms: readonly Atom[];
  /** Σ|mass|. */
  readonly norm: number;
  /** max |f(x_i) − y_i|. */
  readonly residual: number;
  /** ν, the residual y − f scaled into the dual's constraint max|Σν_iσ(⟨w, x_i⟩)| ≤ β. */
  readonly dual: Vector;
  readonly rounds: number;
}

export interface RegularisedOptions {
  /** Neurons to start from, such as the solution for a larger β. */
  readonly start?: readonly Atom[];
  /** Relative gap at which the search ends. Default 1e-9. */
  readonly gap?: number;
  /** Default 200. */
  readonly maxRounds?: number;
}

/**
 * The convex program of two-layer ReLU networks with weight decay (T23; Pilanci and Ergen, arXiv:2002.10553): minimise
 * ½Σ(f(x_i) − y_i)² + βΣ|a_j|‖b_j‖. Its dual is max ½‖y‖² − ½‖ν − y‖² subject to |Σν_iσ(⟨w, x_i⟩)| ≤ β for ‖w‖ = 1:
 * any ν, scaled into the constraint, bounds the minimum from below. Neurons are added where the priced residual
 * exceeds β, and all are moved within their faces by Newton's method.
 *
 * @throws RangeError when β is not positive or shapes do not fit
 */
export function regularisedMinimum(
  problem: InterpolationProblem,
  beta: number,
  options: RegularisedOptions = {},
): RegularisedResult {
  if (!(beta > 0)) throw new RangeError(`regularisedMinimum: beta must be > 0, got ${beta}`);
  if (problem.labels.length !== problem.inputs.length) {
    throw new RangeError(
      `regularisedMinimum: labels must have length ${problem.inputs.length} (rows of inputs), got ${problem.labels.length}`,
    );
  }
  const { gap = 1e-9, start = [] } = options;
  const balanced = balanceRegularised(problem, beta);
  if (balanced === null) {
    const size = problem.labels.reduce((sum, y) => sum + y * y, 0) / 2;
    // The zero network is one; of a sum of N squares the rounding is below N + 2 units in the last place.
    const upper = size * (1 + (problem.labels.length + 2) * Number.EPSILON) + Number.MIN_VALUE;
    return { ...NO_NEURONS, status: 'unresolved', upper, dual: problem.labels.map(() => 0) };
  }
  const result = minimumAtScale(balanced.problem, balanced.beta, {
    ...options,
    start: scaleAtoms(start, balanced, 1),
  });
  return unscale(result, balanced, gap);
}

const NO_NEURONS: RegularisedResult = {
  status: 'optimal',
  lower: 0,
  upper: 0,
  atoms: [],
  norm: 0,
  residual: 0,
  dual: [],
  rounds: 0,
};

function minimumAtScale(
  problem: InterpolationProblem,
  beta: number,
  options: RegularisedOptions,
): RegularisedResult {
  const { gap = 1e-9, maxRounds = 200, start = [] } = options;
  const setting = prepare(problem);
  const { labels } = problem;
  const square = labels.reduce((sum, y) => sum + y * y, 0);
  const none: RegularisedResult = {
    ...NO_NEURONS,
    lower: square / 2,
    upper: square / 2,
    residual: Math.max(0, ...labels.map(Math.abs)),
    dual: [...labels],
  };
  if (setting === null) return none;
  const { rows, frame } = setting;
  const atoms: FaceAtom[] = start.map(({ direction, mass }) => {
    const inside = frame === null ? direction : inFrame(frame, direction);
    // Neurons of an earlier solution that lie on walls stay there.
    const walls = rows.filter((x) => norm(x) > 0 && Math.abs(dot(x, inside)) <= 1e-12 * norm(x));
    return atomAt(rows, inside, mass, Math.abs(mass), walls);
  });
  let best: RegularisedResult = { ...none, status: 'bounded', lower: 0 };
  for (let round = 1; round <= maxRounds; round += 1) {
    polishAtoms(atoms, rows, labels, beta);
    const misfit = misfitOf(atoms, rows, labels);
    best = { ...bounds(setting, atoms, misfit, labels, beta, best), rounds: round };
    if (best.upper - best.lower <= gap * best.upper) return { ...best, status: 'optimal' };
    if (addAtoms(setting, atoms) === 0) break;
  }
  return { ...best, status: 'bounded' };
}

/** Solutions along falling β, each from the one before; as β → 0 they tend to minimum-norm interpolants. */
export function regularisationPath(
  problem: InterpolationProblem,
  betas: readonly number[],
  options: RegularisedOptions = {},
): RegularisedResult[] {
  const results: RegularisedResult[] = [];
  let start = options.start ?? [];
  for (const beta of betas) {
    const result = regularisedMinimum(problem, beta, { ...options, start });
    results.push(result);
    start = result.atoms;
  }
  return results;
}

function bounds(
  setting: Setting,
  atoms: readonly FaceAtom[],
  misfit: Vector,
  labels: Vector,
  beta: number,
  before: RegularisedResult,
): RegularisedResult {
  const { pricer, frame, lengths, tilt } = setting;
  const total = atoms.reduce((sum, { u }) => sum + norm(u), 0);
  const square = misfit.reduce((sum, entry) => sum + entry * entry, 0);
  const size = labels.reduce((sum, y) => sum + y * y, 0);
  const scaleOf = Math.sqrt(size) + total * Math.max(...lengths);
  // Residuals err by (dim + atoms + 2)u of the sizes summed, the squares and the norm by as many u.
  const u = 2 ** -53;
  const each = (pricer.dim + atoms.length + 4) * u * scaleOf + tilt * total * Math.max(...lengths);
  const count = labels.length;
  const upper =
    square / 2 +
    beta * total +
    Math.sqrt(square * count) * each +
    count * each * each +
    (count + atoms.length + 8) * u * (square / 2 + beta * total);
  let { lower, dual } = before;
  const largest = price(setting, misfit, beta);
  const mass = misfit.reduce((sum, entry, i) => sum + Math.abs(entry) * lengths[i], 0) / beta;
  // Inputs that the common scale rounded to 0 are within the least double of it.
  const lost = (2 * Number.MIN_VALUE * misfit.reduce((sum, e) => sum + Math.abs(e), 0)) / beta;
  // Pricing leaves out what lies below 1 − 1e-9.
  const most = Math.max(largest, 1 - 1e-9) + errorOfPricing(mass, pricer.size, 8 * u + tilt) + lost;
  const along = misfit.reduce((sum, entry, i) => sum + entry * labels[i], 0);
  const factor = Math.min(1 / most, square > 0 ? Math.max(0, along / square) : 0);
  const value = factor * along - (factor * factor * square) / 2;
  const rounding = (2 * count + 8) * u * (factor * Math.sqrt(square * size) + square * factor ** 2);
  if (value - rounding > lower) {
    lower = value - rounding;
    dual = misfit.map((entry) => entry * factor);
  }
  if (upper >= before.upper && before.rounds > 0) return { ...before, lower, dual };
  return {
    ...before,
    lower,
    dual,
    upper,
    norm: total,
    residual: Math.max(0, ...misfit.map(Math.abs)),
    atoms: atoms.map((atom) => {
      const length = norm(atom.u);
      const direction = outOfFrame(frame, scale(1 / length, atom.u));
      return { direction, mass: atom.sign * length };
    }),
  };
}

/** Adds small neurons where the priced residual exceeds β in faces that have none; returns how many. */
function addAtoms({ pricer, rows }: Setting, atoms: FaceAtom[]): number {
  const { count, values, directions, walls } = pricer.found;
  const size = Math.max(1e-3, ...atoms.map(({ u }) => norm(u)));
  let added = 0;
  for (let c = 0; c < count; c += 1) {
    if (Math.abs(values[c]) <= 1 + 1e-13) continue;
    const direction = Array.from(directions.subarray(c * pricer.dim, (c + 1) * pricer.dim));
    const on = [walls[2 * c], walls[2 * c + 1]]
      .filter((wall) => wall >= 0)
      .map((wall) =>
        Array.from(pricer.inputs.subarray(wall * pricer.dim, (wall + 1) * pricer.dim)),
      );
    const atom = atomAt(rows, direction, values[c], 1e-4 * size, on);
    const twin = atoms.find(
      (other) =>
        other.sign === atom.sign &&
        other.frame.length === atom.frame.length &&
        other.pattern.every((entry, i) => entry === atom.pattern[i]) &&
        spans(other.frame, direction),
    );
    if (twin !== undefined) continue;
    atoms.push(atom);
    added += 1;
  }
  return added;
}

function atomAt(
  rows: readonly Vector[],
  direction: Vector,
  signed: number,
  length: number,
  walls: readonly Vector[],
): FaceAtom {
  const frame: number[][] = [];
  const dim = direction.length;
  const blocked: number[][] = [];
  const rest = (x: Vector): number[] => {
    let left = [...x];
    for (let pass = 0; pass < 2; pass += 1) {
      for (const row of [...blocked, ...frame]) {
        left = addScaled(left, -row.reduce((s, e, k) => s + e * left[k], 0), row);
      }
    }
    return left;
  };
  for (const wall of walls) {
    const left = rest(wall);
    if (norm(left) > 1e-9) blocked.push(scale(1 / norm(left), left));
  }
  frame.push(scale(1 / norm(direction), direction));
  for (let k = 0; k < dim && blocked.length + frame.length < dim; k += 1) {
    const left = rest(Array.from({ length: dim }, (_, l) => (l === k ? 1 : 0)));
    if (norm(left) > 1e-3) frame.push(scale(1 / norm(left), left));
  }
  const pattern = rows.map((x) => {
    const product = x.reduce((sum, entry, k) => sum + entry * direction[k], 0);
    return product > 1e-12 * norm(x) ? 1 : 0;
  });
  return {
    sign: signed < 0 ? -1 : 1,
    pattern,
    frame,
    u: scale(length / norm(direction), direction),
  };
}

/** Whether a unit direction lies in the span of orthonormal rows: two vertices of a cell may share their pattern. */
function spans(frame: readonly (readonly number[])[], direction: Vector): boolean {
  const square = frame.reduce(
    (sum, row) => sum + row.reduce((s, entry, k) => s + entry * direction[k], 0) ** 2,
    0,
  );
  return square > 1 - 1e-10;
}
