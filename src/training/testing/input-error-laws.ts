import { describe, expect, test } from 'vitest';
import type { Network } from '../../model/index.js';
import type { Engine, Objective } from '../engine.js';
import {
  DATASETS,
  DEEP_NETWORKS,
  NETWORKS,
  OBJECTIVES,
  SETTINGS,
  TASK,
  dataset,
  deep,
  network,
} from './wrong-problems.js';

/** A message's `@` is the name of the method called. */
const error = (message: string, method: string): RangeError =>
  new RangeError(message.replace('@', method));

/** What does not fit is refused: what holds at every engine. */
export function inputErrorLaws(make: () => Engine): void {
  describe('errors', () => {
    const engine = make();
    const { objective } = TASK;

    test.each([...NETWORKS, ...DEEP_NETWORKS])(
      'every method checks its network: %s',
      (_, wrong, message) => {
        const task = { ...TASK, initial: wrong };
        expect(() => engine.train(task)).toThrow(error(message, 'train'));
        expect(() => engine.trainMany([TASK, task])).toThrow(error(message, 'train'));
        expect(() => engine.lossAndGradient(wrong, dataset, objective)).toThrow(
          error(message, 'lossAndGradient'),
        );
        expect(() => engine.predict(wrong, dataset.inputs)).toThrow(error(message, 'predict'));
        expect(() => engine.inputGradients(wrong, dataset.inputs)).toThrow(
          error(message, 'inputGradients'),
        );
        if ('hidden' in wrong) return;
        expect(() => engine.lossLaplacian(wrong, dataset, objective)).toThrow(
          error(message, 'lossLaplacian'),
        );
      },
    );

    test.each(DATASETS)('every method checks its dataset: %s', (_, wrong, message) => {
      for (const initial of [network, deep]) {
        const task = { ...TASK, initial, dataset: wrong };
        expect(() => engine.train(task)).toThrow(error(message, 'train'));
        expect(() => engine.lossAndGradient(initial, wrong, objective)).toThrow(
          error(message, 'lossAndGradient'),
        );
      }
      expect(() => engine.lossLaplacian(network, wrong, objective)).toThrow(
        error(message, 'lossLaplacian'),
      );
    });

    test.each([-1, NaN, Infinity])('every method checks the weight decay: λ = %d', (lambda) => {
      const wrong = { scale: 'mean', weightDecay: { lambda, on: 'all' } } as const;
      const message = `@: weightDecay.lambda must be finite and ≥ 0, got ${lambda}`;
      for (const initial of [network, deep]) {
        expect(() => engine.train({ ...TASK, initial, objective: wrong })).toThrow(
          error(message, 'train'),
        );
        expect(() => engine.lossAndGradient(initial, dataset, wrong)).toThrow(
          error(message, 'lossAndGradient'),
        );
      }
      expect(() => engine.lossLaplacian(network, dataset, wrong)).toThrow(
        error(message, 'lossLaplacian'),
      );
    });

    test.each(OBJECTIVES)('every method checks its objective: %s', (_, wrong, message) => {
      const objective = wrong as Objective;
      for (const initial of [network, deep]) {
        const task = { ...TASK, initial, objective };
        expect(() => engine.train(task)).toThrow(error(message, 'train'));
        expect(() => engine.trainMany([TASK, task])).toThrow(error(message, 'train'));
        expect(() => engine.lossAndGradient(initial, dataset, objective)).toThrow(
          error(message, 'lossAndGradient'),
        );
      }
      expect(() => engine.lossLaplacian(network, dataset, objective)).toThrow(
        error(message, 'lossLaplacian'),
      );
    });

    test.each([2, 'zero', null])('inputGradients checks its kink: %s', (kink) => {
      const shown = kink === 'zero' ? '"zero"' : String(kink);
      for (const initial of [network, deep]) {
        expect(() => engine.inputGradients(initial, dataset.inputs, kink as never)).toThrow(
          new RangeError(`inputGradients: derivativeAtKink must be one of 0, 1, got ${shown}`),
        );
      }
    });

    test('no decay without its λ', () => {
      const objective = { scale: 'mean', weightDecay: { on: 'all' } } as never;
      expect(() => engine.lossAndGradient(network, dataset, objective)).toThrow(
        new RangeError('lossAndGradient: weightDecay.lambda must be finite and ≥ 0, got undefined'),
      );
    });

    test.each(SETTINGS)('train checks its settings: %s', (_, wrong, message) => {
      expect(() => engine.train({ ...TASK, ...wrong })).toThrow(new RangeError(message));
    });

    test('predict and inputGradients check their inputs', () => {
      for (const initial of [network, deep]) {
        for (const method of ['predict', 'inputGradients'] as const) {
          const of = (inputs: readonly number[][]) => () => engine[method](initial, inputs);
          expect(of([[1, 2], [1]])).toThrow(
            error('@: inputs[1] must have length 2, got 1', method),
          );
          expect(of([[1, NaN]])).toThrow(error('@: inputs[0][1] must be finite, got NaN', method));
        }
      }
    });

    test('lossLaplacian refuses deep networks', () => {
      expect(() => engine.lossLaplacian(deep as unknown as Network, dataset, objective)).toThrow(
        new RangeError('lossLaplacian: network must be two-layer, got a deep one'),
      );
    });

    test('an engine that refused something still works', () => {
      const fresh = make().train(TASK);
      expect(() => engine.train({ ...TASK, budget: { maxSteps: -1 } })).toThrow(RangeError);
      expect(engine.train(TASK)).toEqual(fresh);
    });
  });
}
