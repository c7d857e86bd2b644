import type { RungSummary } from '../../claims/index.js';
import { histogramsOf } from '../../claims/index.js';
import type { CounterexampleView, ReadingView } from '../result-view.js';

const INVENTED = 'Demonstration data: the numbers are invented.';

const FOUND: CounterexampleView = {
  id: '3fa94be2c1d07788',
  file: 'reports/found/gamarnik2021/outer-norm-bounded/literal/3fa94be2c1d07788.json',
  json: `${JSON.stringify({ schema: 'falsum/counterexample@1', instance: { x: ['1/3', '-2/7'], y: 1 } }, null, 2)}\n`,
  form: 'instance',
  clause: 'outer norm ≤ bound',
  lhs: 12.53314137,
  rhs: 10.0265131,
  margin: { lower: -0.11111111111, upper: -0.1111111 },
  grade: 'certified',
  checked: true,
  certificate: {
    kind: 'instance',
    statement: 'The outer norm exceeds the bound on one data set of two points',
    argument:
      'Both points lie in the kernel of the student, so that $a$ is free; the checks are in rationals',
    checks: [
      { what: 'training error', left: '0', relation: '=', right: '0', holds: true },
      {
        what: String.raw`$\lVert a \rVert_1$ against the bound`,
        left: '[12.533141373155001, 12.533141373155004]',
        relation: '>',
        right: `${'7'.repeat(90)}/${'6'.repeat(89)}`,
        holds: true,
      },
    ],
  },
  confirmation: {
    method: 'BigNumber evaluation of both sides from the instance alone',
    digits: 64,
    clause: 'outer norm ≤ bound',
    lhs: '12.533141373155002512078826424055226265034933703050',
    rhs: '10.026513098524002009663061139244181012027946962440',
    violated: true,
    assumptions: [{ name: 'bounded labels', margin: '0.125', holds: true }],
  },
  nearestAssumption: { name: 'bounded labels', margin: 0.125 },
  explanation: {
    parts: [
      { part: 'x', tried: 6, violated: 5, held: 1, outside: 0 },
      { part: 'y', tried: 6, violated: 0, held: 4, outside: 2 },
    ],
    assumptions: [{ name: 'the labels are bounded', margin: 0.25 }],
    slices: [
      { number: 'y', values: [0, 0.5, 1, 1.5, 2], margins: [null, 0.4, -0.1, -0.2, -0.3] },
      { number: 'x[0]', values: [-1, 0, 1 / 3, 1, 2], margins: [0.3, 0.1, -0.1, -0.15, -0.2] },
    ],
  },
  replay: 'falsum replay 3fa94be2c1d07788',
};

function base(): ReadingView {
  return {
    claim: {
      id: 'gamarnik2021/outer-norm-bounded',
      catalogue: 'GZ-01',
      title: 'Small training error bounds the outer norm',
      statement: String.raw`\text{With high probability, for every width } m \text{ and every } (a, W) \in \mathbb{R}_{\ge 0}^m \times \mathbb{R}^{m \times d} \text{ with } \widehat{\mathcal{L}}(a, W) = \frac1N \sum_{i=1}^N \Bigl( y_i - \sum_{j=1}^m a_j\, \mathrm{ReLU}(\langle w_j, x_i \rangle) \Bigr)^2 \le \delta^2: \quad \lVert a \rVert_1 \le 4\sqrt{2\pi}\,(\delta + 2M)`,
      source: { key: 'gamarnik2021', place: 'Theorem 3.1' },
      standing: 'theorem',
    },
    reading: {
      id: 'intended',
      kind: 'limit',
      note: `Sizes grow along $N = d^2$ and the law has a density. ${INVENTED}`,
      bound: String.raw`4\sqrt{2\pi}\,\left(\delta + 2M\right)`,
      assumptions: [
        { name: 'unit inner weights', tex: String.raw`\lVert w_j \rVert_2 = 1` },
        { name: 'bounded labels', tex: String.raw`\mathbb{P}(|y| \le M) = 1` },
      ],
      law: 'Gaussian inputs, teacher neurons uniform on the sphere, width log-uniform in 1 … 512',
      coverage: {
        'gaussian-inputs': { meaning: 'inputs from $\\mathcal{N}(0, I_d)$', count: 64 },
        'sphere-inputs': { meaning: 'inputs uniform on the sphere', count: 56 },
        'noisy-labels': { meaning: 'labels with noise of standard deviation $\\sigma$', count: 0 },
      },
      histograms: histogramsOf(
        wave(120, (t) => [t, 0]).map(([t]) => ({
          sampleSize: 4 ** Math.ceil(1 + 4 * t * t),
          'inputs: largest norm': Math.exp(6 * t * t),
          delta: 0.2 + 0.6 * t,
          margin: 0,
        })),
        { delta: { meaning: 'the root $\\delta$ of the training error', from: 0, to: 1 } },
      ),
      unsampled: { 'image data': 'no licence to ship the data set' },
    },
    verdict: 'survived',
    expected: ['survived'],
    grade: null,
    decidedBy: 'attack',
    trials: { effective: 120, discarded: 3, gaveUp: 1, violated: 0 },
    worstMargin: 0.1234567,
    violationRateUpper: 0.0712,
    confidence: 0.99,
    logEValue: null,
    minimumDetectableRate: null,
    impliedConstants: null,
    growth: [],
    sharpness: { factor: 0.137, clause: 'outer norm ≤ bound', reason: null },
    reason: 'no draw was violated',
    controls: [
      {
        name: 'bound-divided-by-ten',
        statement: String.raw`$\lVert a \rVert_1 \le 0.4\sqrt{2\pi}\,(\delta + 2M)$`,
        argument: 'The teacher itself has a larger outer norm.',
        killed: true,
        violated: 118,
        effective: 120,
      },
      {
        name: 'no-slack',
        statement: String.raw`$\lVert a \rVert_1 \le \lVert a^* \rVert_1$`,
        argument: 'A student with one neuron more fits the noise.',
        killed: true,
        violated: 4,
        effective: 120,
      },
    ],
    mutants: [
      {
        id: 'scale: 0.5',
        statement: 'The same with 0.5 times every right side that is positive.',
        killed: false,
        violated: 0,
        effective: 120,
      },
    ],
    counterexamples: [],
    rungs: [],
    figure: {
      title: 'Outer norm against training error',
      caption:
        'Each point is a trained student; the line is the bound. A point above the line would refute the claim.',
      x: { label: 'root of the training error δ', scale: 'log' },
      y: { label: 'outer norm ‖a‖₁', scale: 'linear' },
      marks: [
        {
          kind: 'points',
          name: 'students, Gaussian inputs',
          points: wave(40, (t) => [10 ** (-4 + 4 * t), 2 + 3 * t * t]),
        },
        {
          kind: 'points',
          name: 'students, sphere inputs',
          points: wave(30, (t) => [10 ** (-3.5 + 3 * t), 3 + 4 * t]),
        },
        {
          kind: 'line',
          name: 'bound 4√(2π)(δ + 2M)',
          points: wave(50, (t) => [10 ** (-4 + 4 * t), 10 * (10 ** (-4 + 4 * t) + 1)]),
        },
        { kind: 'horizontal', name: 'outer norm of the teacher', at: 4 },
      ],
    },
    seed: 1,
    profile: 'ci',
    engine: 'js64',
    engineDescription: 'plain TypeScript, float64',
    command:
      'falsum falsify gamarnik2021/outer-norm-bounded --reading intended --profile ci --seed 1',
  };
}

