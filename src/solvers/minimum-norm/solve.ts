import { scaledDown, scaledUp, timesPowerOfTwo } from '../../math/index.js';
import type { Best, PreparedCase } from './best-bounds.js';
import { closed, largestOf, noBounds } from './best-bounds.js';
import { completeBest } from './complete-best.js';
import { exactData } from './enclosure.js';
import type { InterpolationProblem } from './interpolation-problem.js';
import { prepareProblem } from './interpolation-problem.js';
import { createPricer } from './pricer.js';
import type { MinimumNormOptions, MinimumNormResult } from './result.js';
import { NOTHING } from './result.js';
import { solveStages } from './solve-stages.js';
import { workspaceOf } from './stage.js';

/**
 * Minimum-norm interpolation by two-layer ReLU networks without biases, over all widths: minimise Σ|mass| over signed
 * measures on the sphere that interpolate. The minimum is enclosed in [lower, upper], every rounding error counted,
 * in any dimension; synchronous, for inner loops in up to three.
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
  const scaled = prepareProblem(problem);
  const rows = problem.inputs.length;
  if (scaled.status === 'infeasible' || scaled.status === 'unresolved') {
    return { ...NOTHING, status: scaled.status, reason: scaled.reason, upper: Infinity };
  }
  if (scaled.status === 'zero') {
    const dual = Array.from({ length: rows }, () => 0);
    return { ...NOTHING, status: 'optimal', reason: 'every label is 0', dual, proved: true };
  }
  // A power of two, so that scaled labels are exact: masses and bounds are then of ordinary size.
  const unit = 2 ** Math.round(Math.log2(largestOf(scaled.labels)));
  const { inputs, labels, rowExponents, labelExponent } = scaled.balanced;
  const prepared = { ...scaled, labels: scaled.labels.map((label) => label / unit) };
  const pricer = createPricer(prepared.inputs);
  const best = noBounds(rows);
  const { gap = 1e-9, enough = -Infinity, target = Infinity } = options;
  const given: PreparedCase = {
    prepared,
    data: exactData(
      inputs,
      labels.map((label) => label / unit),
      prepared,
    ),
    pricer,
    workspace: workspaceOf(pricer.size, pricer.dim),
    labels: Float64Array.from(prepared.labels),
    gap,
  };
  const inUnits = (norm: number): number => timesPowerOfTwo(norm / unit, -labelExponent);
  const stages = { ...options, enough: inUnits(enough), target: inUnits(target) };
  solveStages(given, best, stages);
  if (!best.proved && best.lower < stages.target) completeBest(given, best);
  const scale = (value: number): number => timesPowerOfTwo(value * unit, labelExponent);
  best.lower = scaledDown(best.lower * unit, labelExponent);
  best.upper = scaledUp(best.upper * unit, labelExponent);
  best.residual = scale(best.residual);
  best.masses = best.masses.map(scale);
  for (let i = 0; i < rows; i += 1) {
    best.lambda[i] = timesPowerOfTwo(best.lambda[i], -rowExponents[i]);
  }
  return report(best, options, scaled.unsettled);
}

function report(
  best: Best,
  options: MinimumNormOptions,
  unsettled: string | null,
): MinimumNormResult {
  return {
    ...statusOf(best, options, unsettled),
    lower: best.lower,
    upper: best.upper,
    proved: best.proved && best.upper < Infinity,
    atoms: best.directions.map((direction, c) => ({ direction, mass: best.masses[c] })),
    residual: best.residual,
    dual: Array.from(best.lambda),
    rounds: best.rounds,
    columns: best.pivots,
  };
}

function statusOf(
  best: Best,
  { gap = 1e-9, target = Infinity }: MinimumNormOptions,
  unsettled: string | null,
): Pick<MinimumNormResult, 'status' | 'reason'> {
  if (best.upper === Infinity) {
    if (best.proved)
      return { status: 'unresolved', reason: 'the norm is beyond the range of doubles' };
    const reason = best.lower >= target ? 'the target is reached' : 'no interpolant was found';
    return { status: unsettled === null ? 'failed' : 'unresolved', reason: unsettled ?? reason };
  }
  if (!best.proved) {
    const reason = unsettled ?? 'the network found is not proved to be near an interpolant';
    return { status: 'unresolved', reason };
  }
  const reason = `relative gap ${((best.upper - best.lower) / best.upper).toExponential(1)}`;
  return { status: closed(best, gap) ? 'optimal' : 'bounded', reason };
}
