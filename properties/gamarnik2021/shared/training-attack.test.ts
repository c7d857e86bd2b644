import { describe, expect, it } from 'vitest';
import type { Tools } from '../../../src/claims/index.js';
import { normal, norm, normalVector, randomSource } from '../../../src/math/index.js';
import { evaluateAll } from '../../../src/model/index.js';
import type { Engine } from '../../../src/training/index.js';
import { createJs64, createTfjs } from '../../../src/training/index.js';
import { trainStudent } from './training-attack.js';

const js64 = createJs64();
const tfjs = await createTfjs();

/** A sample that students of few neurons fit within δ = 0.1, and one attack on it. */
function attackWith(engine: Engine, trial: number) {
  const random = randomSource('training attack', trial);
  const inputs = Array.from({ length: 12 }, () => normalVector(random, 2));
  const labels = inputs.map((x) => 1 + 0.05 * normal(random) * norm(x));
  const tools: Tools = { engine, random, attack: 20 };
  const trained = trainStudent('sigmoid', inputs, labels, 0.1, 8, [], tools);
  return { trained, inputs, labels };
}

describe('the training attack', () => {
  it.each([js64, tfjs])('admits students by their error in float64, on $name', (engine) => {
    let admitted = 0;
    for (let trial = 0; trial < 12; trial += 1) {
      const { trained, inputs, labels } = attackWith(engine, trial);
      if (!trained?.admissible) continue;
      admitted += 1;
      const network = { activation: { name: 'sigmoid' }, inputDim: 2, ...trained.student } as const;
      const outputs = evaluateAll(network, inputs);
      const error = outputs.reduce((sum, f, i) => sum + (f - labels[i]) ** 2, 0) / labels.length;
      // Twelve squares, each with a few roundings: the two float64 sums differ by 1e-14 at most.
      expect(error).toBeLessThanOrEqual(0.01 * (1 + 1e-14));
    }
    expect(admitted).toBeGreaterThan(2);
  });

  it('does not believe an engine that reports too small an error', () => {
    const flattering: Engine = {
      ...js64,
      train: (task) => ({ ...js64.train({ ...task, budget: { maxSteps: 0 } }), dataLoss: 0 }),
    };
    for (let trial = 0; trial < 12; trial += 1) {
      expect(attackWith(flattering, trial).trained?.admissible ?? false).toBe(false);
    }
  });
});
