import type { Entering } from './entering-column.js';
import { addMultiple, rowProduct } from './row-products.js';

/**
 * Primal simplex over signed atoms with an explicit inverse:
 * minimise Σ_j c_j·a_j, a ≥ 0, over columns s_jσ(⟨w_j, x_i⟩), s_j = ±1, so that Σ_j a_j·column_j = y.
 * Every basis is feasible after choosing signs, so no first phase is needed; the start is artificial columns ±e_i
 * of a cost above every |λ_i| that matters. All arrays have the stated length and are reused between pivots.
 */
export interface SignedSimplex {
  readonly size: number;
  /** Coordinates of a direction. */
  readonly dim: number;
  /** B⁻¹, row-major (size, size): row j belongs to basic position j; of the unsigned columns. */
  readonly inverse: Float64Array;
  /** B, column after column, unsigned: entry i of position j at j·size + i. */
  readonly columns: Float64Array;
  /** Entry i of column j is patterns[j·size + i]·⟨w_j, x_i⟩. */
  readonly patterns: Float64Array;
  /** Unit directions, (size, dim); zeros where an artificial column is basic. */
  readonly directions: Float64Array;
  /** +1 or −1. */
  readonly signs: Float64Array;
  /** Key of the face of the arrangement that holds the direction (see `fillColumn`), −1 for artificial columns. */
  readonly faces: Float64Array;
  /** Inputs orthogonal to the direction because it lies on their hyperplanes: (size, 2), −1 for none. */
  readonly walls: Int32Array;
  /** Signed masses of the (perturbed) labels: signs[j]·masses[j] ≥ 0. */
  readonly masses: Float64Array;
  /** λ with B^Tλ = cost·sign. */
  readonly dual: Float64Array;
  /** Cost of artificial columns. */
  artificialCost: number;
  /** Basic artificial columns. */
  artificials: number;
  pivots: number;
  /** B⁻¹·(entering column); then scratch. */
  readonly step: Float64Array;
}

export function createSimplex(size: number, dim: number): SignedSimplex {
  return {
    size,
    dim,
    inverse: new Float64Array(size * size),
    columns: new Float64Array(size * size),
    patterns: new Float64Array(size * size),
    directions: new Float64Array(size * dim),
    signs: new Float64Array(size),
    faces: new Float64Array(size),
    walls: new Int32Array(2 * size),
    masses: new Float64Array(size),
    dual: new Float64Array(size),
    artificialCost: 0,
    artificials: 0,
    pivots: 0,
    step: new Float64Array(size),
  };
}

/** Starts from the artificial basis ±e_i with the given cost. */
export function startSimplex(
  simplex: SignedSimplex,
  labels: Float64Array,
  artificialCost: number,
): void {
  const { size, inverse, columns, directions, signs, faces, masses, dual } = simplex;
  inverse.fill(0);
  columns.fill(0);
  directions.fill(0);
  for (let i = 0; i < size; i += 1) {
    inverse[i * size + i] = 1;
    columns[i * size + i] = 1;
    signs[i] = labels[i] < 0 ? -1 : 1;
    faces[i] = -1;
    masses[i] = labels[i];
    dual[i] = signs[i] * artificialCost;
  }
  simplex.artificialCost = artificialCost;
  simplex.artificials = size;
  simplex.pivots = 0;
}

/** A step entry below this share of the largest is rounding: dividing by it would destroy the inverse. */
const SMALLEST_PIVOT = 1e-9;

/**
 * Brings a column into the basis.
 *
 * @param value g(w) = λ·column; |value| > 1
 * @returns false when no pivot is safe (the step is rounding)
 */
