import fc from 'fast-check';
import type {
  Generator,
  InputLawMember,
  LabelLaw,
  LabelLawSpec,
} from '../../../src/generators/index.js';
import {
  LABEL_LAW_PHRASES,
  drawInputs,
  drawLabelLaw,
  drawLabels,
  generator,
  inputLawLabel,
  inputLawPhrases,
  inputLaws,
  labelLawLabel,
  labelLawSpecs,
} from '../../../src/generators/index.js';
import type { RandomSource } from '../../../src/math/index.js';
import { exp, log } from '../../../src/math/index.js';
import type { Rung } from '../../../src/claims/index.js';
import type { InputLaw, Matrix, Vector } from '../../../src/model/index.js';
import { minimalHalfspaceMass, minimalReluMean } from './law-facts.js';

/** One sample with everything that the outer-norm bounds quantify over. */
export interface OuterNormInstance {
  /** The path of the ladder. */
  readonly path: string;
  /** Whether the dimension grows along the path. */
  readonly tied: boolean;
  readonly law: InputLaw;
  readonly labelLaw: LabelLaw;
  readonly sampleSize: number;
  /** The sample size of the path; larger than `sampleSize` where that is more than is drawn. */
  readonly wantedSize: number;
  /** The training error is at most δ². */
  readonly delta: number;
  /** Sigmoid: the bound R on ‖w_j‖. */
  readonly radius: number | null;
  /** Step: the margin c of P(w·X ≥ c) ≥ η. */
  readonly margin: number;
  readonly inputs: Matrix;
  readonly labels: Vector;
}

/** A path of sizes: the dimension and the sample size at each. */
export interface Path {
  readonly name: string;
  readonly tied: boolean;
  readonly sizes: readonly number[];
  readonly dimension: (size: number) => number;
  /** The sample size at a size of the path. */
  readonly sampleSize: (size: number, law: InputLaw, margin: number) => number;
  /** The largest sample that is drawn; an instance that wants more says so. Default: no limit. */
  readonly largest?: number;
  /** What is drawn on this path where it is not all of the pools. */
  readonly only?: {
    readonly law: (dimension: number) => InputLaw;
    readonly labels: LabelLawSpec;
    readonly delta: number;
    readonly radius?: number;
  };
}

/** N grows, d is fixed. */
export function fixedDimension(dimension: number, sizes: readonly number[]): Path {
  return {
    name: `d = ${dimension}, N = size`,
    tied: false,
    sizes,
    dimension: () => dimension,
    sampleSize: (size) => size,
  };
}

/**
 * N = ⌈size/η⌉ with η = inf P(w·X ≥ c): the thinnest halfspace holds `size` points on average, whatever the
 * law. Where η is 0 the claim is void, and N = size; but where directions have a positive ReLU mean, η is only too
 * small for a double, and no sample is large enough.
 */
export function pointsPerHalfspace(
  dimension: number,
  sizes: readonly number[],
  largest: number,
): Path {
  return {
    name: `d = ${dimension}, N = size/η`,
    tied: false,
    sizes,
    largest,
    dimension: () => dimension,
    sampleSize: (size, law, margin) => {
      const mass = minimalHalfspaceMass(law, margin);
      if (mass > 0) return Math.ceil(size / mass);
      return margin === 0 && minimalReluMean(law) > 0 ? Infinity : size;
    },
  };
}

/** N = d². */
export function squareOfDimension(sizes: readonly number[]): Path {
  return {
    name: 'N = d², d = size',
    tied: true,
    sizes,
    dimension: (size) => size,
    sampleSize: (size) => size * size,
  };
}

/** N = ⌈4d·ln(e + d)⌉, the near-linear sample size of the document. */
export function nearLinear(sizes: readonly number[]): Path {
  return {
    name: 'N = ⌈4d ln(e + d)⌉, d = size',
    tied: true,
    sizes,
    dimension: (size) => size,
    sampleSize: (size) => Math.ceil(4 * size * log(Math.E + size)),
  };
}

/** The rungs of the paths, path by path. */
export function rungsOf(paths: readonly Path[]): Rung[] {
  return paths.flatMap(({ name, sizes }) => sizes.map((size) => ({ path: name, size })));
}

