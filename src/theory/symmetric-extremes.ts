/** An eigenvalue with a unit eigenvector. */
export interface Eigenpair {
  readonly value: number;
  readonly vector: Float64Array;
}

/** The two ends of a symmetric matrix's spectrum. */
export interface SpectrumEnds {
  readonly smallest: Eigenpair;
  readonly largest: Eigenpair;
}

/**
 * The smallest and the largest eigenvalue of a symmetric matrix with eigenvectors: Householder
 * reduction to tridiagonal form, bisection with Sturm counts, inverse iteration (Golub and Van Loan
 * 2013, Matrix Computations, sections 8.3 and 8.4). The error of an eigenvalue is at most about
 * 10·order units in the last place of the largest |eigenvalue|.
 *
 * @param matrix row-major, shape (order, order); only its lower triangle is read
 * @throws RangeError when the length is not order²
 */
export function spectrumEnds(matrix: Float64Array, order: number): SpectrumEnds {
  if (matrix.length !== order * order || order < 1) {
    throw new RangeError(
      `spectrumEnds: matrix must have length ${order * order} (order²) and order ≥ 1, got ${matrix.length}`,
    );
  }
  const { diagonal, offDiagonal, reflectors } = tridiagonalise(matrix, order);
  const pair = (index: number): Eigenpair => {
    const value = bisect(diagonal, offDiagonal, index);
    const vector = tridiagonalVector(diagonal, offDiagonal, value);
    for (let c = reflectors.length - 1; c >= 0; c -= 1) reflect(vector, reflectors[c]);
    return { value, vector };
  };
  return { smallest: pair(0), largest: pair(order - 1) };
}

interface Tridiagonal {
  readonly diagonal: Float64Array;
  /** Length order − 1. */
  readonly offDiagonal: Float64Array;
  /** Unit vectors v of the reflections I − 2vvᵀ, in the order they were applied. */
  readonly reflectors: readonly Float64Array[];
}

function tridiagonalise(matrix: Float64Array, order: number): Tridiagonal {
  const a = Float64Array.from(matrix);
  for (let i = 0; i < order; i += 1) {
    for (let j = i + 1; j < order; j += 1) a[i * order + j] = a[j * order + i];
  }
  const reflectors: Float64Array[] = [];
  const p = new Float64Array(order);
  for (let c = 0; c < order - 2; c += 1) {
    const v = new Float64Array(order);
    let square = 0;
    for (let i = c + 1; i < order; i += 1) {
      v[i] = a[i * order + c];
      square += v[i] * v[i];
    }
    const length = Math.sqrt(square);
    if (length > 0) {
      v[c + 1] += v[c + 1] >= 0 ? length : -length;
      let norm = 0;
      for (let i = c + 1; i < order; i += 1) norm += v[i] * v[i];
      norm = Math.sqrt(norm);
      for (let i = c + 1; i < order; i += 1) v[i] /= norm;
      // A ← A − v wᵀ − w vᵀ with w = 2(Av − (vᵀAv)v).
      let inner = 0;
      for (let i = c; i < order; i += 1) {
        let sum = 0;
        for (let j = c + 1; j < order; j += 1) sum += a[i * order + j] * v[j];
        p[i] = sum;
        inner += sum * v[i];
      }
      for (let i = c; i < order; i += 1) p[i] = 2 * (p[i] - inner * v[i]);
      for (let i = c; i < order; i += 1) {
        for (let j = c; j < order; j += 1) a[i * order + j] -= v[i] * p[j] + p[i] * v[j];
      }
    }
    reflectors.push(v);
  }
  return {
    diagonal: Float64Array.from({ length: order }, (_, i) => a[i * order + i]),
    offDiagonal: Float64Array.from({ length: order - 1 }, (_, i) => a[(i + 1) * order + i]),
    reflectors,
  };
}

function reflect(x: Float64Array, v: Float64Array): void {
  let inner = 0;
  for (let i = 0; i < x.length; i += 1) inner += v[i] * x[i];
  for (let i = 0; i < x.length; i += 1) x[i] -= 2 * inner * v[i];
}

