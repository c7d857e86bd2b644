import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../../src/claims/index.js';
import type { Tools } from '../../../src/claims/index.js';
import { bigNumber, randomSource } from '../../../src/math/index.js';
import { createJs64 } from '../../../src/training/index.js';
import { confirmOuterNorm } from './confirm.js';
import { concludeOuterNorm } from './decide.js';
import type { OuterNormInstance } from './instance.js';
import type { OuterNormActivation } from './neurons.js';

const tools = (key: number): Tools => ({
  engine: createJs64(),
  random: randomSource('decide test', key),
  attack: 1,
});

function sample(
  inputs: readonly number[][],
  labels: readonly number[],
  delta: number,
): OuterNormInstance {
  return {
    path: 'test',
    tied: false,
    law: { name: 'gaussian', dimension: inputs[0].length },
    labelLaw: { name: 'constant', value: 1 },
    sampleSize: inputs.length,
    wantedSize: inputs.length,
    delta,
    radius: 5,
    margin: 0,
    inputs,
    labels,
  };
}

function decideAt(
  activation: OuterNormActivation,
  instance: OuterNormInstance,
  bound: number,
  key = 0,
) {
  return concludeOuterNorm(activation, instance, { value: bound, error: 0 }, tools(key));
}

/** ±e_i, on which sup ‖a‖₁ = 4d at Y = δ = 1 (a = 2 on every ±e_i). */
const axes = (d: number): number[][] =>
  Array.from({ length: d }, (_, k) => k).flatMap((k) =>
    [1, -1].map((s) => Array.from({ length: d }, (_, j) => (j === k ? s : 0))),
  );

describe('concludeOuterNorm', () => {
  it.each([1, 2, 3])('decides on either side of the supremum on ±e_i, dimension %i', (d) => {
    const inputs = axes(d);
    const instance = sample(inputs, Array<number>(inputs.length).fill(1), 1);
    expect(outcomeOf(decideAt('relu', instance, 4 * d * 1.001))).toBe('holds');
    expect(outcomeOf(decideAt('relu', instance, 4 * d * 0.999))).toBe('violated');
  });

  it('finds the student by attack in dimension 12', () => {
    const inputs = axes(12);
    const conclusion = decideAt('relu', sample(inputs, Array<number>(24).fill(1), 1), 24);
    expect(outcomeOf(conclusion)).toBe('violated');
    expect(conclusion.measurements?.attained).toBeCloseTo(48, 1);
  });

  it('sees an infinite supremum where a neuron vanishes', () => {
    const inputs = [
      [1, 0.5],
      [2, -0.1],
    ];
    for (const activation of ['relu', 'step'] as const) {
      const conclusion = decideAt(activation, sample(inputs, [1, 1], 1), 1e300);
      expect(outcomeOf(conclusion)).toBe('violated');
      expect(conclusion.measurements?.attained).toBe(Infinity);
    }
  });

  it('marks an empty set of students as trivial', () => {
    const conclusion = decideAt('relu', sample([[1], [-1]], [-3, -3], 0.5), 1);
    expect(conclusion).toMatchObject({ status: 'decided', trivial: true, decidedBy: 'exact' });
    // Mean Y is 0, but no f ≥ 0 comes within 0.1 of a label −3.
    const mixed = decideAt('relu', sample([[1], [-1]], [3, -3], 0.1), 1);
    expect(mixed).toMatchObject({ trivial: true, decidedBy: 'exact' });
  });

  it('agrees with the closed form of one sigmoid at the origin', () => {
    // All inputs 0: every neuron outputs ½, so ‖a‖₁ = 2(Y + δ).
    const instance = sample([[0], [0]], [1, 1], 0.5);
    expect(outcomeOf(decideAt('sigmoid', instance, 3.001))).toBe('holds');
    expect(outcomeOf(decideAt('sigmoid', instance, 2.999))).toBe('violated');
  });

  it('never lets a trained student exceed a certified supremum', () => {
    for (let key = 0; key < 12; key += 1) {
      const random = randomSource('trained', key);
      const inputs = Array.from({ length: 12 }, () => [
        2 * random.uniform() - 1,
        2 * random.uniform() - 1,
      ]);
      const labels = inputs.map((x) => Math.abs(x[0]) + 0.3 * random.uniform());
      for (const activation of ['relu', 'step', 'sigmoid'] as const) {
        const { measurements } = decideAt(activation, sample(inputs, labels, 0.5), 100, key);
        const upper = measurements?.upper ?? Infinity;
        expect(measurements?.trained).toBeLessThanOrEqual(upper * (1 + 1e-9));
        expect(measurements?.attained).toBeLessThanOrEqual(upper * (1 + 1e-9));
      }
    }
  });

  it('confirms a violation with 64 digits and denies one with a larger bound', () => {
    const inputs = axes(2);
    const instance = sample(inputs, [1, 1, 1, 1], 1);
    const conclusion = decideAt('relu', instance, 7);
    if (conclusion.status !== 'decided') throw new Error('the conclusion must be decided');
    const violation = { clause: conclusion.clauses[0], conclusion };
    const at = (bound: number) =>
      confirmOuterNorm('relu', instance, violation, { value: bigNumber(bound), slack: 0 }, []);
    expect(at(7)).toMatchObject({ violated: true, digits: 64 });
    expect(at(8.5)).toMatchObject({ violated: false });
    const worse = { ...instance, delta: 0.9 };
    expect(
      confirmOuterNorm('relu', worse, violation, { value: bigNumber(7), slack: 0 }, []),
    ).toMatchObject({ violated: false });
  });
});
