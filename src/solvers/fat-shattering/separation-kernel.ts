import { balanceTogether } from '../../math/index.js';

/**
 * The mean |w_1| of a uniform unit vector of R^d: m_1 = 1, m_2 = 2/π and m_d = m_{d−2}·(d−2)/(d−1), which is
 * Γ(d/2)/(√π·Γ((d+1)/2)).
 */
export function meanAbsoluteCoordinate(inputDim: number): number {
  let mean = inputDim % 2 === 1 ? 1 : 2 / Math.PI;
  for (let d = inputDim % 2 === 1 ? 3 : 4; d <= inputDim; d += 2) mean *= (d - 2) / (d - 1);
  return mean;
}

/**
 * E[v_i·v_j] for the dichotomy v of a random hyperplane w·x = b, w uniform on the unit sphere and b uniform on
 * [−R, R], R = max‖x_i‖: 1 − m_d·‖x_i − x_j‖/R (Crofton's formula), since it separates x_i from x_j with
 * probability E|w·(x_i − x_j)|/(2R).
 *
 * @param given points, shape (sampleSize, inputDim), not all at the origin; a common factor changes nothing
 */
export function separationKernel(given: readonly (readonly number[])[]): Float64Array[] {
  const points = balanceTogether(given).rows;
  const inputDim = points[0].length;
  const radius = Math.max(...points.map((point) => distance(point, [])));
  const factor = meanAbsoluteCoordinate(inputDim) / radius;
  return points.map((x) => Float64Array.from(points, (y) => 1 - factor * distance(x, y)));
}

/**
 * How many points, in their order, are surely shattered at norm `norm` (in the units of `shatteringNorm`), by an
 * eigenvalue instead of 2^n programs.
 *
 * Shattering costs at most `norm` exactly when max_v |⟨q, v⟩| ≥ 1/norm over dichotomies v for every signed
 * weight q with ‖q‖₁ = 1 (linear programming duality, all sign vectors together). A maximum is at least a mean
 * square: max_v ⟨q, v⟩² ≥ qᵀGq ≥ λ_min(G)·‖q‖₂² ≥ λ_min(G)/n, G the separation kernel. So
 * λ_min(G_n) ≥ n/norm² suffices; it fails for good once it fails, as eigenvalues of leading blocks interlace.
 * For well-spread points this gives n ~ norm^{2d/(d+1)}, the growth that discrepancy theory allows
 * [alexander1990].
 *
 * The eigenvalue is never computed: a Cholesky factorisation that runs through in floating point, of the matrix
 * lowered by more than all rounding errors, proves the inequality [rump2006].
 *
 * @param norm ≥ 1
 */
export function kernelShatteredCount(points: readonly (readonly number[])[], norm: number): number {
  const kernel = separationKernel(points);
  let holds = 0;
  let fails = points.length + 1;
  while (fails - holds > 1) {
    const n = Math.floor((holds + fails) / 2);
    if (exceeds(kernel, n, n / (norm * norm))) holds = n;
    else fails = n;
  }
  return holds;
}

/** Whether the leading n×n block surely has smallest eigenvalue ≥ bound. */
function exceeds(kernel: readonly Float64Array[], n: number, bound: number): boolean {
  // Entries carry a few rounding errors, at most 8 ε each, so n·8 ε in norm; the factorisation (n+2)·ε·trace.
  const rounding = n * (n + 10) * Number.EPSILON;
  const rows: Float64Array[] = [];
  for (let i = 0; i < n; i += 1) {
    const row = kernel[i].slice(0, i + 1);
    row[i] -= bound + rounding;
    for (let j = 0; j <= i; j += 1) {
      const other = j === i ? row : rows[j];
      let sum = row[j];
      for (let k = 0; k < j; k += 1) sum -= row[k] * other[k];
      if (j === i) {
        if (!(sum > 0)) return false;
        row[i] = Math.sqrt(sum);
      } else {
        row[j] = sum / other[j];
      }
    }
    rows.push(row);
  }
  return true;
}

/** ‖x − y‖, with y = 0 where it is empty. */
function distance(x: readonly number[], y: readonly number[]): number {
  let sum = 0;
  for (const [c, entry] of x.entries()) sum += (entry - (y[c] ?? 0)) ** 2;
  return Math.sqrt(sum);
}
