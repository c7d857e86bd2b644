import type { Judged, TrialRecord, Verdict } from '../../../src/claims/index.js';
import { judge, tallyOf } from '../../../src/claims/index.js';
import type { RandomSource } from '../../../src/math/index.js';
import { normal, randomSource } from '../../../src/math/index.js';
import { evidenceOf } from './bets.js';

const coverage = { sampled: {} };
const rungs = [8, 16, 32, 64, 128, 256].map((size) => ({ path: 'size', size }));
const extended = [512, 1024].map((size) => ({ path: 'size', size }));

/** A synthetic true claim: a law of trial records under which it holds. */
interface TrueClaim {
  readonly judged: Judged;
  readonly trials: (random: RandomSource) => number;
  /** Draws the nuisance of one claim, and gives the law of its trials. */
  readonly law: (random: RandomSource) => (trial: number) => Partial<TrialRecord>;
}

/** Strata of a mixture. */
const STRATA = 6;

const anyNumber = (random: RandomSource): number => Math.ceil(20 * 100 ** random.uniform());
const onRung = (trial: number) => {
  const all = [...rungs, ...extended];
  return all[trial % all.length];
};

/** One of some values. */
function oneOf<T>(random: RandomSource, values: readonly T[]): T {
  return values[Math.floor(random.uniform() * values.length)];
}

const CLAIMS: Readonly<Record<string, TrueClaim>> = {
  'universal, holds everywhere': {
    judged: { kind: 'universal', coverage },
    trials: anyNumber,
    law: (random) => () => ({ margin: { lower: random.uniform(), upper: 1 } }),
  },
  'probable, at and below the admitted rate': {
    judged: { kind: 'probable', coverage },
    trials: anyNumber,
    law: (random) => {
      const share = oneOf(random, [1, 1, 0.5]);
      const law = oneOf(random, [() => 0.001, () => 0.05, () => 0.5, () => random.uniform() ** 3]);
      return () => {
        const admitted = law();
        return {
          admitted,
          outcome: random.uniform() < share * admitted ? 'violated' : 'holds',
        };
      };
    },
  },
  'scaling, constants bounded up to a logarithm': {
    judged: {
      kind: 'scaling',
      coverage,
      rungs,
      extended,
      constants: { C: { bounded: 'above' } },
    },
    trials: anyNumber,
    law: (random) => {
      const spread = oneOf(random, [0, 0.05, 0.3, 1]);
      const median = oneOf<(size: number) => number>(random, [
        () => 1,
        (s) => 1 - 7 / s,
        (s) => Math.log(s),
        (s) => Math.log(s) ** 2,
        (s) => 1 - 0.9 * (s / 8) ** -0.5,
        (s) => s ** -0.5,
        (s) => s ** 0.2,
      ]);
      return (trial) => {
        const rung = onRung(trial);
        return { rung, implied: { C: median(rung.size) * Math.exp(spread * normal(random)) } };
      };
    },
  },
  'limit, rates that fall slowly': {
    judged: { kind: 'limit', coverage, rungs, extended, tolerance: 0.05 },
    trials: anyNumber,
    law: (random) => {
      const rate = oneOf<(size: number) => number>(random, [
        (s) => s ** -0.2,
        (s) => 1 / Math.log(s),
        (s) => 1 / Math.log2(s),
        (s) => 4 / s,
        () => 0,
      ]);
      return (trial) => {
        const rung = onRung(trial);
        const outcome = random.uniform() < rate(rung.size) ? 'violated' : 'holds';
        return { rung, stratum: 'all', outcome };
      };
    },
  },
  'limit, strata whose rates fall slowly, drawn again': {
    judged: { kind: 'limit', coverage, rungs, extended, tolerance: 0.05 },
    trials: anyNumber,
    law: (random) => {
      const rates = Array.from({ length: STRATA }, () =>
        oneOf<(size: number) => number>(random, [
          (s) => s ** -0.2,
          (s) => 1 / Math.log(s),
          (s) => 4 / s,
          () => 0.05,
          () => 0,
        ]),
      );
      const size = rungs.length + extended.length;
      return (trial) => {
        const rung = onRung(trial);
        const round = Math.floor(trial / size);
        const k = round % STRATA;
        const stratum = `law ${k}`;
        const fresh = Math.floor(round / STRATA) % 2 === 1;
        return {
          rung,
          outcome: random.uniform() < rates[k](rung.size) ? 'violated' : 'holds',
          ...(fresh ? { retest: { path: rung.path, stratum, law: null } } : { stratum }),
        };
      };
    },
  },
  'observation, the same law': {
    judged: { kind: 'observation', coverage, reported: { name: 'x', value: 0, repeats: 5 } },
    trials: anyNumber,
    law: (random) => {
      // The reported mean of five repeats is 0: the law's own mean is off by their error.
      const mean = normal(random) / Math.sqrt(5);
      return () => ({ measurements: { x: mean + normal(random) } });
    },
  },
};

/** Verdicts of some runs of a true claim. */
export interface TrueRow {
  readonly claim: string;
  readonly runs: number;
  readonly verdicts: Readonly<Partial<Record<Verdict, number>>>;
}

/**
 * Judges synthetic true claims at their default levels, `runs` in all. An observation is not refuted but
 * not reproduced, which its prediction interval allows once in a hundred.
 */
export function judgeTrueClaims(runs: number): readonly TrueRow[] {
  const names = Object.keys(CLAIMS);
  return names.map((name, k) => {
    const count = Math.floor((runs + k) / names.length);
    const verdicts: Partial<Record<Verdict, number>> = {};
    for (let run = 0; run < count; run += 1) {
      const { judged, trials, law } = CLAIMS[name];
      const random = randomSource('power', 'true-claims', name, run);
      const of = law(random);
      const records = Array.from({ length: trials(random) }, (_, trial): TrialRecord => ({
        trial,
        outcome: 'holds',
        labels: [],
        decidedBy: 'exact',
        ...of(trial),
      }));
      const { verdict } = judge(judged, evidenceOf(tallyOf(judged, records)));
      verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
    }
    return { claim: name, runs: count, verdicts };
  });
}
