import { describe, expect, test } from 'vitest';
import type { AnyNetwork, Engine, Observation, Trainable } from '../engine.js';
import { networkWith } from '../flat-problem.js';
import type { AnyTask } from './law-tasks.js';
import { EVERY_OPTIMISER, KINDS, lawTask, withPositiveOuter } from './law-tasks.js';
import { EVERY_ACTIVATION } from './random-problem.js';

type Seen = Pick<Observation, 'step' | 'objective' | 'dataLoss' | 'gradientNorm'> & {
  readonly network: AnyNetwork;
};

/** What an observer sees during the run, live arrays copied. */
function observed(engine: Engine, task: AnyTask, every: number): readonly Seen[] {
  const seen: Seen[] = [];
  const see = (observation: Observation): void => {
    const { step, objective, dataLoss, gradientNorm } = observation;
    const network = networkWith(task.initial, observation);
    seen.push({ step, objective, dataLoss, gradientNorm, network });
  };
  engine.train({ ...task, observer: { every, see } });
  return seen;
}

/** Observers, results, and independence of tasks: what holds at every engine. */
export function trainingLaws(make: () => Engine): void {
  describe.each(KINDS)('training a %s network', (kind) => {
    const engine = make();
    const task = (more: Partial<AnyTask> = {}): AnyTask => lawTask(kind, { name: 'relu' }, more);

    test('names the engine and starts where it is told', () => {
      const { engine: name } = engine.train(task());
      expect(name).toBe(engine.name);
      expect(engine.precision).toBe('float64');
      expect(engine.description).not.toBe('');
      const none = engine.train(task({ budget: { maxSteps: 0 } }));
      expect(none).toMatchObject({ reason: 'step-budget', steps: 0, network: task().initial });
    });

    test('shows the start, every n-th step and the last one to its observer', () => {
      const result = engine.train(task());
      const seen = observed(engine, task(), 8);
      expect(seen.map(({ step }) => step)).toEqual([0, 8, 16, 20]);
      const { objective, dataLoss, gradientNorm, network } = result;
      expect(seen[3]).toEqual({ step: 20, objective, dataLoss, gradientNorm, network });
      expect(seen[0].network).toEqual(task().initial);
      const even = observed(engine, task({ budget: { maxSteps: 16 } }), 8);
      expect(even).toEqual(seen.slice(0, 3));
      expect(observed(engine, task({ budget: { maxSteps: 0 } }), 8)).toEqual(seen.slice(0, 1));
    });

    test('shows an observer of stochastic runs every n-th step, whatever the epoch', () => {
      const optimiser = EVERY_OPTIMISER[3];
      const steps = observed(engine, task({ optimiser }), 7).map(({ step }) => step);
      expect(steps).toEqual([0, 7, 14, 20]);
    });

    test.each(EVERY_OPTIMISER)('is not changed by an observer: $kind %#', (optimiser) => {
      const plain = withPositiveOuter(task({ optimiser }));
      const observer = { every: 1, see: () => {} };
      expect(engine.train({ ...plain, observer })).toEqual(engine.train(plain));
    });

    test.each(EVERY_OPTIMISER)(
      'reports objective, data loss and gradient of the network it returns: $kind %#',
      (optimiser) => {
        for (const biases of [false, true]) {
          const objective = {
            scale: 'half-mean',
            weightDecay: { lambda: 0.1, on: 'all' },
          } as const;
          const more = { optimiser, objective };
          const run = withPositiveOuter(lawTask(kind, { name: 'tanh' }, more, { biases }));
          const result = engine.train(run);
          const again = engine.lossAndGradient(result.network, run.dataset, objective);
          expect(result.objective).toBe(again.objective);
          expect(result.dataLoss).toBe(again.dataLoss);
          const entries = [...again.inner, ...again.outer, ...again.biases];
          const norm = Math.hypot(...entries);
          // Two sums of ≤ 50 squares, each within 51 roundings of the exact one.
          expect(Math.abs(result.gradientNorm - norm)).toBeLessThan(102 * 2 ** -53 * norm);
        }
      },
    );

    test.each([
      [{ inner: false }, ['outer', 'biases']],
      [{ outer: false }, ['inner', 'biases']],
      [{ biases: false }, ['inner', 'outer']],
      [{ inner: false, outer: false }, ['biases']],
      [{ inner: false, outer: false, biases: false }, []],
    ] as const)('with %o moves %o, and counts them alone', (frozen, parts) => {
      const objective = { scale: 'mean', weightDecay: { lambda: 0.5, on: 'all' } } as const;
      const trainable: Partial<Trainable> = frozen;
      const more = { trainable, objective };
      const run = lawTask(kind, { name: 'tanh' }, more, { biases: true });
      const result = engine.train(run);
      const start = partsOf(run.initial);
      const end = partsOf(result.network);
      for (const part of ['inner', 'outer', 'biases'] as const) {
        if ((parts as readonly string[]).includes(part)) expect(end[part]).not.toEqual(start[part]);
        else expect(end[part]).toEqual(start[part]);
      }
      const squares = parts.flatMap((part) => end[part]).reduce((sum, w) => sum + w * w, 0);
      // (λ/2)·Σ of ≤ 60 squares and the data loss, each operation within a rounding.
      const expected = result.dataLoss + 0.25 * squares;
      expect(Math.abs(result.objective - expected)).toBeLessThan(64 * 2 ** -52 * expected);
      const gradient = engine.lossAndGradient(result.network, run.dataset, objective);
      const norm = Math.hypot(...parts.flatMap((part) => Array.from(gradient[part])));
      expect(Math.abs(result.gradientNorm - norm)).toBeLessThanOrEqual(64 * 2 ** -52 * norm);
    });

    test('does not change the initial network or the dataset', () => {
      for (const optimiser of EVERY_OPTIMISER) {
        const run = withPositiveOuter(task({ optimiser }));
        const before = structuredClone([run.initial, run.dataset]);
        engine.train(run);
        expect([run.initial, run.dataset]).toEqual(before);
      }
    });

    test('keeps fields of the network that it does not know', () => {
      const run = task();
      const labelled = { ...run.initial, label: 'teacher' };
      expect(engine.train({ ...run, initial: labelled }).network).toMatchObject({
        label: 'teacher',
        activation: { name: 'relu' },
      });
    });

    test('gives arrays that later calls leave alone', () => {
      const { initial, dataset, objective } = task();
      const gradient = engine.lossAndGradient(initial, dataset, objective);
      const outputs = engine.predict(initial, dataset.inputs);
      const slopes = engine.inputGradients(initial, dataset.inputs);
      const before = structuredClone([gradient, outputs, slopes]);
      const other = lawTask(kind, { name: 'sine' }, {}, { biases: true, size: 7 });
      engine.lossAndGradient(other.initial, other.dataset, objective);
      engine.predict(other.initial, other.dataset.inputs);
      engine.inputGradients(other.initial, other.dataset.inputs);
      engine.train(other);
      expect([gradient, outputs, slopes]).toEqual(before);
    });
  });

  describe('training several tasks', () => {
    const engine = make();
    test('gives the bits of each by itself, in any order', () => {
      const tasks = EVERY_ACTIVATION.flatMap((activation, i) =>
        KINDS.map((kind) =>
          withPositiveOuter(
            lawTask(
              kind,
              activation,
              {
                optimiser: EVERY_OPTIMISER[i % EVERY_OPTIMISER.length],
                budget: { maxSteps: 3 + i },
              },
              { biases: i % 2 === 0 },
            ),
          ),
        ),
      );
      const alone = tasks.map((each) => make().train(each));
      expect(engine.trainMany(tasks)).toEqual(alone);
      expect(engine.trainMany(tasks.toReversed())).toEqual(alone.toReversed());
      expect(engine.trainMany([])).toEqual([]);
    });

    test('shows each observer its own run', () => {
      const seen: string[] = [];
      const tasks = KINDS.map((kind) =>
        lawTask(
          kind,
          { name: 'tanh' },
          {
            budget: { maxSteps: 2 },
            observer: { every: 1, see: ({ step }) => void seen.push(`${kind} ${step}`) },
          },
        ),
      );
      engine.trainMany(tasks);
      expect(seen.sort()).toEqual(
        KINDS.flatMap((kind) => [0, 1, 2].map((s) => `${kind} ${s}`)).sort(),
      );
    });
  });
}

/** The parameters of each kind. */
function partsOf(network: AnyNetwork): Readonly<Record<keyof Trainable, readonly number[]>> {
  return {
    inner: ('hidden' in network ? network.hidden : network.inner).flat(2),
    outer: network.outer,
    biases: network.biases?.flat() ?? [],
  };
}
