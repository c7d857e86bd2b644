import type { Best, PreparedCase } from './best-bounds.js';
import { closed, largestOf, noBounds } from './best-bounds.js';
import { completeBest } from './complete-best.js';
import { exactData } from './enclosure.js';
import type { InterpolationProblem } from './interpolation-problem.js';
import { prepareProblem } from './interpolation-problem.js';
import type { Pricer } from './pricer.js';
import { createPricer } from './pricer.js';
import type { MinimumNormOptions, MinimumNormResult } from './result.js';
import { NOTHING } from './result.js';
import { solveStages } from './solve-stages.js';
import { workspaceOf } from './stage.js';

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
  const scaled = prepareProblem(problem);
  const rows = problem.inputs.length;
  // A power of two, so that scaled labels are exact: masses and bounds are then of ordinary size.
  const unit = scaled.status === 'ready' ? 2 ** Math.round(Math.log2(largestOf(scaled.labels))) : 1;
  const labels = problem.labels.map((label) => label / unit);
  const prepared =
    scaled.status === 'ready'
      ? { ...scaled, labels: scaled.labels.map((label) => label / unit) }
      : scaled;
  if (prepared.status === 'infeasible') {
    return { ...NOTHING, status: 'infeasible', reason: prepared.reason, upper: Infinity };
  }
  if (prepared.status === 'zero') {
    const dual = Array.from({ length: rows }, () => 0);
    return { ...NOTHING, status: 'optimal', reason: 'every label is 0', dual, proved: true };
  }
  const pricer = createPricer(prepared.inputs);
  const best = noBounds(rows);
  const { gap = 1e-9, enough = -Infinity, target = Infinity } = options;
  const given: PreparedCase = {
    prepared,
    data: exactData(problem.inputs, labels, prepared),
    pricer,
    workspace: workspaceOf(pricer.size, pricer.dim),
    labels: Float64Array.from(prepared.labels),
    gap,
  };
  solveStages(given, best, { ...options, enough: enough / unit, target: target / unit });
  if (!best.proved && best.lower < target / unit) completeBest(given, best);
  best.lower *= unit;
  best.upper *= unit;
  best.residual *= unit;
  best.masses = best.masses.map((mass) => mass * unit);
  return report(pricer, best, options);
}

function report(pricer: Pricer, best: Best, options: MinimumNormOptions): MinimumNormResult {
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
    rounds: best.rounds,
    columns: best.pivots,
  };
}
