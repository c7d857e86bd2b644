import { describe, expect, it } from 'vitest';
import { bigNumber, highPrecision, randomSource } from '../math/index.js';
import type { BigNumber } from 'mathjs';
import type { Activation } from '../model/index.js';
import { lossEvaluator } from './index.js';
import type { LossProblem } from './index.js';

const SMOOTH: readonly Activation[] = [
  { name: 'sigmoid' },
  { name: 'tanh' },
  { name: 'arctan' },
  { name: 'erf' },
  { name: 'sine' },
  { name: 'gaussian-bump' },
  { name: 'softplus', beta: 0.5 },
  { name: 'softplus', beta: 20 },
  { name: 'constant', value: -1.5 },
  { name: 'linear' },
];

const big = (value: number | string): BigNumber => bigNumber(value);
const call = (name: 'exp' | 'log' | 'tanh' | 'atan' | 'sin', x: BigNumber): BigNumber =>
  (highPrecision[name] as (x: BigNumber) => BigNumber)(x);

/** The error function from its Taylor series, with 64 digits for |x| ≤ 4. */
function erfBig(x: BigNumber): BigNumber {
  let power = x;
  let sum = x;
  for (let k = 1; k < 400; k += 1) {
    power = power.times(x).times(x).neg().div(k);
    sum = sum.plus(power.div(2 * k + 1));
  }
  return sum
    .times(2)
    .div(highPrecision.sqrt(highPrecision.bignumber(highPrecision.pi)) as BigNumber);
}

/** σ by its textbook formula, independent of the arrangement under test. */
function sigmaBig(activation: Activation, u: BigNumber): BigNumber {
  const one = big(1);
  switch (activation.name) {
    case 'sigmoid':
      return one.div(one.plus(call('exp', u.neg())));
    case 'tanh':
      return call('tanh', u);
    case 'arctan':
      return call('atan', u);
    case 'erf':
      return erfBig(u);
    case 'sine':
      return call('sin', u);
    case 'gaussian-bump':
      return call('exp', u.times(u).neg());
    case 'softplus':
      return call('log', one.plus(call('exp', u.times(activation.beta)))).div(activation.beta);
    case 'constant':
      return big(activation.value);
    default:
      return u;
  }
}

/** The loss from its definition with 64 digits. */
function lossBig(problem: LossProblem, inner: readonly BigNumber[]): BigNumber {
  const { dataset, outer, activation } = problem;
  const n = dataset.labels.length;
  let sum = big(0);
  dataset.inputs.forEach((x, i) => {
    let residual = big(dataset.labels[i]);
    outer.forEach((a, j) => {
      const u = x.reduce((s, v, k) => s.plus(inner[j * x.length + k].times(big(v))), big(0));
      residual = residual.minus(sigmaBig(activation as Activation, u).times(big(a)));
    });
    sum = sum.plus(residual.times(residual));
  });
  const squares = inner.reduce((s, w) => s.plus(w.times(w)), big(0));
  return sum
    .div(problem.scale === 'mean' ? n : 2 * n)
    .plus(squares.times(big(problem.lambda)).div(2));
}

function someProblem(activation: Activation, scale: LossProblem['scale']): LossProblem {
  const random = randomSource('loss-derivatives', activation.name);
  const draw = () => 3 * random.uniform() - 1.5;
  return {
    activation,
    outer: [draw(), draw()],
    dataset: {
      inputDim: 2,
      inputs: [
        [draw(), draw()],
        [draw(), draw()],
        [0, 1],
      ],
      labels: [draw(), draw(), 2],
    },
    lambda: 0.3,
    scale,
  };
}

