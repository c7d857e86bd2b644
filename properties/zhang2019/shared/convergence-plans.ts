import fc from 'fast-check';
import type { MatrixTeacherSpec, RightFactor, Spectrum } from '../../../src/generators/index.js';
import { oneTwoFive } from '../../../src/generators/index.js';
import type { SpectrumConstants } from '../../../src/theory/index.js';
import type { Plan } from './convergence-problems.js';

const SPECTRA: readonly Spectrum[] = ['equal', 'linear', 'geometric', 'one-large', 'one-small'];

/**
 * The least c₃ is that of equal singular values, c₃ of the others grows with K. Drawn as one spectrum of five, the
 * equal ones would be a ninth decile of the hardness on one day and not on the next.
 */
export const mostlyEqual = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Spectrum>('equal') },
  { weight: 1, arbitrary: fc.constantFrom(...SPECTRA.slice(1)) },
);

/** Teachers of the pool P-W at fixed or drawn sizes. */
export function teachers(options: {
  readonly width: fc.Arbitrary<number>;
  readonly condition: fc.Arbitrary<number>;
  readonly spectrum?: fc.Arbitrary<Spectrum>;
  readonly rightFactor?: fc.Arbitrary<RightFactor>;
  readonly scale?: fc.Arbitrary<number>;
  /** d − K. */
  readonly spare?: fc.Arbitrary<number>;
  readonly inputDim?: number;
}): fc.Arbitrary<MatrixTeacherSpec> {
  return fc
    .record({
      width: options.width,
      condition: options.condition,
      spectrum: options.spectrum ?? fc.constantFrom(...SPECTRA),
      scale: options.scale ?? oneTwoFive(-3, 6),
      spare: options.spare ?? fc.constantFrom(0, 1, 10, 150),
      rightFactor: options.rightFactor ?? fc.constantFrom('identity', 'random', 'aligned'),
    })
    .map(({ spare, ...spec }) => ({
      ...spec,
      condition: spec.spectrum === 'equal' ? 1 : spec.condition,
      inputDim: options.inputDim ?? spec.width + spare,
    }));
}

/** Step sizes: the limit half of the time, since it contracts least for its size. */
const stepFractions = fc.constantFrom(1, 1, 0.5, 0.1, 0.01);

/** Plans of population steps. */
export function population(specs: fc.Arbitrary<MatrixTeacherSpec>): fc.Arbitrary<Plan> {
  return fc
    .record({
      spec: specs,
      stepFraction: stepFractions,
      radiusFraction: fc.constantFrom(1, 0.5, 0.1),
    })
    .map((drawn) => ({
      ...drawn,
      part: 'population',
      start: 'slowest',
      noiseLaw: 'gaussian',
      noiseRatio: 0,
      sampleSize: () => 1,
      maxSteps: 1,
    }));
}

/**
 * ν/σ_K. The implied c₄ is that of the noise from 1 on and far below it under 0.1: with as many draws on either side
 * its median would lie between, at the mercy of a single draw.
 */
const mostlyNoisy = fc.constantFrom(0, 0.1, 1, 1, 1, 1, 10, 10, 10, 10);

/** Plans of runs. */
export function runs(options: {
  readonly specs: fc.Arbitrary<MatrixTeacherSpec>;
  readonly sampleSize: (
    spec: MatrixTeacherSpec,
  ) => (constants: SpectrumConstants, noise: number) => number;
  readonly noiseRatio?: fc.Arbitrary<number>;
  readonly start?: fc.Arbitrary<Plan['start']>;
  readonly stepFraction?: fc.Arbitrary<number>;
  readonly maxSteps?: fc.Arbitrary<number>;
}): fc.Arbitrary<Plan> {
  return fc
    .record({
      spec: options.specs,
      stepFraction: options.stepFraction ?? fc.constantFrom(1, 0.5, 0.1),
      radiusFraction: fc.constantFrom(1, 0.5),
      start: options.start ?? fc.constantFrom('teacher', 'random', 'slowest'),
      noiseLaw: fc.constantFrom('gaussian', 'rademacher', 'uniform'),
      noiseRatio: options.noiseRatio ?? mostlyNoisy,
      maxSteps: options.maxSteps ?? fc.constant(300),
    })
    .map((drawn) => ({ ...drawn, part: 'sample', sampleSize: options.sampleSize(drawn.spec) }));
}

/** Steps after which the error of one column is within 1 % of its floor: the limit of the step size halves what is left. */
const STEPS_TO_FLOOR = 12;

/**
 * Runs of one column from the teacher with Gaussian noise, to the statistical floor. Their c₄ scatters by √(2/d) alone, so
 * that few of them tell its exponent; the other runs vary everything else.
 */
export function floorRuns(options: {
  readonly inputDim: number;
  readonly noiseRatio: number;
  readonly sampleSize: (
    spec: MatrixTeacherSpec,
  ) => (constants: SpectrumConstants, noise: number) => number;
}): fc.Arbitrary<Plan> {
  const { inputDim, noiseRatio, sampleSize } = options;
  const one = fc.constant(1);
  return teachers({ width: one, condition: one, inputDim }).map((spec): Plan => ({
    part: 'sample',
    spec,
    stepFraction: 1,
    radiusFraction: 1,
    start: 'teacher',
    noiseLaw: 'gaussian',
    noiseRatio,
    sampleSize: sampleSize(spec),
    maxSteps: STEPS_TO_FLOOR,
    work: Infinity,
  }));
}
