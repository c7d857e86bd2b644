/**
 * # The fat-shattering dimension of two-layer networks is bounded by their outer norm
 *
 * **Statement** ([gamarnik2021], “Theorem (Bartlett, 1998)”; Bartlett, IEEE Trans. Inf. Theory 44(2), 1998, 525–536). Let
 * 𝓜 > 0, σ: R → [−𝓜/2, 𝓜/2] non-decreasing, F = {x ↦ σ(w·x + w0)} over w ∈ R^d, w0 ∈ R, and
 * H(A) = {Σ_j a_j f_j : f_j ∈ F, ‖a‖₁ ≤ A} with A ≥ 1. Then for γ ≤ 𝓜A the fat-shattering dimension at width γ is at most
 * Õ(𝓜²A²d/γ²).
 *
 * **Readings.** Õ hides logarithms. `literal`: none; `log`: a factor log(𝓜A/γ); `log-squared`: its square. The constant
 * is open in all three, so no single instance refutes them: implied constants c = n·γ²/(𝓜²A²·d·log factor) are
 * traced. The clause of a trial takes a constant of ours, just above the largest value that we know to be attained.
 *
 * **Shattering.** γ shatters x_1 … x_n with witness r when for every s ∈ {−1, 1}^n some h ∈ H(A) has
 * s_i(h(x_i) − r_i) ≥ γ for all i. With the other convention (≥ γ/2, total width γ) γ becomes γ/2 everywhere: constants
 * grow by 4, and at γ = 𝓜A, where d + 1 points are then shattered and log(𝓜A/γ) = 0, `log` and `log-squared` would be false
 * as printed. In the convention used here |h| ≤ 𝓜A/2 makes the dimension 0 for γ > 𝓜A/2.
 *
 * **How a trial decides.** Points are given as integers (dichotomies are affine invariants). Steps with values ±𝓜/2
 * suffice: every admitted σ gives a subset of the closed convex hull of what steps give. The witness r = 0 suffices, since
 * H(A) is convex and symmetric. Both are proved where they are used (`shatteringNorm`). What is certified is a lower bound n
 * of the dimension: by a closed form for points on a line, by linear programs over all sign vectors with their duals
 * (up to 8 or 9 points), by an eigenvalue bound for many points. For d = 1 it is the dimension itself.
 *
 * **What is true.** d = 1: exactly 2⌊(u + 1)/2⌋, u = 𝓜A/(2γ). n = d + 1 at u = 1, hence c = (d + 1)/(4d). For every d the bound
 * with one logarithm holds by Massart's lemma with an explicit constant (drawn in the figure), and chaining with
 * Haussler's packing numbers removes it. For fixed d the truth grows like u^{2d/(d+1)} (discrepancy of half-spaces), so
 * the exponent 2 is approached only as d grows.
 *
 * **Tolerance.** The programs certify n at a norm that exceeds the instance's by at most 1e-9 of it; the bound is evaluated
 * at that norm, so nothing is rounded in favour of a violation.
 */
import type { Figure, FigureSource, Mark, TrialRecord } from '../../src/claims/index.js';
import { cite, claim, scaling, tex } from '../../src/claims/index.js';
import { expression } from '../../src/math/index.js';
import {
  ASSUMPTIONS,
  certifyBound,
  concludeBound,
  confirmBound,
  otherBound,
} from './shared/fat-shattering-conclusion.js';
import type { BoundReading } from './shared/fat-shattering-conclusion.js';
import type { FatShatteringInstance } from './shared/fat-shattering-instances.js';
import {
  DIMENSION_PATH,
  INSTANCES,
  LADDER,
  LINE_PATH,
  SAMPLED,
  SPREAD_PATH,
  UNSAMPLED,
} from './shared/fat-shattering-instances.js';

const SYMBOLS = {
  C: 'C',
  M: tex`\mathcal{M}`,
  A: 'A',
  d: 'd',
  gamma: tex`\gamma`,
};

