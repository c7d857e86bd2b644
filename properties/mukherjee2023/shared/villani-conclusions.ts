import { atMost, decided, gaveUp, oneSided } from '../../../src/claims/index.js';
import type { Clause, Conclusion, Tools } from '../../../src/claims/index.js';
import {
  attackVillani,
  functionalLowerBound,
  growthFormula,
  growthRadius,
  lossEvaluator,
  stationaryRadius,
  unregularisedEscape,
  villaniGrowthBound,
} from '../../../src/theory/index.js';
import type { Escape, GrowthBound, SphereMinimum } from '../../../src/theory/index.js';
import { boundsFromAbove } from './villani-big.js';
import { gradientClause } from './villani-gradient.js';
import type { VillaniInstance } from './villani-instances.js';
import { trainingClauses } from './villani-training.js';

/** The clause of the `critical` readings. */
export const SOME_CONDITION_FAILS =
  'some condition fails: the growth coefficient of (2)–(4) is ≤ 0';

const NOT_ABOVE = 'a constant of the growth bound is below its 64-digit value';

/** Radii of the spheres that are searched, besides those that the bounds single out. */
const RADII = [1, 10, 1e2, 1e3, 1e4, 1e5, 1e6];

/**
 * All conditions hold. Condition (1) holds with the smooth activation that the assumptions demand.
 *
 * λ > 0: (2) and (3) follow from L̃ ≥ (λ/2)‖W‖²; (4) from the growth bound, evaluated at its radius for
 * each s of the instance, once its constants are compared with 64-digit ones. Three cross-checks let formulas check one another: the search on spheres must
 * stay above the bound, its gradient must be that of the training engine, and a training run must end
 * where the bounds put it. They cannot fail unless
 * one of our formulas is wrong, so their clauses appear only where they do, and nothing confirms such
 * a violation. λ = 0: the loss itself, evaluated far out on an escaping ray, must exceed twice its
 * supremum there, which only a ray that does not escape lets it do.
 */
export function allConditionsHold(instance: VillaniInstance, tools: Tools): Conclusion {
  if (instance.lambda === 0) {
    const escape = unregularisedEscape(instance);
    if (escape === null) return gaveUp('λ = 0 and no ray is known on which the loss stays bounded');
    const { supremum } = escape;
    const reached = largestAlong(instance, escape);
    const clause = atMost('(2): L̃ exceeds every level along every ray', 2 * supremum + 1, reached);
    return decided('exact', [clause], { witness: escape });
  }
  const bound = villaniGrowthBound(instance);
  if (!boundsFromAbove(instance, bound)) return gaveUp(NOT_ABOVE);
  const growth = growthClauses(instance, bound);
  if (growth === null) return gaveUp('the growth radius is outside the range of doubles');
  const radii = [
    ...RADII,
    ...growthRadii(bound, instance),
    stationaryRadius(bound),
    stationaryRadius(bound) / 2,
  ].filter(isSearchable);
  const { steps } = instance;
  const { minima } = attackVillani(instance, radii, steps, tools.random, tools.attack);
  const crossChecks = [
    ...searchClauses(minima),
    gradientClause(instance, tools),
    ...trainingClauses(instance, tools),
  ];
  const contradictions = crossChecks.filter((clause) => clause.margin.upper < 0);
  const beyond = minima.filter((it) => it.radius >= growthRadius(bound, it.step));
  return decided('exact', [...growth, ...contradictions], {
    measurements: {
      growthRadius: growthRadius(bound, steps[steps.length - 1]),
      ...(beyond.length === 0
        ? {}
        : {
            growthCoefficient: Math.min(
              ...beyond.map((it) => it.functional / (2 * growthAt(bound, it.radius, it.step))),
            ),
          }),
      functionalOverGrowth: Math.min(
        ...minima.map((it) => it.functional / growthAt(bound, it.radius, it.step)),
      ),
      gradientOverWeightDecay: Math.min(
        ...minima.map((it) => it.gradientNorm / (bound.lambda * it.radius)),
      ),
    },
  });
}

