import { addScaled, dot, norm, scale, timesPowerOfTwo } from '../../math/index.js';
import type { Vector } from '../../model/index.js';
import { solveLinearProgram } from '../linear-program.js';
import type { LinearConstraint } from '../linear-program.js';
import type { Atom } from './interpolant.js';
import { generateColumns } from './column-generation.js';
import { compensatedDot } from './compensated-dot.js';
import { programColumn } from './interpolant.js';
import type { InterpolationProblem, UnitProblem } from './interpolation-problem.js';
import { inFrame, outOfFrame, prepareProblem } from './interpolation-problem.js';
import type { PricedDirection } from './pricing.js';
import { priceDirections } from './pricing.js';
import { aroundLines, sphereStart } from './reference-rows.js';

/** Whether a given interpolant has the smallest norm, and whether it alone has. */
export interface ReferenceDecision {
  /**
   * 'optimal': `dual` proves that no interpolant has a smaller norm, up to `lower`;
   * 'beaten': `atoms` interpolates with norm `upper` below the reference's;
   * 'undecided': neither was found.
   */
  readonly status: 'optimal' | 'beaten' | 'undecided';
  readonly reason: string;
  readonly lower: number;
  readonly upper: number;
  readonly atoms: readonly Atom[];
  readonly residual: number;
  readonly dual: Vector;
  /**
   * The largest |g|/max(1, max |g|) farther than 2·√(2·tolerance) from the reference's lines; below 1 no optimum
   * has mass there.
   */
  readonly largestElsewhere: number;
  readonly rounds: number;
}

export interface ReferenceOptions {
  /** Default 40. */
  readonly maxRounds?: number;
  /** Rows added in each round. Default 24. */
  readonly rowsPerRound?: number;
  /** 'beaten' needs an improvement by this share of the reference's norm. Default 1e-6. */
  readonly improvement?: number;
  /** A lower bound within this share of the reference's norm proves it optimal. Default 1e-9. */
  readonly tolerance?: number;
  /** λ to try first, one entry per row of the inputs as given. */
  readonly dual?: Vector;
}

type Examined = ReferenceDecision & { readonly violated?: readonly PricedDirection[] };

/** Rounds of column generation spent, attempt by attempt, on the smaller interpolant that must exist. */
const IMPROVEMENT_ROUNDS: readonly number[] = [8, 20, 40];

/** No dual is strict by more than half of sin² near a neuron inside a cell, where 1 − |g| = 1 − cos. */
const LARGEST_SLACK = 0.5;
/**
 * Around a neuron g is a cosine: where a dual is known up to a relative gap τ, contacts within the angle
 * 2·√(2τ) of a neuron cannot be told from it.
 */
function shoulder(tolerance: number): number {
  return 2 * Math.sqrt(2 * Math.max(1e-9, tolerance));
}

/**
 * Decides whether an interpolant has the smallest norm by a linear program over its dual certificates:
 * maximise t subject to g(u_l) = sign of the mass at each of its directions u_l (with the gradient u_l
 * has there) and |g(w)| ≤ 1 − t·ψ(w), ψ(w) = min_l(1 − ⟨w, u_l⟩²), for the directions w priced so far.
 *
 * A λ with |g| ≤ 1 everywhere proves optimality, whatever produced it; where |g| < 1 away from ±u_l no other
 * direction carries mass at an optimum. When even the priced directions admit no t ≥ 0, they carry an
 * interpolant of smaller norm, which is returned. Maximising the slack keeps λ inside the set of certificates,
 * where cutting planes converge; the vertices that plain column generation visits sit on its boundary.
 *
 * @param reference an interpolant; its unit directions are distinct and its masses are not 0
 * @throws RangeError when shapes do not fit
 */
