import { describe, expect, it } from 'vitest';
import { atMost, certifies, decided, outcomeOf } from '../../src/claims/index.js';
import type { Tools, Violation } from '../../src/claims/index.js';
import { testDraw } from '../../src/generators/index.js';
import { bigNumber, randomSource, rational, subtract, sign } from '../../src/math/index.js';
import { createJs64 } from '../../src/training/index.js';
import {
  certifyGibbsExcess,
  convergesBelowAStep,
  gibbsExcessVanishes,
} from './shared/softplus-convergence.js';
import oneEighth from './sigmoid-villani-threshold-is-one-eighth.property.js';
import { gibbsStepThreshold } from '../../src/theory/index.js';
import type { GrowthBound, LossProblem } from '../../src/theory/index.js';
import { softplusInstances } from './shared/softplus-instances.js';
import type { SoftplusInstance } from './shared/softplus-instances.js';
import {
  boundedSmooth,
  above,
  below,
  formulaThreshold,
  normalised,
  printedThreshold,
  softplus as assumedSoftplus,
} from './shared/thresholds.js';
import { certifyBelowThreshold } from './shared/villani-certificate.js';
import { allConditionsHold, someConditionFails } from './shared/villani-conclusions.js';
import { confirmBelowThreshold } from './shared/villani-confirmation.js';
import { growthFigure } from './shared/villani-figure.js';
import { ABOVE, BELOW, villaniInstances } from './shared/villani-instances.js';
import type { VillaniInstance, VillaniLaw } from './shared/villani-instances.js';
import { gradientClause } from './shared/villani-gradient.js';
import { controlsBelow } from './shared/villani-readings.js';

const tools: Tools = { engine: createJs64(), random: randomSource('villani-test'), attack: 1 };

const sigmoid: VillaniInstance = {
  activation: { name: 'sigmoid' },
  outer: [0.6, -0.8],
  dataset: {
    inputDim: 2,
    inputs: [
      [1, 0],
      [0.5, -0.5],
    ],
    labels: [3, -1],
  },
  lambda: 1 / 16,
  scale: 'mean',
  steps: [0.001, 1, 1000],
};

const softplus: SoftplusInstance = {
  ...sigmoid,
  activation: { name: 'softplus', beta: 2 },
  outer: [1],
  dataset: { inputDim: 1, inputs: [[1], [-0.5]], labels: [2, -1] },
  lambda: 1,
  step: 0.1,
  accuracy: 0.01,
};

const law: VillaniLaw = {
  activations: ['sigmoid', 'constant'],
  largest: 3,
  scale: 'mean',
  normalised: false,
  shares: ABOVE,
  top: 10,
  decades: 7,
  threshold: formulaThreshold.value,
  unit: 'threshold',
  stepExponents: [-3, 0, 3],
};

function violationOf(instance: VillaniInstance): Violation {
  const conclusion = someConditionFails(instance, tools);
  if (conclusion.status !== 'decided') throw new Error(conclusion.reason);
  return { clause: conclusion.clauses[0], conclusion };
}

/** What the reading about an instance assumes of σ. */
const assumedOf = ({ activation }: VillaniInstance) =>
  activation.name === 'softplus' ? assumedSoftplus : boundedSmooth;

