import { describe, expect, test } from 'vitest';
import type { AnyNetwork, Engine, Objective, Trainable, TrainingTask } from '../engine.js';
import { flatParameters } from '../flat-problem.js';
import type { AnyTask } from './law-tasks.js';
import { EVERY_OPTIMISER, KINDS, allParameters, lawTask, withPositiveOuter } from './law-tasks.js';
import { referenceRun } from './reference-run.js';

const OBJECTIVES: readonly Objective[] = [
  { scale: 'mean' },
  { scale: 'half-mean', weightDecay: { lambda: 0.5, on: 'inner' } },
  { scale: 'half-mean', weightDecay: { lambda: 0.5, on: 'all' } },
];

const FROZEN: readonly Partial<Trainable>[] = [
  {},
  { inner: false },
  { outer: false },
  { biases: false },
];

/** |x − y| ≤ `tolerance` for all parameters. */
export function expectNear(actual: AnyNetwork, expected: AnyNetwork, tolerance: number): void {
  const x = allParameters(actual);
  const y = allParameters(expected);
  expect(x).toHaveLength(y.length);
  const away = x.map((entry, i) => Math.abs(entry - y[i]));
  // NaN is never at most anything.
  expect(
    away.findIndex((distance) => !(distance <= tolerance)),
    `${x} must be ${y}`,
  ).toBe(-1);
}

/** f(x) = a·max(wx, 0) on one sample. */
function single(
  [w, a, x, y]: readonly [number, number, number, number],
  rest: Pick<TrainingTask, 'objective' | 'optimiser'> & Partial<TrainingTask>,
): TrainingTask {
  return {
    initial: { activation: { name: 'relu' }, inputDim: 1, inner: [[w]], outer: [a] },
    dataset: { inputDim: 1, inputs: [[x]], labels: [y] },
    budget: { maxSteps: 1 },
    ...rest,
  };
}

