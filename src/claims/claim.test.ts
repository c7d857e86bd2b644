import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generator } from '../generators/index.js';
import { cite, claim, scaling } from './claim.js';
import { atMost, decided } from './conclusion.js';
import type { Rung } from './reading.js';

const instances = generator<number, { readonly n: number }>({
  law: 'n uniform on 1…9',
  structure: fc.integer({ min: 1, max: 9 }),
  build: (n) => ({ n }),
  labels: () => [],
});

const rungs = [1, 2, 4].map((size) => ({ path: 'N', size }));

/** A claim on a ladder, well formed but for what is said. */
const onLadder =
  (more: {
    readonly rungs?: readonly Rung[];
    readonly visits?: readonly Rung[];
    readonly extended?: readonly Rung[];
  }) =>
  () =>
    claim({
      id: 'smith2020/ladder',
      version: 1,
      catalogue: null,
      source: cite('smith2020', 'Theorem 1'),
      standing: 'theorem',
      title: 'A ladder',
      statement: 'n \\le C',
      readings: {
        literal: scaling<{ readonly n: number }>({
          note: 'As printed.',
          instances,
          assumptions: [],
          conclude: ({ n }) => decided('exact', [atMost('n ≤ 9', n, 9)], { implied: { C: n } }),
          ladder: { rungs, at: () => instances, ...more },
          constants: { C: { meaning: 'n', bounded: 'above' } },
          controls: {
            half: {
              statement: 'n ≤ 4',
              argument: 'n = 9.',
              judge: 'every-draw',
              conclude: ({ n }) => decided('exact', [atMost('n ≤ 4', n, 4)]),
            },
          },
          coverage: { sampled: {} },
        }),
      },
    });

describe('a ladder', () => {
  test('may be visited more often at some rungs, and extended', () => {
    const visits = [...rungs, rungs[0], rungs[0]];
    expect(onLadder({ visits, extended: [{ path: 'N', size: 8 }] })).not.toThrow();
  });

  test.each([
    [
      'a rung twice, which would count its draws twice',
      { rungs: [...rungs, rungs[1]] },
      'each rung must be listed once, got 2 on “N” twice; `visits` says how often trials come',
    ],
    [
      'a larger size twice',
      { extended: [8, 8].map((size) => ({ path: 'N', size })) },
      'each rung must be listed once, got 8 on “N” twice',
    ],
    [
      'a visit elsewhere',
      { visits: [{ path: 'N', size: 3 }] },
      'visits must be rungs of the ladder, got 3 on “N”',
    ],
    [
      'a larger size that is not larger',
      { extended: [{ path: 'N', size: 3 }] },
      'extended sizes must be larger than those of a path of the ladder, got 3 on “N”',
    ],
  ])('with %s is refused', (_, more, message) => {
    expect(onLadder(more)).toThrow(message);
  });
});

describe('a field with a few admissible values', () => {
  const good = onLadder({})();
  const reading = good.readings.literal;
  const withReading = (more: object) => () =>
    claim({ ...good, readings: { literal: { ...reading, ...more } as never } });
  const where = 'claim smith2020/ladder, reading literal';

  test.each([
    [
      'the standing',
      () => claim({ ...good, standing: 'axiom' as never }),
      'claim smith2020/ladder: standing must be one of theorem, proposition, lemma, corollary, definition, formula, remark, observation, conjecture, question, got "axiom"',
    ],
    [
      'the kind',
      withReading({ kind: 'Universal' }),
      `${where}: kind must be one of identity, universal, probable, scaling, limit, existential, observation, got "Universal"`,
    ],
    [
      'how a control is judged',
      withReading({ controls: { half: { ...reading.controls.half, judge: 'asReading' } } }),
      `${where}: controls["half"].judge must be one of every-draw, as-reading, got "asReading"`,
    ],
    [
      'the side on which a constant is bounded',
      withReading({ constants: { C: { meaning: 'n', bounded: 'over' } } }),
      `${where}: constants["C"].bounded must be one of above, below, got "over"`,
    ],
    [
      'the scale of a range',
      withReading({ coverage: { sampled: {}, ranges: { n: { from: 1, to: 9, scale: 'lin' } } } }),
      `${where}: coverage.ranges["n"].scale must be one of linear, log, got "lin"`,
    ],
  ])('holds one of them: %s', (_, make, message) => {
    expect(make).toThrow(new TypeError(message));
  });
});