describe('a loss below its threshold', () => {
  it('is refuted as critical, with checks that hold and a confirmation', () => {
    for (const [instance, threshold] of [
      [sigmoid, printedThreshold(1 / 8)],
      [{ ...softplus, lambda: 1e-3 }, printedThreshold(1 / 2)],
    ] as const) {
      const violation = violationOf(instance);
      const certificate = certifyBelowThreshold(
        instance,
        violation,
        threshold,
        true,
        assumedOf(instance),
      );
      expect(certificate && certifies(certificate)).toBe(true);
      expect(certificate?.checks).toHaveLength(20);
      const confirmation = confirmBelowThreshold(
        instance,
        violation,
        threshold,
        true,
        assumedOf(instance),
      );
      expect(confirmation?.violated).toBe(true);
      expect(confirmation?.assumptions.every((it) => it.holds)).toBe(true);
    }
  });

  it('is not certified above the threshold, off the normalisation, or for another clause', () => {
    const threshold = printedThreshold(1 / 8);
    const certified = (instance: VillaniInstance) => {
      const violation = violationOf(instance.lambda > 0 ? instance : sigmoid);
      const certificate = certifyBelowThreshold(
        instance,
        violation,
        threshold,
        true,
        assumedOf(instance),
      );
      return certificate !== null && certifies(certificate);
    };
    expect(certified({ ...sigmoid, lambda: 1 / 4 })).toBe(false);
    expect(certified({ ...sigmoid, outer: [0.6, -0.7] })).toBe(false);
    expect(certified({ ...sigmoid, lambda: 0 })).toBe(false);
    const clause = atMost('another', 1, 0);
    const other = { clause, conclusion: decided('exact', [clause]) };
    expect(certifyBelowThreshold(sigmoid, other, threshold, true, boundedSmooth)).toBeNull();
    expect(confirmBelowThreshold(sigmoid, other, threshold, true, boundedSmooth)).toBeNull();
  });

  it('is neither certified nor confirmed when the conclusion rests on too small a constant', () => {
    for (const [instance, names] of [
      [sigmoid, ['gradient', 'laplacian']],
      [{ ...softplus, lambda: 1e-3 }, ['inner', 'laplacian', 'laplacianSlope']],
    ] as const) {
      const threshold = printedThreshold(1 / 8);
      const { clause, conclusion } = violationOf(instance);
      const { bound } = conclusion.witness as { readonly bound: GrowthBound };
      for (const name of names) {
        const witness = { bound: { ...bound, [name]: bound[name] * 0.999_999 } };
        const planted = { clause, conclusion: { ...conclusion, witness } };
        expect(certifyBelowThreshold(instance, planted, threshold, true, boundedSmooth)).toBeNull();
        expect(
          confirmBelowThreshold(instance, planted, threshold, true, boundedSmooth)?.violated,
        ).toBe(false);
      }
    }
  });

  it('fails condition (2) at λ = 0', () => {
    expect(outcomeOf(someConditionFails({ ...sigmoid, lambda: 0 }, tools))).toBe('holds');
    expect(outcomeOf(allConditionsHold({ ...sigmoid, lambda: 0 }, tools))).toBe('violated');
    const coercive = { ...softplus, lambda: 0 };
    expect(outcomeOf(someConditionFails(coercive, tools))).toBe('gave-up');
    const escaping = { ...coercive, dataset: { inputDim: 1, inputs: [[1]], labels: [2] } };
    expect(outcomeOf(someConditionFails(escaping, tools))).toBe('holds');
    // The clause compares the loss found on the ray, largest at t = 1e6, with twice its bound.
    const far = allConditionsHold(escaping, tools);
    if (far.status !== 'decided') throw new Error(far.reason);
    const softPlus = Math.log1p(Math.exp(-2e6)) / 2;
    expect(far.clauses[0].rhs).toBe((2 - softPlus) ** 2);
    expect(far.clauses[0].lhs).toBeGreaterThan(2 * far.clauses[0].rhs);
  });
});

describe('a loss above its threshold', () => {
  it('satisfies all conditions, search and training agreeing with the bounds', () => {
    for (const lambda of [0.13, 1, 20]) {
      const conclusion = allConditionsHold({ ...sigmoid, lambda }, tools);
      expect(outcomeOf(conclusion)).toBe('holds');
      expect(conclusion.status === 'decided' && conclusion.clauses).toHaveLength(4);
    }
  });

  it('draws a figure with search and bound on both scales', () => {
    const source = { trials: [], counterexample: null };
    const figure = growthFigure(source, printedThreshold(1 / 8), { name: 'sigmoid' }, 'mean');
    expect(figure.marks.map((mark) => mark.name)).toContain('λ = λ_c/10: least found');
    for (const mark of figure.marks) {
      if (!('points' in mark)) continue;
      for (const [radius, value] of mark.points) expect(radius * value).toBeGreaterThan(0);
    }
  });
});

describe('the cross-checks', () => {
  /** An engine whose gradient points uphill: what a wrong sign in the search looks like to it. */
  const uphill: Tools = {
    ...tools,
    engine: {
      ...tools.engine,
      lossAndGradient(network, dataset, objective) {
        const result = tools.engine.lossAndGradient(network, dataset, objective);
        return { ...result, inner: result.inner.map((entry) => -entry) };
      },
    },
  };

  it('compare the gradient with the training engine', () => {
    for (const instance of [sigmoid, softplus]) {
      const agreed = gradientClause(instance, tools);
      expect(agreed.lhs).toBeLessThan(agreed.rhs);
      // Some 1e3 roundings of float64.
      expect(agreed.rhs).toBeLessThan(1e-12);
      expect(gradientClause(instance, uphill).margin.upper).toBeLessThan(-0.9);
    }
  });

  it('leave nothing concluded where the formulas contradict one another', () => {
    expect(someConditionFails(sigmoid, uphill)).toMatchObject({
      status: 'gave-up',
      reason: 'a cross-check fails: the gradient is that of the training engine',
    });
    expect(outcomeOf(allConditionsHold({ ...sigmoid, lambda: 1 }, uphill))).toBe('violated');
  });
});

