import { describe, expect, test } from 'vitest';
import type { Engine } from '../engine.js';
import { createJs64 } from '../js64.js';
import { expectAgreement } from './gradient-laws.js';
import { EVERY_ACTIVATION, randomDeepProblem, randomProblem } from './random-problem.js';

const sound = createJs64();
const SIZES = { width: 4, inputDim: 3, sampleSize: 33 };

/** Every entry but the last, and that one off by a relative 1e-11. */
const nudged = (entries: Float64Array): Float64Array =>
  entries.map((entry, i) => (i === entries.length - 1 ? entry * (1 + 1e-11) : entry));

const FAULTY: readonly [string, Partial<Engine>][] = [
  ...(['inner', 'outer', 'biases'] as const).map((part): [string, Partial<Engine>] => [
    part,
    {
      lossAndGradient(network, dataset, objective) {
        const result = sound.lossAndGradient(network, dataset, objective);
        return { ...result, [part]: nudged(result[part]) };
      },
    },
  ]),
  ...(['inner', 'outer', 'biases'] as const).map((part): [string, Partial<Engine>] => [
    `lossLaplacian.${part}`,
    {
      lossLaplacian(network, dataset, objective) {
        const result = sound.lossLaplacian(network, dataset, objective);
        return { ...result, [part]: result[part] * (1 + 1e-11) };
      },
    },
  ]),
  ['predict', { predict: (...input) => nudged(sound.predict(...input)) }],
  ['inputGradients', { inputGradients: (...input) => nudged(sound.inputGradients(...input)) }],
  [
    'objective',
    {
      lossAndGradient(network, dataset, objective) {
        // One sample too few.
        const fewer = {
          ...dataset,
          inputs: dataset.inputs.slice(1),
          labels: dataset.labels.slice(1),
        };
        const { objective: value } = sound.lossAndGradient(network, fewer, objective);
        return { ...sound.lossAndGradient(network, dataset, objective), objective: value };
      },
    },
  ],
];

describe('the laws of gradients', () => {
  test.each(FAULTY)('notice an engine whose %s is off', (what, fault) => {
    const engine = { ...sound, ...fault };
    const smooth = EVERY_ACTIVATION.filter(({ name }) => ['sigmoid', 'sine'].includes(name));
    for (const activation of smooth) {
      const { network, dataset } = randomProblem('fault', activation, SIZES, { biases: true });
      const check = (): void =>
        expectAgreement(engine, network, dataset, { scale: 'mean' }, { sharp: true });
      expect(check).toThrow(`${what}[`);
      const deep = randomDeepProblem('fault', activation, { ...SIZES, widths: [3, 4] });
      if (!['predict', 'inputGradients', 'inner'].includes(what)) continue;
      expect(() => expectAgreement(engine, deep.network, deep.dataset, { scale: 'mean' })).toThrow(
        `${what}[`,
      );
    }
  });

  test('notice NaN, and arrays of another length', () => {
    const { network, dataset } = randomProblem('fault', { name: 'relu' }, SIZES);
    for (const predict of [
      (): Float64Array => new Float64Array(33).fill(NaN),
      (): Float64Array => sound.predict(network, dataset.inputs.slice(1)),
    ]) {
      const engine = { ...sound, predict };
      expect(() => expectAgreement(engine, network, dataset, { scale: 'mean' })).toThrow('predict');
    }
  });
});
