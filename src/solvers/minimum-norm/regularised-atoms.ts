import { choleskyFactor } from '../../math/index.js';

/** A neuron of the regularised problem: sign·⟨u, x⟩ on the inputs of its pattern, u free in the span of its face. */
export interface FaceAtom {
  readonly sign: number;
  /** 1 where the input is active, else 0; shape (rows). */
  readonly pattern: readonly number[];
  /** Orthonormal rows that span the face: all of R^dim inside a cell, fewer on walls. */
  frame: number[][];
  u: number[];
}

/** Relative step towards a wall at which an atom is put on it. */
const AT_WALL = 1e-10;
const NEWTON_STEPS = 300;
const SMALLEST_RIDGE = 1e-15;
const LARGEST_RIDGE = 1e-3;

/**
 * Minimises ½‖y − Σ_c s_cA_cu_c‖² + βΣ‖u_c‖ over u_c in their faces by Newton's method: the Hessian is
 * AᵀA + βΣ(1 − ûûᵀ)/‖u‖. A step that leaves a face stops at its wall, which the atom then keeps to; atoms that reach 0
 * are dropped. Modifies `atoms`.
 *
 * @param inputs rows as given, (rows, dim)
 */
export function polishAtoms(
  atoms: FaceAtom[],
  inputs: readonly (readonly number[])[],
  labels: readonly number[],
  beta: number,
): void {
  // Share of the trace added to the Hessian: it is singular where kinks along ±w may be exchanged.
  let ridge = SMALLEST_RIDGE;
  for (let step = 0; step < NEWTON_STEPS; step += 1) {
    const largest = Math.max(0, ...atoms.map(({ u }) => Math.hypot(...u)));
    for (let c = atoms.length - 1; c >= 0; c -= 1) {
      if (Math.hypot(...atoms[c].u) <= 1e-13 * largest) atoms.splice(c, 1);
    }
    if (atoms.length === 0) return;
    const columns: number[][] = [];
    const owner: [c: number, k: number][] = [];
    for (const [c, { sign, pattern, frame }] of atoms.entries()) {
      for (const [k, row] of frame.entries()) {
        columns.push(inputs.map((x, i) => (pattern[i] === 0 ? 0 : sign * inner(x, row))));
        owner.push([c, k]);
      }
    }
    const misfit = misfitOf(atoms, inputs, labels);
    const lengths = atoms.map(({ u }) => Math.hypot(...u));
    const unit = atoms.map(({ u, frame }, c) => frame.map((row) => inner(row, u) / lengths[c]));
    const gradient = columns.map(
      (column, p) => beta * unit[owner[p][0]][owner[p][1]] - inner(column, misfit),
    );
    const hessian = columns.map((column, p) =>
      columns.map((other, q) => {
        const [c, k] = owner[p];
        const [e, l] = owner[q];
        const bend =
          c === e ? (beta / lengths[c]) * ((k === l ? 1 : 0) - unit[c][k] * unit[c][l]) : 0;
        return inner(column, other) + bend;
      }),
    );
    const move = solveDamped(hessian, gradient, ridge);
    const moves = atoms.map(({ u }) => u.map(() => 0));
    for (const [p, [c, k]] of owner.entries()) {
      for (let axis = 0; axis < moves[c].length; axis += 1) {
        moves[c][axis] -= move[p] * atoms[c].frame[k][axis];
      }
    }
    const decrease = gradient.reduce((sum, entry, p) => sum + entry * move[p], 0);
    const { length, blocked, wall } = longestStep(atoms, moves, inputs);
    const before = objectiveOf(atoms, inputs, labels, beta);
    let t = Math.min(1, length);
    const old = atoms.map(({ u }) => u);
    for (let halving = 0; halving < 40; halving += 1) {
      for (const [c, atom] of atoms.entries()) {
        atom.u = old[c].map((entry, axis) => entry + t * moves[c][axis]);
      }
      if (objectiveOf(atoms, inputs, labels, beta) <= before - 1e-4 * t * decrease) break;
      t /= 2;
    }
    if (blocked >= 0 && t >= length * (1 - AT_WALL)) keepToWall(atoms[blocked], inputs[wall]);
    else if (decrease <= 1e-26 * Math.max(before, 1e-300)) return;
    else if (t < 1e-3) {
      if (ridge >= LARGEST_RIDGE) return;
      ridge *= 1e3;
    } else ridge = Math.max(SMALLEST_RIDGE, ridge / 10);
  }
}

