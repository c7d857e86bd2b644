import type { Features } from '../../../src/claims/index.js';
import type { MatrixTeacherSpec } from '../../../src/generators/index.js';
import { drawMatrixTeacher, matrixTeacherLabels } from '../../../src/generators/index.js';
import { norm, normal, normalVector, randomSource, unitSphere } from '../../../src/math/index.js';
import type { RandomSource } from '../../../src/math/index.js';
import type { Dataset, Matrix, Network } from '../../../src/model/index.js';
import type { SpectrumConstants } from '../../../src/theory/index.js';
import {
  admissibleRadius,
  populationHessian,
  singularValuesOf,
  spectrumConstants,
  spectrumEnds,
  stepSizeLimit,
} from '../../../src/theory/index.js';

/** The constants of our own that both readings fix; the theorem only says that such exist. */
export const OURS = { c: 0.1, c2: 1, c3: 0.1, c4: 20 } as const;

/** Laws of the label noise, each of zero mean. */
export type NoiseLaw = 'gaussian' | 'rademacher' | 'uniform';

/** Where gradient descent starts: at W*, on the admitted sphere at random, or in its slowest direction. */
export type Start = 'teacher' | 'random' | 'slowest';

/** One step of population gradient descent from a sphere around the teacher. */
export interface PopulationProblem {
  readonly part: 'population';
  readonly inputDim: number;
  /**
   * Rows w*_j in coordinates of a subspace of dimension min(inputDim, K + 1) that contains them: the
   * Gaussian law is invariant under rotations, and one direction orthogonal to all columns stands
   * for the others.
   */
  readonly teacher: Matrix;
  readonly stepSize: number;
  /** The sphere's radius in Frobenius norm. */
  readonly radius: number;
}

/** A run of gradient descent on a sample. */
export interface SampleProblem {
  readonly part: 'sample';
  readonly inputDim: number;
  /** Rows w*_j, shape (K, inputDim). */
  readonly teacher: Matrix;
  /** Rows of W⁰, shape (K, inputDim). */
  readonly start: Matrix;
  readonly sampleSize: number;
  readonly noiseLaw: NoiseLaw;
  /** ν, the noise's sub-Gaussian norm; 0 for none. */
  readonly noise: number;
  readonly stepSize: number;
  readonly steps: number;
  /** The sample is rebuilt from this. */
  readonly dataSeed: string;
}

export type ConvergenceProblem = PopulationProblem | SampleProblem;

/** The structure of a problem: what fast-check draws. */
export interface Plan {
  readonly part: 'population' | 'sample';
  readonly spec: MatrixTeacherSpec;
  /** The step size over its limit 1/(c₂κK²). */
  readonly stepFraction: number;
  /** The distance of W⁰ from W* over the admitted one. */
  readonly radiusFraction: number;
  readonly start: Start;
  readonly noiseLaw: NoiseLaw;
  /** ν/σ_K. */
  readonly noiseRatio: number;
  /** Given the teacher's constants and ν, how many samples. */
  readonly sampleSize: (constants: SpectrumConstants, noise: number) => number;
  readonly maxSteps: number;
  /** Multiplications N·d·K·T that the run may spend; default 5·10⁶. */
  readonly work?: number;
}

/** Keeps the drawn radius inside the assumption whatever the rounding of κ and λ. */
const INSIDE = 0.999;

/** Multiplications N·d·K·T that a run may spend, unless its plan says otherwise. */
const WORK = 5e6;

/** κ, λ, σ_K and ‖W*‖_F² of a problem's teacher, from the matrix itself. */
export function constantsOf({ teacher }: ConvergenceProblem): SpectrumConstants {
  return spectrumConstants(singularValuesOf(teacher));
}

/** The symbols of the theorem's formulas for a problem. */
export function scopeOf(problem: ConvergenceProblem) {
  return { ...constantsOf(problem), d: problem.inputDim, K: problem.teacher.length };
}