const LITERAL: BoundReading = {
  bound: expression('C * M^2 * A^2 * d / gamma^2', SYMBOLS),
  logPower: 0,
  constant: 0.5,
};
const LOG: BoundReading = {
  bound: expression('C * M^2 * A^2 * d / gamma^2 * log(M * A / gamma)', SYMBOLS),
  logPower: 1,
  constant: 0.75,
};
const LOG_SQUARED: BoundReading = {
  bound: expression('C * M^2 * A^2 * d / gamma^2 * log(M * A / gamma)^2', SYMBOLS),
  logPower: 2,
  constant: 1.1,
};

const ratioOf = ({ magnitude, outerNorm, width }: FatShatteringInstance): number =>
  (magnitude * outerNorm) / width;

/** log(𝓜A/γ)^power at an instance. */
const logOf = (instance: FatShatteringInstance, power: number): number =>
  Math.log(ratioOf(instance)) ** power;

const LOG_NAMES = ['', '·log(𝓜A/γ)', '·log²(𝓜A/γ)'] as const;

/** The controls of every reading: constant, factor d, exponent of 𝓜A/γ. */
function controls(reading: BoundReading, attained: number) {
  const { logPower } = reading;
  const name = LOG_NAMES[logPower];
  const tooSmall = Number((attained * 0.99).toPrecision(3));
  return {
    'constant-just-below': otherBound(
      'every-draw',
      `FSD ≤ ${tooSmall}·𝓜²A²d/γ²${name}`,
      `d = 1, γ = 𝓜A/2: two points on a line are shattered by the four thresholds of norm A, so the constant is at least ${attained.toPrecision(3)}. No other rung asks for more than three quarters of that.`,
      tooSmall,
      (instance) => ratioOf(instance) ** 2 * instance.inputDim * logOf(instance, logPower),
    ),
    'without-the-dimension': otherBound(
      'as-reading',
      `FSD ≤ C·𝓜²A²/γ²${name}, the factor d dropped`,
      `d + 1 affinely independent points are shattered at γ = 𝓜A/2 by the 2^(d+1) half-spaces alone, so the constant is at least (d + 1)/4 up to the logarithm, which is fixed there: it diverges along “${DIMENSION_PATH}”.`,
      reading.constant,
      (instance) => ratioOf(instance) ** 2 * logOf(instance, logPower),
    ),
    ...(logPower === 0
      ? {
          'exponent-one-half': otherBound(
            'as-reading',
            'FSD ≤ C·d·(𝓜A/γ)^{1/2}, the exponent a quarter of the claimed one',
            `For d = 1 the dimension is 2⌊(𝓜A/(2γ) + 1)/2⌋, so the constant grows like (𝓜A/γ)^{1/2} along “${LINE_PATH}”.`,
            1.5,
            (instance) => Math.sqrt(ratioOf(instance)) * instance.inputDim,
          ),
          'exponent-halved': otherBound(
            'as-reading',
            'FSD ≤ C·d·𝓜A/γ, the exponent halved',
            `For fixed d ≥ 2 the dimension grows like (𝓜A/γ)^{2d/(d+1)}: along “${SPREAD_PATH}” the eigenvalue bound alone makes the constant grow like (𝓜A/γ)^{2/3}, less the transient of few points.`,
            1,
            (instance) => ratioOf(instance) * instance.inputDim,
          ),
        }
      : {
          'without-the-power': otherBound(
            'as-reading',
            `FSD ≤ C·d${name}, the factor 𝓜²A²/γ² dropped`,
            `For d = 1 the dimension is 2⌊(𝓜A/(2γ) + 1)/2⌋, linear in 𝓜A/γ: it outgrows every power of its logarithm along “${LINE_PATH}”.`,
            4 * reading.constant,
            (instance) => instance.inputDim * logOf(instance, logPower),
          ),
        }),
  };
}

