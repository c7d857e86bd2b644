import type { Confirmation, ScalingReading } from '../../../src/claims/index.js';
import { atLeast, atMost, decided } from '../../../src/claims/index.js';
import { HIGH_PRECISION_DIGITS, bigNumber, highPrecision } from '../../../src/math/index.js';
import type { Matrix } from '../../../src/model/index.js';
import {
  errorBound,
  populationHessian,
  populationStep,
  spectrumEnds,
} from '../../../src/theory/index.js';
import convergence from '../../../properties/zhang2019/gradient-descent-converges-linearly.property.js';
import type {
  ConvergenceProblem,
  PopulationProblem,
  SampleProblem,
} from '../../../properties/zhang2019/shared/convergence-problems.js';
import {
  OURS,
  isResolvable,
  sampleOf,
  scopeOf,
} from '../../../properties/zhang2019/shared/convergence-problems.js';
import type { Planted } from './variant.js';
import { originalOf, variantOf } from './variant.js';

type Reading = ScalingReading<ConvergenceProblem>;
type Big = ReturnType<typeof bigNumber>;
type BigMatrix = readonly (readonly Big[])[];

const source = originalOf<Reading>(convergence, 'intended');
const zero = bigNumber(0);

const dot = (u: readonly Big[], v: readonly Big[]): Big =>
  u.reduce((sum, entry, p) => sum.plus(entry.times(v[p])), zero);
const big = (matrix: Matrix): BigMatrix => matrix.map((row) => row.map(bigNumber));
const minus = (u: BigMatrix, v: BigMatrix): BigMatrix =>
  u.map((row, k) => row.map((entry, p) => entry.minus(v[k][p])));
const square = (matrix: BigMatrix): Big =>
  matrix.reduce((sum, row) => sum.plus(dot(row, row)), zero);

/** The assumptions on an instance, in float64: none of them is close where a claim is planted. */
function assumptions(problem: ConvergenceProblem): Confirmation['assumptions'] {
  return source.assumptions.map(({ name, margin }) => {
    const value = margin(problem);
    return { name, margin: String(value), holds: value >= 0 };
  });
}

/** E 1{u·x ≥ 0}·ReLU(v·x)·x = (‖v‖ sin θ·u/‖u‖ + (π − θ)·v)/(2π), θ the angle of u and v [cho2009]. */
function activeMean(u: readonly Big[], v: readonly Big[]): Big[] {
  const [lengthU, lengthV] = [dot(u, u).sqrt(), dot(v, v).sqrt()];
  const cosine = dot(u, v).div(lengthU).div(lengthV);
  const clamped = cosine.gt(1) ? bigNumber(1) : cosine;
  const sine = bigNumber(1).minus(clamped.times(clamped)).sqrt();
  const pi = highPrecision.acos(bigNumber(-1)) as Big;
  const rest = pi.minus(highPrecision.acos(clamped) as Big);
  return u.map((entry, p) =>
    lengthV.times(sine).times(entry).div(lengthU).plus(rest.times(v[p])).div(pi.times(2)),
  );
}

const STEP = 'λκ²(1 − ρ)/η of one population step is at least the stated constant';

/** The slowest direction of the Hessian at W*, on one side. */
function slowest({ teacher }: PopulationProblem, side: 1 | -1): Matrix {
  const order = teacher.length * teacher[0].length;
  const { vector } = spectrumEnds(populationHessian(teacher, teacher), order).smallest;
  return teacher.map((row, k) => row.map((_, p) => side * vector[k * row.length + p]));
}

/** λκ²(1 − ρ)/η with 64 digits, for two neurons: then λ = κ, from the eigenvalues of W*W*ᵀ. */
function bigRate({ teacher, radius, stepSize }: PopulationProblem, direction: Matrix): Big {
  const target = big(teacher);
  const start = big(teacher.map((row, k) => row.map((e, p) => e + radius * direction[k][p])));
  const offset = minus(start, target);
  const gradient = start.map((row) => {
    const parts = [
      ...start.map((other) => activeMean(row, other)),
      ...target.map((other) => activeMean(row, other).map((entry) => entry.neg())),
    ];
    return row.map((_, p) => parts.reduce((sum, part) => sum.plus(part[p]), zero));
  });
  const moved = gradient.map((row, k) =>
    row.map((entry, p) => offset[k][p].minus(entry.times(bigNumber(stepSize)))),
  );
  const before = square(offset);
  const [[a, b], [, c]] = target.map((row) => target.map((other) => dot(row, other)));
  const root = a.minus(c).times(a.minus(c)).plus(b.times(b).times(4)).sqrt();
  const kappa2 = a.plus(c).plus(root).div(a.plus(c).minus(root));
  return before
    .minus(square(moved))
    .div(before)
    .div(bigNumber(stepSize))
    .times(kappa2.times(kappa2.sqrt()));
}

