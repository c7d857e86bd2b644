/** Columns of a fit: each holds the outputs of one unit of outer weight at all inputs. */
export type Columns = readonly Float64Array[];

/** A non-negative combination of columns, as sparse as its active set. */
export interface ConeFit {
  readonly active: readonly number[];
  readonly weights: readonly number[];
  /** Σ_j weights[j]·columns[active[j]] − target, shape (sampleSize). */
  readonly residual: Float64Array;
  readonly converged: boolean;
}

/** The state of a fit, reused as a warm start when only the reward changes. */
export interface ConeFitter {
  /** Minimises ½‖Φa − y‖² − reward·Σa over a ≥ 0, from the active set of the last call. */
  fit(reward: number): ConeFit;
  /**
   * On the last active set the unconstrained solution is base + reward·slope. Returns the squared norms
   * of both residual parts, which are orthogonal: ‖r(reward)‖² = base² + reward²·slope².
   */
  residualParts(): { readonly base: number; readonly slope: number };
}

/**
 * Relative ridge on the Gram matrix: it makes dependent columns harmless. It biases the fit by about as
 * much, which certificates computed from the fit absorb.
 */
const RIDGE = 1e-13;

/**
 * Least squares over the cone of the columns with a linear reward on Σa, by the active-set method of
 * Lawson and Hanson (1974, chapter 23) with the reward added to the gradient. The returned fit carries
 * no guarantee by itself; `outerNormSupremum` certifies what it derives from it.
 *
 * @param columns non-zero columns, each of the target's length
 */
export function coneFitter(columns: Columns, target: Float64Array): ConeFitter {
  const size = target.length;
  const lengths = columns.map((column) => Math.sqrt(inner(column, column)));
  const fitted = columns.map((column) => inner(column, target));
  const gram = gramMatrix(columns);
  let active: number[] = [];
  let weights: number[] = [];

  const solveActive = (right: (p: number) => number): number[] =>
    substitute(
      cholesky(active.length, (i, j) => gram(active[i], active[j])),
      active.map((p) => right(p)),
    );

  const combination = (a: readonly number[], offset: Float64Array | null): Float64Array => {
    const sum = new Float64Array(size);
    if (offset !== null) for (let i = 0; i < size; i += 1) sum[i] = -offset[i];
    for (let j = 0; j < active.length; j += 1) {
      const column = columns[active[j]];
      for (let i = 0; i < size; i += 1) sum[i] += a[j] * column[i];
    }
    return sum;
  };

  /** Moves to the optimum over the active set, dropping columns that reach 0 on the way. */
  const settle = (reward: number): void => {
    while (active.length > 0) {
      const solution = solveActive((p) => fitted[p] + reward);
      const blocking = blockingIndex(weights, solution);
      if (blocking < 0) {
        weights = solution;
        return;
      }
      const step = stepTo(weights[blocking], solution[blocking]);
      const moved = weights.map((w, j) => w + step * (solution[j] - w));
      const largest = Math.max(...moved);
      const kept = moved.map((w, j) => j !== blocking && (solution[j] > 0 || w > 1e-14 * largest));
      active = active.filter((_, j) => kept[j]);
      weights = moved.filter((_, j) => kept[j]);
    }
  };

  /** The column along which the objective falls most steeply; −1 when none is left. */
  const steepest = (
    reward: number,
    residual: Float64Array,
    barred: ReadonlySet<number>,
  ): number => {
    const excluded = new Set([...active, ...barred]);
    const scale = Math.sqrt(inner(residual, residual));
    let best = -1;
    let largest = 0;
    for (let p = 0; p < columns.length; p += 1) {
      const gain = (reward - inner(columns[p], residual)) / lengths[p];
      if (gain <= largest || gain <= GRADIENT_TOLERANCE * (scale + reward / lengths[p])) continue;
      if (excluded.has(p)) continue;
      largest = gain;
      best = p;
    }
    return best;
  };

  return {
    fit(reward) {
      settle(reward);
      let residual = combination(weights, target);
      let objective = objectiveOf(residual, weights, reward);
      // Columns that rounding kept from lowering the objective, so that the method cannot cycle.
      const barred = new Set<number>();
      for (let round = 0; round < 4 * (size + 20); round += 1) {
        const entering = steepest(reward, residual, barred);
        if (entering < 0) return { active, weights, residual, converged: true };
        const before = { active, weights };
        active = [...active, entering];
        weights = [...weights, 0];
        settle(reward);
        const next = combination(weights, target);
        const value = objectiveOf(next, weights, reward);
        if (value < objective) {
          residual = next;
          objective = value;
          barred.clear();
        } else {
          ({ active, weights } = before);
          barred.add(entering);
        }
      }
      return { active, weights, residual, converged: false };
    },
    residualParts() {
      const base = combination(
        solveActive((p) => fitted[p]),
        target,
      );
      const slope = combination(
        solveActive(() => 1),
        null,
      );
      return { base: inner(base, base), slope: inner(slope, slope) };
    },
  };
}

