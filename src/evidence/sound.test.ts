import { describe, expect, test } from 'vitest';
import type { Judged, Tally } from '../claims/index.js';
import { accumulate, decodeTally, encodeTally } from './accumulate.js';
import { contradiction } from './sound.js';
import { batchOf, kinds } from './testing/batches.js';

const range = { from: 100, to: 260 };
const [probable, limit, scaling, observation] = kinds;

/** What is said of a batch whose tally is changed. */
function changed(kind: Judged, change: (tally: Tally) => object): string | null {
  const batch = batchOf(1, range, {}, kind);
  const tally = decodeTally(batch.tally);
  return contradiction({ ...batch, tally: encodeTally({ ...tally, ...change(tally) } as Tally) });
}

/** A stratum of one draw at the first rung. */
const stratum = (part: object): object => ({
  ...{ path: 'n', size: 8, stratum: 'a', telling: 1, gaveUp: 0, violated: 0 },
  ...{ suspects: [], undecided: [] },
  ...part,
});

describe('what a batch holds must be able to come from its trials', () => {
  test.each(kinds)('what trials of kind $kind leave is admitted, alone and together', (kind) => {
    const parts = [
      { from: 100, to: 107 },
      { from: 107, to: 108 },
      { from: 108, to: 260 },
    ].map((part) => batchOf(1, part, {}, kind));
    for (const part of parts) expect(contradiction(part)).toBeNull();
    const together = encodeTally(accumulate(kind, parts));
    expect(contradiction(batchOf(1, range, { tally: together }, kind))).toBeNull();
  });

  const cases: readonly (readonly [string, Judged, (tally: Tally) => object, RegExp])[] = [
    ['a billion trials', probable, () => ({ effective: 1e9 }), /has 160 trials, its counts/],
    ['a trial too few', probable, ({ discarded }) => ({ discarded: discarded + 1 }), /counts 161/],
    ['more violated than effective', probable, () => ({ violated: 161 }), /effective trials viol/],
    ['more telling than effective', probable, () => ({ telling: 161 }), /161 of \d+ effective/],
    ['more exact than effective', probable, () => ({ exact: 161 }), /effective trials exact/],
    ['a label too often', probable, () => ({ coverage: { all: 161 } }), /have the label all/],
    ['reasons of nobody', probable, () => ({ reasons: { tired: 161 } }), /with 161 reasons/],
    ['a witness elsewhere', probable, () => ({ witness: 99 }), /witness outside its range/],
    ['a witness past the end', probable, () => ({ witness: 260 }), /witness outside its range/],
    [
      'more bets than trials',
      probable,
      ({ wagers }) => ({ wagers: wagers && { ...wagers, placed: 161 } }),
      /trials are bet on, got 161/,
    ],
    [
      'more bets won than violations',
      probable,
      ({ wagers, violated }) => ({ wagers: wagers && { ...wagers, violated: violated + 1 } }),
      /bets are won/,
    ],
    [
      'violations that no bet saw',
      probable,
      ({ wagers }) => ({ wagers: wagers && { ...wagers, violated: 0 } }),
      /0 bets won and 0 idle/,
    ],
    [
      'impossible violations that did not happen',
      probable,
      ({ wagers }) => ({ wagers: wagers && { ...wagers, impossible: wagers.violated + 1 } }),
      /violations are impossible/,
    ],
    [
      'costs without order',
      probable,
      ({ wagers }) => ({
        wagers: wagers && { ...wagers, costs: wagers.costs.map(() => 5).with(3, 1) },
      }),
      /costs of bets must grow/,
    ],
    [
      'a rung with more trials',
      limit,
      ({ rungs }) => ({ rungs: rungs.with(0, { ...rungs[0], effective: 41 }) }),
      /the rungs have \d+ effective trials of/,
    ],
    [
      'a stratum of more draws than its rung',
      limit,
      () => ({ strata: [stratum({ telling: 161 })] }),
      /^rung n 8: its strata have 161 telling of/,
    ],
    [
      'a stratum with more violations than draws',
      limit,
      () => ({ strata: [stratum({ violated: 2 })] }),
      /2 of 1 telling trials violated/,
    ],
    [
      'suspicious laws that nothing makes so',
      limit,
      () => ({ strata: [stratum({ suspects: [7] })] }),
      /1 laws of 0 violations/,
    ],
    ['a stratum twice', limit, () => ({ strata: [stratum({}), stratum({})] }), /listed twice/],
    [
      'fresh draws that no trial is',
      limit,
      () => ({ retests: [{ ...stratum({}), law: null, effective: 5 }] }),
      /the rungs have \d+ effective trials of/,
    ],
    [
      'fresh draws violated more often than made',
      limit,
      ({ effective }) => ({
        effective: effective + 1,
        discarded: 0,
        retests: [{ ...stratum({ violated: 9 }), law: null, effective: 1 }],
      }),
      /has 160 trials|9 violated of 1 telling/,
    ],
    ['a rung twice', limit, ({ rungs }) => ({ rungs: [...rungs, rungs[0]] }), /listed twice/],
    [
      'a rung with more violations than trials',
      limit,
      ({ rungs }) => ({ rungs: rungs.with(1, { ...rungs[1], violated: 161 }) }),
      /^rung n 16: 161 of/,
    ],
    [
      'a histogram of more values than trials',
      scaling,
      ({ rungs }) => {
        const { histogram, extreme } = rungs[0].constants['c'];
        const c = { histogram: { ...histogram, infinite: 161 }, extreme };
        return { rungs: rungs.with(0, { ...rungs[0], constants: { c } }) };
      },
      /values of c in \d+ effective/,
    ],
    [
      'bins without order',
      scaling,
      ({ rungs }) => {
        const { histogram, extreme } = rungs[0].constants['c'];
        const c = { histogram: { ...histogram, bins: histogram.bins.toReversed() }, extreme };
        return { rungs: rungs.with(0, { ...rungs[0], constants: { c } }) };
      },
      /bins of c must increase/,
    ],
    ['an extreme of no rung', scaling, () => ({ extremes: { c: 7 } }), /must be that of a rung/],
    [
      'more replications than trials',
      observation,
      ({ replications: r }) => ({
        replications: r && { ...r, moments: { ...r.moments, count: 161 } },
      }),
      /^161 replications and/,
    ],
    [
      'missing ones that are not',
      observation,
      ({ replications: r }) => ({ replications: r && { ...r, missing: r.missing + 1 } }),
      /missing ones of/,
    ],
    [
      'more on one side than there are',
      observation,
      ({ replications: r }) => ({ replications: r && { ...r, below: 100, above: 100 } }),
      /100 lie below and 100 above/,
    ],
    [
      'more bits than replications',
      observation,
      ({ replications: r }) => ({ replications: r && { ...r, binary: 161 } }),
      /161 are 0 or 1/,
    ],
    [
      'bits whose powers differ',
      observation,
      ({ replications: r }) => ({ replications: r && { ...r, binary: r.moments.count } }),
      /those of no numbers/,
    ],
    ...(['sum', 'sumOfSquares', 'sumOfCubes'] as const).map(
      (name) =>
        [
          `a ${name} of no numbers`,
          observation,
          ({ replications: r }: Tally) => ({
            replications: r && { ...r, moments: { ...r.moments, [name]: '1000' } },
          }),
          /those of no numbers/,
        ] as const,
    ),
  ];

  test.each(cases)('%s: is named', (_, kind, change, problem) => {
    expect(changed(kind, change)).toMatch(problem);
  });
});
