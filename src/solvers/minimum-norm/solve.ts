import { norm } from '../../math/index.js';
import type { Vector } from '../../model/index.js';
import { correctionBasis } from './correction-basis.js';
import { minimumNormByLinearPrograms } from './column-generation.js';
import type { ExactData } from './enclosure.js';
import { exactData, provedLower, provedUpper } from './enclosure.js';
import type { InterpolationProblem, UnitProblem } from './interpolation-problem.js';
import { inFrame, outOfFrame, prepareProblem } from './interpolation-problem.js';
import { newtonFinish, takeBasis } from './newton-finish.js';
import type { Pricer } from './pricer.js';
import { createPricer } from './pricer.js';
import { priceDirections } from './pricing.js';
import { recoverNetwork } from './recover.js';
import { referenceCertificate } from './reference-certificate.js';
import type { MinimumNormOptions, MinimumNormResult } from './result.js';
import { NOTHING } from './result.js';
import type { StageOptions, StageOutcome, Workspace } from './stage.js';
import { runStage, workspaceOf } from './stage.js';

interface Best {
  lower: number;
  upper: number;
  proved: boolean;
  residual: number;
  directions: number[][];
  masses: number[];
  lambda: Float64Array;
  dual: Float64Array;
  largest: number;
  rounds: number;
  pivots: number;
}

/**
 * Minimum-norm interpolation with contacts listed: by `solveMinimumNorm` where the inputs span at most three
 * dimensions, by HiGHS above.
 *
 * @throws RangeError when shapes do not fit or a number is not finite
 */
export async function minimumNormInterpolation(
  problem: InterpolationProblem,
  options: MinimumNormOptions = {},
): Promise<MinimumNormResult> {
  const prepared = prepareProblem(problem);
  if (prepared.status === 'ready' && prepared.inputs[0].length > 3) {
    return minimumNormByLinearPrograms(problem, options);
  }
  const result = solveMinimumNorm(problem, { contacts: true, ...options });
  // Inputs 1e-8 apart and nearer are hard in float64; the linear program sometimes finds an interpolant there.
  return result.status === 'failed' ? minimumNormByLinearPrograms(problem, options) : result;
}

/**
 * Minimum-norm interpolation by two-layer ReLU networks without biases, over all widths: minimise Σ|mass| over signed
 * measures on the sphere that interpolate. The minimum is enclosed in [lower, upper], every rounding error counted,
 * where the inputs span at most three dimensions (and for few inputs in more); synchronous, for inner loops.
 *
 * Method: the even problem first (kinks ½|⟨w, x⟩| and a free linear part, a relaxation whose optimum is the minimum
 * when the linear part can be split among the kinks, T22), by the simplex of `runStage` with exact pricing and Newton's
 * method; else the same with single neurons. Bounds by `provedLower` and `provedUpper`.
 *
 * @throws RangeError when shapes do not fit or a number is not finite
 */
export function solveMinimumNorm(
  problem: InterpolationProblem,
  options: MinimumNormOptions = {},
): MinimumNormResult {
  const given = prepareProblem(problem);
  const rows = problem.inputs.length;
  // A power of two, so that scaled labels are exact: masses and bounds are then of ordinary size.
  const unit = given.status === 'ready' ? 2 ** Math.round(Math.log2(largestOf(given.labels))) : 1;
  const labels = problem.labels.map((label) => label / unit);
  const prepared =
    given.status === 'ready'
      ? { ...given, labels: given.labels.map((label) => label / unit) }
      : given;
  if (prepared.status === 'infeasible') {
    return { ...NOTHING, status: 'infeasible', reason: prepared.reason, upper: Infinity };
  }
  if (prepared.status === 'zero') {
    const dual = Array.from({ length: rows }, () => 0);
    return { ...NOTHING, status: 'optimal', reason: 'every label is 0', dual, proved: true };
  }
  const data = exactData(problem.inputs, labels, prepared);
  const pricer = createPricer(prepared.inputs);
  const workspace = workspaceOf(pricer.size, pricer.dim);
  const best: Best = {
    lower: 0,
    upper: Infinity,
    proved: false,
    residual: Infinity,
    directions: [],
    masses: [],
    lambda: new Float64Array(rows),
    dual: new Float64Array(pricer.size),
    largest: 0,
    rounds: 0,
    pivots: 0,
  };
  const { enough = -Infinity, target = Infinity } = options;
  const scaled = { ...options, enough: enough / unit, target: target / unit };
  solveStages(prepared, data, pricer, workspace, best, scaled);
  best.lower *= unit;
  best.upper *= unit;
  best.residual *= unit;
  best.masses = best.masses.map((mass) => mass * unit);
  return report(prepared, pricer, best, options);
}