/** Columns enter while the normalised gradient exceeds this share of its terms. */
const GRADIENT_TOLERANCE = 1e-11;

/** Entries of ΦᵀΦ with the ridge on the diagonal, computed when first asked for. */
function gramMatrix(columns: Columns): (p: number, q: number) => number {
  const rows = new Map<number, Map<number, number>>();
  return (p, q) => {
    const low = Math.min(p, q);
    const high = Math.max(p, q);
    let row = rows.get(low);
    if (row === undefined) rows.set(low, (row = new Map<number, number>()));
    let value = row.get(high);
    if (value === undefined) {
      value = inner(columns[low], columns[high]) * (low === high ? 1 + RIDGE : 1);
      row.set(high, value);
    }
    return value;
  };
}

/** The weight that reaches 0 first on the way to the solution; −1 when all stay positive. */
function blockingIndex(weights: readonly number[], solution: readonly number[]): number {
  let blocking = -1;
  let shortest = Infinity;
  for (let j = 0; j < solution.length; j += 1) {
    if (solution[j] > 0) continue;
    const step = stepTo(weights[j], solution[j]);
    if (step < shortest) {
      shortest = step;
      blocking = j;
    }
  }
  return blocking;
}

function stepTo(weight: number, solution: number): number {
  return weight === 0 ? 0 : weight / (weight - solution);
}

function objectiveOf(residual: Float64Array, weights: readonly number[], reward: number): number {
  let total = 0;
  for (const weight of weights) total += weight;
  return inner(residual, residual) / 2 - reward * total;
}

function inner(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i += 1) sum += x[i] * y[i];
  return sum;
}

/** The lower Cholesky factor, row by row; pivots below 1e-15 of their diagonal are raised to it. */
function cholesky(order: number, entry: (i: number, j: number) => number): Float64Array[] {
  const rows: Float64Array[] = [];
  for (let i = 0; i < order; i += 1) {
    const row = new Float64Array(i + 1);
    for (let j = 0; j <= i; j += 1) {
      let sum = entry(i, j);
      const other = j === i ? row : rows[j];
      for (let k = 0; k < j; k += 1) sum -= row[k] * other[k];
      if (j < i) row[j] = sum / other[j];
      else row[i] = Math.sqrt(Math.max(sum, 1e-15 * entry(i, i)));
    }
    rows.push(row);
  }
  return rows;
}

function substitute(factor: readonly Float64Array[], right: readonly number[]): number[] {
  const order = factor.length;
  const x = [...right];
  for (let i = 0; i < order; i += 1) {
    for (let k = 0; k < i; k += 1) x[i] -= factor[i][k] * x[k];
    x[i] /= factor[i][i];
  }
  for (let i = order - 1; i >= 0; i -= 1) {
    for (let k = i + 1; k < order; k += 1) x[i] -= factor[k][i] * x[k];
    x[i] /= factor[i][i];
  }
  return x;
}
