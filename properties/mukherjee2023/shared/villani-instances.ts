import fc from 'fast-check';
import {
  activationLabel,
  activations,
  ACTIVATION_PHRASES,
  datasetLabels,
  DATASET_PHRASES,
  datasetSpecs,
  drawDataset,
  generator,
  oneTwoFive,
} from '../../../src/generators/index.js';
import type { DatasetSpec, Generator } from '../../../src/generators/index.js';
import { norm, normalVector, pow } from '../../../src/math/index.js';
import type { RandomSource } from '../../../src/math/index.js';
import type { Activation, ActivationName, Vector } from '../../../src/model/index.js';
import { largestInputNorm } from '../../../src/theory/index.js';
import type { LossProblem } from '../../../src/theory/index.js';

/** A regularised loss and the values of s, ascending, at which condition (4) is evaluated. */
export interface VillaniInstance extends LossProblem {
  readonly steps: readonly number[];
}

/** How often λ is drawn by each law, in per cent of the draws. */
export interface DecayShares {
  /** λ = 0. */
  readonly zero: number;
  /** Uniform on multiples of a thousandth of the linear grid's top. */
  readonly linear: number;
  /** Uniform on a logarithmic grid of 100 points a decade, from top downwards. */
  readonly logarithmic: number;
  /** The threshold times 1 ± 2⁻²⁰. */
  readonly near: number;
}

/** Shares for readings about λ above the threshold; λ = 0 serves their control. */
export const ABOVE: DecayShares = { zero: 4, linear: 65, logarithmic: 26, near: 5 };

/** Shares for readings about λ below the threshold. */
export const BELOW: DecayShares = { zero: 3, linear: 22, logarithmic: 70, near: 5 };

type DecayLaw = keyof DecayShares;
type OuterKind = 'gaussian' | 'equal' | 'alternating' | 'sparse' | 'graded' | 'zero';

/** What the instances of one reading are drawn from. */
export interface VillaniLaw {
  readonly activations: readonly ActivationName[];
  /** Largest width and input dimension; both start at 1. */
  readonly largest: number;
  readonly scale: LossProblem['scale'];
  /** Rescale the outer weights to B_x‖a‖ = 1. */
  readonly normalised: boolean;
  readonly shares: DecayShares;
  /** λ reaches from 0 to `top`·unit, on the logarithmic grid from 10^−decades·top·unit. */
  readonly top: number;
  readonly decades: number;
  /** Where the linear grid ends, in thresholds (in units where the threshold is 0). Default: `top`·unit. */
  readonly linearTop?: number;
  /** Whether a = 0 is drawn too; not together with `normalised`. */
  readonly zeroOuter?: boolean;
  /** The threshold, and the unit of λ: a function of a problem whose λ is not drawn yet. */
  readonly threshold: (problem: Omit<LossProblem, 'lambda'>) => number;
  readonly unit: 'threshold' | 'one';
  /** Exponents of the least and largest scale of the labels. Default −6…6. */
  readonly labelScale?: { readonly min: number; readonly max: number };
  /** Values of s as powers of ten. */
  readonly stepExponents: readonly number[];
}

interface Structure {
  readonly activation: Activation;
  readonly data: DatasetSpec;
  readonly width: number;
  readonly outer: OuterKind;
  readonly outerScale: number;
  readonly decay: { readonly law: DecayLaw; readonly part: number };
  readonly stepExponents: readonly number[];
}

/** Phrases of the labels that `villaniInstances` gives, but for λ = 0. */
export function villaniLabels(law: VillaniLaw): Readonly<Record<string, string>> {
  const phrases: Record<string, string> = { ...DATASET_PHRASES };
  for (const name of law.activations) {
    phrases[`activation:${name}`] = ACTIVATION_PHRASES[`activation:${name}`];
  }
  return {
    ...phrases,
    'width:one': 'p = 1',
    'width:several': `p from 2 to ${law.largest}`,
    'input-dim:one': 'd = 1',
    'input-dim:several': `d from 2 to ${law.largest}`,
    'outer:gaussian': 'a Gaussian',
    'outer:equal': 'all a_j equal',
    'outer:alternating': 'a_j of alternating sign',
    'outer:sparse': 'a with one entry that is not 0',
    'outer:graded': 'a_j from 1 down to 1e-6, signs random',
    ...(law.zeroOuter === true ? { 'outer:zero': 'a = 0, where λ_c = 0' } : {}),
    'lambda:linear': 'λ on a linear grid',
    'lambda:logarithmic': 'λ on a logarithmic grid',
    'lambda:near': 'λ within 1e-6 of the threshold',
    'step:small': `s down to 1e${Math.min(...law.stepExponents)}`,
    'step:large': `s up to 1e${Math.max(...law.stepExponents)}`,
  };
}

/** The generator of Villani instances, every pool with the same probability for its members. */
export function villaniInstances(law: VillaniLaw): Generator<VillaniInstance> {
  const { stepExponents } = law;
  return generator<Structure, VillaniInstance>({
    law: villaniLawInWords(law),
    structure: fc.record({
      activation: activations({ members: law.activations }),
      data: datasetSpecs({
        inputDim: { min: 1, max: law.largest },
        sampleSize: { min: 1, max: 10 },
        labels: law.labelScale === undefined ? {} : { scale: law.labelScale },
      }),
      width: fc.integer({ min: 1, max: law.largest }),
      outer: outerKinds(law),
      outerScale: oneTwoFive(-3, 3),
      decay: decays(law),
      stepExponents: fc.subarray([...stepExponents], { minLength: 1 }),
    }),
    build: (structure, random) => buildInstance(law, structure, random),
    labels: ({ activation, lambda, outer, dataset, steps }, { data, outer: kind, decay }) => [
      activationLabel(activation),
      datasetLabels(data)[0],
      outer.length === 1 ? 'width:one' : 'width:several',
      dataset.inputDim === 1 ? 'input-dim:one' : 'input-dim:several',
      `outer:${kind}`,
      lambda === 0 ? 'lambda:zero' : `lambda:${decay.law}`,
      ...(steps[0] === powerOfTen(stepExponents[0]) ? ['step:small'] : []),
      ...(steps[steps.length - 1] === powerOfTen(stepExponents[stepExponents.length - 1])
        ? ['step:large']
        : []),
    ],
  });
}