describe('controls', () => {
  it('evaluate the loss far out, not a bound on it', async () => {
    const control = controlsBelow<VillaniInstance>(() => 1, 10)['loss-stays-bounded'];
    const original = () => Promise.resolve(someConditionFails(sigmoid, tools));
    const conclusion = await control.conclude(sigmoid, original, tools);
    if (conclusion.status !== 'decided') throw new Error(conclusion.reason);
    const [{ lhs, rhs }] = conclusion.clauses;
    // At W = 0 all gates are ½: (1/n)Σ(y_i − ½Σa_j)² + 1 = (3.1² + 0.9²)/2 + 1 = 6.21.
    expect(rhs).toBeCloseTo(6.21, 12);
    // 4·level is the weight decay alone; at W = (R, 0, 0, 0) the first gate is 1 on both inputs.
    const data = ((3 - 0.6 + 0.4) ** 2 + (-1 - 0.6 + 0.4) ** 2) / 2;
    expect(lhs).toBeCloseTo(4 * rhs + data, 3);
    expect(outcomeOf(conclusion)).toBe('violated');
  });
});

describe('the SoftPlus time bound', () => {
  it('holds below a step that depends on ε, and not with ρ = μ_s at any step', () => {
    expect(outcomeOf(convergesBelowAStep(softplus, tools))).toBe('holds');
    const conclusion = gibbsExcessVanishes(softplus);
    expect(outcomeOf(conclusion)).toBe('violated');
    expect(conclusion.status === 'decided' && conclusion.decidedBy).toBe('attack');
    if (conclusion.status !== 'decided') throw new Error(conclusion.reason);
    const violation = { clause: conclusion.clauses[0], conclusion };
    const certificate = certifyGibbsExcess(softplus, violation, printedThreshold(1 / 2));
    expect(certificate && certifies(certificate)).toBe(true);
    const tooSmall = certifyGibbsExcess(softplus, violation, printedThreshold(2));
    expect(tooSmall && certifies(tooSmall)).toBe(false);
  });

  it('is checked by quadrature at the chosen step in one and two dimensions, and only there', () => {
    const quadratures = (instance: SoftplusInstance) => {
      const conclusion = convergesBelowAStep(instance, tools);
      if (conclusion.status !== 'decided') throw new Error(conclusion.reason);
      return conclusion.clauses.filter((clause) => clause.name.includes('by quadrature'));
    };
    const plane = { ...softplus, outer: [0.6, -0.8] };
    for (const instance of [softplus, plane]) {
      const [clause] = quadratures(instance);
      const dimension = instance.outer.length;
      const { step } = gibbsStepThreshold(instance, instance.accuracy / 4);
      // A regular minimum: the excess tends to s·pd/4.
      expect(clause.lhs / ((step * dimension) / 4)).toBeCloseTo(1, 1);
      expect(clause.rhs).toBe(instance.accuracy / 2);
      expect(clause.margin.lower).toBeGreaterThan(0.5);
    }
    expect(quadratures({ ...softplus, outer: [0.6, 0.64, 0.48] })).toEqual([]);
  });
});

