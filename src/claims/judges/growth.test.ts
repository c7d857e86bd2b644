import { describe, expect, test } from 'vitest';
import { normal, randomSource } from '../../math/index.js';
import type { TrialRecord } from '../evidence-types.js';
import type { Judged } from './index.js';
import { coverage, evidence, judge, trials } from './testing/records.js';

const ladder = (sizes: readonly number[], more: Partial<Judged> = {}): Judged => ({
  kind: 'scaling',
  coverage,
  rungs: sizes.map((size) => ({ path: 'd', size })),
  constants: { c: { bounded: 'above' } },
  ...more,
});

const doubled = (from: number, to: number): number[] =>
  from > to ? [] : [from, ...doubled(2 * from, to)];

/** Draws of a curve with lognormal noise, so many at each size and beyond. */
const drawn = (
  key: string,
  { rungs = [], extended = [] }: Judged,
  curve: (size: number) => number,
  { n = 120, sigma = 0.02 } = {},
): TrialRecord[] => {
  const random = randomSource('growth', key);
  const all = [...rungs, ...extended];
  return trials(n * all.length, (t) => {
    const rung = all[t % all.length];
    return { rung, implied: { c: curve(rung.size) * Math.exp(sigma * normal(random)) } };
  });
};

const short = ladder(doubled(4, 64));

