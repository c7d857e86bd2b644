import { describe, expect, it } from 'vitest';
import type { AnyReading, OpaqueInstance, Trial } from '../../src/claims/index.js';
import { DEFAULT_EFFORT, judge, outcomeOf, runTrial, tallyOf } from '../../src/claims/index.js';
import { testDraw } from '../../src/generators/index.js';
import { randomSource } from '../../src/math/index.js';
import type { Engine } from '../../src/training/index.js';
import { createJs64, createTfjs } from '../../src/training/index.js';
import { allConditionsHold, someConditionFails } from './shared/villani-conclusions.js';
import { gradientClause } from './shared/villani-gradient.js';
import type { VillaniInstance } from './shared/villani-instances.js';
import { trainingClauses } from './shared/villani-training.js';
import sigmoidThreshold from './sigmoid-villani-threshold-is-one-eighth.property.js';
import softplusThreshold from './softplus-villani-threshold.property.js';
import thresholdExists from './villani-threshold-exists.property.js';

const engines = [createJs64(), await createTfjs()] as const;

async function trialsOn(engine: Engine, reading: AnyReading, count: number): Promise<Trial[]> {
  const trials: Trial[] = [];
  for (let trial = 0; trial < count; trial += 1) {
    const drawn = testDraw<OpaqueInstance>(reading.instances, ['float32', reading.note], trial);
    const tools = { engine, random: randomSource('float32', trial), attack: 1 };
    trials.push(await runTrial(reading, drawn, { where: `trial ${trial}`, trial, tools }));
  }
  return trials;
}

describe.each([sigmoidThreshold, softplusThreshold, thresholdExists])('$id', ({ readings }) => {
  it.each(Object.keys(readings))('%s: float32 and float64 judge alike', async (id) => {
    const reading = readings[id];
    const verdicts = [];
    const records = [];
    for (const engine of engines) {
      const trials = (await trialsOn(engine, reading, 8)).map(({ record }) => record);
      const { kind, coverage } = reading;
      if (kind !== 'universal') throw new TypeError('float32.test: readings must be universal');
      const effort = { ...DEFAULT_EFFORT.smoke, trials: 8, minimumEffective: 1 };
      records.push(trials);
      const judged = { kind, coverage };
      verdicts.push(
        judge(judged, { tally: tallyOf(judged, trials), finds: [], families: [], effort }).verdict,
      );
    }
    expect(verdicts[1]).toBe(verdicts[0]);
    // The engine only cross-checks, so where its roundings are within their bound nothing differs.
    expect(records[1]).toEqual(records[0]);
  });
});

describe('the cross-checks on a float32 engine', () => {
  const [, tfjs] = engines;
  const instance: VillaniInstance = {
    activation: { name: 'sigmoid' },
    outer: [0.6, -0.8],
    dataset: {
      inputDim: 2,
      inputs: [
        [1, 0],
        [0.5, -0.5],
      ],
      labels: [3, -1],
    },
    lambda: 1,
    scale: 'mean',
    steps: [0.001, 1, 1000],
  };
  const toolsOf = (engine: Engine) => ({ engine, random: randomSource('cross'), attack: 1 });

  it('see a gradient that is off by 1e-4', () => {
    const clause = gradientClause(instance, toolsOf(tfjs));
    expect(clause.lhs).toBeLessThan(clause.rhs);
    expect(clause.rhs).toBeLessThan(1e-4);
    const off: Engine = {
      ...tfjs,
      lossAndGradient(network, dataset, objective) {
        const result = tfjs.lossAndGradient(network, dataset, objective);
        return { ...result, inner: result.inner.map((entry) => entry + 1e-4) };
      },
    };
    expect(gradientClause(instance, toolsOf(off)).margin.upper).toBeLessThan(0);
    expect(outcomeOf(someConditionFails({ ...instance, lambda: 0.01 }, toolsOf(off)))).toBe(
      'gave-up',
    );
  });

  it('see a run that decays at half its rate', () => {
    const [clause] = trainingClauses({ ...instance, outer: [0, 0] }, toolsOf(tfjs));
    // Without a data term the bound is attained but for roundings: forty steps of three.
    expect(clause.lhs / clause.rhs).toBeGreaterThan(1 - 1e-4);
    expect(clause.margin.upper).toBeGreaterThanOrEqual(0);
    const slow: Engine = {
      ...tfjs,
      train: (task) => tfjs.train({ ...task, budget: { maxSteps: task.budget.maxSteps / 2 } }),
    };
    // Seen as well with the roundings allowed for.
    const [late] = trainingClauses({ ...instance, outer: [0, 0] }, toolsOf(slow));
    expect(late.margin.upper).toBeLessThan(0);
  });

  it('leave out a run whose loss overflows float32', () => {
    const huge = { ...instance, dataset: { ...instance.dataset, labels: [1e25, -1] } };
    expect(trainingClauses(huge, toolsOf(tfjs))).toEqual([]);
    expect(trainingClauses(huge, toolsOf(engines[0]))).toHaveLength(1);
    expect(outcomeOf(allConditionsHold(instance, toolsOf(tfjs)))).toBe('holds');
  });
});