/** y − f(x). */
export function misfitOf(
  atoms: readonly FaceAtom[],
  inputs: readonly (readonly number[])[],
  labels: readonly number[],
): number[] {
  return labels.map((label, i) =>
    atoms.reduce(
      (sum, { sign, pattern, u }) => (pattern[i] === 0 ? sum : sum - sign * inner(inputs[i], u)),
      label,
    ),
  );
}

function objectiveOf(
  atoms: readonly FaceAtom[],
  inputs: readonly (readonly number[])[],
  labels: readonly number[],
  beta: number,
): number {
  const misfit = misfitOf(atoms, inputs, labels);
  const norm = atoms.reduce((sum, { u }) => sum + Math.hypot(...u), 0);
  return inner(misfit, misfit) / 2 + beta * norm;
}

/** Where along the moves some atom first reaches a wall of its face. */
function longestStep(
  atoms: readonly FaceAtom[],
  moves: readonly (readonly number[])[],
  inputs: readonly (readonly number[])[],
): { length: number; blocked: number; wall: number } {
  let length = Infinity;
  let blocked = -1;
  let wall = -1;
  for (const [c, { pattern, frame, u }] of atoms.entries()) {
    for (const [i, x] of inputs.entries()) {
      // Walls that the atom keeps to do not block.
      if (frame.every((row) => Math.abs(inner(row, x)) <= 1e-12 * Math.hypot(...x))) continue;
      const now = inner(x, u);
      const speed = inner(x, moves[c]);
      const towards = pattern[i] === 0 ? speed : -speed;
      if (towards <= 0) continue;
      const reach = Math.max(0, pattern[i] === 0 ? -now : now) / towards;
      if (reach < length) {
        length = reach;
        blocked = c;
        wall = i;
      }
    }
  }
  return { length, blocked, wall };
}

/** Restricts an atom to the directions of its face orthogonal to an input. */
function keepToWall(atom: FaceAtom, x: readonly number[]): void {
  const normal = atom.frame.map((row) => inner(row, x));
  const size = Math.hypot(...normal);
  const kept: number[][] = [normal.map((entry) => entry / size)];
  for (let k = 0; k < normal.length && kept.length < normal.length; k += 1) {
    let rest: number[] = normal.map((_, l) => (l === k ? 1 : 0));
    for (let pass = 0; pass < 2; pass += 1) {
      for (const row of kept) {
        const product = inner(row, rest);
        rest = rest.map((entry, l) => entry - product * row[l]);
      }
    }
    const left = Math.hypot(...rest);
    if (left > 1e-6) kept.push(rest.map((entry) => entry / left));
  }
  const frame = kept
    .slice(1)
    .map((row) =>
      atom.frame[0].map((_, axis) => row.reduce((s, e, l) => s + e * atom.frame[l][axis], 0)),
    );
  atom.u = atom.u.map((_, axis) =>
    frame.reduce((sum, row) => sum + inner(row, atom.u) * row[axis], 0),
  );
  atom.frame = frame;
}

/** From 1e-15 of the trace to 1e15 times it: then the matrix is no matrix of numbers. */
const MOST_RIDGES = 16;

/** Solves with a ridge that grows until Cholesky's factorisation exists; no move at all where none does. */
function solveDamped(
  matrix: readonly (readonly number[])[],
  right: readonly number[],
  share: number,
): number[] {
  const trace = matrix.reduce((sum, row, k) => sum + row[k], 0);
  let ridge = share * trace;
  for (let attempt = 0; attempt < MOST_RIDGES; attempt += 1) {
    const shifted = matrix.map((row, k) =>
      row.map((entry, l) => (k === l ? entry + ridge : entry)),
    );
    const factor = choleskyFactor(shifted);
    if (factor !== null) return substitute(factor, right);
    ridge *= 100;
  }
  return right.map(() => 0);
}

function substitute(factor: readonly (readonly number[])[], right: readonly number[]): number[] {
  const x = [...right];
  for (let k = 0; k < x.length; k += 1) {
    for (let l = 0; l < k; l += 1) x[k] -= factor[k][l] * x[l];
    x[k] /= factor[k][k];
  }
  for (let k = x.length - 1; k >= 0; k -= 1) {
    for (let l = k + 1; l < x.length; l += 1) x[k] -= factor[l][k] * x[l];
    x[k] /= factor[k][k];
  }
  return x;
}

function inner(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let k = 0; k < a.length; k += 1) sum += a[k] * b[k];
  return sum;
}
