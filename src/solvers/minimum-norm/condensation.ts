import { addScaled, dot, norm, scaledDown, timesPowerOfTwo } from '../../math/index.js';
import type { Vector } from '../../model/index.js';
import { exactData, provedLower } from './enclosure.js';
import type { Atom } from './interpolant.js';
import type { InterpolationProblem, UnitProblem } from './interpolation-problem.js';
import { inFrame, prepareProblem } from './interpolation-problem.js';
import { takeBasis } from './newton-finish.js';
import { createPricer } from './pricer.js';
import { priceDirections } from './pricing.js';
import { referenceCertificate } from './reference-certificate.js';
import { solveMinimumNorm } from './solve.js';
import { runStage, workspaceOf } from './stage.js';

/** Whether every minimum-norm interpolant has its neurons on the lines of a reference. */
export interface CondensationDecision {
  /**
   * 'condenses': the reference's norm is the minimum, some dual reaches ±1 on the reference's lines only, and the
   * inputs determine the masses of its kinks; 'fails': `atoms` interpolate with a smaller norm, proved;
   * 'undecided': neither was shown.
   */
  readonly status: 'condenses' | 'fails' | 'undecided';
  readonly reason: string;
  readonly lower: number;
  readonly upper: number;
  /** The largest |g|/max(1, max|g|) off the reference's lines, for the best dual found. */
  readonly largestElsewhere: number;
  readonly atoms: readonly Atom[];
  /** That dual, one entry per row of the inputs. */
  readonly dual: Vector;
}

export interface CondensationOptions {
  /** A lower bound within this share of the reference's norm proves it minimal. Default 1e-8. */
  readonly tolerance?: number;
  /** 'fails' needs an improvement by this share. Default 1e-6. */
  readonly improvement?: number;
  /** Optimal duals to average. Default 8. */
  readonly mostDuals?: number;
}

/** What |g| keeps from 1 off the lines when it does not touch: far above the rounding of g, 1e-12. */
const STRICT = 1e-9;
/** What a kink's column keeps off the span of the others when the inputs determine its mass. */
const DETERMINED = 1e-9;
/** Rounding of two opposite unit vectors. */
const SAME_LINE = 1e-14;

/**
 * Decides condensation on the lines of a reference, from values and gaps, not from angles of neurons.
 *
 * An optimal dual g bounds where optimal measures live: on {|g| = 1}. The simplex ends in vertices of the set of
 * optimal duals, which touch at N or so directions; the mean of several touches only where all do. Around a neuron
 * inside a cell 1 − |g| = 1 − cos, so where optimality is known up to τ, directions within 2√(2τ) of a line count as
 * on it.
 *
 * @param reference an interpolant with distinct unit directions
 */
export function decideCondensation(
  problem: InterpolationProblem,
  reference: readonly Atom[],
  options: CondensationOptions = {},
): CondensationDecision {
  const { tolerance = 1e-8, improvement = 1e-6, mostDuals = 8 } = options;
  const size = reference.reduce((sum, { mass }) => sum + Math.abs(mass), 0);
  const prepared = prepareProblem(problem);
  const enough = size * (1 - improvement);
  const target = size * (1 - tolerance);
  const result = solveMinimumNorm(problem, { reference, target, enough });
  const decision: CondensationDecision = {
    status: 'undecided',
    reason: result.reason,
    lower: result.lower,
    upper: result.proved ? Math.min(result.upper, size) : size,
    largestElsewhere: Infinity,
    atoms: result.atoms,
    dual: result.dual,
  };
  if (result.proved && result.upper < enough) {
    return { ...decision, status: 'fails', reason: 'an interpolant of smaller norm' };
  }
  if (prepared.status !== 'ready' || !(result.lower >= target)) return decision;
  if (!kinksDetermined(prepared, reference)) {
    return { ...decision, reason: 'the inputs do not determine the masses of the kinks' };
  }
  return { ...decision, ...strictDual(prepared, reference, target, tolerance, mostDuals) };
}

