import { describe, expect, test } from 'vitest';
import { randomSource } from '../../math/index.js';
import type { TrialRecord } from '../evidence-types.js';
import type { Judged } from './index.js';
import {
  judge as judgeTally,
  mergeTallies,
  onLadderAlone,
  suspectsToDraw,
  tallyOf,
} from './index.js';
import { coverage, evidence, judge, record } from './testing/records.js';

const sizes = [8, 64, 512];
const limit: Judged = {
  kind: 'limit',
  coverage,
  tolerance: 0.25,
  rungs: sizes.map((size) => ({ path: 'N', size })),
  extended: [{ path: 'N', size: 1024 }],
};

/** The mixture: `perRung` draws at each size, spread evenly over strata. */
const mixture = (
  perRung: number,
  strata: number,
  violated: (stratum: number, size: number, t: number) => boolean,
  law: (stratum: number, t: number) => Partial<TrialRecord> = () => ({}),
): TrialRecord[] =>
  sizes.flatMap((size) =>
    Array.from({ length: perRung }, (_, t) =>
      record(t, {
        rung: { path: 'N', size },
        stratum: `law ${t % strata}`,
        outcome: violated(t % strata, size, t) ? 'violated' : 'holds',
        ...law(t % strata, t),
      }),
    ),
  );

/** Fresh draws of a stratum. */
const fresh = (
  stratum: string,
  law: number | null,
  at: readonly number[],
  count: number,
  violated: (t: number) => boolean,
): TrialRecord[] =>
  at.flatMap((size) =>
    Array.from({ length: count }, (_, t) =>
      record(t, {
        rung: { path: 'N', size },
        retest: { path: 'N', stratum, law },
        outcome: violated(t) ? 'violated' : 'holds',
      }),
    ),
  );

const always = (): boolean => true;
const never = (): boolean => false;

describe('a limit over a mixture of laws', () => {
  test('does not survive while a law on which it always fails is a small share of it', () => {
    const hidden = mixture(300, 20, (stratum) => stratum === 7);
    const judgement = judge(limit, evidence(hidden));
    expect(judge({ ...limit, mixtureAlone: true }, evidence(hidden)).verdict).toBe('survived');
    expect(judgement.verdict).toBe('inconclusive');
    expect(judgement.reason).toContain('law 7 on N has a violated or undecided draw');
    expect(suspectsToDraw(limit, tallyOf(limit, hidden))).toEqual([
      { path: 'N', size: 512, stratum: 'law 7', law: null },
    ]);
  });

  test('is refuted by fresh draws of that law, when they fail at every size and beyond', () => {
    const hidden = mixture(300, 20, (stratum) => stratum === 7);
    const refuted = judge(
      limit,
      evidence([...hidden, ...fresh('law 7', null, [...sizes, 1024], 60, always)]),
    );
    expect(refuted).toMatchObject({
      verdict: 'refuted',
      grade: 'statistical',
      reason:
        'along N the violation rate of law 7 stays above 0.25: 60 of 60 of its draws at size 1024, on larger sizes too; a fall like size^−0.2 or 1/log(size) does not explain it',
      strata: { worst: { stratum: 'law 7', violated: 60, draws: 60, retested: true } },
    });
    const ladder = judge(limit, evidence([...hidden, ...fresh('law 7', null, sizes, 60, always)]));
    expect(ladder.verdict).toBe('inconclusive');
    expect(ladder.reason).toContain('draws at larger sizes would settle it');
    const end = judge(limit, evidence([...hidden, ...fresh('law 7', null, [512], 60, always)]));
    expect(end.verdict).toBe('inconclusive');
    expect(end.reason).toContain('law 7 on N, size 512, is violated on 60 of 60 fresh draws');
  });

  test('survives when fresh draws clear what was suspicious, and says which strata are too thin', () => {
    const chance = mixture(300, 20, (_, size, t) => size === 512 && t === 3);
    const cleared = judge(limit, evidence([...chance, ...fresh('law 3', null, [512], 60, never)]));
    expect(cleared.verdict).toBe('survived');
    expect(cleared.reason).toContain('a suspicious law was drawn again and is within it');
    expect(cleared.reason).toMatch(
      /0 of 20 strata were judged apart, 20 are too thin for it, .*law 0, law 1, law 10 and 17 more$/,
    );
    expect(cleared.strata?.thin).toContainEqual({ path: 'N', stratum: 'law 3', draws: 15 });
    const deep = judge(limit, evidence(mixture(300, 5, never)));
    expect(deep.verdict).toBe('survived');
    expect(deep.reason).toContain('all 5 strata were judged apart');
  });

  test('is open while a stratum with draws enough is surely above, whatever fresh draws say', () => {
    const worse = mixture(
      300,
      5,
      (stratum, size, t) => size === 512 && stratum === 2 && t % 2 === 0,
    );
    const cleared = fresh('law 2', null, [512], 60, never);
    const judgement = judge(limit, evidence([...worse, ...cleared]));
    expect(judgement.verdict).toBe('inconclusive');
    expect(judgement.reason).toMatch(/^law 2 on N, size 512, is violated on 30 of 60 draws/);
  });

  test('judges members of pools over all of their strata', () => {
    const crossed = mixture(300, 25, never).map((one) => {
      const k = Number(one.stratum?.slice(4));
      return { ...one, stratum: `input:${k % 5} × label:${Math.floor(k / 5)}` };
    });
    const judgement = judge(limit, evidence(crossed));
    expect(judgement.verdict).toBe('survived');
    expect(judgement.strata).toMatchObject({ seen: 35, judged: 10 });
    expect(judgement.strata?.thin).toHaveLength(25);
  });

  test('is open on the mixture alone, without labels that tell strata', () => {
    const blind = mixture(300, 1, never, () => ({ stratum: undefined }));
    const judgement = judge(limit, evidence(blind));
    expect(judgement.verdict).toBe('inconclusive');
    expect(judgement.reason).toContain('a verdict on the mixture of laws alone');
  });

  test('tells laws within a stratum apart by their seeds, the violated before the undecided', () => {
    const seeds = mixture(
      300,
      20,
      (stratum, size) => stratum === 7 && size === 512,
      (_, t) => ({ law: 1000 - t, ...(t === 50 ? { outcome: 'gave-up', reason: 'r' } : {}) }),
    );
    const suspects = suspectsToDraw(limit, tallyOf(limit, seeds));
    expect(suspects[0]).toEqual({ path: 'N', size: 512, stratum: 'law 7', law: 713 });
    expect(suspects[1]).toEqual({ path: 'N', size: 512, stratum: 'law 10', law: 950 });
    expect(suspects).toHaveLength(9);
  });

  test('a control, false by an argument, is refuted by its worst stratum in the mixture', () => {
    const hidden = mixture(900, 10, (stratum) => stratum === 7);
    expect(judge(onLadderAlone(limit), evidence(hidden)).verdict).toBe('refuted');
  });
});

