import { describe, expect, test } from 'vitest';
import type { Dataset, Network } from '../model/index.js';
import type { Observation, TrainingTask } from './engine.js';
import { createJs64 } from './js64.js';
import { inputErrorLaws } from './testing/input-error-laws.js';
import { randomProblem } from './testing/random-problem.js';
import { backendsUnderTest } from './testing/tfjs-engines.js';
import { installedModule } from './tfjs-backend.js';
import { createTfjs } from './tfjs.js';

const reference = createJs64();
const backends = await backendsUnderTest();
const tf = (await installedModule('@tensorflow/tfjs-core')) as {
  memory: () => { numTensors: number };
};

function task(more: Partial<TrainingTask> = {}): TrainingTask {
  const sizes = { width: 3, inputDim: 2, sampleSize: 10 };
  const { network, dataset } = randomProblem('tfjs', { name: 'relu' }, sizes);
  return {
    initial: network,
    dataset,
    objective: { scale: 'mean' },
    optimiser: { kind: 'gradient-descent', stepSize: 0.1 },
    budget: { maxSteps: 20 },
    ...more,
  };
}

const SGD = { kind: 'sgd', stepSize: 0.1, batchSize: 3, replacement: true, seed: 'x' } as const;

for (const { title, backend, engine } of backends) {
  if (engine === null) {
    test.skip(title, () => {});
    continue;
  }
  describe(title, () => {
    inputErrorLaws(() => engine);

    test('says what it is', () => {
      expect(engine).toMatchObject({ name: 'tfjs', precision: 'float32' });
      expect(engine.description).toMatch(
        new RegExp(`^TensorFlow\\.js \\d+\\.\\d+\\.\\d+ \\(float32\\), ${backend} backend$`),
      );
    });

    test('stops at the step budget, also when it is 0, with the network rounded to float32', () => {
      const result = engine.train(task());
      expect(result).toMatchObject({ reason: 'step-budget', steps: 20, engine: 'tfjs' });
      const none = engine.train(task({ budget: { maxSteps: 0 } }));
      const { initial } = task();
      expect(none).toMatchObject({ reason: 'step-budget', steps: 0 });
      expect(none.network.inner).toEqual(initial.inner.map((row) => row.map(Math.fround)));
      expect(none.network.outer).toEqual(initial.outer.map(Math.fround));
    });

    test('stops for the reasons and at the steps of js64', () => {
      const start = reference.train(task({ budget: { maxSteps: 0 } })).objective;
      const labels = Array.from({ length: 10 }, () => 0);
      const cases: readonly Partial<TrainingTask>[] = [
        { budget: { maxSteps: 400, targetLoss: 0.9 * start } },
        { budget: { maxSteps: 400, targetGradient: 0.1 } },
        { budget: { maxSteps: 1e9, maxMilliseconds: 0 } },
        { budget: { maxSteps: 400, targetLoss: 0.9 * start }, optimiser: SGD },
        { budget: { maxSteps: 17, targetLoss: 0 }, optimiser: SGD },
        // An interpolating network diverges from nothing.
        {
          initial: { ...task().initial, outer: [0, 0, 0] },
          dataset: { ...task().dataset, labels },
        },
        {
          optimiser: { kind: 'gradient-descent', stepSize: 50 },
          budget: { maxSteps: 1e4 },
        },
      ];
      const ends = cases.map((more) => {
        const { reason, steps } = engine.train(task(more));
        const expected = reference.train(task(more));
        expect({ reason, steps }).toEqual({ reason: expected.reason, steps: expected.steps });
        return reason;
      });
      expect(ends).toEqual([
        'target-loss',
        'target-gradient',
        'time-budget',
        'target-loss',
        'step-budget',
        'step-budget',
        'diverged',
      ]);
    });

    test('takes an objective beyond float32 for divergence, and NaN for what it is', () => {
      const huge: Network = { ...task().initial, outer: [1e30, 1e30, 1e30] };
      expect(engine.train(task({ initial: huge }))).toMatchObject({
        reason: 'diverged',
        objective: Infinity,
        steps: 0,
      });
      // In float64 1e60 is a number like any other.
      const start = reference.train(task({ initial: huge, budget: { maxSteps: 0 } }));
      expect(start).toMatchObject({ reason: 'step-budget' });
      expect(start.objective).toBeLessThan(1e63);
      const cancelling: Network = {
        activation: { name: 'linear' },
        inputDim: 1,
        inner: [[1e30], [1e30]],
        outer: [1, -1],
      };
      // The hidden layer is stored in float32 on every backend; cpu adds up products in float64.
      const dataset: Dataset = { inputDim: 1, inputs: [[1e30]], labels: [0] };
      expect(engine.train(task({ initial: cancelling, dataset }))).toMatchObject({
        reason: 'not-a-number',
        steps: 0,
      });
    });

    test('keeps NaN through ReLU, clipping and mirror steps', () => {
      const initial: Network = {
        activation: { name: 'relu' },
        inputDim: 1,
        inner: [[1], [2e38]],
        outer: [1, 1],
      };
      const dataset: Dataset = { inputDim: 1, inputs: [[2], [-2]], labels: [0, 0] };
      for (const kind of ['projected', 'mirror'] as const) {
        const optimiser = { kind, stepSize: 1, unitInner: false };
        const { reason } = engine.train(task({ initial, dataset, optimiser }));
        expect(reason).toBe('diverged');
        const free = { ...initial, inner: [[1], [1e30]] };
        const later = engine.train(task({ initial: free, dataset, optimiser }));
        expect(['diverged', 'not-a-number']).toContain(later.reason);
      }
    });

    test('keeps a row that a step makes zero, and mirror weights above the smallest normal number', () => {
      const initial: Network = {
        activation: { name: 'linear' },
        inputDim: 1,
        inner: [[1]],
        outer: [1],
      };
      const dataset: Dataset = { inputDim: 1, inputs: [[1]], labels: [0] };
      // f = 1, half-mean: ∂L/∂w = 1, so η = 1 takes the row to 0 exactly.
      const unit = { kind: 'projected', stepSize: 1, unitInner: true } as const;
      const objective = { scale: 'half-mean' } as const;
      const kept = engine.train(
        task({ initial, dataset, objective, optimiser: unit, budget: { maxSteps: 1 } }),
      );
      expect(kept.network).toMatchObject({ inner: [[1]], outer: [0] });
      const mirror = { kind: 'mirror', stepSize: 200, unitInner: false } as const;
      const shrunk = engine.train(
        task({
          initial,
          dataset,
          objective,
          optimiser: mirror,
          trainable: { inner: false },
          budget: { maxSteps: 1 },
        }),
      );
      expect(shrunk.network.outer).toEqual([2 ** -126]);
    });

    test('shows its observer copies: the start, every n-th step, the last one', () => {
      const seen: Observation[] = [];
      const observer = { every: 8, see: (observation: Observation) => void seen.push(observation) };
      const result = engine.train(task({ observer }));
      expect(seen.map(({ step }) => step)).toEqual([0, 8, 16, 20]);
      expect(seen[3]).toMatchObject({
        objective: result.objective,
        dataLoss: result.dataLoss,
        gradientNorm: result.gradientNorm,
      });
      expect(Array.from(seen[3].inner)).toEqual(result.network.inner.flat());
      expect(Array.from(seen[0].outer)).toEqual(task().initial.outer.map(Math.fround));
      expect(seen[0].biases).toHaveLength(0);
      seen.length = 0;
      engine.train(task({ observer, budget: { maxSteps: 16 } }));
      expect(seen.map(({ step }) => step)).toEqual([0, 8, 16]);
      expect(engine.train(task({ observer, optimiser: SGD }))).toEqual(
        engine.train(task({ optimiser: SGD })),
      );
    });

    test('an observer may use another backend', () => {
      const other = backends.find((it) => it.engine !== null && it.backend !== backend)?.engine;
      const see = (): void => void (other ?? engine).predict(task().initial, [[1, 2]]);
      expect(engine.train(task({ observer: { every: 3, see } }))).toEqual(engine.train(task()));
    });

    test('reports the objective of the network it returns', () => {
      for (const optimiser of [task().optimiser, SGD]) {
        const { network, objective } = engine.train(task({ optimiser }));
        const again = engine.lossAndGradient(network, task().dataset, { scale: 'mean' });
        expect(again.objective).toBe(objective);
      }
    });

    test('trains several tasks as it trains each, and leaves what it was given alone', () => {
      const tasks = [task(), task({ budget: { maxSteps: 3 } })];
      const before = structuredClone(tasks);
      expect(engine.trainMany(tasks)).toEqual(tasks.map((each) => engine.train(each)));
      expect(tasks).toEqual(before);
    });

    test('leaves no tensors behind, whatever the run', () => {
      const work = (): void => {
        for (const optimiser of [
          task().optimiser,
          SGD,
          { kind: 'projected', stepSize: 0.1, unitInner: true } as const,
        ]) {
          engine.train(task({ optimiser }));
          engine.train(task({ optimiser, trainable: { inner: false } }));
        }
        const { initial, dataset, objective } = task();
        engine.lossAndGradient(initial, dataset, objective);
        engine.lossLaplacian(initial, dataset, objective);
        engine.inputGradients(initial, dataset.inputs);
        engine.predict(initial, dataset.inputs);
        const see = (): never => {
          throw new Error('the observer is out of sorts');
        };
        expect(() => engine.train(task({ observer: { every: 5, see } }))).toThrow('out of sorts');
      };
      work();
      const before = tf.memory().numTensors;
      for (let repeat = 0; repeat < 10; repeat += 1) work();
      expect(tf.memory().numTensors).toBe(before);
    });

    test('rejects what js64 rejects, in the same words', () => {
      const { initial, dataset } = task();
      const wrong: readonly Partial<TrainingTask>[] = [
        { initial: { ...initial, inner: [], outer: [] } },
        { initial: { ...initial, inputDim: 0 } },
        { initial: { ...initial, outer: [1] } },
        { initial: { ...initial, inner: [[1, 2], [1], [1, 2]] } },
        { initial: { ...initial, outer: [1, NaN, 1] } },
        { dataset: { inputDim: 1, inputs: [[1]], labels: [0] } },
        { dataset: { ...dataset, inputs: [], labels: [] } },
        { dataset: { ...dataset, inputs: [[1, Infinity], ...dataset.inputs.slice(1)] } },
        { objective: { scale: 'mean', weightDecay: { lambda: -1, on: 'all' } } },
        { optimiser: { kind: 'gradient-descent', stepSize: -1 } },
        { optimiser: { ...SGD, batchSize: 11 } },
        {
          initial: { ...initial, outer: [1, 0, 1] },
          optimiser: { kind: 'mirror', stepSize: 1, unitInner: false },
        },
        { budget: { maxSteps: 1.5 } },
        { observer: { every: 0, see: () => {} } },
        { trainable: { biases: true } },
        { initial: { ...initial, activation: { name: 'softplus', beta: 0 } } },
      ];
      const messageOf = (run: () => unknown): string => {
        try {
          run();
        } catch (error) {
          return String(error);
        }
        return 'nothing is wrong';
      };
      const before = tf.memory().numTensors;
      for (const more of wrong) {
        const expected = messageOf(() => reference.train(task(more)));
        expect(expected).toMatch(/^RangeError: (train|check\w+): /);
        expect(messageOf(() => engine.train(task(more)))).toBe(expected);
      }
      const elsewhere: Dataset = { inputDim: 1, inputs: [[1]], labels: [0] };
      for (const method of ['lossAndGradient', 'lossLaplacian'] as const) {
        expect(() => engine[method](initial, elsewhere, { scale: 'mean' })).toThrow(
          `${method}: dataset.inputDim must be 2 (inputDim of network), got 1`,
        );
      }
      expect(() => engine.predict(initial, [[1]])).toThrow(
        'predict: inputs[0] must have length 2, got 1',
      );
      expect(() => engine.inputGradients(initial, [[1, 2], [1]])).toThrow(
        'inputGradients: inputs[1] must have length 2, got 1',
      );
      expect(tf.memory().numTensors).toBe(before);
    });
  });
}

test('the default is the first backend that works', async () => {
  const { description } = await createTfjs();
  expect(description).toBe(backends.find(({ engine }) => engine !== null)?.engine?.description);
});