export function enterColumn(simplex: SignedSimplex, entering: Entering, value: number): boolean {
  const { size, signs, masses, step } = simplex;
  const sign = value < 0 ? -1 : 1;
  const largest = computeStep(simplex, entering.column);
  const tolerance = SMALLEST_PIVOT * largest;
  // Two passes (Harris): among the rows that block within rounding, the largest pivot.
  let bound = Infinity;
  for (let j = 0; j < size; j += 1) {
    const speed = sign * signs[j] * step[j];
    if (speed <= tolerance) continue;
    const mass = signs[j] * masses[j];
    const reach = ((mass > 0 ? mass : 0) + 1e-13) / speed;
    if (reach < bound) bound = reach;
  }
  let leaving = -1;
  let pivot = 0;
  for (let j = 0; j < size; j += 1) {
    const speed = sign * signs[j] * step[j];
    if (speed <= tolerance) continue;
    if (signs[j] * masses[j] <= bound * speed && speed > pivot) {
      leaving = j;
      pivot = speed;
    }
  }
  if (leaving < 0) return false;
  exchange(simplex, leaving, entering, sign, sign - value);
  return true;
}

/** step = B⁻¹·column; returns its largest entry in absolute value. */
function computeStep({ size, inverse, step }: SignedSimplex, column: Float64Array): number {
  let largest = 0;
  for (let j = 0, row = 0; j < size; j += 1, row += size) {
    const sum = rowProduct(inverse, row, column, 0, size);
    step[j] = sum;
    const magnitude = sum < 0 ? -sum : sum;
    if (magnitude > largest) largest = magnitude;
  }
  return largest;
}

/** Replaces position `leaving` by the column whose step is in hand; λ moves by `shift` on its reduced cost. */
function exchange(
  simplex: SignedSimplex,
  leaving: number,
  { column, pattern, direction, walls, face }: Entering,
  sign: number,
  shift: number,
): void {
  const { size, dim, inverse, columns, patterns, directions, signs, faces, masses, dual, step } =
    simplex;
  const base = leaving * size;
  const factor = 1 / step[leaving];
  const length = masses[leaving] * factor;
  for (let i = 0; i < size; i += 1) inverse[base + i] *= factor;
  for (let j = 0, row = 0; j < size; j += 1, row += size) {
    if (j === leaving) continue;
    const amount = step[j];
    if (amount === 0) continue;
    masses[j] -= amount * length;
    addMultiple(inverse, row, -amount, inverse, base, size);
  }
  masses[leaving] = length;
  for (let i = 0; i < size; i += 1) dual[i] += shift * inverse[base + i];
  if (faces[leaving] === -1) simplex.artificials -= 1;
  for (let i = 0; i < size; i += 1) {
    columns[base + i] = column[i];
    patterns[base + i] = pattern[i];
  }
  for (let k = 0; k < dim; k += 1) directions[leaving * dim + k] = direction[k];
  simplex.walls[2 * leaving] = walls[0];
  simplex.walls[2 * leaving + 1] = walls[1];
  signs[leaving] = sign;
  faces[leaving] = face;
  simplex.pivots += 1;
}

/** Face key of the free columns x_·k of the even problem: they cost nothing and never leave. */
export const FREE_FACE = -2;

/**
 * Brings the dim linear columns x_·k of the even problem into an artificial basis, each where its pivot is largest,
 * and signs the artificial columns anew.
 */
export function enterLinearColumns(
  simplex: SignedSimplex,
  entering: Entering,
  inputs: Float64Array,
): void {
  const { size, dim } = simplex;
  for (let k = 0; k < dim; k += 1) {
    for (let i = 0; i < size; i += 1) entering.column[i] = inputs[i * dim + k];
    entering.pattern.fill(1);
    entering.direction.fill(0);
    entering.direction[k] = 1;
    entering.walls.fill(-1);
    entering.face = FREE_FACE;
    exchange(simplex, largestArtificial(simplex, entering), entering, 0, 0);
  }
  settleSigns(simplex);
}

