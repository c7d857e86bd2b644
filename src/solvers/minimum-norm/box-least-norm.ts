/**
 * min ‖v + Σ c_i x_i‖ over boxes l_i ≤ c_i ≤ u_i, by the active-set method for least squares with bounds (Stark and Parker
 * 1995): free coefficients solve their least-squares problem, the others sit at a bound. Ends of boxes may be infinite, not
 * both. What is returned need not be the minimum: any c in its box bounds it from above, and callers use no more.
 */
export interface BoxLeastNorm {
  /** From the coefficients in `coefficients`, each in its box, at a bound or between; leaves the residual in `residual`. */
  minimise(lower: Float64Array, upper: Float64Array, coefficients: Float64Array): void;
  /** v + Σ c_i x_i, shape (dim). */
  readonly residual: Float64Array;
}

/** Columns that keep less than this off the span of the free ones are not freed. */
const DEPENDENT = 1e-9;
/** A slope of this share of ‖r‖ is 0: it would lower the norm by its square. */
const FLAT = 1e-13;

/** @param inputs unit vectors, (size, dim) */
export function boxLeastNorm(inputs: Float64Array, size: number, dim: number): BoxLeastNorm {
  const residual = new Float64Array(dim);
  const frame = new Float64Array(dim * dim);
  /** R of the free columns: entry (row, column) at column·dim + row. */
  const upperFactor = new Float64Array(dim * dim);
  const step = new Float64Array(dim);
  const free = new Int32Array(dim);
  const isFree = new Uint8Array(size);
  const barred = new Uint8Array(size);
  let count = 0;

  function computeResidual(coefficients: Float64Array): void {
    residual.fill(0);
    for (let i = 0; i < size; i += 1) {
      const c = coefficients[i];
      if (c === 0) continue;
      for (let k = 0; k < dim; k += 1) residual[k] += c * inputs[i * dim + k];
    }
  }

  /** Orthonormalises free column `at`; false when it depends on those before. */
  function factor(at: number): boolean {
    const row = at * dim;
    const input = free[at] * dim;
    for (let k = 0; k < dim; k += 1) {
      frame[row + k] = inputs[input + k];
      upperFactor[row + k] = 0;
    }
    for (let pass = 0; pass < 2; pass += 1) {
      for (let r = 0; r < at; r += 1) {
        let product = 0;
        for (let k = 0; k < dim; k += 1) product += frame[r * dim + k] * frame[row + k];
        upperFactor[row + r] += product;
        for (let k = 0; k < dim; k += 1) frame[row + k] -= product * frame[r * dim + k];
      }
    }
    let square = 0;
    for (let k = 0; k < dim; k += 1) square += frame[row + k] ** 2;
    const length = Math.sqrt(square);
    if (length < DEPENDENT) return false;
    for (let k = 0; k < dim; k += 1) frame[row + k] /= length;
    upperFactor[row + at] = length;
    return true;
  }

  /** step ← what the free coefficients still have to move. */
  function solve(): void {
    for (let r = 0; r < count; r += 1) {
      let product = 0;
      for (let k = 0; k < dim; k += 1) product -= frame[r * dim + k] * residual[k];
      step[r] = product;
    }
    for (let r = count - 1; r >= 0; r -= 1) {
      let value = step[r];
      for (let c = r + 1; c < count; c += 1) value -= upperFactor[c * dim + r] * step[c];
      step[r] = value / upperFactor[r * dim + r];
    }
  }

  function release(at: number): void {
    isFree[free[at]] = 0;
    for (let c = at; c + 1 < count; c += 1) free[c] = free[c + 1];
    count -= 1;
    for (let c = at; c < count; c += 1) factor(c);
  }

  /** Moves the free coefficients to their optimum or, step by step, to bounds on the way. */
  function settle(lower: Float64Array, upper: Float64Array, coefficients: Float64Array): void {
    for (let round = 0; count > 0 && round <= 2 * dim; round += 1) {
      computeResidual(coefficients);
      solve();
      let share = 1;
      let blocked = -1;
      for (let f = 0; f < count; f += 1) {
        const i = free[f];
        const target = coefficients[i] + step[f];
        const room = target < lower[i] ? lower[i] : target > upper[i] ? upper[i] : target;
        if (room === target) continue;
        const part = (room - coefficients[i]) / step[f];
        if (part < share) {
          share = part;
          blocked = f;
        }
      }
      for (let f = 0; f < count; f += 1) {
        const i = free[f];
        const moved = coefficients[i] + Math.max(0, share) * step[f];
        coefficients[i] = Math.min(upper[i], Math.max(lower[i], moved));
      }
      if (blocked < 0) {
        // The second solution of the same system takes the rounding of the first.
        if (round > 0) break;
        continue;
      }
      const i = free[blocked];
      coefficients[i] = step[blocked] < 0 ? lower[i] : upper[i];
      release(blocked);
    }
    computeResidual(coefficients);
  }

  return {
    residual,
    minimise(lower, upper, coefficients) {
      count = 0;
      isFree.fill(0);
      barred.fill(0);
      computeResidual(coefficients);
      for (let round = 0; round < 4 * (size + dim); round += 1) {
        let square = 0;
        for (let k = 0; k < dim; k += 1) square += residual[k] ** 2;
        const flat = FLAT * Math.sqrt(square);
        let steepest = -1;
        let most = flat;
        // dim free columns span everything.
        const candidates = count < dim ? size : 0;
        for (let i = 0; i < candidates; i += 1) {
          if (isFree[i] === 1 || barred[i] === 1 || lower[i] === upper[i]) continue;
          let slope = 0;
          for (let k = 0; k < dim; k += 1) slope += residual[k] * inputs[i * dim + k];
          const useful = slope < 0 ? coefficients[i] < upper[i] : coefficients[i] > lower[i];
          if (useful && Math.abs(slope) > most) {
            most = Math.abs(slope);
            steepest = i;
          }
        }
        if (steepest < 0) return;
        free[count] = steepest;
        if (!factor(count)) {
          barred[steepest] = 1;
          continue;
        }
        isFree[steepest] = 1;
        count += 1;
        settle(lower, upper, coefficients);
        let after = 0;
        for (let k = 0; k < dim; k += 1) after += residual[k] ** 2;
        // Progress ends at rounding: what went in and out without any is left alone.
        if (!(after < square * (1 - 1e-15))) barred[steepest] = 1;
        else barred.fill(0);
      }
    },
  };
}