export async function decideReference(
  problem: InterpolationProblem,
  reference: readonly Atom[],
  options: ReferenceOptions = {},
): Promise<ReferenceDecision> {
  const prepared = prepareProblem(problem);
  const size = reference.reduce((sum, { mass }) => sum + Math.abs(mass), 0);
  if (prepared.status !== 'ready') {
    const beaten = prepared.status === 'zero' && size > 0;
    return {
      ...UNDECIDED,
      status: beaten ? 'beaten' : 'undecided',
      reason: beaten
        ? 'every label is 0'
        : prepared.status === 'zero'
          ? 'nothing interpolates'
          : prepared.reason,
      upper: beaten ? 0 : Infinity,
      dual: problem.inputs.map(() => 0),
    };
  }
  const { rowExponents, labelExponent } = prepared.balanced;
  const down = (value: number): number => timesPowerOfTwo(value, -labelExponent);
  const up = (value: number): number => timesPowerOfTwo(value, labelExponent);
  const scaled = reference.map(({ direction, mass }) => ({ direction, mass: down(mass) }));
  const { violated: _, ...decision }: Examined = await decide(prepared, scaled, down(size), {
    ...options,
    ...(options.dual === undefined
      ? {}
      : { dual: options.dual.map((entry, i) => timesPowerOfTwo(entry, rowExponents[i])) }),
  });
  const dual = problem.inputs.map(() => 0);
  for (const [k, row] of prepared.rows.entries()) {
    dual[row] = timesPowerOfTwo(decision.dual[k] * prepared.factors[k], -rowExponents[row]);
  }
  const atoms = decision.atoms.map(({ direction, mass }) => ({
    direction: outOfFrame(prepared.frame, direction),
    mass: up(mass),
  }));
  const { lower, upper, residual } = decision;
  return { ...decision, lower: up(lower), upper: up(upper), residual: up(residual), dual, atoms };
}

const UNDECIDED: ReferenceDecision = {
  status: 'undecided',
  reason: '',
  lower: 0,
  upper: Infinity,
  atoms: [],
  residual: 0,
  dual: [],
  largestElsewhere: Infinity,
  rounds: 0,
};

async function decide(
  prepared: UnitProblem,
  reference: readonly Atom[],
  size: number,
  options: ReferenceOptions,
): Promise<Examined> {
  const { inputs, frame } = prepared;
  const { maxRounds = 40, rowsPerRound = 24, improvement = 1e-6, tolerance = 1e-9 } = options;
  const inside = reference.map(({ direction, mass }) => ({
    direction: frame === null ? direction : inFrame(frame, direction),
    mass,
  }));
  let best: Examined = { ...UNDECIDED, dual: inputs.map(() => 0), upper: size };
  if (frame !== null && inside.some(({ direction }) => norm(direction) < 1 - improvement)) {
    // Off the span of the inputs a neuron is longer than its projection, which does the same.
    const shorter = inside.filter(({ direction }) => norm(direction) > 0);
    const atoms = shorter.map(({ direction, mass }) => ({
      direction: scale(1 / norm(direction), direction),
      mass: mass * norm(direction),
    }));
    const upper = atoms.reduce((sum, { mass }) => sum + Math.abs(mass), 0);
    if (upper < size * (1 - improvement)) {
      return {
        ...best,
        status: 'beaten',
        reason: 'projected on the span of the inputs',
        upper,
        atoms,
      };
    }
  }
  const lines = inside.map(({ direction }) => scale(1 / norm(direction), direction));
  if (options.dual) {
    const { rows, factors } = prepared;
    const given = rows.map((row, k) => (options.dual ?? [])[row] / factors[k]);
    best = examine(prepared, lines, given, size, best, tolerance);
    if (best.status === 'optimal') return { ...best, reason: 'the given dual proves it' };
  }
  const signs = inside.map(({ mass }) => Math.sign(mass));
  const fixed = tangencies(inputs, lines, signs);
  const directions: Vector[] = sphereStart(inputs);
  const rows = directions.flatMap((w) => slackRows(inputs, lines, w));
  let attempts = 0;
  for (let round = 1; round <= maxRounds; round += 1) {
    best = { ...best, rounds: round };
    const solution = await solveLinearProgram({
      objective: [...inputs.map(() => 0), 1],
      maximise: true,
      constraints: [...fixed, ...rows],
      variables: [
        ...inputs.map(() => ({ lower: -Infinity, upper: Infinity })),
        { lower: -4, upper: LARGEST_SLACK },
      ],
    });
    const slack = solution.status === 'optimal' ? solution.primal[inputs.length] : -Infinity;
    if (slack < 0 && attempts < IMPROVEMENT_ROUNDS.length) {
      const start = [...lines, ...aroundLines(lines), ...directions];
      const better = await generateColumns(
        { ...prepared, frame: null },
        { start, maxRounds: IMPROVEMENT_ROUNDS[attempts], enough: size * (1 - improvement) },
      );
      attempts += 1;
      if (better.upper < size * (1 - improvement)) {
        const { upper, residual, atoms } = better;
        return {
          ...best,
          status: 'beaten',
          reason: 'a smaller interpolant',
          upper,
          residual,
          atoms,
        };
      }
    }
    if (solution.status !== 'optimal') return { ...best, reason: solution.message };
    const dual = solution.primal.slice(0, inputs.length);
    best = examine(prepared, lines, dual, size, best, tolerance);
    if (best.status === 'optimal') return best;
    const added = newRows(best.violated, rowsPerRound);
    if (added.length === 0) return { ...best, reason: 'no direction is left to add' };
    directions.push(...added);
    rows.push(...added.flatMap((w) => slackRows(inputs, lines, w)));
  }
  return { ...best, reason: `undecided after ${maxRounds} rounds` };
}