describe('a scaling reading survives only where growth that matters is excluded', () => {
  test.each([
    ['a bounded constant', () => 2],
    ['growth that is too slow for the ladder', (d: number) => d ** 0.1],
    ['a transient from below', (d: number) => 2 - 1.2 * d ** (-2 / 3)],
    ['a constant that may hide a power', (d: number) => 99 + d ** 0.5],
  ])('%s on sizes 4 … 64 is open, and larger sizes are asked for', (name, curve) => {
    const result = judge(short, evidence(drawn(name, short, curve)));
    expect(result.verdict).toBe('inconclusive');
    expect(result.reason).toMatch(
      /along d the exponent of the implied constant c lies in \[−?\d\.\d\d, \d\.\d\d\] \(99 % confidence\), which leaves growth like size\^0\.50 open and excludes only size\^\d\.\d\d and faster; no number of draws on these sizes decides: sizes to \d+ with \d+ draws each would/,
    );
    const { from, needed } = result.excludedGrowth?.['c along d'] ?? {};
    expect(needed).toBe(0.5);
    expect(from).toBe(result.exponentLimits?.['c along d'].upper);
  });

  const advised = (reason: string): { sizes: number[]; n: number } => {
    const [, to, n] = /sizes to (\d+) with (\d+) draws each/.exec(reason) ?? [];
    return { sizes: doubled(4, Number(to)), n: Number(n) };
  };

  test.each([
    ['a bounded constant', () => 2, 'survived'],
    ['an edge that settles', (d: number) => 2 - 1.2 * d ** (-2 / 3), 'survived'],
    ['a fall', (d: number) => d ** -0.3, 'survived'],
    ['a power of 0.4', (d: number) => d ** 0.4, 'refuted'],
    ['a power of a half', (d: number) => d ** 0.5, 'refuted'],
  ])('what is asked for decides: %s', (name, curve, verdict) => {
    const open = judge(short, evidence(drawn(`${name} short`, short, curve)));
    expect(open.verdict).toBe('inconclusive');
    const { sizes, n } = advised(open.reason);
    const beyond = [2, 4].map((by) => ({ path: 'd', size: by * sizes[sizes.length - 1] }));
    const long = ladder(sizes, verdict === 'refuted' ? { extended: beyond } : {});
    for (let repeat = 0; repeat < 3; repeat += 1) {
      const result = judge(long, evidence(drawn(`${name} ${repeat}`, long, curve, { n })));
      expect(result.verdict).toBe(verdict);
      if (verdict === 'survived')
        expect(result.reason).toMatch(/and growth like size\^.* or faster along d is excluded/);
    }
  });

  test('more draws alone are asked for where they are enough', () => {
    const long = ladder(doubled(4, 2 ** 18));
    const open = judge(long, evidence(drawn('few', long, () => 2, { n: 8, sigma: 0.4 })));
    expect(open.verdict).toBe('inconclusive');
    const n = Number(/(\d+) draws at each of these sizes would decide/.exec(open.reason)?.[1]);
    expect(n).toBeGreaterThan(8);
    const more = judge(long, evidence(drawn('more', long, () => 2, { n, sigma: 0.4 })));
    expect(more.verdict).toBe('survived');
  });

  test('half a power never survives, however many draws there are', () => {
    const long = ladder(doubled(4, 2 ** 14));
    for (const [i, curve] of [
      (d: number) => d ** 0.5,
      (d: number) => 99 + d ** 0.5,
      (d: number) => d ** 0.5 / Math.log(d),
      (d: number) => d ** 0.5 / Math.log(d) ** 2,
    ].entries()) {
      for (const n of [20, 400]) {
        const result = judge(long, evidence(drawn(`half ${i} ${n}`, long, curve, { n })));
        expect(result.verdict).toBe('inconclusive');
      }
    }
  });

  test('only declared paths decide, each with the growth that it names', () => {
    const sizes = doubled(4, 4096);
    const both = ladder(sizes, {
      rungs: [...sizes, ...[1, 2, 3]].map((size) => ({ path: size < 4 ? 'few' : 'd', size })),
    });
    const bounded = evidence(drawn('both', both, () => 2));
    expect(judge(both, bounded)).toMatchObject({
      verdict: 'inconclusive',
      reason: expect.stringContaining('along few the exponent') as string,
    });
    const declared = judge({ ...both, decides: { d: {} } }, bounded);
    expect(declared.verdict).toBe('survived');
    expect(declared.excludedGrowth?.['c along few'].needed).toBe(null);
    expect(judge({ ...both, decides: { d: { growth: 0.2 } } }, bounded).verdict).toBe(
      'inconclusive',
    );
    expect(judge({ ...both, decides: { few: {}, d: {} } }, bounded).verdict).toBe('inconclusive');
    // A path that decides nothing refutes all the same.
    const growing = evidence(drawn('grows', both, (size) => (size < 4 ? 1 : size)));
    const alone = judge({ ...both, decides: { few: { growth: 9 } }, alone: true }, growing);
    expect(alone.verdict).toBe('refuted');
  });

  test('a constant that no deciding path measures leaves the reading open', () => {
    const two = ladder(doubled(4, 4096), {
      constants: { c: { bounded: 'above' }, e: { bounded: 'above' } },
    });
    const seen = drawn('two', two, () => 2).map((record) => ({
      ...record,
      implied: { ...record.implied, ...(record.rung?.size === 4 ? { e: 1 } : {}) },
    }));
    expect(judge(two, evidence(seen))).toMatchObject({
      verdict: 'inconclusive',
      reason: expect.stringContaining(
        'no path that decides measured the implied constant e',
      ) as string,
    });
  });

  test('a constant bounded below is hard where it falls', () => {
    const below = ladder(doubled(4, 64), { constants: { c: { bounded: 'below' } } });
    const result = judge(below, evidence(drawn('below', below, () => 2)));
    expect(result.reason).toMatch(
      /which leaves a fall like size\^−0\.50 open and excludes only size\^−\d\.\d\d and faster/,
    );
    const { lower } = result.exponentLimits?.['c along d'] ?? {};
    expect(result.excludedGrowth?.['c along d'].from).toBe(-(lower ?? 0));
    const long = ladder(doubled(4, 4096), { constants: { c: { bounded: 'below' } } });
    const falling = drawn('falling', long, (d) => d ** -0.5, { n: 400 });
    expect(judge(long, evidence(falling)).verdict).toBe('inconclusive');
    const rising = drawn('rising', long, (d) => d ** 0.5, { n: 400 });
    expect(judge(long, evidence(rising)).verdict).toBe('survived');
  });

  test('no limits, no survival: a bend that no shape has', () => {
    const long = ladder(doubled(4, 4096));
    const bend = drawn('bend', long, (d) => (d === 64 ? 3 : 1), { n: 400 });
    expect(judge(long, evidence(bend))).toMatchObject({
      verdict: 'inconclusive',
      reason: expect.stringContaining('so that its exponent has no limits') as string,
    });
  });
});