function boundReading(reading: BoundReading, attained: number, note: string) {
  return scaling<FatShatteringInstance>({
    note,
    instances: INSTANCES,
    assumptions: ASSUMPTIONS,
    conclude: (instance, tools) => concludeBound(reading, instance, tools),
    confirm: (instance, violation) => confirmBound(reading, instance, violation),
    certify: (instance, violation) => certifyBound(reading, instance, violation),
    ladder: LADDER,
    constants: {
      c: {
        meaning: `certified n divided by 𝓜²A²d/γ²${LOG_NAMES[reading.logPower]}`,
        bounded: 'above',
      },
    },
    controls: controls(reading, attained),
    coverage: { sampled: SAMPLED, unsampled: UNSAMPLED },
    effort: {
      smoke: { trials: LADDER.rungs.length, minimumEffective: 40 },
      ci: { trials: 2 * LADDER.rungs.length, minimumEffective: 100 },
      nightly: { trials: 8 * LADDER.rungs.length, minimumEffective: 400 },
    },
    bound: tex`\mathrm{FSD}(\gamma) \le ` + reading.bound.tex,
    figure: (source) => drawFigure(source, reading),
  });
}

function drawFigure(source: FigureSource<FatShatteringInstance>, reading: BoundReading): Figure {
  const measured = source.trials.flatMap(({ measurements }: TrialRecord) =>
    measurements !== undefined && measurements.n > 0 ? [measurements] : [],
  );
  const dimensions = [...new Set(measured.map(({ d }) => d))]
    .filter((d) => d <= 5)
    .toSorted((a, b) => a - b);
  const ratios = [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];
  const marks: Mark[] = dimensions.map((d) => ({
    kind: 'points',
    name: `certified n, d = ${d}`,
    points: measured.filter((m) => m.d === d).map(({ ratio, n }) => [ratio, n] as const),
  }));
  for (const d of [1, 5]) {
    marks.push({
      kind: 'line',
      name: `the bound with C = ${reading.constant}, d = ${d}`,
      points: ratios.map((ratio) => [
        ratio,
        reading.bound.evaluate({ C: reading.constant, M: 1, A: ratio, d, gamma: 1 }),
      ]),
    });
  }
  const proved = measured
    .filter(({ d }) => d === 1)
    .map(({ ratio, provedUpperBound }) => [ratio, provedUpperBound] as const)
    .toSorted((a, b) => a[0] - b[0]);
  if (proved.length > 1) {
    marks.push({ kind: 'line', name: 'proved upper bound, d = 1', points: proved });
  }
  return {
    title: 'Certified fat-shattering dimension against 𝓜A/γ',
    caption:
      'Each point is a lower bound of the dimension at its width. Were the claim false, points of one dimension would rise more steeply than its line, or rise above it further with every dimension.',
    x: { label: '𝓜A/γ', scale: 'log' },
    y: { label: 'number of points', scale: 'log' },
    marks,
  };
}

export default claim({
  id: 'gamarnik2021/fat-shattering-dimension-is-bounded',
  version: 1,
  catalogue: 'GZ-14',
  source: cite('gamarnik2021', 'Generalization Guarantees: Theorem (Bartlett, 1998)'),
  standing: 'theorem',
  title: 'A bounded outer norm bounds the fat-shattering dimension',
  statement: tex`\sigma\colon\mathbb R\to[-\mathcal M/2,\mathcal M/2] \text{ non-decreasing},\ A\ge 1,\ \gamma\le\mathcal M A:\quad \mathrm{FSD}_{\mathcal H(A)}(\gamma) \le \widetilde O\!\left(\frac{\mathcal M^2A^2d}{\gamma^2}\right)`,
  readings: {
    literal: boundReading(
      LITERAL,
      1 / 2,
      'Õ is read as O: no logarithm, one absolute constant for all 𝓜, A, γ and d.',
    ),
    log: boundReading(
      LOG,
      1 / (2 * Math.LN2),
      'Õ hides one factor log(𝓜A/γ), which is 0 at γ = 𝓜A; the dimension is 0 there too.',
    ),
    'log-squared': boundReading(
      LOG_SQUARED,
      1 / (2 * Math.LN2 * Math.LN2),
      'Õ hides the factor log²(𝓜A/γ), which is 0 at γ = 𝓜A; the dimension is 0 there too.',
    ),
  },
});
