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
  const squares = columns.map((column) => inner(column, column));
  const fitted = columns.map((column) => inner(column, target));
  let active: number[] = [];
  let weights: number[] = [];

  const gram = (p: number, q: number): number =>
    p === q ? squares[p] * (1 + RIDGE) : inner(columns[p], columns[q]);

  const residualOf = (
    set: readonly number[],
    a: readonly number[],
    offset: Float64Array | null,
  ) => {
    const residual = new Float64Array(size);
    if (offset !== null) for (let i = 0; i < size; i += 1) residual[i] = -offset[i];
    for (let j = 0; j < set.length; j += 1) {
      const column = columns[set[j]];
      for (let i = 0; i < size; i += 1) residual[i] += a[j] * column[i];
    }
    return residual;
  };

  const gramCache = new Map<number, Map<number, number>>();
  const cachedGram = (p: number, q: number): number => {
    const low = Math.min(p, q);
    const high = Math.max(p, q);
    let row = gramCache.get(low);
    if (!row) gramCache.set(low, (row = new Map<number, number>()));
    let value = row.get(high);
    if (value === undefined) row.set(high, (value = gram(p, q)));
    return value;
  };

  const solveActive = (right: (p: number) => number): number[] => {
    const factor = cholesky(active.length, (i, j) => cachedGram(active[i], active[j]));
    return substitute(
      factor,
      active.map((p) => right(p)),
    );
  };

  return {
    fit(reward) {
      const tolerance = 1e-11;
      const limit = 30 * (size + 20);
      let converged = false;
      let residual = residualOf(active, weights, target);
      const settle = (): void => {
        for (;;) {
          const solution = solveActive((p) => fitted[p] + reward);
          if (solution.every((z) => z > 0)) {
            weights = solution;
            return;
          }
          let step = 1;
          for (let j = 0; j < solution.length; j += 1) {
            if (solution[j] <= 0) step = Math.min(step, weights[j] / (weights[j] - solution[j]));
          }
          const moved = weights.map((w, j) => w + step * (solution[j] - w));
          const largest = Math.max(...moved);
          const kept = moved.map((w, j) => solution[j] > 0 || w > 1e-14 * largest);
          // The blocking column itself always leaves, so that each round makes progress.
          if (kept.every(Boolean)) kept[smallestIndex(moved, solution)] = false;
          active = active.filter((_, j) => kept[j]);
          weights = moved.filter((_, j) => kept[j]);
          if (active.length === 0) return;
        }
      };
      if (active.length > 0) settle();
      residual = residualOf(active, weights, target);
      for (let round = 0; round < limit; round += 1) {
        let entering = -1;
        let steepest = 0;
        const member = new Set(active);
        const scale = Math.sqrt(inner(residual, residual));
        for (let p = 0; p < columns.length; p += 1) {
          if (member.has(p)) continue;
          const length = Math.sqrt(squares[p]);
          const gain = (reward - inner(columns[p], residual)) / length;
          if (gain > steepest && gain > tolerance * (scale + reward / length)) {
            steepest = gain;
            entering = p;
          }
        }
        if (entering < 0) {
          converged = true;
          break;
        }
        active = [...active, entering];
        weights = [...weights, 0];
        settle();
        residual = residualOf(active, weights, target);
      }
      return { active, weights, residual, converged };
    },
    residualParts() {
      const base = residualOf(
        active,
        solveActive((p) => fitted[p]),
        target,
      );
      const slope = residualOf(
        active,
        solveActive(() => 1),
        null,
      );
      return { base: inner(base, base), slope: inner(slope, slope) };
    },
  };
}

function smallestIndex(moved: readonly number[], solution: readonly number[]): number {
  let best = -1;
  for (let j = 0; j < moved.length; j += 1) {
    if (solution[j] <= 0 && (best < 0 || moved[j] < moved[best])) best = j;
  }
  return best;
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
