import { norm } from '../../math/index.js';
import type { Vector } from '../../model/index.js';
import type { Best, PreparedCase } from './best-bounds.js';
import { closed, examine, improveLower, largestOf } from './best-bounds.js';
import type { UnitProblem } from './interpolation-problem.js';
import { inFrame } from './interpolation-problem.js';
import { referenceCertificate } from './reference-certificate.js';
import type { MinimumNormOptions } from './result.js';
import { runStage } from './stage.js';

/** Pivots per input and stage after which it gives up; the hardest random problems take about 150. */
const MOST_PIVOTS = 400;

interface Attempt {
  readonly even: boolean;
  readonly variant: number;
  readonly perturbation: number;
}

/**
 * Perturbations of labels in the order tried, relative. Each leads to another optimal basis of a degenerate problem,
 * and bounds of different attempts add up. The first is large enough that ratio tests are decided far above rounding;
 * smaller ones are less sure, but move the optimum by less, its square mostly. The last ones shrink by decades, for
 * problems whose optimal basis is so ill conditioned that a shift of 1e-9 turns signs of its masses.
 */
const PERTURBATIONS = [
  1e-7, 2e-9, 2e-9, 1e-9, 4e-10, 1e-8, 5e-9, 1e-9, 2e-9, 3e-8, 1e-10, 1e-11, 1e-12,
];

/** From this attempt on, a gap that rounding in the proof explains is left open. */
const ATTEMPTS_AT_ROUNDING = 4;

/** After the first perturbation, which mostly suffices, a stage may renew its inverse so many times. */
const RENEWALS = 5;

/** Optima that differ by more than perturbations of the labels explain. */
const STRICTLY = 1e-5;

/** What of the linear part, relative to the labels, found no place in the kinks: below it only rounding. */
const SPLITS = 1e-9;

/** Runs stage after stage until the bounds are as close as wanted, or sure enough. */
export function solveStages(given: PreparedCase, best: Best, options: MinimumNormOptions): void {
  const { prepared, pricer, workspace, labels, gap } = given;
  const { enough = -Infinity, target = Infinity } = options;
  const start = startDirections(prepared, [
    ...(options.reference ?? []).map(({ direction }) => direction),
    ...(options.start ?? []),
  ]);
  if (options.reference) {
    const signs = options.reference.map(({ mass }) => Math.sign(mass));
    const dual =
      start.length < signs.length
        ? null
        : referenceCertificate(pricer.inputs, pricer.size, pricer.dim, start, signs);
    if (dual !== null) improveLower(given.data, pricer, dual, best);
    if (best.lower >= target) return;
  }
  const mostPivots = MOST_PIVOTS * (pricer.size + 8);
  let thorough = false;
  let near = false;
  let evenLower = Infinity;
  // The parity of the basis in hand, null where the next stage starts anew.
  let inHand: boolean | null = null;
  const attempt = ({ even, variant, perturbation }: Attempt): number => {
    // A network that is known puts the single-neuron problem near its end.
    const first = even ? start : [...start, ...directionsOf(prepared, best)];
    const stage = { start: first, even, variant, perturbation, mostPivots, gap, enough, target };
    const warm = even === inHand;
    const renewals = variant === 0 ? 0 : RENEWALS;
    const outcome = runStage(workspace, pricer, labels, { ...stage, thorough, warm, renewals });
    const whole = workspace.simplex.artificials === 0;
    inHand = whole && !(near && warm) ? even : null;
    // Inputs very near others: the columns that tell them apart may never become worth entering. Attempts that start
    // from them all take turns with others: labels of a teacher may not need them.
    thorough = !thorough && !whole;
    near ||= !whole;
    const left = examine(given, even, outcome, best);
    if (even && whole) evenLower = best.lower;
    return left;
  };
  const finished = (): boolean =>
    closed(best, gap) || best.lower >= target || (best.proved && best.upper < enough);
  let splits = false;
  if (pricer.dim > 1) {
    const left = attempt({ even: true, variant: 0, perturbation: PERTURBATIONS[0] });
    if (finished()) return;
    splits = left <= SPLITS * largestOf(labels);
  }
  for (const [k, next] of attempts(splits, pricer.dim).entries()) {
    const explained = best.upper - best.lower < 4 * best.rounding * best.upper;
    if (k >= ATTEMPTS_AT_ROUNDING && explained) return;
    // Where single neurons proved more than the even problem's optimum, that problem is a strict relaxation.
    if (next.even && best.lower > evenLower * (1 + STRICTLY)) continue;
    attempt(next);
    if (finished()) return;
  }
}

/** What to try after the first even stage: where its linear part split, even stages again before single neurons. */
function attempts(splits: boolean, dim: number): Attempt[] {
  const list: Attempt[] = [];
  for (const [variant, perturbation] of PERTURBATIONS.entries()) {
    const even = { even: true, variant, perturbation };
    const single = { even: false, variant, perturbation };
    if (splits) {
      if (variant > 0) list.push(...(variant % 2 === 1 ? [even, single] : [single, even]));
    } else {
      list.push(single);
      // The other even optimum may split.
      if (variant === 1 && dim > 1) list.push(even);
    }
  }
  return list;
}

function directionsOf(prepared: UnitProblem, { directions }: Best): number[][] {
  const { frame } = prepared;
  return directions.map((direction) => (frame === null ? direction : inFrame(frame, direction)));
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
