import { largestExponent, nextUp, timesPowerOfTwo } from '../../math/index.js';
import type { Columns, ConeFit } from './cone-fit.js';
import { coneFitter } from './cone-fit.js';

/** What is known of sup{Σa : a ≥ 0, (1/N)‖Φa − y‖² ≤ δ²}. */
export interface OuterNormSupremum {
  /**
   * 'bracketed': lower and upper hold. 'unbounded': a column vanishes at all inputs, so the supremum is
   * infinite. 'empty': no a ≥ 0 reaches the training error. 'undecided': neither a feasible combination
   * nor a proof that there is none, or numbers too far apart for float64 (columns by 2^300, weights beyond its range).
   */
  readonly status: 'bracketed' | 'unbounded' | 'empty' | 'undecided';
  /** Attained by `student` (−∞ when there is none). */
  readonly lower: number;
  /** Proved by a dual vector over the given columns; Infinity when none was found. */
  readonly upper: number;
  /** A feasible combination that attains `lower`: indices into the columns and positive weights. */
  readonly student: {
    readonly columns: readonly number[];
    readonly weights: readonly number[];
  } | null;
  /** The mean squared error of `student`. */
  readonly loss: number;
}

/**
 * The largest outer norm over the non-negative combinations of the columns whose mean squared error is
 * at most δ², bracketed by a feasible combination and a dual vector.
 *
 * With Lagrange multiplier λ the optimum minimises ½‖Φa − y‖² − λΣa over a ≥ 0; λ is found by Newton
 * steps on ‖r(λ)‖² = Nδ², exact on each active set, inside a bisection bracket. Certificates:
 * - lower: a itself, moved towards the least-squares fit until its loss is at most δ²(1 − 1e-12);
 * - upper: r = Φa − y with φ_k·r ≥ λ' > 0 for all columns gives Σa ≤ (r·y + δ√N‖r‖)/λ', since
 *   λ'Σa ≤ r·Φa = r·y + r·(Φa − y) ([gamarnik2021] bound, in its exact conic form).
 *
 * @param columns each of length sampleSize, entries ≥ 0
 * @param target labels, shape (sampleSize)
 * @param delta δ > 0
 * @param relativeGap where the search for λ stops, (upper − lower)/upper; 1e-9 by default
 */
export function outerNormSupremum(
  columns: Columns,
  target: Float64Array,
  delta: number,
  relativeGap = 1e-9,
): OuterNormSupremum {
  const up = columnExponent(columns);
  const down = largestExponent([...target, delta]) ?? 0;
  if (up.least < up.most - COMPARABLE) {
    return { status: 'undecided', lower: -Infinity, upper: Infinity, student: null, loss: 0 };
  }
  if (isOrdinary(up.most) && isOrdinary(up.least) && isOrdinary(down) && delta >= 2 ** -ORDINARY) {
    return supremum(columns, target, delta, relativeGap);
  }
  // Weights of 2^−u·columns and 2^−d·(labels, δ) are 2^(u−d) times as large, losses 2^−2d times.
  const scaled = supremum(
    columns.map((column) => column.map((entry) => timesPowerOfTwo(entry, -up.most))),
    target.map((entry) => timesPowerOfTwo(entry, -down)),
    timesPowerOfTwo(delta, -down),
    relativeGap,
  );
  return unscaled(scaled, down - up.most, down);
}

/** Exponents within ±this are ordinary: squares and their sums neither overflow nor underflow. */
const ORDINARY = 200;

/** Columns whose exponents differ by more are not compared: squares of the smaller would underflow. */
const COMPARABLE = 300;

function isOrdinary(exponent: number): boolean {
  return Math.abs(exponent) <= ORDINARY;
}

/** Exponents of the largest entries of columns, the largest and the least; 0 for none but zeros. */
function columnExponent(columns: Columns): { readonly most: number; readonly least: number } {
  const exponents = columns.flatMap((column) => largestExponent(column) ?? []);
  if (exponents.length === 0) return { most: 0, least: 0 };
  return {
    most: exponents.reduce((most, entry) => Math.max(most, entry)),
    least: exponents.reduce((least, entry) => Math.min(least, entry)),
  };
}

/** The result with weights times 2^weight and labels times 2^label, ends of the bracket rounded outwards. */
function unscaled(result: OuterNormSupremum, weight: number, label: number): OuterNormSupremum {
  const { status, student } = result;
  const lower = timesPowerOfTwo(result.lower, weight);
  const upper = timesPowerOfTwo(result.upper, weight);
  const weights = student?.weights.map((entry) => timesPowerOfTwo(entry, weight)) ?? [];
  const back = timesPowerOfTwo(lower, -weight);
  const lost = status === 'bracketed' && (lower === Infinity || back !== result.lower);
  // A student whose weights over- or underflow attains nothing that a double could say.
  if (lost || weights.some((entry, k) => timesPowerOfTwo(entry, -weight) !== student?.weights[k])) {
    return { status: 'undecided', lower: -Infinity, upper: Infinity, student: null, loss: 0 };
  }
  return {
    ...result,
    lower,
    upper: timesPowerOfTwo(upper, -weight) < result.upper ? nextUp(upper) : upper,
    student: student === null ? null : { ...student, weights },
    loss: timesPowerOfTwo(result.loss, 2 * label),
  };
}