/** Averages optimal duals until the mean touches on the lines only. */
function strictDual(
  prepared: UnitProblem,
  reference: readonly Atom[],
  target: number,
  tolerance: number,
  mostDuals: number,
): Pick<CondensationDecision, 'status' | 'reason' | 'largestElsewhere'> &
  Partial<CondensationDecision> {
  const { inputs, labels: values, rowExponents, labelExponent } = prepared.balanced;
  const data = exactData(inputs, values, prepared);
  const pricer = createPricer(prepared.inputs);
  const workspace = workspaceOf(pricer.size, pricer.dim);
  const lines = linesOf(prepared, reference);
  const signs = reference.map(({ mass }) => Math.sign(mass));
  const labels = Float64Array.from(prepared.labels);
  const shoulder = 2 * Math.sqrt(2 * Math.max(1e-9, tolerance));
  const least = timesPowerOfTwo(target, -labelExponent);
  const total = new Float64Array(pricer.size);
  let count = 0;
  let elsewhere = Infinity;
  for (let variant = -1; variant < mostDuals; variant += 1) {
    let dual: Float64Array | null = null;
    if (variant < 0) {
      dual = referenceCertificate(pricer.inputs, pricer.size, pricer.dim, lines, signs);
    } else {
      const outcome = runStage(workspace, pricer, labels, {
        even: pricer.dim > 1,
        start: lines,
        variant,
        mostPivots: 400 * (pricer.size + 8),
        gap: 1e-9,
        enough: -Infinity,
        target: Infinity,
      });
      if (outcome.by === 'simplex') takeBasis(workspace.newton, workspace.simplex);
      dual = workspace.newton.dual;
    }
    if (dual === null) continue;
    const { largest } = pricer.priceFinely(dual);
    if (provedLower(data, dual, largest, false).lower < least) continue;
    count += 1;
    for (let i = 0; i < total.length; i += 1) total[i] += dual[i];
    const mean = Array.from(total, (entry) => entry / count);
    const pricing = priceDirections(prepared.inputs, mean);
    // Above three dimensions not every local maximum off the lines may have been seen.
    if (!pricer.bounding && !(pricing.exact && pricing.rounding < STRICT / 2)) continue;
    let off = 0;
    for (const { direction, value } of pricing.candidates) {
      if (sineToLines(lines, direction) <= shoulder) continue;
      off = Math.max(off, Math.abs(value) / Math.max(1, pricing.largest));
    }
    elsewhere = off;
    const most = pricer.bounding
      ? pricing.largest
      : pricer.priceFinely(Float64Array.from(mean)).largest;
    const { lower, lambda } = provedLower(data, Float64Array.from(mean), most, false);
    if (off < 1 - STRICT && lower >= least) {
      return {
        status: 'condenses',
        reason: `the mean of ${count} optimal duals touches on the lines only`,
        largestElsewhere: off,
        lower: scaledDown(lower, labelExponent),
        dual: Array.from(lambda, (entry, i) => timesPowerOfTwo(entry, -rowExponents[i])),
      };
    }
  }
  return {
    status: 'undecided',
    reason: 'the reference is optimal, but every dual found touches off its lines too',
    largestElsewhere: elsewhere,
  };
}

function linesOf(prepared: UnitProblem, reference: readonly Atom[]): number[][] {
  return reference.map(({ direction }) => {
    const inside = prepared.frame === null ? [...direction] : inFrame(prepared.frame, direction);
    const length = norm(inside);
    return inside.map((entry) => entry / length);
  });
}

function sineToLines(lines: readonly Vector[], direction: Vector): number {
  let nearest = Infinity;
  for (const line of lines) {
    nearest = Math.min(nearest, norm(addScaled(direction, -dot(line, direction), line)));
  }
  return nearest;
}

/** Whether the columns |⟨u_l, x_i⟩| are independent of each other and of the linear functions. */
function kinksDetermined(prepared: UnitProblem, reference: readonly Atom[]): boolean {
  const { inputs } = prepared;
  const frame: number[][] = [];
  const dim = inputs[0].length;
  const directions = linesOf(prepared, reference);
  // A neuron each way along one line is one kink.
  const lines = directions.filter(
    (line, l) => sineToLines(directions.slice(0, l), line) > SAME_LINE,
  );
  const columns = [
    ...inputs[0].map((_, k) => inputs.map((x) => x[k])),
    ...lines.map((line) => inputs.map((x) => Math.abs(dot(line, x)))),
  ];
  return columns.every((column, c) => {
    let rest = column;
    for (let pass = 0; pass < 2; pass += 1) {
      for (const row of frame) rest = addScaled(rest, -dot(row, rest), row);
    }
    const left = norm(rest);
    if (left > DETERMINED * norm(column)) frame.push(rest.map((entry) => entry / left));
    else if (c >= dim) return false;
    return true;
  });
}