/** `count` points of a curve, t from 0 to 1. */
function wave(
  count: number,
  at: (t: number) => readonly [number, number],
): (readonly [number, number])[] {
  return Array.from({ length: count }, (_, index) => at(index / (count - 1)));
}

function survived(): ReadingView {
  const rungs: RungSummary[] = ['N = d²', 'N = d³'].flatMap((path) =>
    [16, 64, 256].map((size, step) => ({
      path,
      size,
      effective: 20,
      gaveUp: step === 0 ? 1 : 0,
      violated: step === 0 ? 2 : 0,
      rateLower: step === 0 ? 0.01 : 0,
      rateUpper: [0.4, 0.2, 0.2][step],
      implied: { C: [1.8, 1.2, 1.1][step] },
    })),
  );
  return {
    ...base(),
    rungs,
    trials: { effective: 120, discarded: 3, gaveUp: 2, violated: 4 },
    impliedConstants: { C: 1.8 },
    growth: [
      { name: 'C along N', exponent: -0.52, lower: -0.9, upper: 0.31, from: 0.31, needed: 0.5 },
      {
        name: 'C along d',
        exponent: 0.1,
        lower: -Infinity,
        upper: Infinity,
        from: Infinity,
        needed: null,
      },
    ],
    reason:
      'on 2 paths the violation rate at the largest size is at most 0.200 (99 % confidence each)',
  };
}

function refutedByInstance(): ReadingView {
  const view = base();
  return {
    ...view,
    reading: {
      ...view.reading,
      id: 'literal',
      kind: 'universal',
      note: `Exactly as printed: sizes fixed, atoms allowed. ${INVENTED}`,
    },
    verdict: 'refuted',
    expected: ['refuted'],
    grade: 'certified',
    decidedBy: 'exact',
    trials: { effective: 117, discarded: 3, gaveUp: 0, violated: 9 },
    worstMargin: -0.1111,
    violationRateUpper: 0.163,
    reason: 'trial 17 violates it with a certificate',
    counterexamples: [
      FOUND,
      {
        ...FOUND,
        id: '90ab12cd34ef5678',
        grade: 'suspect',
        certificate: null,
        confirmation: null,
        explanation: null,
        replay: 'falsum replay 90ab12cd34ef5678',
      },
    ],
  };
}

