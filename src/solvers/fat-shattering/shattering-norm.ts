import { solveLinearProgram } from '../linear-program.js';
import { affineDichotomies } from './dichotomies.js';
import { bitCount } from './integer-geometry.js';

/**
 * What shattering n points costs, in units of the width: with steps of values ±1 as features, the largest
 * outer norm over sign vectors s of min‖a‖₁ s.t. s_i(h(x_i) − r_i) ≥ 1.
 *
 * For steps of values ±𝓜/2 and width γ the outer norm is A = (2γ/𝓜)·norm, and the witness r·γ.
 */
export interface ShatteringNorm {
  readonly status: 'solved' | 'above' | 'failed';
  /** An upper bound of the norm, from feasible h: shattering at this cost is certain, up to rounding. */
  readonly upper: number;
  /** A lower bound of the norm on these points, from feasible duals. */
  readonly lower: number;
  /** The hardest sign vector, as a mask. */
  readonly hardest: number;
  /** Linear programs solved. */
  readonly programs: number;
  readonly message: string;
}

export interface ShatteringOptions {
  /** In units of the width; default 0, which is optimal (see `shatteringNorm`). */
  readonly witness?: readonly number[];
  /** Stop with status 'above' as soon as the norm is surely above this. Default: never. */
  readonly stopAbove?: number;
}

/** One sign vector's optimal mixture of dichotomies. */
export interface SignVectorCost {
  /** `infeasible`: the dichotomies do not tell two points apart that s does. */
  readonly status: 'solved' | 'infeasible' | 'failed';
  /** ‖a‖₁ of a feasible mixture. */
  readonly upper: number;
  /** A dual bound. */
  readonly lower: number;
  /** The dichotomies that h mixes, and their non-negative weights. */
  readonly mixture: readonly { readonly dichotomy: number; readonly weight: number }[];
  readonly message: string;
}

/**
 * The least ‖a‖₁ of h = Σ a_v·v over dichotomies v with s_i(h_i − r_i) ≥ 1 for all i. Dichotomies come
 * with their complements, so a ≥ 0 loses nothing.
 *
 * The program's residual ε is paid for: with a witness, by ε times a mixture for r = 0, whose cost is at most n
 * for distinct points (project them one to one on a line; `theory` has the exact cost there).
 */
export async function signVectorCost(
  dichotomies: readonly number[],
  sampleSize: number,
  sign: number,
  witness?: readonly number[],
): Promise<SignVectorCost> {
  const useful = undominated(dichotomies, 2 ** sampleSize - 1 - sign);
  const demand = Array.from(
    { length: sampleSize },
    (_, i) => 1 + ((sign >> i) & 1 ? 1 : -1) * (witness?.[i] ?? 0),
  );
  const solution = await solveLinearProgram({
    objective: useful.map(() => 1),
    constraints: demand.map((lower, i) => ({
      coefficients: useful.map((v) => (((v ^ sign) >> i) & 1 ? -1 : 1)),
      lower,
    })),
  });
  if (solution.status !== 'optimal') {
    const infeasible = solution.status === 'infeasible';
    return {
      status: infeasible ? 'infeasible' : 'failed',
      upper: Infinity,
      lower: infeasible ? Infinity : 0,
      mixture: [],
      message: solution.message,
    };
  }
  const mixture = useful
    .map((dichotomy, k) => ({ dichotomy, weight: Math.max(0, solution.primal[k]) }))
    .filter(({ weight }) => weight > 0);
  let total = 0;
  for (const { weight } of mixture) total += weight;
  let shortfall = 0;
  for (const [i, lower] of demand.entries()) {
    let value = 0;
    for (const { dichotomy, weight } of mixture) {
      value += ((dichotomy ^ sign) >> i) & 1 ? -weight : weight;
    }
    shortfall = Math.max(shortfall, lower - value);
  }
  return {
    status: 'solved',
    // Without witness, scaling up repairs the shortfall; with one, a mixture for r = 0 is added.
    upper: witness === undefined ? total / (1 - shortfall) : total + shortfall * sampleSize,
    lower: solution.dualObjective / (1 + solution.dualResidual),
    mixture,
    message: solution.message,
  };
}

