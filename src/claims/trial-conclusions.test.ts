import fc from 'fast-check';
import { expect, test } from 'vitest';
import { generator } from '../generators/index.js';
import { randomSource } from '../math/index.js';
import { createJs64 } from '../training/index.js';
import { observation, universal } from './claim.js';
import type { AnyReading } from './claim.js';
import { decided } from './conclusion.js';
import type { Conclusion } from './conclusion.js';
import type { Reported } from './reported.js';
import { runTrial } from './trial.js';

const instances = generator<number, { readonly n: number }>({
  law: 'n = 1',
  structure: fc.constant(1),
  build: (n) => ({ n }),
  labels: () => [],
});
const common = { note: '', instances, assumptions: [], controls: {}, coverage: { sampled: {} } };
const concluding = (conclusion: unknown) =>
  universal({ ...common, conclude: () => conclusion as Conclusion });
const measuring = (reported: Reported, value: unknown) =>
  observation({
    ...common,
    reported,
    conclude: () => decided('exact', [], { measurements: { x: value as number } }),
  });
const trial = async (reading: AnyReading) =>
  runTrial(
    reading,
    { instance: { n: 1 } as never, labels: [] },
    {
      where: 'here',
      trial: 0,
      tools: { engine: createJs64(), random: randomSource('trial'), attack: 1 },
    },
  );

test.each([undefined, 'Exact', 'constructor', null])(
  'a conclusion is decided exactly or by an attack, not by %j',
  async (by) => {
    await expect(trial(concluding(decided(by as never, [])))).rejects.toThrow(
      /^here, conclude: decided: decidedBy must be one of exact, attack, got /,
    );
  },
);

test('what an observation measures is of the declared kind', async () => {
  const share = { name: 'x', value: '0.3', repeats: 10, statistic: 'share' } as const;
  await expect(trial(measuring(share, 0.5))).rejects.toThrow(
    'here, conclude: “x” must be 0 or 1, as each trial is one repeat of a share, got 0.5',
  );
  await expect(trial(measuring(share, '1'))).rejects.toThrow(
    'measurements.x must be a number, got "1"',
  );
  const bounded = { name: 'x', value: '0.3', repeats: 10, range: [0, 1] } as const;
  await expect(trial(measuring(bounded, 1.5))).rejects.toThrow(
    '“x” must lie in the declared range 0 … 1, got 1.5',
  );
  for (const value of [0, 1, NaN]) {
    expect((await trial(measuring(share, value))).record.measurements).toEqual({ x: value });
  }
});