describe('tallies of strata', () => {
  test('merge to the same whatever the batches and their order', () => {
    const records = [
      ...mixture(
        90,
        7,
        (_, __, t) => t % 5 === 0,
        (_, t) => ({ law: (t * 7919) % 1000 }),
      ),
      ...fresh('law 3', 12, [64, 512], 20, (t) => t % 3 === 0),
    ];
    const whole = tallyOf(limit, records);
    for (const cut of [17, 100, 290]) {
      const parts = [records.slice(0, cut), records.slice(cut)].map((r) => tallyOf(limit, r));
      expect(mergeTallies(limit, parts)).toEqual(whole);
      const { strata, retests } = mergeTallies(limit, parts.toReversed());
      expect({ strata, retests }).toEqual({ strata: whole.strata, retests: whole.retests });
    }
    expect(whole.rungs[0].effective).toBe(90);
    expect(whole.effective).toBe(270 + 40);
  });
});

describe('the error of steering', () => {
  /** A claim with strata that are violated at these rates, at all looks; whether any look refutes it. */
  const history = (seed: number, rates: readonly number[], nights: number): boolean => {
    const random = randomSource('strata', seed);
    const hit = (rate: number) => (): boolean => random.uniform() < rate;
    let tally = tallyOf(limit, []);
    const add = (records: readonly TrialRecord[]): void => {
      tally = mergeTallies(limit, [tally, tallyOf(limit, records)]);
    };
    const levels = { alpha: 0.05, confidence: 0.99 };
    for (let night = 0; night < nights; night += 1) {
      add(mixture(60, rates.length, (s) => hit(rates[s])()));
      for (const { stratum } of suspectsToDraw(limit, tally, levels)) {
        const rate = rates[Number(stratum.slice(4))];
        add(fresh(stratum, null, [...sizes, 1024], 20, hit(rate)));
      }
      const { verdict } = judgeTally(limit, { ...evidence([]), tally }, levels);
      if (verdict === 'refuted') return true;
    }
    return false;
  };

  test('claims at the tolerance in every other stratum are refuted in at most α of histories, at all looks', () => {
    // 50 histories at α = 0.05: more than 8 have a probability below 1e-3.
    const rates = Array.from({ length: 6 }, (_, i) => (i % 2 === 0 ? 0.25 : 0.02));
    const alarms = Array.from({ length: 50 }, (_, seed) => history(seed, rates, 3));
    expect(alarms.filter(Boolean).length).toBeLessThanOrEqual(8);
  });

  test('one stratum of twelve that always fails is refuted within two nights', () => {
    const rates = Array.from({ length: 12 }, (_, i) => (i === 5 ? 1 : 0.01));
    const found = Array.from({ length: 20 }, (_, seed) => history(seed, rates, 2));
    expect(found.every(Boolean)).toBe(true);
  });
});
