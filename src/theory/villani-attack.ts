import { norm } from '../math/index.js';
import type { RandomSource } from '../math/index.js';
import { lossEvaluator } from './loss-derivatives.js';
import type { LossEvaluator, LossProblem } from './loss-derivatives.js';
import { functionalLowerBound, villaniGrowthBound } from './villani-growth.js';

/** The smallest value of −ΔL̃ + ‖∇L̃‖²/s that the attack found on one sphere. */
export interface SphereMinimum {
  readonly radius: number;
  readonly step: number;
  readonly functional: number;
  /** A bound on the rounding error of `functional`. */
  readonly rounding: number;
  /** ‖∇L̃‖ at the point found. */
  readonly gradientNorm: number;
  /** The rigorous lower bound on the same sphere. */
  readonly bound: number;
}

export interface VillaniAttack {
  /** One per radius and step, radius by radius. */
  readonly minima: readonly SphereMinimum[];
  /**
   * The first minimum that lies below its rigorous bound by more than rounding; null as long as
   * formulas and search agree. Where it is not null, one of the two is wrong.
   */
  readonly contradiction: SphereMinimum | null;
}

/** Where a sphere's search stands for one step s. */
interface Best {
  functional: number;
  rounding: number;
  gradientNorm: number;
  point: Float64Array;
}

interface Sphere {
  readonly evaluate: LossEvaluator;
  readonly lambda: number;
  readonly radius: number;
  readonly steps: readonly number[];
  readonly best: readonly Best[];
}

/**
 * Minimises condition (4)'s functional on spheres, independently of the growth bound: along rays
 * (rank-one weights aligned with the data, a coordinate axis, weights that no input sees, random
 * directions), along paths where the data term works against the weight decay (the fixed-point map
 * W ← −R·∇D/‖∇D‖ of the data term D), and by random local search from the best of these.
 *
 * @param radii radii of the spheres, > 0
 * @param steps the values of s, > 0; the extreme ones are searched for, all are evaluated
 * @param effort 1 is the least; random directions and search steps grow in proportion
 */
export function attackVillani(
  problem: LossProblem,
  radii: readonly number[],
  steps: readonly number[],
  random: RandomSource,
  effort: number,
): VillaniAttack {
  const evaluate = lossEvaluator(problem);
  const bound = villaniGrowthBound(problem);
  const directions = rayDirections(problem, random, effort);
  const extremes = steps.length === 1 ? [0] : [0, steps.length - 1];
  const minima = radii.flatMap((radius) => {
    const sphere: Sphere = {
      evaluate,
      lambda: problem.lambda,
      radius,
      steps,
      best: steps.map(() => ({
        functional: Infinity,
        rounding: 0,
        gradientNorm: Infinity,
        point: new Float64Array(directions[0].length),
      })),
    };
    for (const direction of directions) visit(sphere, direction);
    for (const index of extremes) {
      followDataGradient(sphere, index, 4);
      searchLocally(sphere, index, random, 8 * effort);
    }
    return steps.map((step, index): SphereMinimum => {
      const { functional, rounding, gradientNorm } = sphere.best[index];
      const lower = functionalLowerBound(bound, radius, step);
      return { radius, step, functional, rounding, gradientNorm, bound: lower };
    });
  });
  const contradiction = minima.find((it) => it.functional + it.rounding < it.bound) ?? null;
  return { minima, contradiction };
}

/**
 * Evaluates the functional at the multiple of `direction` on the sphere and keeps what is better.
 * Returns the data term's gradient there; null for the zero direction.
 */