function supremum(
  columns: Columns,
  target: Float64Array,
  delta: number,
  relativeGap: number,
): OuterNormSupremum {
  const size = target.length;
  const budget = size * delta * delta;
  const allowed = budget * (1 - 1e-12);
  const indices = columns.flatMap((column, k) => (column.some((entry) => entry !== 0) ? [k] : []));
  const vanishing = columns.findIndex((column) => column.every((entry) => entry === 0));
  const live = indices.map((k) => columns[k]);
  const fitter = coneFitter(live, target);
  const least = fitter.fit(0);
  const leastLoss = squared(least.residual);
  if (leastLoss > allowed) {
    const provenEmpty =
      distanceBound(live, least.residual, target) > Math.sqrt(budget) * (1 + 1e-12);
    return {
      status: provenEmpty ? 'empty' : 'undecided',
      lower: -Infinity,
      upper: provenEmpty ? -Infinity : Infinity,
      student: null,
      loss: leastLoss / size,
    };
  }
  const named = (fit: Pick<ConeFit, 'active' | 'weights'>) => ({
    columns: fit.active.map((k) => indices[k]),
    weights: fit.weights,
  });
  if (vanishing >= 0) {
    const student = named(least);
    return {
      status: 'unbounded',
      lower: Infinity,
      upper: Infinity,
      student: { columns: [...student.columns, vanishing], weights: [...student.weights, 1] },
      loss: leastLoss / size,
    };
  }

  let lower = sum(least.weights);
  let student = named(least);
  let loss = leastLoss;
  let upper = Infinity;
  let low = 0;
  let high = Infinity;
  let reward = Math.sqrt(budget) * Math.sqrt(Math.min(...live.map(squared)));
  for (let step = 0; step < 60; step += 1) {
    const fit = fitter.fit(reward);
    upper = Math.min(upper, dualBound(live, fit.residual, target, delta));
    const feasible = towards(fit, least, allowed);
    if (feasible.total > lower) {
      lower = feasible.total;
      student = named(feasible);
      loss = feasible.loss;
    }
    if (upper - lower <= relativeGap * Math.abs(upper)) break;
    if (squared(fit.residual) > budget) high = reward;
    else low = reward;
    if (high - low <= 1e-14 * high) break;
    const { base, slope } = fitter.residualParts();
    const newton = slope > 0 && budget > base ? Math.sqrt((budget - base) / slope) : Number.NaN;
    reward =
      newton > low && newton < high ? newton : high === Infinity ? 4 * reward : (low + high) / 2;
  }
  return { status: 'bracketed', lower, upper, student, loss: loss / size };
}

interface Mixture {
  readonly active: readonly number[];
  readonly weights: readonly number[];
  readonly total: number;
  readonly loss: number;
}

/** The point nearest to `fit` on the way to `least` whose squared residual is at most `allowed`. */
function towards(fit: ConeFit, least: ConeFit, allowed: number): Mixture {
  const there = squared(fit.residual);
  if (there <= allowed) {
    return { active: fit.active, weights: fit.weights, total: sum(fit.weights), loss: there };
  }
  const size = fit.residual.length;
  const mixed = (share: number): number => {
    let total = 0;
    for (let i = 0; i < size; i += 1) {
      const r = least.residual[i] + share * (fit.residual[i] - least.residual[i]);
      total += r * r;
    }
    return total;
  };
  let inside = 0;
  let outside = 1;
  for (let i = 0; i < 60; i += 1) {
    const middle = (inside + outside) / 2;
    if (mixed(middle) <= allowed) inside = middle;
    else outside = middle;
  }
  const weights = new Map<number, number>();
  for (const [j, k] of least.active.entries()) {
    weights.set(k, (weights.get(k) ?? 0) + (1 - inside) * least.weights[j]);
  }
  for (const [j, k] of fit.active.entries()) {
    weights.set(k, (weights.get(k) ?? 0) + inside * fit.weights[j]);
  }
  const active = [...weights.keys()];
  return {
    active,
    weights: active.map((k) => weights.get(k) as number),
    total: sum([...weights.values()]),
    loss: mixed(inside),
  };
}

/** (r·y + δ√N‖r‖)/min_k φ_k·r, raised by its rounding; Infinity when some φ_k·r is not surely > 0. */
function dualBound(
  columns: Columns,
  residual: Float64Array,
  target: Float64Array,
  delta: number,
): number {
  const size = target.length;
  let least = Infinity;
  for (const column of columns) least = Math.min(least, product(column, residual));
  const length = Math.sqrt(squared(residual));
  const rounding =
    2 * size * Number.EPSILON * length * Math.sqrt(Math.max(...columns.map(squared)));
  if (!(least > rounding)) return Infinity;
  const bound = product(residual, target) + delta * Math.sqrt(size) * length;
  const slack =
    4 * size * Number.EPSILON * length * (Math.sqrt(squared(target)) + delta * Math.sqrt(size));
  return (bound + slack) / (least - rounding);
}

/**
 * A lower bound on ‖Φa − y‖ over a ≥ 0: any v with φ_k·v ≥ 0 for all k gives −v·y/‖v‖, since
 * v·(Φa − y) ≥ −v·y. v is the residual, shifted by a constant until it is feasible.
 */
function distanceBound(columns: Columns, residual: Float64Array, target: Float64Array): number {
  let shift = 0;
  for (const column of columns) {
    let total = 0;
    for (const entry of column) total += entry;
    const rounding =
      2 * residual.length * Number.EPSILON * Math.sqrt(squared(column) * squared(residual));
    shift = Math.max(shift, (rounding - product(column, residual)) / total);
  }
  const v = residual.map((entry) => entry + shift);
  const length = Math.sqrt(squared(v));
  // Labels in the cone but for rounding are no proof that it misses them.
  const error = 2 * v.length * Number.EPSILON * length * Math.sqrt(squared(target));
  return (-product(v, target) - error) / length;
}

function product(x: Float64Array, y: Float64Array): number {
  let total = 0;
  for (let i = 0; i < x.length; i += 1) total += x[i] * y[i];
  return total;
}

function squared(x: Float64Array): number {
  return product(x, x);
}

function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