/** The clauses of conditions (2)–(4) for λ > 0; null when a radius is not a finite double. */
export function growthClauses(
  instance: VillaniInstance,
  bound: GrowthBound,
): readonly Clause[] | null {
  const clauses = [atMost('(2), (3): L̃ ≥ (λ/2)‖W‖² with λ/2 > 0', 0, bound.lambda / 2)];
  for (const step of instance.steps) {
    const radius = growthRadius(bound, step);
    const growth = growthAt(bound, radius, step);
    const lower = functionalLowerBound(bound, radius, step);
    if (!Number.isFinite(lower) || !Number.isFinite(growth)) return null;
    clauses.push(
      // The functional is bounded from below: it may be larger.
      oneSided(
        atMost(`(4) at s = ${step}: −ΔL̃ + ‖∇L̃‖²/s ≥ λ²R²/(2s) from a radius on`, growth, lower),
      ),
    );
  }
  return clauses;
}

/**
 * Some condition fails. For λ > 0 the growth clauses show that all hold; the coefficient of their
 * growth is then λ/2 > 0, where the claim demands one that is ≤ 0. The cross-checks of
 * `allConditionsHold` but for the training run are made here too, on few spheres: where one fails, the
 * formulas contradict one another and nothing is concluded. For λ = 0 condition (2) fails on the
 * escaping ray: the coefficient is 0.
 */
export function someConditionFails(instance: VillaniInstance, tools: Tools): Conclusion {
  const { lambda } = instance;
  if (lambda === 0) {
    const escape = unregularisedEscape(instance);
    if (escape === null) return gaveUp('λ = 0 and no ray is known on which the loss stays bounded');
    if (largestAlong(instance, escape) > 2 * escape.supremum + 1) {
      return gaveUp('λ = 0 and the loss exceeds its bound on the escaping ray');
    }
    return decided('exact', [atMost(SOME_CONDITION_FAILS, 0, 0)], { witness: escape });
  }
  const bound = villaniGrowthBound(instance);
  if (!boundsFromAbove(instance, bound)) return gaveUp(NOT_ABOVE);
  const growth = growthClauses(instance, bound);
  if (growth === null) return gaveUp('the growth radius is outside the range of doubles');
  const short = growth.find((clause) => !(clause.margin.lower > 0));
  if (short !== undefined) return gaveUp(`the growth bound does not show ${short.name}`);
  const spheres = [1, 10, stationaryRadius(bound), ...growthRadii(bound, instance)];
  const { minima } = attackVillani(
    instance,
    spheres.filter(isSearchable),
    instance.steps,
    tools.random,
    tools.attack,
  );
  const contradiction = [...searchClauses(minima), gradientClause(instance, tools)].find(
    (clause) => clause.margin.upper < 0,
  );
  if (contradiction !== undefined) return gaveUp(`a cross-check fails: ${contradiction.name}`);
  const radii = instance.steps.map((step) => growthRadius(bound, step));
  return decided('exact', [atMost(SOME_CONDITION_FAILS, lambda / 2, 0)], {
    witness: { bound, steps: instance.steps, radii },
    measurements: { growthRadius: Math.max(...radii) },
  });
}

/** The growth radii for the least and the largest s. */
function growthRadii(bound: GrowthBound, { steps }: VillaniInstance): readonly number[] {
  return [...new Set([steps[0], steps[steps.length - 1]])].map((step) => growthRadius(bound, step));
}

/** Radii at which the functional is neither 0 nor infinite in doubles. */
function isSearchable(radius: number): boolean {
  return radius > 1e-9 && radius < 1e12;
}

/** The largest L̃ found on the escaping ray; along the first axis where every ray escapes. */
function largestAlong(instance: VillaniInstance, { direction }: Escape): number {
  const evaluate = lossEvaluator(instance);
  const entries = instance.outer.length * instance.dataset.inputDim;
  const ray = direction?.flat() ?? Array.from({ length: entries }, (_, k) => (k === 0 ? 1 : 0));
  return Math.max(...RADII.map((t) => evaluate(ray.map((entry) => t * entry)).value));
}

function growthAt(bound: GrowthBound, radius: number, step: number): number {
  return growthFormula.evaluate({ lambda: bound.lambda, radius, step });
}

/** One clause per sphere and step: the search's value is not below its rigorous bound. */
function searchClauses(minima: readonly SphereMinimum[]): readonly Clause[] {
  return minima.map((it) =>
    atMost(
      'the search on spheres stays above the growth bound',
      it.bound,
      it.functional,
      it.rounding,
    ),
  );
}