/** How many eigenvalues are below `shift`: the negative pivots of T − shift·I (Sylvester). */
function countBelow(diagonal: Float64Array, offDiagonal: Float64Array, shift: number): number {
  let count = 0;
  let pivot = 1;
  for (let i = 0; i < diagonal.length; i += 1) {
    const e = i === 0 ? 0 : offDiagonal[i - 1];
    pivot = diagonal[i] - shift - (e * e) / pivot;
    if (pivot === 0) pivot = -Number.MIN_VALUE * 2 ** 60;
    if (pivot < 0) count += 1;
  }
  return count;
}

/** Eigenvalue number `index` in increasing order, to the last bits of the largest |eigenvalue|. */
function bisect(diagonal: Float64Array, offDiagonal: Float64Array, index: number): number {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < diagonal.length; i += 1) {
    const radius = Math.abs(offDiagonal[i - 1] ?? 0) + Math.abs(offDiagonal[i] ?? 0);
    low = Math.min(low, diagonal[i] - radius);
    high = Math.max(high, diagonal[i] + radius);
  }
  for (let step = 0; step < 200; step += 1) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    if (countBelow(diagonal, offDiagonal, middle) > index) high = middle;
    else low = middle;
  }
  return low + (high - low) / 2;
}

/** A unit eigenvector of a tridiagonal matrix by inverse iteration with partial pivoting. */
function tridiagonalVector(
  diagonal: Float64Array,
  offDiagonal: Float64Array,
  value: number,
): Float64Array {
  const order = diagonal.length;
  let x = Float64Array.from({ length: order }, (_, i) => 1 + ((i * 7) % 5) / 10);
  let size = Math.abs(value);
  for (const entry of [...diagonal, ...offDiagonal]) size = Math.max(size, Math.abs(entry));
  const tiny = Math.max(size, 1e-270) * Number.EPSILON;
  for (let round = 0; round < 4; round += 1) {
    x = solveShifted(diagonal, offDiagonal, value, x, tiny);
    let norm = 0;
    for (const entry of x) norm = Math.max(norm, Math.abs(entry));
    let sum = 0;
    for (let i = 0; i < order; i += 1) {
      x[i] /= norm;
      sum += x[i] * x[i];
    }
    for (let i = 0; i < order; i += 1) x[i] /= Math.sqrt(sum);
  }
  return x;
}

/** Solves (T − value·I)x = b by Gaussian elimination with row exchanges; zero pivots become tiny. */
function solveShifted(
  diagonal: Float64Array,
  offDiagonal: Float64Array,
  value: number,
  b: Float64Array,
  tiny: number,
): Float64Array<ArrayBuffer> {
  const order = diagonal.length;
  const main = Float64Array.from(diagonal, (entry) => entry - value);
  const upper = Float64Array.from({ length: order }, (_, i) => offDiagonal[i] ?? 0);
  const second = new Float64Array(order);
  const x = Float64Array.from(b);
  for (let i = 0; i < order - 1; i += 1) {
    let below = offDiagonal[i];
    if (Math.abs(below) > Math.abs(main[i])) {
      [main[i], below] = [below, main[i]];
      [upper[i], main[i + 1]] = [main[i + 1], upper[i]];
      [second[i], upper[i + 1]] = [upper[i + 1], 0];
      [x[i], x[i + 1]] = [x[i + 1], x[i]];
    }
    if (main[i] === 0) main[i] = tiny;
    const factor = below / main[i];
    main[i + 1] -= factor * upper[i];
    upper[i + 1] -= factor * second[i];
    x[i + 1] -= factor * x[i];
  }
  if (Math.abs(main[order - 1]) < tiny) main[order - 1] = tiny;
  for (let i = order - 1; i >= 0; i -= 1) {
    const after = (upper[i] ?? 0) * (x[i + 1] ?? 0) + second[i] * (x[i + 2] ?? 0);
    x[i] = (x[i] - (i < order - 1 ? after : 0)) / main[i];
  }
  return x;
}
