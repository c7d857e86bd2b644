import { describe, expect, test } from 'vitest';
import type { Engine, Objective } from '../engine.js';
import { EVERY_OPTIMISER, KINDS, allParameters, lawTask, withPositiveOuter } from './law-tasks.js';
import { expectNear } from './optimiser-laws.js';
import { EVERY_ACTIVATION } from './random-problem.js';

const SMOOTH = EVERY_ACTIVATION.filter(
  ({ name }) => !['relu', 'saturated-relu', 'step'].includes(name),
);

const OBJECTIVES: readonly Objective[] = [
  { scale: 'mean' },
  { scale: 'half-mean', weightDecay: { lambda: 0.1, on: 'all' } },
];

/*
 * Gradients of two engines differ by at most 1e-13 here (the bounds of the gradient laws, of entries of
 * size 1), which a step of 0.05 turns into 5e-15. A difference that is there grows by a factor of at most
 * 1 + 0.05·‖Hessian‖ in a step; the Hessians have norms below 4 (`the problems are well-conditioned`
 * checks the growth itself): 50 · 5e-15 · 1.2⁵⁰ < 3e-9 at the very worst.
 */
const TOLERANCE = 3e-9;

/** Other engines end where the reference engine ends. */
export function agreementLaws(make: () => Engine, makeReference: () => Engine): void {
  describe('50 steps', () => {
    const engine = make();
    const reference = makeReference();

    test.each(SMOOTH)('of $name end where the reference engine ends', (activation) => {
      for (const kind of KINDS) {
        for (const optimiser of EVERY_OPTIMISER) {
          for (const objective of OBJECTIVES) {
            const more = { optimiser, objective, budget: { maxSteps: 50 } };
            const task = withPositiveOuter(lawTask(kind, activation, more, { biases: true }));
            const expected = reference.train(task);
            const actual = engine.train(task);
            const largest = Math.max(1, ...allParameters(expected.network).map(Math.abs));
            expectNear(actual.network, expected.network, TOLERANCE * largest);
            expect(actual).toMatchObject({ steps: 50, reason: 'step-budget' });
            for (const what of ['objective', 'dataLoss', 'gradientNorm'] as const) {
              const away = Math.abs(actual[what] - expected[what]);
              // Each is Lipschitz with a constant below 30 on these problems.
              expect(away, what).toBeLessThan(30 * TOLERANCE * Math.max(1, expected[what]));
            }
          }
        }
      }
    });

    test.each(SMOOTH)('of $name: the problems are well-conditioned', (activation) => {
      for (const kind of KINDS) {
        for (const optimiser of EVERY_OPTIMISER) {
          const budget = { maxSteps: 50 };
          const options = { biases: true };
          const task = withPositiveOuter(lawTask(kind, activation, { optimiser, budget }, options));
          const { initial } = task;
          const outer = initial.outer.map((a, j) => (j === 0 ? a + 1e-7 : a));
          const start = reference.train(task).network;
          const moved = reference.train({ ...task, initial: { ...initial, outer } }).network;
          // The growth in 50 steps that the tolerance allows for.
          expectNear(moved, start, 1e-7 * 1.2 ** 50);
        }
      }
    });
  });
}
