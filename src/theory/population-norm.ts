import { addScaled, dot, norm, scale } from '../math/index.js';
import type { Vector } from '../model/index.js';
import type { TeacherLine } from './sectors-teacher.js';

/** The smallest norm of a network that equals a teacher everywhere, enclosed, with a network that has it. */
export interface PopulationMinimum {
  /** No network of any width that equals the teacher has a smaller Σ|a_j|‖b_j‖, up to rounding. */
  readonly lower: number;
  readonly upper: number;
  /** o_l: the odd part of the mass on each line in the minimiser found. */
  readonly odd: Vector;
  /** q − Σo_lu_l: the linear function that pairs of neurons off the lines carry, at the cost of twice its length. */
  readonly residual: Vector;
}

const SWEEPS = 4000;

/**
 * The population program of a two-layer ReLU network, over all widths.
 *
 * On distinct lines u_l write μ(±u_l) = e_l ± o_l, so f(x) = Σe_l|⟨u_l, x⟩| + ⟨Σo_lu_l, x⟩. The functions
 * |⟨u, x⟩| of distinct lines are linearly independent modulo linear ones (d ≥ 2: their kinks differ), so any network that
 * equals f has these e_l, and even part 0 off the lines, where it only adds a linear function r at the cost 2‖r‖.
 * Hence the minimum is min_o 2Σmax(|e_l|, |o_l|) + 2‖q − Σo_lu_l‖ with q the linear part of f. Moving o_l outside
 * [−|e_l|, |e_l|] never gains more than it costs, so this is 2Σ|e_l| + 2·dist(q, Z) with the zonotope
 * Z = {Σo_lu_l : |o_l| ≤ |e_l|}: a projection, found by cyclic coordinate descent and bounded below by its separating
 * direction v = r/‖r‖, 2⟨v, q⟩ − 2Σ|e_l||⟨v, u_l⟩|. For a teacher with one neuron on each line q is in Z and the minimum
 * is Σ‖a_kb_k‖ ([song2022], Proposition 4.2).
 */
export function populationMinimum(lines: readonly TeacherLine[]): PopulationMinimum {
  const even = lines.map(({ along, against }) => (along + against) / 2);
  const start = lines.map(({ along, against }) => (along - against) / 2);
  let linear = scale(0, lines[0].direction);
  for (const [l, { direction }] of lines.entries()) linear = addScaled(linear, start[l], direction);
  const odd = start.map((o, l) => clamp(o, Math.abs(even[l])));
  let residual = residualOf(linear, lines, odd);
  for (let sweep = 0; sweep < SWEEPS && norm(residual) > 0; sweep += 1) {
    let moved = 0;
    for (const [l, { direction }] of lines.entries()) {
      const next = clamp(odd[l] + dot(residual, direction), Math.abs(even[l]));
      residual = addScaled(residual, odd[l] - next, direction);
      moved = Math.max(moved, Math.abs(next - odd[l]));
      odd[l] = next;
    }
    if (moved < 1e-16) break;
  }
  residual = residualOf(linear, lines, odd);
  const length = norm(residual);
  const base = 2 * even.reduce((sum, e) => sum + Math.abs(e), 0);
  let distance = 0;
  if (length > 0) {
    const separating = scale(1 / length, residual);
    distance = dot(separating, linear);
    for (const [l, { direction }] of lines.entries()) {
      distance -= Math.abs(even[l] * dot(separating, direction));
    }
  }
  return { lower: base + 2 * Math.max(0, distance), upper: base + 2 * length, odd, residual };
}

function residualOf(linear: Vector, lines: readonly TeacherLine[], odd: Vector): number[] {
  let rest = [...linear];
  for (const [l, { direction }] of lines.entries()) rest = addScaled(rest, -odd[l], direction);
  return rest;
}

function clamp(value: number, bound: number): number {
  return Math.max(-bound, Math.min(bound, value));
}