function refutedByFamily(): ReadingView {
  const view = base();
  return {
    ...view,
    claim: {
      ...view.claim,
      id: 'zhang2019/linear-convergence-rate',
      catalogue: 'ZG-04',
      title: 'Gradient descent converges at a linear rate',
      statement:
        'Gradient descent from the tensor initialisation with $N \\ge c\\,\\mathrm{poly}(\\kappa, K) d$ samples contracts: $$\\lVert W_t - W^* \\rVert_F \\le (1 - c\\,\\eta)^t \\lVert W_0 - W^* \\rVert_F .$$\n\nThe constant $c$ is absolute.',
      source: { key: 'zhang2019', place: 'Theorem 4.2' },
    },
    reading: {
      ...view.reading,
      id: 'literal',
      kind: 'scaling',
      note: `The constant is absolute: it depends on no size. ${INVENTED}`,
      bound: null,
    },
    verdict: 'refuted',
    expected: ['refuted'],
    grade: 'certified',
    reason: 'the family growing-condition-number drives the implied constant to infinity',
    counterexamples: [
      {
        ...FOUND,
        id: 'c0ffee00c0ffee00',
        form: 'family',
        clause: 'growing-condition-number',
        lhs: null,
        rhs: null,
        margin: null,
        confirmation: null,
        nearestAssumption: null,
        certificate: {
          kind: 'family',
          statement: 'Along $\\kappa = 2^k$ the implied constant is at least $2^k$',
          argument:
            'Each step of the recursion doubles it, by the exact checks and induction on $k$',
          checks: [1, 2, 3].map((k) => ({
            what: `implied constant at k = ${k}`,
            left: `${2 ** k}/1`,
            relation: '≥' as const,
            right: `${2 ** k}`,
            holds: true,
          })),
        },
        explanation: null,
        replay: 'falsum replay c0ffee00c0ffee00',
      },
    ],
    figure: {
      title: 'Contraction in the plane',
      caption: 'Arrows are gradient steps from eight starts; intervals are the rates over repeats.',
      x: { label: 'w₁', scale: 'linear' },
      y: { label: 'w₂', scale: 'linear' },
      square: true,
      marks: [
        {
          kind: 'arrows',
          name: 'gradient steps',
          points: [
            [1, 0, 0.6, 0.1],
            [0, 1, 0.1, 0.5],
            [-1, 0, -0.6, 0.1],
            [0, -1, 0.1, -0.6],
          ],
        },
        { kind: 'points', name: 'teacher', points: [[0.2, 0.1]] },
        {
          kind: 'intervals',
          name: 'rates',
          points: [
            [-0.8, 0.8, 0.6, 1],
            [0.8, 0.8, 0.7, 0.9],
          ],
        },
        { kind: 'vertical', name: 'halfspace', at: -0.3 },
      ],
    },
  };
}

function unexpectedlyRefuted(): ReadingView {
  const view = refutedByInstance();
  return {
    ...view,
    reading: { ...view.reading, id: 'mean-condition' },
    expected: ['survived', 'inconclusive'],
    grade: 'confirmed',
    counterexamples: [{ ...FOUND, id: 'feedfacefeedface', grade: 'confirmed', certificate: null }],
  };
}

function inconclusive(): ReadingView {
  const view = base();
  return {
    ...view,
    reading: { ...view.reading, id: 'mass-condition' },
    verdict: 'inconclusive',
    expected: ['inconclusive'],
    trials: { effective: 12, discarded: 300, gaveUp: 4, violated: 0 },
    reason: '12 effective trials are fewer than the 60 that this profile demands',
    figure: null,
  };
}

function survivedWithSurvivingControl(): ReadingView {
  const view = base();
  return {
    ...view,
    reading: { ...view.reading, id: 'weak' },
    controls: view.controls.map((control, index) =>
      index === 0 ? { ...control, killed: false, violated: 0 } : control,
    ),
  };
}

function witnessed(): ReadingView {
  const view = base();
  return {
    ...view,
    claim: {
      ...view.claim,
      id: 'mukherjee2023/villani-threshold-exists',
      catalogue: 'MK-13',
      title: 'A Villani threshold exists',
      statement: String.raw`\exists\, \lambda_c < \infty \;\; \forall \lambda > \lambda_c: \quad \lim_{\lVert W \rVert \to \infty} \Bigl( \tfrac1s \lVert \nabla \tilde L(W) \rVert^2 - \Delta \tilde L(W) \Bigr) = \infty`,
      source: { key: 'mukherjee2023', place: 'Lemma 2' },
      standing: 'lemma',
    },
    reading: { ...view.reading, kind: 'existential', id: 'sufficient', bound: null },
    verdict: 'witnessed',
    expected: null,
    decidedBy: 'exact',
    violationRateUpper: null,
    worstMargin: 0.25,
    reason: 'trial 3 is a witness with margin 0.25',
  };
}

function broken(): ReadingView {
  const view = inconclusive();
  return {
    ...view,
    reading: { ...view.reading, id: 'broken' },
    expected: ['survived'],
    fault: 'the solver threw "pivot must be finite, got NaN"',
  };
}

/**
 * Made-up readings that show every part of the report, for its tests and for looking at it. The
 * numbers are invented, and every page says so.
 */
export const DEMO_VIEWS: readonly ReadingView[] = [
  survived(),
  refutedByInstance(),
  refutedByFamily(),
  unexpectedlyRefuted(),
  inconclusive(),
  survivedWithSurvivingControl(),
  witnessed(),
  broken(),
];
