import { describe, expect, test } from 'vitest';
import { minibatches, stepperOf } from './optimisers.js';

describe('minibatches', () => {
  test('without replacement an epoch visits every sample once, the last batch may be smaller', () => {
    const batches = minibatches(
      { kind: 'sgd', stepSize: 1, batchSize: 5, replacement: false, seed: 'e' },
      17,
    );
    const epochs = [1, 2].map(() => Array.from({ length: 4 }, () => Array.from(batches.next())));
    for (const epoch of epochs) {
      expect(epoch.map((batch) => batch.length)).toEqual([5, 5, 5, 2]);
      expect(epoch.flat().sort((x, y) => x - y)).toEqual(Array.from({ length: 17 }, (_, i) => i));
    }
    expect(epochs[0]).not.toEqual(epochs[1]);
  });

  test('with replacement batches are full and repeat samples', () => {
    const batches = minibatches(
      { kind: 'sgd', stepSize: 1, batchSize: 5, replacement: true, seed: 'e' },
      6,
    );
    const drawn = Array.from({ length: 100 }, () => Array.from(batches.next()));
    expect(drawn.every((batch) => batch.length === 5)).toBe(true);
    expect(drawn.some((batch) => new Set(batch).size < 5)).toBe(true);
    expect(new Set(drawn.flat()).size).toBe(6);
  });
});

describe('stepperOf', () => {
  test('normalises rows by the length that each layer has', () => {
    const optimiser = { kind: 'projected', stepSize: 1, unitInner: true } as const;
    const trained = { inner: true, outer: true, biases: false };
    // Two layers: a 1 × 2 matrix, then a 2 × 1 one.
    const stepper = stepperOf(optimiser, trained, { inputDim: 2, widths: [1, 2] });
    const parameters = {
      inner: Float64Array.of(3, 4, -2, 0),
      outer: Float64Array.of(-1, 2),
      biases: new Float64Array(0),
    };
    stepper.projectStart(parameters);
    expect(Array.from(parameters.inner)).toEqual([0.6, 0.8, -1, 0]);
    expect(Array.from(parameters.outer)).toEqual([0, 2]);
  });
});
