import { describe, expect, test } from 'vitest';
import type { LabelLaw } from '../../../src/generators/index.js';
import type { InputLaw } from '../../../src/model/index.js';
import { labelMean } from './label-mean.js';

/** Y = ReLU(X) on the line. */
const relu = (): LabelLaw => ({
  name: 'teacher',
  teacher: { inputDim: 1, activation: { name: 'relu' }, inner: [[1]], outer: [1] },
});

describe('the mean absolute label of a teacher', () => {
  test('counts an atom that a thousand draws do not see', () => {
    const law: InputLaw = {
      name: 'atoms',
      dimension: 1,
      points: [[-1], [10_000]],
      probabilities: [1 - 1e-4, 1e-4],
    };
    const mean = labelMean(law, relu());
    expect(mean?.value).toBeCloseTo(1, 12);
    expect(mean?.error).toBeLessThan(1e-9);
  });

  test('counts the far component of a scale mixture, which may carry most of the mean', () => {
    const law: InputLaw = {
      name: 'scale-mixture',
      dimension: 1,
      base: 'gaussian',
      nearScale: 1,
      farScale: 1e6,
      farProbability: 2 ** -12,
    };
    // E ReLU(sZ) = s/√(2π).
    const exact = ((1 - 2 ** -12) * 1 + 2 ** -12 * 1e6) / Math.sqrt(2 * Math.PI);
    const mean = labelMean(law, relu());
    expect(Math.abs((mean?.value ?? 0) - exact)).toBeLessThanOrEqual(mean?.error ?? 0);
    expect(mean?.error).toBeLessThan(0.4 * exact);
  });

  test('is unknown where a ReLU teacher has no second moment', () => {
    const law: InputLaw = { name: 'student-t', dimension: 1, degrees: 2 };
    expect(labelMean(law, relu())).toBeNull();
  });
});