/** Which of the optional parameters are drawn. */
export interface Parameters {
  readonly radii?: boolean;
  readonly margins?: boolean;
  /**
   * Members of P-X that three draws of four are taken from, at fixed dimension and where it grows; the
   * fourth draw is from all of P-X.
   */
  readonly favoured?: {
    readonly fixed: readonly InputLawMember[];
    readonly tied: readonly InputLawMember[];
  };
}

interface Structure {
  readonly path: Path;
  readonly size: number;
  readonly law: InputLaw;
  readonly labels: LabelLawSpec;
  readonly delta: number;
  readonly radius: number | null;
  readonly margin: number;
}

/** δ: 1, 2, 5 times powers of ten in [1e-3, 10]. */
const DELTAS = [1, 2, 5, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 10];

/** Pool P-Y; two draws of three at scales that δ can match, so that fewer sets of students are empty. */
const LABELS: fc.Arbitrary<LabelLawSpec> = fc.oneof(
  { arbitrary: labelLawSpecs({ scale: { min: -3, max: 0 } }), weight: 2 },
  { arbitrary: labelLawSpecs(), weight: 1 },
);

/** The smallest and largest radius of the pool: 1e-2 and e^50. */
const RADII = [1, 0.01, 0.1, 5, 20, 100, 1e4, 1e10, exp(50)];

/** Margins c of the mass condition; 0 is the natural reading and drawn more often. */
const MARGINS = [0, 0, 0, 0, 0, 0.01, 0.1, 0.3, 1];

/** The law of instances at a rung. */
export function instancesAt(
  paths: readonly Path[],
  parameters: Parameters,
): (rung: Rung) => Generator<OuterNormInstance> {
  return (rung) => {
    const path = paths.find(({ name }) => name === rung.path) as Path;
    return generator<Structure, OuterNormInstance>({
      law: lawInWords(path, parameters),
      structure: structures(path, rung.size, parameters),
      build,
      labels: labelsOf,
    });
  };
}

/** The law of instances of the search stream: any rung of any path. */
export function instancesOf(
  paths: readonly Path[],
  parameters: Parameters,
): Generator<OuterNormInstance> {
  const all = paths.flatMap((path) => path.sizes.map((size) => ({ path, size })));
  return generator<Structure, OuterNormInstance>({
    law: lawInWords(null, parameters),
    structure: fc
      .constantFrom(...all)
      .chain(({ path, size }) => structures(path, size, parameters)),
    build,
    labels: labelsOf,
  });
}

function lawInWords(path: Path | null, parameters: Parameters): string {
  const place = path?.name ?? 'a rung of the ladder, uniform';
  const favoured = path === null ? undefined : favouredOn(path, parameters);
  if (path?.only) {
    const { labels, delta } = path.only;
    return `${place}; the one law of X of this path, Y ${JSON.stringify(labels)}, δ = ${delta}; N i.i.d. pairs`;
  }
  const inputs = favoured
    ? `X from pool P-X, three draws of four from ${favoured.join(', ')}`
    : 'X from pool P-X';
  return `${place}; ${inputs}; Y from pool P-Y, two draws of three with scales 1e-3 … 1 and the third 1e-6 … 1e6; δ uniform on 1, 2, 5 times powers of ten in [1e-3, 10] or, for three draws of five, from half to twice the scale of Y; N i.i.d. pairs`;
}

function structures(path: Path, size: number, parameters: Parameters): fc.Arbitrary<Structure> {
  const dimension = path.dimension(size);
  const { only } = path;
  if (only !== undefined) {
    const { labels, delta, radius = null } = only;
    return fc.constant({ path, size, law: only.law(dimension), labels, delta, radius, margin: 0 });
  }
  const { radii, margins } = parameters;
  return fc
    .record({
      law: lawsIn(dimension, favouredOn(path, parameters)),
      labels: LABELS,
      delta: fc.constantFrom(...DELTAS),
      ratio: fc.constantFrom(null, null, 2, 1, 0.5),
      radius: radii ? fc.constantFrom(...RADII) : fc.constant(null),
      margin: margins ? fc.constantFrom(...MARGINS) : fc.constant(0),
    })
    .map(({ delta, ratio, ...rest }) => {
      const scale = scaleOf(rest.labels);
      const matched = ratio === null || scale === 0 ? delta : clamp(ratio * scale);
      return { path, size, ...rest, delta: matched };
    });
}

