import { describe, expect, test } from 'vitest';
import type { Activation } from '../../model/index.js';
import type { AnyNetwork, Engine, EngineOptions, Optimiser } from '../engine.js';
import { flatParameters, networkWith } from '../flat-problem.js';
import type { AnyTask, Kind } from './law-tasks.js';
import { KINDS, lawTask } from './law-tasks.js';
import { EVERY_ACTIVATION } from './random-problem.js';

/** Unbounded without a flat piece, on which a large step could leave all neurons. */
const GROWING: readonly Activation['name'][] = ['softplus', 'linear'];

/** A network of the kind with every weight set: hidden ones to `inner`, outer ones to `outer`. */
function constantNetwork(
  kind: Kind,
  activation: Activation,
  inner: number,
  outer: number,
): AnyNetwork {
  const { initial } = lawTask(kind, activation);
  const parameters = flatParameters('constantNetwork', initial);
  parameters.inner.fill(inner);
  parameters.outer.fill(outer);
  return networkWith(initial, parameters);
}

const ones = (count: number): number[] => Array.from({ length: count }, () => 1);

/** Why runs end: what holds at every engine. */
export function stoppingLaws(make: (options?: EngineOptions) => Engine): void {
  describe.each(KINDS)('a run of a %s network', (kind) => {
    const engine = make();
    const task = (more: Partial<AnyTask> = {}): AnyTask => lawTask(kind, { name: 'relu' }, more);

    test('stops at the step budget, also when it is 0', () => {
      expect(engine.train(task())).toMatchObject({ reason: 'step-budget', steps: 20 });
      const none = engine.train(task({ budget: { maxSteps: 0 } }));
      expect(none).toMatchObject({ reason: 'step-budget', steps: 0 });
    });

    test('stops at the first step whose objective is small enough', () => {
      const losses: number[] = [];
      const observer = {
        every: 1,
        see: ({ objective }: { objective: number }) => void losses.push(objective),
      };
      engine.train(task({ observer }));
      // A target between two values, and one that is met exactly.
      for (const targetLoss of [(losses[6] + losses[7]) / 2, losses[7]]) {
        const result = engine.train(task({ budget: { maxSteps: 20, targetLoss } }));
        expect(result).toMatchObject({ reason: 'target-loss', steps: 7, objective: losses[7] });
      }
      const budget = { maxSteps: 20, targetLoss: losses[0] };
      expect(engine.train(task({ budget }))).toMatchObject({ reason: 'target-loss', steps: 0 });
    });

    test('stops at the first step whose gradient is small enough', () => {
      const norms: number[] = [];
      const observer = {
        every: 1,
        see: ({ gradientNorm }: { gradientNorm: number }) => void norms.push(gradientNorm),
      };
      engine.train(task({ observer }));
      const step = norms.findIndex((norm, i) => i > 2 && norm < Math.min(...norms.slice(0, i)));
      expect(step).toBeGreaterThan(2);
      const targetGradient = norms[step];
      const result = engine.train(task({ budget: { maxSteps: 20, targetGradient } }));
      expect(result).toMatchObject({
        reason: 'target-gradient',
        steps: step,
        gradientNorm: targetGradient,
      });
    });

    test('says the loss first, then the gradient, then the steps, then the time', () => {
      const all = { maxSteps: 0, targetLoss: 1e9, targetGradient: 1e9, maxMilliseconds: 0 };
      const { targetLoss: _loss, ...noLoss } = all;
      const { targetGradient: _gradient, ...noTarget } = noLoss;
      expect(engine.train(task({ budget: all })).reason).toBe('target-loss');
      expect(engine.train(task({ budget: noLoss })).reason).toBe('target-gradient');
      expect(engine.train(task({ budget: noTarget })).reason).toBe('step-budget');
      const late = engine.train(task({ budget: { maxSteps: 1e9, maxMilliseconds: 0 } }));
      expect(late).toMatchObject({ reason: 'time-budget', steps: 0, network: task().initial });
    });

    test('is stopped by the clock in the middle too, showing its last step', () => {
      const steps: number[] = [];
      // A clock that counts how often it is asked: a millisecond each time, on a busy machine too.
      let asked = 0;
      const result = make({ now: () => (asked += 1) }).train(
        task({
          optimiser: { kind: 'sgd', stepSize: 0, batchSize: 1, replacement: true, seed: 'late' },
          budget: { maxSteps: 2 ** 31 - 1, maxMilliseconds: 20 },
          observer: { every: 2 ** 30, see: ({ step }) => void steps.push(step) },
        }),
      );
      expect(result.reason).toBe('time-budget');
      expect(result.steps).toBeGreaterThan(0);
      expect(steps).toEqual([0, result.steps]);
      expect(result.network).toEqual(task().initial);
    });

    test('reads its targets once an epoch when steps are stochastic', () => {
      const optimiser: Optimiser = {
        kind: 'sgd',
        stepSize: 0.02,
        batchSize: 3,
        replacement: false,
        seed: 'epochs',
      };
      const { objective } = engine.train(task({ budget: { maxSteps: 0 } }));
      const budget = { maxSteps: 5000, targetLoss: 0.9 * objective };
      const result = engine.train(task({ optimiser, budget }));
      expect(result.reason).toBe('target-loss');
      // 11 samples in minibatches of 3: four steps an epoch.
      expect(result.steps).toBeGreaterThan(0);
      expect(result.steps % 4).toBe(0);
      expect(engine.train(task({ optimiser, budget: { maxSteps: 6 } })).steps).toBe(6);
    });

    test.each(EVERY_ACTIVATION.filter(({ name }) => GROWING.includes(name)))(
      'of $name diverges when the step size is too large',
      (activation) => {
        const optimiser = { kind: 'gradient-descent', stepSize: 1e4 } as const;
        const more = { optimiser, budget: { maxSteps: 1e4 } };
        const result = engine.train(lawTask(kind, activation, more));
        expect(['diverged', 'not-a-number']).toContain(result.reason);
        expect(result.steps).toBeGreaterThan(0);
        expect(result.steps).toBeLessThan(1e3);
      },
    );

    test('diverges where the objective has grown by more than 1e12', () => {
      // Outer weights of f = Σa_j·0.75 alone: each step multiplies the residual by 1 − 2η·width·0.75².
      const activation = { name: 'constant', value: 0.75 } as const;
      const optimiser = { kind: 'gradient-descent', stepSize: 100 } as const;
      const run = lawTask(kind, activation, { optimiser, budget: { maxSteps: 100 } });
      const losses: number[] = [];
      const observer = {
        every: 1,
        see: ({ objective }: { objective: number }) => void losses.push(objective),
      };
      const result = engine.train({ ...run, observer });
      expect(result.reason).toBe('diverged');
      const { labels } = run.dataset;
      const zeroLoss = labels.reduce((sum, y) => sum + y * y, 0) / labels.length;
      const reference = Math.max(losses[0], zeroLoss);
      expect(losses[losses.length - 1]).toBeGreaterThan(1e12 * reference);
      for (const loss of losses.slice(0, -1)) expect(loss).toBeLessThanOrEqual(1e12 * reference);
    });

    test.each(EVERY_ACTIVATION)('of $name diverges when the objective overflows', (activation) => {
      // Preactivations of about ½, where no σ vanishes.
      const initial = constantNetwork(kind, activation, 1 / 6, 1e160);
      const { dataset } = task();
      const inputs = dataset.inputs.map((input) => ones(input.length));
      const run = lawTask(kind, activation, { initial, dataset: { ...dataset, inputs } });
      expect(engine.train(run)).toMatchObject({
        reason: 'diverged',
        steps: 0,
        objective: Infinity,
      });
    });

    test.each(EVERY_ACTIVATION)('of $name stops at NaN when infinities cancel', (activation) => {
      const initial = constantNetwork(kind, activation, 1e308, 1);
      const { dataset } = task();
      // ∞ − ∞ in every preactivation, in every order of summation.
      const inputs = dataset.inputs.map(() => [100, -100, 0]);
      const run = lawTask(kind, activation, { initial, dataset: { ...dataset, inputs } });
      expect(engine.train(run)).toMatchObject({ reason: 'not-a-number', steps: 0 });
      for (const output of engine.predict(initial, inputs)) expect(output).toBeNaN();
    });

    test('starting at an interpolating network is no divergence', () => {
      const { dataset } = task();
      const initial = constantNetwork(kind, { name: 'relu' }, 0.5, 0);
      const labels = dataset.labels.map(() => 0);
      const result = engine.train(task({ initial, dataset: { ...dataset, labels } }));
      expect(result).toMatchObject({ reason: 'step-budget', objective: 0, gradientNorm: 0 });
    });

    test('with step size 0 stays where it is', () => {
      const optimiser = { kind: 'gradient-descent', stepSize: 0 } as const;
      expect(engine.train(task({ optimiser })).network).toEqual(task().initial);
    });
  });
}