/**
 * The dichotomies whose agreement with s no other one's agreement contains: exchanging a dichotomy for one that
 * agrees with s at more points raises every s_i·h_i. `complement` is the mask of −s.
 */
function undominated(dichotomies: readonly number[], complement: number): number[] {
  const agreement = dichotomies
    .map((v) => ({ v, agrees: v ^ complement }))
    .toSorted((a, b) => bitCount(b.agrees) - bitCount(a.agrees) || a.v - b.v);
  const kept: { v: number; agrees: number }[] = [];
  for (const candidate of agreement) {
    const dominated = kept.some(({ agrees }) => (candidate.agrees & ~agrees) === 0);
    if (!dominated) kept.push(candidate);
  }
  return kept.map(({ v }) => v);
}

/**
 * The shattering norm of points: they are shattered at width γ with witness γ·r by networks of outer norm A over
 * steps ±𝓜/2 exactly when (2γ/𝓜)·norm ≤ A.
 *
 * Steps suffice. A non-decreasing σ: R → [−1, 1] along a direction w takes values v_1 ≤ … ≤ v_n at the ordered
 * points, and v = ((1+v_1)/2)·(+1) + ((1−v_n)/2)·(−1) + Σ_k ((v_{k+1}−v_k)/2)·step_k is a convex combination of
 * affine dichotomies. So every σ with that range gives a subset of what steps give.
 *
 * r = 0 is optimal. Let h_s shatter with witness r. The class is convex and symmetric, so
 * g_s = (h_s − h_{−s})/2 belongs to it at no greater norm, and
 * s_i·g_s(x_i) = ½[s_i(h_s(x_i) − r_i) + (−s_i)(h_{−s}(x_i) − r_i)] ≥ 1. Hence norm(r) ≥ norm(0), and with
 * r = 0 the sign vectors s and −s cost the same.
 *
 * @param points shape (sampleSize, inputDim), integers; sampleSize 1…24, but 2^(sampleSize−1) programs are solved
 * @throws RangeError for points that `affineDichotomies` rejects and for a witness of another length
 */
export async function shatteringNorm(
  points: readonly (readonly number[])[],
  options: ShatteringOptions = {},
): Promise<ShatteringNorm> {
  const { witness, stopAbove = Infinity } = options;
  const n = points.length;
  if (witness !== undefined && witness.length !== n) {
    throw new RangeError(
      `shatteringNorm: witness must have length ${n} (number of points), got ${witness.length}`,
    );
  }
  const dichotomies = affineDichotomies(points);
  const free = new Set(witness === undefined ? dichotomies : []);
  let upper = witness === undefined ? 1 : 0;
  let lower = upper;
  let hardest = dichotomies[0];
  let programs = 0;
  // With r = 0 the complements cost the same: the last point's sign is fixed.
  const signs = witness === undefined ? 2 ** (n - 1) : 2 ** n;
  for (const sign of alternatingFirst(signs)) {
    if (free.has(sign)) continue;
    programs += 1;
    const cost = await signVectorCost(dichotomies, n, sign, witness);
    if (cost.status === 'failed') {
      return { status: 'failed', upper: Infinity, lower, hardest, programs, message: cost.message };
    }
    if (cost.lower > lower) hardest = sign;
    upper = Math.max(upper, cost.upper);
    lower = Math.max(lower, cost.lower);
    if (lower > stopAbove || lower === Infinity) {
      const message =
        lower === Infinity
          ? 'two points coincide'
          : `sign vector ${hardest} alone costs more than ${stopAbove}`;
      return { status: 'above', upper: Infinity, lower, hardest, programs, message };
    }
  }
  return { status: 'solved', upper, lower, hardest, programs, message: 'solved' };
}

/** 0 … count−1 with the masks of many sign changes first: the hardest vectors tend to alternate. */
function alternatingFirst(count: number): number[] {
  return Array.from({ length: count }, (_, mask) => mask).toSorted(
    (a, b) => bitCount(b ^ (b >> 1)) - bitCount(a ^ (a >> 1)) || a - b,
  );
}
