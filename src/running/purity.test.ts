import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AnyReading } from '../claims/index.js';
import { atMost, decided, limit, universal } from '../claims/index.js';
import type { Generator } from '../generators/index.js';
import { generator } from '../generators/index.js';
import { runReading } from './run-reading.js';
import { rarelyFalse, toyClaim } from './testing/toy-claims.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'falsum-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

interface Rows {
  xs: number[];
  value: number;
  extra?: unknown;
}

/** Two numbers and a value; `extra` goes into each instance. */
const rows = (extra: () => unknown = () => 0): Generator<Rows> =>
  generator({
    law: 'two numbers',
    structure: fc.constant(null),
    build: (_, random) => ({
      xs: [random.uniform() + 1, random.uniform()],
      value: random.uniform(),
      extra: extra(),
    }),
    labels: () => ['all'],
  });

const control = {
  ...rarelyFalse,
  conclude: ({ value }: Rows) => decided('exact', [atMost('v ≤ 0.97', value, 0.97)]),
};

const common = {
  note: 'As printed.',
  instances: rows(),
  assumptions: [],
  conclude: ({ value }: Rows) => decided('exact', [atMost('v ≤ 1', value, 1)]),
  controls: { control },
  coverage: { sampled: { all: 'everything' } },
};

const reading = (parts: Partial<Parameters<typeof universal<Rows>>[0]>): AnyReading =>
  universal<Rows>({ ...common, ...parts });

const run = async (of: Parameters<typeof toyClaim>[0]) =>
  runReading(toyClaim(of), 'literal', {
    ...{ seed: 1, profile: 'ci', engine: 'js64', readings: null, budgetMsPerReading: null },
    ...{ corpus: join(folder, 'corpus'), found: join(folder, 'found') },
  });

/** Grows with every call: what a clock or Math.random would be, without chance. */
const counter = (): (() => number) => {
  let calls = 0;
  return () => (calls += 1);
};
const holds = decided('exact', [atMost('0 ≤ 1', 0, 1)]);

describe('the first draw shows', () => {
  const cases: readonly (readonly [string, () => Parameters<typeof toyClaim>[0], RegExp])[] = [
    [
      'a generator that is no function of its randomness',
      () => reading({ instances: rows(counter()) }),
      /trial 0, instances: the generator must be a function of its randomness, and instance\.extra was \d+ and is \d+ when it is drawn again/,
    ],
    [
      'the same at one rung of a ladder alone',
      () => {
        const ticks = counter();
        return limit<Rows>({
          ...common,
          quantity: 'P',
          tolerance: 0.25,
          ladder: {
            rungs: [2, 8, 64].map((size) => ({ path: 'n', size })),
            at: ({ size }) => rows(size === 64 ? ticks : () => size),
          },
          families: [],
        });
      },
      /trial 2, instances: the generator must be a function of its randomness/,
    ],
    [
      'an instance that holds a Map',
      () => reading({ instances: rows(() => ({ w: new Map([['a', 1]]) })) }),
      /trial 0, instances: instance\.extra\.w must be plain data, got Map/,
    ],
    [
      'an instance that holds itself',
      () =>
        reading({
          instances: rows(() => {
            const loop: unknown[] = [];
            loop.push(loop);
            return loop;
          }),
        }),
      /trial 0, instances: instance\.extra\[0\] must be plain data, got a part of which it is a part/,
    ],
    [
      'an assumption that changes its instance',
      () => reading({ assumptions: [{ name: 'a', tex: 'a', margin: ({ xs }) => xs.push(0) }] }),
      /trial 0, assumptions: must leave its instance as it is, and instance\.xs was .* and is /,
    ],
    [
      'a conclusion that sorts its instance',
      () =>
        reading({
          conclude({ xs }) {
            xs.sort((a, b) => a - b);
            return holds;
          },
        }),
      /trial 0, conclude: must leave its instance as it is, and instance\.xs\[0\] was 1\.\d+ and is 0\.\d+; work on a copy/,
    ],
    [
      'a control that changes its instance',
      () =>
        reading({
          controls: {
            control: {
              ...control,
              conclude(instance) {
                instance.value = 2;
                return holds;
              },
            },
          },
        }),
      /trial 0, control “control”: must leave its instance as it is, and instance\.value was 0\.\d+ and is 2/,
    ],
    [
      'features that change their instance',
      () =>
        reading({
          features(instance) {
            instance.value = 2;
            return { value: instance.value };
          },
        }),
      /trial 0, features: must leave its instance as it is/,
    ],
    [
      'a conclusion that is no function of its instance',
      () => {
        const ticks = counter();
        return reading({
          conclude: () => decided('exact', [atMost('t ≤ 1e6', ticks(), 1e6)]),
        });
      },
      /trial 0, conclude: must be a function of its instance and tools, and conclusion\.margin\.lower was .* when it is asked again/,
    ],
  ];
  test.each(cases)('%s', async (_, make, line) => {
    await expect(run(make())).rejects.toMatchObject({
      name: 'ClaimFault',
      message: expect.stringMatching(line) as string,
      draw: { stream: 'test' },
    });
  });
});

describe('a violation does not count', () => {
  const violated = (value: number) => decided('exact', [atMost('v ≤ 0.9', value, 0.9)]);

  test('where the conclusion changed the instance, on violating draws alone', async () => {
    const of = reading({
      conclude(instance) {
        if (instance.value > 0.9) instance.xs[0] = -1;
        return violated(instance.value);
      },
      confirm: () => null as never,
    });
    await expect(run(of)).rejects.toThrow(
      /trial \d+, conclude: must leave its instance as it is, and instance\.xs\[0\] was 1\.\d+ and is -1/,
    );
  });

  test('where its confirmation changes the instance', async () => {
    const of = reading({
      conclude: ({ value }) => violated(value),
      confirm(instance) {
        instance.xs = [];
        return null as never;
      },
    });
    await expect(run(of)).rejects.toThrow(
      /trial \d+, certify or confirm: must leave its instance as it is, and instance\.xs was /,
    );
  });
});

test('the instance that is named is the one that was drawn, not what was made of it', async () => {
  const of = reading({
    conclude(instance) {
      instance.value = 2;
      return holds;
    },
  });
  const fault = await run(of).catch((error: unknown) => error as { draw: { instance: Rows } });
  expect(fault).toMatchObject({ draw: { stream: 'test', trial: 0 } });
  expect((fault as { draw: { instance: Rows } }).draw.instance.value).toBeLessThan(1);
});