const OUTER_KINDS: readonly OuterKind[] = ['equal', 'gaussian', 'alternating', 'sparse', 'graded'];

/** a = 0 a fourth as often as each of the others. */
function outerKinds({ zeroOuter }: VillaniLaw): fc.Arbitrary<OuterKind> {
  return fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom(...OUTER_KINDS) },
    { weight: zeroOuter === true ? 1 : 0, arbitrary: fc.constant<OuterKind>('zero') },
  );
}

function decays(law: VillaniLaw): fc.Arbitrary<Structure['decay']> {
  const parts: Record<DecayLaw, number> = {
    linear: 1000,
    logarithmic: 100 * law.decades,
    near: 1,
    zero: 0,
  };
  return fc.oneof(
    ...(Object.keys(parts) as DecayLaw[]).map((name) => ({
      weight: law.shares[name],
      arbitrary: fc.nat({ max: parts[name] }).map((part) => ({ law: name, part })),
    })),
  );
}

function buildInstance(
  law: VillaniLaw,
  structure: Structure,
  random: RandomSource,
): VillaniInstance {
  const { activation, data, width, decay, stepExponents } = structure;
  const dataset = drawDataset(data, random.fork('data'));
  const drawn = outerWeights(structure.outer, width, random.fork('outer'));
  const size = law.normalised
    ? 1 / (largestInputNorm(dataset) * norm(drawn))
    : structure.outerScale;
  const problem = {
    activation,
    outer: drawn.map((entry) => size * entry),
    dataset,
    scale: law.scale,
  };
  const threshold = law.threshold(problem);
  return {
    ...problem,
    lambda: decayOf(law, threshold, decay),
    steps: stepExponents.map(powerOfTen),
  };
}

function decayOf(law: VillaniLaw, threshold: number, { law: name, part }: Structure['decay']) {
  const unit = law.unit === 'one' || threshold === 0 ? 1 : threshold;
  switch (name) {
    case 'zero':
      return 0;
    case 'linear':
      return (linearTopOf(law, threshold) * part) / 1000;
    case 'logarithmic':
      return law.top * unit * pow(10, part / 100 - law.decades);
    case 'near':
      return threshold * (part === 0 ? 1 + 2 ** -20 : 1 - 2 ** -20);
  }
}

/** The end of the linear grid. */
function linearTopOf({ linearTop, top, unit }: VillaniLaw, threshold: number): number {
  if (linearTop !== undefined) return linearTop * (threshold === 0 ? 1 : threshold);
  return top * (unit === 'one' || threshold === 0 ? 1 : threshold);
}

function outerWeights(kind: OuterKind, width: number, random: RandomSource): Vector {
  const many = (entry: (index: number) => number) =>
    Array.from({ length: width }, (_, j) => entry(j));
  switch (kind) {
    case 'gaussian':
      return normalVector(random, width);
    case 'equal':
      return many(() => 1);
    case 'alternating':
      return many((j) => (j % 2 === 0 ? 1 : -1));
    case 'sparse': {
      const place = random.integer(width);
      return many((j) => (j === place ? random.sign() : 0));
    }
    case 'zero':
      return many(() => 0);
    case 'graded':
      return many((j) => random.sign() * pow(10, width === 1 ? 0 : (-6 * j) / (width - 1)));
  }
}

function villaniLawInWords(law: VillaniLaw): string {
  const { shares, top, decades, unit } = law;
  const unitName = unit === 'one' ? '' : '·λ_c (·1 where λ_c = 0)';
  const linear =
    law.linearTop === undefined
      ? `${top / 1000}${unitName}`
      : `${law.linearTop / 1000}·λ_c (·1 where λ_c = 0)`;
  const outer = law.normalised
    ? 'rescaled to B_x‖a‖ = 1'
    : 'times a scale uniform on 1, 2, 5 times powers of ten from 1e-3 to 1e3';
  return [
    `activation uniform on ${law.activations.join(', ')} (pool P-A)`,
    `data set of the pool P-D with d and n uniform, d ≤ ${law.largest}, n ≤ 10, labels of the pool P-Y with scales from 1e${law.labelScale?.min ?? -6} to 1e${law.labelScale?.max ?? 6}`,
    `width uniform on 1…${law.largest}`,
    `outer weights Gaussian, equal, alternating, sparse${law.zeroOuter === true ? ', graded or (1 in 21) all 0' : ' or graded'}, ${outer}`,
    `λ with ${shares.linear} % uniform on {0, …, 1000}·${linear}, with ${shares.logarithmic} % uniform on the grid ${top}·10^{−k/100}${unitName}, k ≤ ${100 * decades}, with ${shares.near} % λ_c(1 ± 2⁻²⁰), with ${shares.zero} % 0`,
    `s a uniform non-empty subset of 10^k, k in ${law.stepExponents.join(', ')}`,
    `loss with ${law.scale === 'mean' ? '1/n' : '1/(2n)'} on the data term`,
  ].join('; ');
}

/** 10^exponent as the decimal literal, the same on every machine. */
function powerOfTen(exponent: number): number {
  return Number(`1e${exponent}`);
}