describe('lossEvaluator', () => {
  it.each(SMOOTH)('agrees with 64-digit differences of the definition: $name', (activation) => {
    for (const scale of ['mean', 'half-mean'] as const) {
      const problem = someProblem(activation, scale);
      const inner = [0.4, -1.1, 0.9, 0.3];
      const derivatives = lossEvaluator(problem)(inner);
      const h = big('1e-14');
      const at = (k: number, shift: BigNumber) =>
        lossBig(
          problem,
          inner.map((w, l) => (l === k ? big(w).plus(shift) : big(w))),
        );
      const centre = at(0, big(0));
      let laplacian = big(0);
      inner.forEach((_, k) => {
        const high = at(k, h);
        const low = at(k, h.neg());
        expect(derivatives.gradient[k]).toBeCloseTo(high.minus(low).div(h.times(2)).toNumber(), 11);
        laplacian = laplacian.plus(high.minus(centre.times(2)).plus(low).div(h.times(h)));
      });
      expect(derivatives.value).toBeCloseTo(centre.toNumber(), 12);
      expect(derivatives.laplacian).toBeCloseTo(laplacian.toNumber(), 10);
      const squares = derivatives.gradient.reduce((sum, g) => sum + g * g, 0);
      expect(derivatives.gradientNormSquared).toBe(squares);
    }
  });

  it('agrees with finite differences at larger sizes', () => {
    const random = randomSource('loss-derivatives', 'large');
    const row = (length: number) => Array.from({ length }, () => 2 * random.uniform() - 1);
    const problem: LossProblem = {
      activation: { name: 'tanh' },
      outer: row(7),
      dataset: { inputDim: 5, inputs: Array.from({ length: 6 }, () => row(5)), labels: row(6) },
      lambda: 0.2,
      scale: 'mean',
    };
    const evaluate = lossEvaluator(problem);
    const inner = row(35);
    const gradient = Array.from(evaluate(inner).gradient);
    const { laplacian } = evaluate(inner);
    const h = 1e-5;
    inner.forEach((_, k) => {
      const shifted = (by: number) => inner.map((w, l) => (l === k ? w + by : w));
      const slope = (evaluate(shifted(h)).value - evaluate(shifted(-h)).value) / (2 * h);
      expect(gradient[k]).toBeCloseTo(slope, 8);
    });
    const hessianTrace = inner.reduce((sum, _, k) => {
      const shifted = (by: number) => inner.map((w, l) => (l === k ? w + by : w));
      const high = evaluate(shifted(h)).gradient[k];
      const low = evaluate(shifted(-h)).gradient[k];
      return sum + (high - low) / (2 * h);
    }, 0);
    expect(laplacian).toBeCloseTo(hessianTrace, 6);
  });

  it('stays finite far out', () => {
    for (const activation of SMOOTH) {
      const evaluate = lossEvaluator(someProblem(activation, 'mean'));
      for (const far of [-1e12, -800, 800, 1e12]) {
        const { value, gradientNormSquared, laplacian } = evaluate([far, -far, far / 3, 1]);
        expect([value, gradientNormSquared, laplacian].every(Number.isFinite)).toBe(true);
      }
    }
  });

  it('names the argument that does not fit', () => {
    const problem = someProblem({ name: 'tanh' }, 'mean');
    expect(() => lossEvaluator(problem)([1])).toThrow(
      'lossEvaluator: inner must have length 4 (width × inputDim), got 1',
    );
    const kinked = lossEvaluator({ ...problem, activation: { name: 'relu' } });
    expect(() => kinked([1, 2, 3, 4])).toThrow(
      'activationSecondDerivative: activation must be smooth, got relu',
    );
    expect(() => lossEvaluator({ ...problem, outer: [] })).toThrow(
      'lossEvaluator: outer must not be empty, got []',
    );
    const dataset = { inputDim: 2, inputs: [[1, 2]], labels: [] };
    expect(() => lossEvaluator({ ...problem, dataset })).toThrow(
      'lossEvaluator: labels must have length 1 (number of inputs), got 0',
    );
    expect(() => lossEvaluator({ ...problem, dataset: { ...dataset, inputs: [] } })).toThrow(
      'lossEvaluator: dataset must have at least one sample, got 0',
    );
    expect(() =>
      lossEvaluator({ ...problem, dataset: { inputDim: 2, inputs: [[1]], labels: [1] } }),
    ).toThrow('lossEvaluator: every input must have length 2 (inputDim), got 1');
  });
});