describe('thresholds', () => {
  it('are strict assumptions', () => {
    const eighth = printedThreshold(1 / 8);
    expect(above(eighth).margin({ ...sigmoid, lambda: 1 / 8 })).toBe(-1);
    expect(below(eighth).margin({ ...sigmoid, lambda: 1 / 8 })).toBe(-1);
    expect(below(eighth).margin({ ...sigmoid, lambda: 0 })).toBe(1);
    expect(below(eighth).margin({ ...sigmoid, lambda: -1 })).toBe(-1);
    expect(above(eighth).margin({ ...sigmoid, lambda: 1 })).toBeGreaterThan(0);
    expect(normalised.margin(sigmoid)).toBeGreaterThan(0);
    expect(normalised.margin({ ...sigmoid, outer: [0.6, 0.9] })).toBeLessThan(0);
    for (const reading of Object.values(oneEighth.readings)) {
      const margins = (activation: LossProblem['activation']) =>
        reading.assumptions.map((it) => it.margin({ ...sigmoid, activation } as never));
      expect(margins({ name: 'sigmoid' })[0]).toBe(1);
      expect(margins({ name: 'tanh' })[0]).toBe(-1);
    }
  });

  it('agree in float64, with 64 digits and as a rational from below', () => {
    for (const name of ['sigmoid', 'tanh', 'arctan', 'erf', 'sine', 'gaussian-bump'] as const) {
      const problem = { ...sigmoid, activation: { name } };
      const value = formulaThreshold.value(problem);
      const big = formulaThreshold.big(problem);
      expect(big.minus(value).abs().div(value).toNumber()).toBeLessThan(1e-14);
      const exact = formulaThreshold.exact(problem);
      const ratio = bigNumber(exact.numerator.toString()).div(exact.denominator.toString());
      expect(ratio.lte(big.times(1 + 1e-15))).toBe(true);
      expect(ratio.div(big).toNumber()).toBeGreaterThan(1 - 1e-14);
      expect(sign(subtract(rational(value * (1 + 1e-14)), exact))).toBe(1);
    }
  });
});

describe('the generators', () => {
  it('keep to their law: shares of λ, normalisation, sizes', () => {
    const draws = Array.from({ length: 400 }, (_, t) =>
      testDraw(villaniInstances({ ...law, shares: BELOW }), ['law'], t),
    );
    const share = (test: (it: (typeof draws)[number]) => boolean) =>
      draws.filter(test).length / draws.length;
    // Three standard deviations of a share of 400 draws are at most 7.5 %.
    expect(share((it) => it.labels.includes('lambda:logarithmic'))).toBeGreaterThan(0.62);
    expect(share((it) => it.labels.includes('lambda:logarithmic'))).toBeLessThan(0.78);
    expect(share((it) => it.instance.lambda === 0)).toBeLessThan(0.07);
    expect(share((it) => it.instance.lambda === 0)).toBeGreaterThan(0);
    expect(share((it) => it.instance.outer.length === 3)).toBeGreaterThan(0.2);
    for (const { instance } of draws) {
      const threshold = formulaThreshold.value(instance);
      const unit = threshold === 0 ? 1 : threshold;
      expect(instance.lambda).toBeLessThanOrEqual(10 * unit * (1 + 1e-12));
      expect(instance.steps).toEqual([...instance.steps].sort((a, b) => a - b));
    }
  });

  it('draw a = 0 where asked for, and λ below the threshold on the linear grid', () => {
    const own = { ...law, shares: BELOW, zeroOuter: true, linearTop: 2 };
    const draws = Array.from({ length: 400 }, (_, t) =>
      testDraw(villaniInstances(own), ['zero'], t),
    );
    const zero = draws.filter((it) => it.labels.includes('outer:zero'));
    // 1 in 21 of 400 draws: 19, with a standard deviation of 4.3.
    expect(zero.length).toBeGreaterThan(6);
    expect(zero.length).toBeLessThan(32);
    for (const { instance } of zero) {
      expect(formulaThreshold.value(instance)).toBe(0);
      if (instance.lambda === 0) continue;
      expect(above(formulaThreshold).margin(instance)).toBeGreaterThan(0);
      expect(outcomeOf(allConditionsHold(instance, tools))).toBe('holds');
    }
    const linear = draws.filter(
      (it) => it.labels.includes('lambda:linear') && formulaThreshold.value(it.instance) > 0,
    );
    const under = linear.filter((it) => below(formulaThreshold).margin(it.instance) > 0);
    expect(under.length / linear.length).toBeGreaterThan(0.3);
    expect(under.length / linear.length).toBeLessThan(0.7);
  });

  it('normalise, and keep the dimension small where it is asked for', () => {
    const own: VillaniLaw = {
      ...law,
      activations: ['softplus'],
      largest: 2,
      normalised: true,
      unit: 'one',
      threshold: () => 2,
    };
    for (let t = 0; t < 100; t += 1) {
      const { instance } = testDraw(softplusInstances(own, 2), ['small'], t);
      expect(normalised.margin(instance)).toBeGreaterThan(0);
      expect(instance.outer.length * instance.dataset.inputDim).toBeLessThanOrEqual(2);
      expect(instance.accuracy).toBeGreaterThanOrEqual(1e-3 * (1 - 1e-12));
      expect(instance.step).toBeLessThanOrEqual(1);
    }
  });
});