/** Prices a λ: keeps it when it proves more than the one before. */
function examine(
  { inputs, labels }: UnitProblem,
  lines: readonly Vector[],
  dual: Vector,
  size: number,
  before: Examined,
  tolerance: number,
): Examined {
  const pricing = priceDirections(inputs, dual, 0.5, true);
  const violated = pricing.candidates;
  if (!pricing.exact) return { ...before, violated };
  const { high, low } = compensatedDot(dual, labels);
  const lower = (high + low - pricing.rounding) / Math.max(1, pricing.largest + pricing.rounding);
  let largestElsewhere = 0;
  for (const { direction, value: g } of pricing.candidates) {
    if (lineDistance(lines, direction) > shoulder(tolerance)) {
      largestElsewhere = Math.max(largestElsewhere, Math.abs(g) / Math.max(1, pricing.largest));
    }
  }
  if (lower < before.lower) return { ...before, violated };
  return {
    ...before,
    status: lower >= size * (1 - tolerance) ? 'optimal' : 'undecided',
    reason:
      lower >= size * (1 - tolerance)
        ? 'a dual proves it'
        : `the best dual proves only ${(lower / size).toPrecision(9)} of the reference’s norm`,
    lower,
    dual,
    largestElsewhere,
    violated,
  };
}

/** Sine of the angle to the nearest line. */
function lineDistance(lines: readonly Vector[], direction: Vector): number {
  let nearest = Infinity;
  for (const line of lines) {
    nearest = Math.min(nearest, norm(addScaled(direction, -dot(line, direction), line)));
  }
  return nearest;
}

/** g(u_l) = s_l and, where no input is orthogonal to u_l so that g is smooth there, ∇g(u_l) = s_l·u_l. */
function tangencies(
  inputs: readonly Vector[],
  lines: readonly Vector[],
  signs: readonly number[],
): LinearConstraint[] {
  return lines.flatMap((line, l) => {
    const products = inputs.map((x) => dot(x, line));
    const smooth = products.every((product) => Math.abs(product) > 1e-9);
    if (!smooth) {
      const coefficients = [...products.map((product) => Math.max(0, product)), 0];
      return [{ coefficients, lower: signs[l], upper: signs[l] }];
    }
    return line.map((entry, k) => ({
      coefficients: [...inputs.map((x, i) => (products[i] > 0 ? x[k] : 0)), 0],
      lower: signs[l] * entry,
      upper: signs[l] * entry,
    }));
  });
}

/** g(w) + t·ψ(w) ≤ 1 and −g(w) + t·ψ(w) ≤ 1. */
function slackRows(
  inputs: readonly Vector[],
  lines: readonly Vector[],
  direction: Vector,
): LinearConstraint[] {
  const entries = programColumn(inputs, direction);
  const distance = lineDistance(lines, direction);
  const psi = distance > 1e-6 ? distance ** 2 : 0;
  return [
    { coefficients: [...entries, psi], upper: 1 },
    { coefficients: [...entries.map((entry) => -entry), psi], upper: 1 },
  ];
}

function newRows(violated: readonly PricedDirection[] | undefined, most: number): Vector[] {
  const added: Vector[] = [];
  for (const { direction, value } of violated ?? []) {
    if (added.length >= most || Math.abs(value) <= 1 + 1e-11) break;
    if (added.every((other) => norm(addScaled(direction, -1, other)) >= 0.03)) {
      added.push(direction);
    }
  }
  return added;
}