function visit(sphere: Sphere, direction: ArrayLike<number>): Float64Array | null {
  const { radius, lambda, steps, best } = sphere;
  const length = norm(Array.from(direction));
  if (length === 0) return null;
  const point = Float64Array.from(direction, (entry) => (entry * radius) / length);
  const { gradient, gradientNormSquared, laplacian } = sphere.evaluate(point);
  const dataGradient = gradient.map((entry, k) => entry - lambda * point[k]);
  const magnitude = norm(Array.from(dataGradient)) + lambda * radius;
  steps.forEach((step, index) => {
    const functional = gradientNormSquared / step - laplacian;
    if (!(functional < best[index].functional)) return;
    best[index].functional = functional;
    // Entries of λW + ∇D may cancel: the error is relative to the summands, some 1e3 roundings each.
    best[index].rounding = 1e-12 * (magnitude ** 2 / step + Math.abs(laplacian));
    best[index].gradientNorm = Math.sqrt(gradientNormSquared);
    best[index].point = point;
  });
  return dataGradient;
}

/** Where ∇D opposes λW best: W parallel to −∇D. */
function followDataGradient(sphere: Sphere, index: number, rounds: number): void {
  let direction: Float64Array = sphere.best[index].point;
  for (let round = 0; round < rounds; round += 1) {
    const dataGradient = visit(sphere, direction);
    if (dataGradient === null) return;
    direction = dataGradient.map((entry) => -entry);
  }
  visit(sphere, direction);
}

/** Random steps on the sphere around the best point, halved whenever one fails. */
function searchLocally(sphere: Sphere, index: number, random: RandomSource, rounds: number): void {
  const own = sphere.best[index];
  let reach = 0.5;
  for (let round = 0; round < rounds; round += 1) {
    const before = own.functional;
    const scale = (reach * sphere.radius) / Math.sqrt(own.point.length);
    visit(
      sphere,
      own.point.map((entry) => entry + scale * (2 * random.uniform() - 1)),
    );
    if (own.functional >= before) reach /= 2;
  }
}

/** Directions of the rays, row-major (width, inputDim), none of them zero. */
function rayDirections(
  problem: LossProblem,
  random: RandomSource,
  effort: number,
): readonly (readonly number[])[] {
  const { outer, dataset } = problem;
  const { inputDim, inputs } = dataset;
  const spread = () => 2 * random.uniform() - 1;
  const signs = outer.map((a) => (a < 0 ? -1 : 1));
  const mean = Array.from({ length: inputDim }, (_, k) =>
    inputs.reduce((sum, x) => sum + x[k] / inputs.length, 0),
  );
  const unseen = orthogonalTo(inputs, Array.from({ length: inputDim }, spread));
  const candidates = [
    ...[...inputs.slice(0, 3), mean, unseen].flatMap((x) => [
      rankOne(outer, x),
      rankOne(
        outer,
        x.map((entry) => -entry),
      ),
      rankOne(signs, x),
    ]),
    Array.from({ length: outer.length * inputDim }, (_, k) => (k === 0 ? 1 : 0)),
    ...Array.from({ length: 4 * effort }, () =>
      Array.from({ length: outer.length * inputDim }, spread),
    ),
  ];
  return candidates.filter((direction) => direction.some((entry) => entry !== 0));
}

/** The outer product, row-major. */
function rankOne(left: readonly number[], right: readonly number[]): number[] {
  return left.flatMap((l) => right.map((r) => l * r));
}

/** The part of `vector` that is orthogonal to all inputs; zero or rounding noise where they span. */
function orthogonalTo(
  inputs: readonly (readonly number[])[],
  vector: readonly number[],
): readonly number[] {
  let rest = [...vector];
  const basis: number[][] = [];
  for (const x of inputs) {
    let own = [...x];
    // Twice: one pass of Gram–Schmidt loses orthogonality for nearly parallel inputs.
    for (const e of [...basis, ...basis]) own = without(own, e);
    const length = norm(own);
    if (length > 1e-9 * norm(x)) basis.push(own.map((entry) => entry / length));
  }
  for (const e of [...basis, ...basis]) rest = without(rest, e);
  return norm(rest) > 1e-9 * norm(vector) ? rest : vector.map(() => 0);
}

function without(x: readonly number[], unit: readonly number[]): number[] {
  const along = x.reduce((sum, entry, k) => sum + entry * unit[k], 0);
  return x.map((entry, k) => entry - along * unit[k]);
}