function favouredOn(path: Path, { favoured }: Parameters): readonly InputLawMember[] | undefined {
  return path.tied ? favoured?.tied : favoured?.fixed;
}

function lawsIn(
  dimension: number,
  favoured: readonly InputLawMember[] | undefined,
): fc.Arbitrary<InputLaw> {
  const all = inputLaws({ inputDim: dimension });
  const members = favoured?.filter((member) => dimension > 1 || !NEEDS_TWO_DIMENSIONS.has(member));
  if (members === undefined) return all;
  return fc.oneof(
    { arbitrary: all, weight: 1 },
    { arbitrary: inputLaws({ inputDim: dimension, members }), weight: 3 },
  );
}

/** Members that coincide with others, or do not exist, on the line. */
const NEEDS_TWO_DIMENSIONS: ReadonlySet<InputLawMember> = new Set([
  'ill-conditioned-gaussian',
  'singular-gaussian',
  'sqrt-d-sphere',
  'line',
  'half-line',
  'hyperplane',
]);

function clamp(delta: number): number {
  return Math.min(10, Math.max(1e-3, delta));
}

function scaleOf(spec: LabelLawSpec): number {
  if (spec.name === 'zero') return 0;
  return spec.name === 'constant' ? Math.abs(spec.value) : spec.scale;
}

function build(
  { path, size, law, labels, delta, radius, margin }: Structure,
  random: RandomSource,
): OuterNormInstance {
  const labelLaw = drawLabelLaw(labels, law.dimension, random.fork('label law'));
  const wantedSize = path.sampleSize(size, law, margin);
  const sampleSize = Math.min(wantedSize, path.largest ?? Infinity);
  const inputs = drawInputs(law, sampleSize, random.fork('inputs'));
  return {
    path: path.name,
    tied: path.tied,
    law,
    labelLaw,
    sampleSize,
    wantedSize,
    delta,
    radius,
    margin,
    inputs,
    labels: drawLabels(labelLaw, inputs, random.fork('labels')),
  };
}

function labelsOf(instance: OuterNormInstance): string[] {
  const { law, labelLaw, sampleSize, delta, radius, margin } = instance;
  const d = law.dimension;
  return [
    inputLawLabel(law),
    labelLawLabel(labelLaw),
    dimensionLabel(d),
    sampleSize === 1 ? 'N=1' : sampleSize < 64 * d ? 'N<64d' : 'N≥64d',
    delta <= 0.01 ? 'δ≤0.01' : delta < 1 ? '0.01<δ<1' : 'δ≥1',
    ...(radius === null ? [] : [radius < 1 ? 'R<1' : radius <= 100 ? '1≤R≤100' : 'R>100']),
    margin === 0 ? 'c=0' : 'c>0',
  ];
}

/** The labels that instances of the paths can have, with a phrase each. */
export function coverageOf(parameters: Parameters, paths: readonly Path[]): Record<string, string> {
  const dimensions = paths.flatMap((path) => path.sizes.map(path.dimension));
  return {
    ...inputLawPhrases(),
    ...LABEL_LAW_PHRASES,
    ...Object.fromEntries(
      dimensions.map((d) => [dimensionLabel(d), `input dimension ${dimensionLabel(d).slice(2)}`]),
    ),
    'N=1': 'a single data point',
    'N<64d': 'fewer than 64d points',
    'N≥64d': '64d points and more',
    'δ≤0.01': 'δ from 1e-3 to 0.01',
    '0.01<δ<1': 'δ between 0.01 and 1',
    'δ≥1': 'δ from 1 to 10',
    ...(parameters.radii
      ? { 'R<1': 'R = 0.01, 0.1', '1≤R≤100': 'R from 1 to 100', 'R>100': 'R up to e^50' }
      : {}),
    ...(parameters.margins ? { 'c=0': 'margin 0', 'c>0': 'margins 0.01 … 1' } : {}),
  };
}

function dimensionLabel(d: number): string {
  return d <= 3 ? `d=${d}` : d <= 12 ? 'd=4…12' : 'd=13…50';
}