/** Pivots per input and stage after which it gives up; the hardest random problems take about 150. */
const MOST_PIVOTS = 400;

function solveStages(
  prepared: UnitProblem,
  data: ExactData,
  pricer: Pricer,
  workspace: Workspace,
  best: Best,
  options: MinimumNormOptions,
): void {
  const { gap = 1e-9, enough = -Infinity, target = Infinity } = options;
  const labels = Float64Array.from(prepared.labels);
  const start = startDirections(prepared, [
    ...(options.reference ?? []).map(({ direction }) => direction),
    ...(options.start ?? []),
  ]);
  if (options.reference && pricer.exact) {
    const signs = options.reference.map(({ mass }) => Math.sign(mass));
    const dual =
      start.length < signs.length
        ? null
        : referenceCertificate(pricer.inputs, pricer.size, pricer.dim, start, signs);
    if (dual !== null) improveLower(data, pricer, dual, best);
    if (best.lower >= target) return;
  }
  const common = { mostPivots: MOST_PIVOTS * (pricer.size + 8), gap, enough, target };
  const finished = (): boolean =>
    closed(best, gap) || best.lower >= target || (best.proved && best.upper < enough);
  const attempt = (stage: StageOptions): number => {
    const outcome = runStage(workspace, pricer, labels, stage);
    return examine(prepared, data, pricer, workspace, labels, stage.even, outcome, best, gap);
  };
  if (pricer.dim > 1) {
    const left = attempt({ ...common, start, even: true, resume: false });
    if (finished()) return;
    if (closed(best, NEARLY)) {
      attempt({ ...common, start, even: true, resume: false, variant: 1, perturbation: FINER });
      return;
    }
    // The perturbed labels had another optimal basis than the labels.
    if (left <= 1e-9 * best.upper) {
      attempt({ ...common, start: [], even: true, resume: true });
      if (finished() || closed(best, NEARLY)) return;
    }
  }
  const known = best.directions.map((direction) =>
    prepared.frame === null ? direction : inFrame(prepared.frame, direction),
  );
  attempt({ ...common, start: [...start, ...known], even: false, resume: false });
  if (finished()) return;
  if (closed(best, NEARLY)) {
    attempt({
      ...common,
      start: [...start, ...known],
      even: false,
      resume: false,
      variant: 1,
      perturbation: FINER,
    });
    return;
  }
  attempt({ ...common, start: [], even: false, resume: true });
}

/** A second try perturbs labels by less: ratio tests are less sure, but the square of the shift does not show. */
const FINER = 2e-9;

/** What is left of a gap this small is rounding, which another stage would meet again. */
const NEARLY = 1e-7;

/** Bounds from the end of a stage; returns what of the linear part found no place in the kinks (0 if not even). */
function examine(
  prepared: UnitProblem,
  data: ExactData,
  pricer: Pricer,
  workspace: Workspace,
  labels: Float64Array,
  even: boolean,
  outcome: StageOutcome,
  best: Best,
  gap: number,
): number {
  const { simplex, newton } = workspace;
  best.rounds += outcome.rounds;
  best.pivots += outcome.pivots;
  if (outcome.by === 'simplex') takeBasis(newton, simplex);
  const left = evaluate(prepared, data, pricer, workspace, labels, even, best, gap);
  // The perturbation of labels tilts neurons and costs its square; from here Newton's method takes the labels as given.
  if (!closed(best, gap) && newtonFinish(newton, simplex, pricer.inputs, labels)) {
    evaluate(prepared, data, pricer, workspace, labels, even, best, gap);
  }
  return left;
}