/** The updates of every optimiser: what holds at every engine. */
export function optimiserLaws(make: () => Engine): void {
  describe.each(KINDS)('the optimisers of a %s network', (kind) => {
    const engine = make();

    /*
     * Both runs have gradients within 1e-14 of one another (the bounds of the gradient laws); a step
     * moves by 0.05 of that and of a few roundings, and multiplies what is there already by at most
     * 1 + 0.05·‖Hessian‖ < 2: below 2⁸·1e-14 in 8 steps.
     */
    const TOLERANCE = 3e-12;

    test.each(EVERY_OPTIMISER)(
      'do by definition what they are told, decayed and frozen: $kind %#',
      (optimiser) => {
        for (const objective of OBJECTIVES) {
          for (const trainable of FROZEN) {
            const more: Partial<AnyTask> = {
              objective,
              optimiser,
              trainable,
              budget: { maxSteps: 8 },
            };
            const run = lawTask(kind, { name: 'tanh' }, more, { biases: true });
            const task = optimiser.kind === 'mirror' ? withPositiveOuter(run) : run;
            expectNear(engine.train(task).network, referenceRun(engine, task), TOLERANCE);
          }
        }
      },
    );

    test('keep rows of norm 1 and outer weights ≥ 0 from the start on', () => {
      for (const optimiser of EVERY_OPTIMISER) {
        if (!('unitInner' in optimiser) || !optimiser.unitInner) continue;
        const lengths: number[] = [];
        let smallest = Infinity;
        const run = lawTask(kind, { name: 'relu' }, { optimiser, budget: { maxSteps: 30 } });
        const widths = kind === 'deep' ? [5, 3] : [5];
        const task = optimiser.kind === 'mirror' ? withPositiveOuter(run) : run;
        engine.train({
          ...task,
          observer: {
            every: 1,
            see({ inner, outer }) {
              smallest = Math.min(smallest, ...outer);
              let start = 0;
              widths.forEach((width, l) => {
                const length = l === 0 ? 3 : widths[l - 1];
                for (let j = 0; j < width; j += 1, start += length) {
                  lengths.push(Math.hypot(...inner.subarray(start, start + length)));
                }
              });
            },
          },
        });
        if (optimiser.kind === 'mirror') expect(smallest).toBeGreaterThan(0);
        else expect(smallest).toBe(0);
        // Norm, quotient and the norm of the check: about length + 4 roundings of at most 5 entries.
        for (const length of lengths) expect(Math.abs(length - 1)).toBeLessThan(9 * 2 ** -52);
      }
    });

    test('leave a row of zeros that starts as zeros, and keep a frozen one as it is', () => {
      for (const optimiser of EVERY_OPTIMISER) {
        if (!('unitInner' in optimiser) || !optimiser.unitInner) continue;
        const zero = withPositiveOuter(lawTask(kind, { name: 'relu' }, { optimiser }, { size: 0 }));
        expect(flatParameters('', engine.train(zero).network).inner.every((w) => w === 0)).toBe(
          true,
        );
        const frozen = withPositiveOuter(
          lawTask(kind, { name: 'relu' }, { optimiser, trainable: { inner: false } }),
        );
        const { network } = engine.train(frozen);
        expect(flatParameters('', network).inner).toEqual(flatParameters('', frozen.initial).inner);
      }
    });

    test('depend on the seed alone where they are stochastic', () => {
      const run = (seed: string, replacement: boolean): AnyNetwork => {
        const optimiser = { kind: 'sgd', stepSize: 0.05, batchSize: 3, replacement, seed } as const;
        return engine.train(lawTask(kind, { name: 'tanh' }, { optimiser })).network;
      };
      for (const replacement of [false, true]) {
        expect(run('a', replacement)).toEqual(run('a', replacement));
        expect(run('a', replacement)).not.toEqual(run('b', replacement));
      }
      expect(run('a', false)).not.toEqual(run('a', true));
    });

    test('decrease the loss', () => {
      for (const optimiser of EVERY_OPTIMISER) {
        const budget = { maxSteps: 200 };
        const task = withPositiveOuter(lawTask(kind, { name: 'tanh' }, { optimiser, budget }));
        const start = engine.train({ ...task, budget: { maxSteps: 0 } }).objective;
        expect(engine.train(task).objective).toBeLessThan(start);
      }
    });
  });

  describe('the optimisers, by hand', () => {
    const engine = make();
    const descent = (stepSize: number): { kind: 'gradient-descent'; stepSize: number } => ({
      kind: 'gradient-descent',
      stepSize,
    });

    test('gradient descent moves by minus step size times gradient', () => {
      // a = 2, w = 3, x = 1, y = 4: r = 2, ∂L/∂w = 2ra = 8, ∂L/∂a = 2rw = 12.
      const result = engine.train(
        single([3, 2, 1, 4], { objective: { scale: 'mean' }, optimiser: descent(0.125) }),
      );
      expect(result).toMatchObject({ steps: 1, objective: 9, dataLoss: 9 });
      expect(result.network).toMatchObject({ inner: [[2]], outer: [0.5] });
      expect(result.gradientNorm).toBe(Math.hypot(2 * -3 * 0.5, 2 * -3 * 2));
    });

    test('weight decay pulls at inner weights, or at every trained parameter', () => {
      const decayed = (on: 'inner' | 'all', outer: boolean): AnyNetwork =>
        engine.train(
          single([-1, 2, 1, 0], {
            objective: { scale: 'half-mean', weightDecay: { lambda: 0.5, on } },
            optimiser: descent(1),
            trainable: { outer },
          }),
        ).network;
      expect(decayed('inner', true)).toMatchObject({ inner: [[-0.5]], outer: [2] });
      expect(decayed('all', true)).toMatchObject({ inner: [[-0.5]], outer: [1] });
      expect(decayed('all', false)).toMatchObject({ inner: [[-0.5]], outer: [2] });
    });

    test('a row that becomes zero keeps its previous value', () => {
      // ∂L/∂w = 1 for the half loss at w = a = x = 1, y = 0: a unit step reaches w = 0.
      for (const kind of ['projected', 'mirror'] as const) {
        const { network } = engine.train(
          single([1, 1, 1, 0], {
            objective: { scale: 'half-mean' },
            optimiser: { kind, stepSize: 1, unitInner: true },
            trainable: { outer: false },
          }),
        );
        expect(network.inner).toEqual([[1]]);
      }
    });

    test('rows whose squares overflow or vanish are normalised all the same', () => {
      for (const w of [3e200, 3e-200]) {
        const { network } = engine.train(
          single([w, 1, 1, 0], {
            objective: { scale: 'mean' },
            optimiser: { kind: 'projected', stepSize: 0.1, unitInner: true },
            budget: { maxSteps: 0 },
          }),
        );
        expect(network.inner).toEqual([[1]]);
      }
    });

    test('mirror descent stays positive when a weight would underflow', () => {
      const result = engine.train(
        single([1, 1, 100, 0], {
          objective: { scale: 'mean' },
          optimiser: { kind: 'mirror', stepSize: 1, unitInner: true },
          trainable: { inner: false },
        }),
      );
      expect(result.network.outer).toEqual([2 ** -1022]);
    });
  });
}