/** The problem of a plan. */
export function buildProblem(plan: Plan, random: RandomSource): ConvergenceProblem {
  const { part, spec } = plan;
  const K = spec.width;
  const teacher = drawTeacher(spec, part, random);
  const constants = spectrumConstants(singularValuesOf(teacher));
  const scope = { ...constants, K, d: spec.inputDim };
  const stepSize = INSIDE * plan.stepFraction * stepSizeLimit.evaluate({ ...scope, c2: OURS.c2 });
  const radius = INSIDE * plan.radiusFraction * admissibleRadius.evaluate({ ...scope, c: OURS.c });
  if (part === 'population') {
    return { part, inputDim: spec.inputDim, teacher, stepSize, radius };
  }
  const noise = plan.noiseRatio * constants.smallest;
  const sampleSize = plan.sampleSize(constants, noise);
  const direction = startDirection(plan.start, teacher, random);
  // After 3/(ηµ) steps the slowest direction has shrunk by e³, with µ ≥ 0.09/(λκ²) as measured.
  const { kappa, lambda } = constants;
  const relaxed = Math.ceil((3 * lambda * kappa ** 2) / (0.09 * stepSize));
  const affordable = Math.ceil((plan.work ?? WORK) / (sampleSize * spec.inputDim * K));
  return {
    part,
    inputDim: spec.inputDim,
    teacher,
    start: teacher.map((row, k) => row.map((entry, p) => entry + radius * direction[k][p])),
    sampleSize,
    noiseLaw: plan.noiseLaw,
    noise,
    stepSize,
    steps: Math.max(1, Math.min(plan.maxSteps, relaxed, affordable)),
    dataSeed: random.key.join(' '),
  };
}

/** From this dimension on the columns of W* are drawn in the span of the first K + 1 axes. */
const EMBEDDED_FROM = 30;

/**
 * W* for a problem. The law of x is invariant under rotations, so a teacher inside a coordinate
 * subspace is as general as any; drawing it there saves orthogonalising d rows.
 */
function drawTeacher(spec: MatrixTeacherSpec, part: Plan['part'], random: RandomSource): Matrix {
  const { inputDim, width } = spec;
  const small = Math.min(inputDim, width + 1);
  if (part === 'population') return drawMatrixTeacher({ ...spec, inputDim: small }, random).inner;
  if (inputDim < EMBEDDED_FROM) return drawMatrixTeacher(spec, random).inner;
  const padding = Array.from({ length: inputDim - small }, () => 0);
  const { inner } = drawMatrixTeacher({ ...spec, inputDim: small }, random);
  return inner.map((row) => [...row, ...padding]);
}

/** A direction of Frobenius norm 1, or 0 for a start at the teacher. */
function startDirection(start: Start, teacher: Matrix, random: RandomSource): number[][] {
  const inputDim = teacher[0].length;
  const order = teacher.length * inputDim;
  const rows = (flat: ArrayLike<number>): number[][] =>
    teacher.map((_, k) => Array.from({ length: inputDim }, (__, p) => flat[k * inputDim + p]));
  if (start === 'teacher') return rows(new Float64Array(order));
  // One neuron's Hessian is I/2: every direction is the slowest.
  if (start === 'random' || teacher.length === 1) return rows(unitSphere(random, order));
  return rows(spectrumEnds(populationHessian(teacher, teacher), order).smallest.vector);
}

/** Noise of sub-Gaussian norm ν, which for these laws is E|ε| (the case p = 1 of the definition). */
function drawNoise(law: NoiseLaw, norm: number, random: RandomSource): number {
  switch (law) {
    case 'gaussian':
      return norm * Math.sqrt(Math.PI / 2) * normal(random);
    case 'rademacher':
      return norm * random.sign();
    case 'uniform':
      return norm * 2 * (2 * random.uniform() - 1);
  }
}

/** The network x ↦ Σσ(w_j·x) with the given inner rows. */
export function sumOfNeurons(inner: Matrix): Network {
  return {
    activation: { name: 'relu' },
    inputDim: inner[0].length,
    inner,
    outer: inner.map(() => 1),
  };
}