/** Bounds from the basis and dual in `workspace.newton`. */
function evaluate(
  prepared: UnitProblem,
  data: ExactData,
  pricer: Pricer,
  workspace: Workspace,
  labels: Float64Array,
  even: boolean,
  best: Best,
  gap: number,
): number {
  const { simplex, newton } = workspace;
  if (pricer.exact) improveLower(data, pricer, newton.dual, best);
  const network = recoverNetwork(newton, simplex, pricer.inputs, labels, even);
  const directions = network.directions.map((direction) => outOfFrame(prepared.frame, direction));
  let proof = provedUpper(data, newton.basis, newton.inverse, network, directions, null);
  const open = proof.upper - best.lower > gap * proof.upper || !proof.proved;
  if (open && proof.upper - best.lower < NEARLY * proof.upper) {
    // Twice the precision and a better conditioned basis for the correction.
    const correction = correctionBasis(pricer.inputs, pricer.size, pricer.dim);
    if (correction !== null) {
      const { basis, inverse, costs, weights } = correction;
      const corrected = { ...network, complete: true, room: Infinity, weights };
      const again = provedUpper(data, basis, inverse, corrected, directions, costs);
      if (again.proved && !(proof.proved && proof.upper < again.upper)) proof = again;
    }
  }
  // An unproved bound counts only where the misfit is rounding of the data.
  const usable = proof.proved || proof.residual <= FITS * largestOf(labels);
  if (usable && (proof.upper < best.upper || (proof.proved && !best.proved))) {
    best.upper = proof.upper;
    best.proved = proof.proved;
    best.residual = proof.residual;
    best.directions = directions;
    best.masses = network.masses;
  }
  return network.left;
}

function improveLower(data: ExactData, pricer: Pricer, dual: Float64Array, best: Best): void {
  const { largest } = pricer.priceFinely(dual);
  const { lower, lambda } = provedLower(data, dual, largest, pricer.dim === 2);
  if (lower < best.lower) return;
  best.lower = lower;
  best.lambda = lambda;
  best.dual.set(dual);
  best.largest = largest;
}

/** Misfit up to which a network is called an interpolant, relative to the largest label. */
const FITS = 1e-9;

function largestOf(entries: Iterable<number>): number {
  let largest = 0;
  for (const entry of entries) largest = Math.max(largest, Math.abs(entry));
  return largest;
}

function closed({ lower, upper }: Best, gap: number): boolean {
  return upper < Infinity && upper - lower <= gap * upper;
}

function startDirections(prepared: UnitProblem, given: readonly Vector[]): number[][] {
  const directions: number[][] = [];
  for (const direction of given) {
    const inside = prepared.frame === null ? [...direction] : inFrame(prepared.frame, direction);
    const length = norm(inside);
    if (length > 0) directions.push(inside.map((entry) => entry / length));
  }
  return directions;
}

function report(
  prepared: UnitProblem,
  pricer: Pricer,
  best: Best,
  options: MinimumNormOptions,
): MinimumNormResult {
  const { gap = 1e-9 } = options;
  const width = (best.upper - best.lower) / best.upper;
  const optimal = closed(best, gap);
  const said = pricer.exact
    ? `relative gap ${width.toExponential(1)}`
    : 'pricing by ascent proves no lower bound';
  const status = optimal
    ? 'optimal'
    : best.upper === Infinity
      ? 'failed'
      : pricer.exact
        ? 'bounded'
        : 'upper-only';
  return {
    status,
    reason:
      best.upper === Infinity && best.lower < (options.target ?? Infinity)
        ? 'no interpolant was found'
        : said,
    lower: best.lower,
    upper: best.upper,
    proved: best.proved,
    atoms: best.directions.map((direction, c) => ({ direction, mass: best.masses[c] })),
    residual: best.residual,
    dual: Array.from(best.lambda),
    contacts: options.contacts === true ? contactsOf(prepared, best, gap) : [],
    rounds: best.rounds,
    columns: best.pivots,
  };
}

/** Directions where |g| is its maximum up to the gap. */
function contactsOf(prepared: UnitProblem, best: Best, gap: number): MinimumNormResult['contacts'] {
  const { largest, candidates } = priceDirections(prepared.inputs, Array.from(best.dual));
  return candidates
    .filter(({ value }) => Math.abs(value) >= largest * (1 - Math.max(gap, 1e-9)))
    .map(({ direction, value }) => ({ direction: outOfFrame(prepared.frame, direction), value }));
}