function rateVariant(distance: Planted['distance'], constant: number): Planted {
  const texts = {
    statement: `The contraction with c₃ = ${constant}, of population gradient descent with two neurons.`,
    argument:
      'For orthonormal columns the Hessian at W* has the value 1/4 − 1/(2π) in the direction (w*_1 + w*_2, −w*_1 − w*_2)/2, so that λκ²(1 − ρ)/η of small steps is at most 1/2 − 1/π < 0.182.',
  };
  return {
    id: `convergence-rate-${String(constant).replace('.', '-')}`,
    original: convergence,
    reading: 'intended',
    distance,
    ...texts,
    variant: variantOf(source, 'universal', texts, {
      conclude: (problem) => {
        const applies =
          problem.part === 'population' && problem.teacher.length === 2 && isResolvable(problem);
        if (!applies) return decided('attack', [], { trivial: true });
        const { kappa, lambda } = scopeOf(problem);
        const steps = ([1, -1] as const).map((side) => {
          const direction = slowest(problem, side);
          const { rate, error } = populationStep(
            problem.teacher,
            direction,
            problem.radius,
            problem.stepSize,
          );
          return { direction, rate, error };
        });
        const worst = steps.reduce((x, y) => (y.rate < x.rate ? y : x));
        const factor = lambda * kappa * kappa;
        return decided(
          'attack',
          [atLeast(STEP, worst.rate * factor, constant, worst.error * factor)],
          { witness: worst.direction },
        );
      },
      confirm: (problem, { conclusion }) => {
        if (problem.part !== 'population') return null;
        const value = bigRate(problem, conclusion.witness as Matrix);
        return {
          method: 'one step from the arc-cosine kernel, in BigNumber arithmetic',
          digits: HIGH_PRECISION_DIGITS,
          clause: STEP,
          lhs: String(constant),
          rhs: value.toString(),
          violated: value.lt(constant),
          assumptions: assumptions(problem),
        };
      },
    }),
  };
}

const FLOOR = '‖W^T − W*‖² of a run is at most the right side of (4.1)';

/** Multiplications of 64-digit numbers that a confirmation may cost. */
const LIMIT = 60_000;

/** ‖W^T − W*‖² with 64 digits, from the sample's doubles. */
function bigDistance(problem: SampleProblem, steps: number): Big {
  const { teacher, start, stepSize } = problem;
  const { inputs, labels } = sampleOf(problem);
  const points = big(inputs);
  const targets = labels.map(bigNumber);
  const factor = bigNumber(stepSize).div(labels.length);
  let weights = big(start);
  for (let step = 0; step < steps; step += 1) {
    const sums = weights.map((row) => row.map(() => zero));
    for (const [i, x] of points.entries()) {
      const products = weights.map((row) => dot(row, x));
      const output = products.reduce((sum, z) => (z.gt(0) ? sum.plus(z) : sum), zero);
      const residual = output.minus(targets[i]);
      for (const [k, z] of products.entries()) {
        if (z.lt(0)) continue;
        sums[k] = sums[k].map((sum, p) => sum.plus(residual.times(x[p])));
      }
    }
    weights = weights.map((row, k) => row.map((entry, p) => entry.minus(factor.times(sums[k][p]))));
  }
  return square(minus(weights, big(teacher)));
}

function floorVariant(distance: Planted['distance'], constant: number): Planted {
  const texts = {
    statement: `The statistical term with c₄ = ${constant}, on every run.`,
    argument:
      'For one column the error tends to τ²·tr(H⁻¹)/N = 2dτ²/N (H = I/2), with τ² = πν²/2 for Gaussian noise, so that the mean of the implied c₄ is near π/log N for ν ≫ σ_K; and single samples exceed every multiple of their mean with positive probability.',
  };
  return {
    id: `convergence-floor-${String(constant).replace('.', '-')}`,
    original: convergence,
    reading: 'intended',
    distance,
    ...texts,
    variant: variantOf(source, 'universal', texts, {
      conclude: async (problem, tools) => {
        if (problem.part !== 'sample') return decided('attack', [], { trivial: true });
        const conclusion = await source.conclude(problem, tools);
        if (conclusion.status !== 'decided') return conclusion;
        const { left, unit, optimisation, worstStep } = conclusion.measurements ?? {};
        const right = optimisation + constant * unit;
        return decided('attack', [atMost(FLOOR, left, right, 1e-9 * (left + right))], {
          witness: { worstStep },
        });
      },
      confirm: (problem, { conclusion }) => {
        if (problem.part !== 'sample') return null;
        const { worstStep } = conclusion.witness as { readonly worstStep: number };
        const { inputDim, sampleSize, teacher, start, noise, stepSize } = problem;
        if (2 * sampleSize * inputDim * teacher.length * worstStep > LIMIT) return null;
        const value = bigDistance(problem, worstStep);
        const bound = errorBound.evaluateBig({
          ...scopeOf(problem),
          N: sampleSize,
          noise,
          stepSize: bigNumber(stepSize),
          start2: square(minus(big(start), big(teacher))),
          c3: OURS.c3,
          c4: constant,
          T: worstStep,
        });
        return {
          method: 'gradient descent and (4.1) in BigNumber arithmetic, from the same sample',
          digits: HIGH_PRECISION_DIGITS,
          clause: FLOOR,
          lhs: value.toString(),
          rhs: bound.toString(),
          violated: value.gt(bound),
          assumptions: assumptions(problem),
        };
      },
    }),
  };
}

/** False variants of the convergence theorem with constants of their own. */
export const CONVERGENCE_CONSTANTS: readonly Planted[] = [
  rateVariant('near', 0.19),
  rateVariant('far', 0.5),
  floorVariant('near', 1),
  floorVariant('far', 0.01),
];