/** The artificial position with the largest step of the column; −1 where there is none. */
function largestArtificial(simplex: SignedSimplex, entering: Entering): number {
  const { size, faces, step } = simplex;
  computeStep(simplex, entering.column);
  let leaving = -1;
  for (let j = 0; j < size; j += 1) {
    if (faces[j] !== -1) continue;
    if (leaving < 0 || Math.abs(step[j]) > Math.abs(step[leaving])) leaving = j;
  }
  return leaving;
}

/**
 * Brings a column into an artificial basis where its pivot is largest, whatever that does to signs: `settleSigns` must
 * follow. Columns whose pivot is below `least`, nearly in the span of those before, are left out.
 */
export function crashColumn(simplex: SignedSimplex, entering: Entering, least: number): void {
  const leaving = largestArtificial(simplex, entering);
  if (leaving < 0 || Math.abs(simplex.step[leaving]) < least) return;
  exchange(simplex, leaving, entering, 1, 0);
}

/** Starts from the basis in hand with other labels: atoms whose mass changes its sign change theirs. */
export function restart(simplex: SignedSimplex, labels: Float64Array): void {
  const { size, inverse, masses } = simplex;
  for (let j = 0; j < size; j += 1) masses[j] = rowProduct(inverse, j * size, labels, 0, size);
  simplex.pivots = 0;
  settleSigns(simplex);
}

/** Signs of all atoms from their masses, and λ anew. */
export function settleSigns(simplex: SignedSimplex): void {
  const { size, faces, signs, masses } = simplex;
  for (let j = 0; j < size; j += 1) if (faces[j] >= -1) signs[j] = masses[j] < 0 ? -1 : 1;
  recomputeDual(simplex);
}

/** λ = B^{-T}(cost·sign), anew from the inverse. */
export function recomputeDual(simplex: SignedSimplex): void {
  const { size, inverse, signs, faces, dual, artificialCost } = simplex;
  dual.fill(0);
  for (let j = 0, row = 0; j < size; j += 1, row += size) {
    const cost = (faces[j] === -1 ? artificialCost : 1) * signs[j];
    for (let i = 0; i < size; i += 1) dual[i] += cost * inverse[row + i];
  }
}

/**
 * Inverts B anew by Gauss–Jordan elimination with row pivoting.
 *
 * @returns false when a pivot vanishes; the inverse is then unusable
 */
export function refactor(
  { size, inverse, columns }: Pick<SignedSimplex, 'size' | 'inverse' | 'columns'>,
  scratch: Float64Array,
): boolean {
  // scratch holds B row-major; the same row operations turn it into 1 and the identity into B⁻¹.
  for (let j = 0; j < size; j += 1) {
    for (let i = 0; i < size; i += 1) scratch[i * size + j] = columns[j * size + i];
  }
  inverse.fill(0);
  for (let i = 0; i < size; i += 1) inverse[i * size + i] = 1;
  for (let k = 0; k < size; k += 1) {
    let best = k;
    for (let i = k + 1; i < size; i += 1) {
      if (Math.abs(scratch[i * size + k]) > Math.abs(scratch[best * size + k])) best = i;
    }
    const pivot = scratch[best * size + k];
    if (Math.abs(pivot) < 1e-14) return false;
    const row = k * size;
    if (best !== k) {
      const other = best * size;
      for (let i = 0; i < size; i += 1) {
        const a = scratch[row + i];
        scratch[row + i] = scratch[other + i];
        scratch[other + i] = a;
        const b = inverse[row + i];
        inverse[row + i] = inverse[other + i];
        inverse[other + i] = b;
      }
    }
    const factor = 1 / pivot;
    for (let i = k; i < size; i += 1) scratch[row + i] *= factor;
    for (let i = 0; i < size; i += 1) inverse[row + i] *= factor;
    for (let j = 0; j < size; j += 1) {
      const amount = scratch[j * size + k];
      if (j === k || amount === 0) continue;
      const target = j * size;
      addMultiple(scratch, target + k, -amount, scratch, row + k, size - k);
      addMultiple(inverse, target, -amount, inverse, row, size);
    }
  }
  return true;
}