/** The sample of a problem: x_i ~ N(0, I), y_i = Σσ(w*_j·x_i) + ε_i. */
export function sampleOf(problem: SampleProblem): Dataset {
  const { inputDim, sampleSize, teacher, noiseLaw, noise, dataSeed } = problem;
  const inputStream = randomSource('zhang2019 inputs', dataSeed);
  const noiseStream = randomSource('zhang2019 noise', dataSeed);
  const inputs: number[][] = [];
  const labels: number[] = [];
  for (let i = 0; i < sampleSize; i += 1) {
    const x = normalVector(inputStream, inputDim);
    let label = 0;
    for (const row of teacher) {
      let z = 0;
      for (let p = 0; p < inputDim; p += 1) z += row[p] * x[p];
      if (z > 0) label += z;
    }
    inputs.push(x);
    labels.push(noise === 0 ? label : label + drawNoise(noiseLaw, noise, noiseStream));
  }
  return { inputDim, inputs, labels };
}

/** ‖W⁰ − W*‖_F, or the sphere's radius. */
export function startDistance(problem: ConvergenceProblem): number {
  if (problem.part === 'population') return problem.radius;
  return norm(
    problem.start.flatMap((row, k) => row.map((entry, p) => entry - problem.teacher[k][p])),
  );
}

/** Whether float64 resolves the sphere: below this ratio only its limit at radius 0 is computed. */
const RESOLVABLE = 1e-6;

/** Whether the sphere is wide enough for float64. */
export function isResolvable(problem: PopulationProblem): boolean {
  return problem.radius >= RESOLVABLE * Math.sqrt(constantsOf(problem).norm2);
}

/** Labels of the claim's own sample line. */
export const CONVERGENCE_PHRASES = {
  'part:population': 'one step of population gradient descent, all directions of a small sphere',
  'part:sample': 'runs of gradient descent on a sample',
  'd:1': 'd = 1',
  'd:large': 'd ≥ 100',
  'step:limit': 'η at its limit 1/(c₂κK²), c₂ = 1',
  'step:inside': 'η inside its limit',
  'radius:resolved': 'the worst direction searched at the sphere’s own radius',
  'radius:limit': 'radius too small for float64: its limit at radius 0, exact over all directions',
  'start:teacher': 'W⁰ = W*',
  'start:random': 'W⁰ on the admitted sphere in a random direction',
  'start:slowest': 'W⁰ on the admitted sphere in the direction of slowest contraction',
  'samples:one': 'N = 1',
  'samples:below-d': '1 < N < d',
  'samples:above-d': 'N ≥ d, N > 1',
  'noise:none': 'ν = 0',
  'noise:below': '0 < ν ≤ σ_K',
  'noise:above': 'ν > σ_K',
  'noise:gaussian': 'Gaussian noise',
  'noise:rademacher': 'noise ±ν',
  'noise:uniform': 'uniform noise',
} as const;

/** The coverage labels of a problem. */
export function problemLabels(problem: ConvergenceProblem, plan: Plan): string[] {
  const { inputDim, teacher } = problem;
  const labels: string[] = [
    `part:${problem.part}`,
    plan.stepFraction === 1 ? 'step:limit' : 'step:inside',
    ...matrixTeacherLabels(plan.spec, sumOfNeurons(teacher)),
  ];
  if (inputDim === 1) labels.push('d:1');
  if (inputDim >= 100) labels.push('d:large');
  if (problem.part === 'population') {
    return [...labels, isResolvable(problem) ? 'radius:resolved' : 'radius:limit'];
  }
  labels.push(`start:${plan.start}`);
  if (problem.sampleSize === 1) labels.push('samples:one');
  else labels.push(problem.sampleSize < inputDim ? 'samples:below-d' : 'samples:above-d');
  if (problem.noise === 0) return [...labels, 'noise:none'];
  return [
    ...labels,
    `noise:${problem.noiseLaw}`,
    plan.noiseRatio <= 1 ? 'noise:below' : 'noise:above',
  ];
}

/** What the claim quantifies over, as numbers. */
export function convergenceFeatures(problem: ConvergenceProblem): Features {
  const { kappa, smallest, norm2, K, d } = scopeOf(problem);
  return {
    d,
    K,
    κ: kappa,
    σ_K: smallest,
    '‖W*‖_F': Math.sqrt(norm2),
    'η·κK²': problem.stepSize * kappa * K * K,
    '‖W⁰ − W*‖_F': startDistance(problem),
    ...(problem.part === 'sample'
      ? { N: problem.sampleSize, 'ν/σ_K': problem.noise / smallest, T: problem.steps }
      : {}),
  };
}
