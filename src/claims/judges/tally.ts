import type { LogHistogram, Wagers } from '../../statistics/index.js';
import {
  EMPTY_HISTOGRAM,
  NO_WAGERS,
  addHistograms,
  addWagers,
  histogramOf,
  wagersOf,
} from '../../statistics/index.js';
import type { TrialRecord } from '../evidence-types.js';
import type { Reading, Rung } from '../reading.js';
import type { Reported } from '../reported.js';
import type { Tightest } from '../tightness.js';
import { mergeTightest, tightestOf } from '../tightness.js';
import { addReplications, replicationsOf } from './replications.js';
import type { Replications } from './replications.js';
import type { RetestTally, StratumTally } from './strata.js';
import { mergeRetests, mergeStrata, retestsOf, strataOf } from './strata.js';

/** The part of a reading that its judge needs; controls are judged through it too. */
export type Judged = Pick<Reading<never>, 'kind' | 'coverage'> & {
  readonly tolerance?: number;
  readonly rungs?: readonly Rung[];
  /** Larger sizes, drawn before a ladder is called refuted. */
  readonly extended?: readonly Rung[];
  /** Whether the ladder alone may refute, as for controls, which are false by an argument. */
  readonly alone?: boolean;
  /** Whether the mixture of all laws alone is judged, none of its strata: as for the sharpness. */
  readonly mixtureAlone?: boolean;
  readonly constants?: Readonly<Record<string, { readonly bounded: 'above' | 'below' }>>;
  /** `scaling`: the paths that must exclude growth, and from which exponent on; all that are traced where absent. */
  readonly decides?: Readonly<Record<string, { readonly growth?: number }>>;
  readonly reported?: Reported;
};

/** The values of one implied constant at one rung. */
export interface ConstantTally {
  readonly histogram: LogHistogram;
  /** The value that is hardest on the claim; NaN when one is NaN, null without any. */
  readonly extreme: number | null;
}

/** What the trials at one rung come to. */
export interface RungTally {
  readonly path: string;
  readonly size: number;
  readonly effective: number;
  readonly gaveUp: number;
  /** Effective trials on which the claim says something, and the violated ones of them. */
  readonly telling: number;
  readonly violated: number;
  readonly constants: Readonly<Record<string, ConstantTally>>;
}

/**
 * The sufficient statistics of a batch of test-stream trials of one reading: all that its judge may know
 * of them. Plain data, in which NaN and ±∞ may occur (`encodeJson` keeps them). Counts and sums are exact, so
 * merging batches gives the same tally, bit for bit, however the trials were cut; of the entries only
 * `witness` depends on the order of the batches.
 */
export interface Tally {
  readonly discarded: number;
  readonly gaveUp: number;
  readonly effective: number;
  readonly violated: number;
  /** Effective trials on which the claim says something. */
  readonly telling: number;
  /** Effective trials that were decided exactly. */
  readonly exact: number;
  /** Effective trials by the labels of the coverage. */
  readonly coverage: Readonly<Record<string, number>>;
  readonly worstMargin: number | null;
  /** How far the sides can be tightened, for kinds that one violation refutes. */
  readonly tightest: Tightest | null;
  /** Why trials gave up, and how often. */
  readonly reasons: Readonly<Record<string, number>>;
  /** The first trial that is a witness. */
  readonly witness: number | null;
  /** `probable`: the bets. */
  readonly wagers: Wagers | null;
  /** Ladders: the rungs in the order of the ladder, then the extended ones. */
  readonly rungs: readonly RungTally[];
  /** `limit`: the draws of the mixture by rung and stratum. */
  readonly strata?: readonly StratumTally[];
  /** `limit`: fresh draws of suspicious strata; they count in the totals, and at no rung. */
  readonly retests?: readonly RetestTally[];
  /** The hardest value of each implied constant over all rungs. */
  readonly extremes: Readonly<Record<string, number>>;
  /** `observation`: what replicates the reported number. */
  readonly replications: Replications | null;
}

const REFUTED_BY_ONE: ReadonlySet<Judged['kind']> = new Set(['universal']);

/** The tally of some trials. */
export function tallyOf(judged: Judged, trials: readonly TrialRecord[]): Tally {
  const effective = trials.filter(isEffective);
  const gaveUp = trials.filter((t) => t.outcome === 'gave-up');
  let worstMargin: number | null = null;
  for (const { margin } of effective) {
    if (margin) worstMargin = smaller(worstMargin, margin.lower);
  }
  const { reported } = judged;
  return {
    discarded: trials.filter((t) => t.outcome === 'discarded').length,
    gaveUp: gaveUp.length,
    effective: effective.length,
    violated: effective.filter((t) => t.outcome === 'violated').length,
    telling: effective.filter(isTelling).length,
    exact: effective.filter((t) => t.decidedBy === 'exact').length,
    coverage: Object.fromEntries(
      Object.keys(judged.coverage.sampled).map((label) => [
        label,
        effective.filter((t) => t.labels.includes(label)).length,
      ]),
    ),
    worstMargin,
    tightest: REFUTED_BY_ONE.has(judged.kind) ? tightestOf(trials) : null,
    reasons: countTexts(gaveUp.map((t) => t.reason ?? '')),
    witness: effective.find((t) => t.outcome === 'holds' && isTelling(t))?.trial ?? null,
    wagers: judged.kind === 'probable' ? wagersOf(betsOf(trials)) : null,
    rungs: rungsOf(judged).map((rung) => rungTally(judged, rung, trials)),
    ...(judged.kind === 'limit' ? { strata: strataOf(trials), retests: retestsOf(trials) } : {}),
    extremes: Object.fromEntries(
      Object.keys(judged.constants ?? {}).flatMap((name) => {
        const extreme = extremeOf(judged, name, impliedBy(effective, name));
        return extreme === null ? [] : [[name, extreme] as const];
      }),
    ),
    replications: reported === undefined ? null : replicationsOf(reported, trials),
  };
}

/** The tally of several batches together, given in their canonical order. */
export function mergeTallies(judged: Judged, tallies: readonly Tally[]): Tally {
  return tallies.reduce((x, y) => addTallies(judged, x, y), tallyOf(judged, []));
}

function addTallies(judged: Judged, x: Tally, y: Tally): Tally {
  return {
    discarded: x.discarded + y.discarded,
    gaveUp: x.gaveUp + y.gaveUp,
    effective: x.effective + y.effective,
    violated: x.violated + y.violated,
    telling: x.telling + y.telling,
    exact: x.exact + y.exact,
    coverage: addCounts(x.coverage, y.coverage, Object.keys(judged.coverage.sampled)),
    worstMargin: smaller(x.worstMargin, y.worstMargin),
    tightest: mergeTightest(x.tightest, y.tightest),
    reasons: addCounts(x.reasons, y.reasons),
    witness: x.witness ?? y.witness,
    wagers:
      judged.kind === 'probable' ? addWagers(x.wagers ?? NO_WAGERS, y.wagers ?? NO_WAGERS) : null,
    rungs: rungsOf(judged).map((rung) => addRungs(judged, rung, x, y)),
    ...(judged.kind === 'limit'
      ? { strata: mergeStrata(x.strata, y.strata), retests: mergeRetests(x.retests, y.retests) }
      : {}),
    extremes: addExtremes(judged, x.extremes, y.extremes),
    replications:
      judged.reported === undefined
        ? null
        : addReplications(judged.reported, x.replications, y.replications),
  };
}

function isEffective({ outcome }: TrialRecord): boolean {
  return outcome === 'holds' || outcome === 'violated';
}

function isTelling({ trivial }: TrialRecord): boolean {
  return trivial !== true;
}

/** Given-up trials count as not violated: they cannot help to refute. */
function betsOf(trials: readonly TrialRecord[]) {
  return trials
    .filter((t) => t.outcome !== 'discarded')
    .map((t) => ({ violated: t.outcome === 'violated', admitted: t.admitted ?? 1 }));
}

function rungsOf({ rungs = [], extended = [] }: Judged): Rung[] {
  return [...rungs, ...extended];
}

function rungTally(
  judged: Judged,
  { path, size }: Rung,
  trials: readonly TrialRecord[],
): RungTally {
  const here = trials.filter(
    (t) => t.retest === undefined && t.rung?.path === path && t.rung.size === size,
  );
  const effective = here.filter(isEffective);
  // A draw on which the claim says nothing is no evidence that it is rarely violated.
  const telling = effective.filter(isTelling);
  return {
    path,
    size,
    effective: effective.length,
    gaveUp: here.filter((t) => t.outcome === 'gave-up').length,
    telling: telling.length,
    violated: telling.filter((t) => t.outcome === 'violated').length,
    constants: Object.fromEntries(
      Object.keys(judged.constants ?? {}).map((name) => {
        const values = impliedBy(effective, name);
        return [
          name,
          { histogram: histogramOf(values), extreme: extremeOf(judged, name, values) },
        ] as const;
      }),
    ),
  };
}

const EMPTY_CONSTANT: ConstantTally = { histogram: EMPTY_HISTOGRAM, extreme: null };

function addRungs(judged: Judged, { path, size }: Rung, x: Tally, y: Tally): RungTally {
  const [a, b] = [x, y].map(({ rungs }) =>
    rungs.find((rung) => rung.path === path && rung.size === size),
  );
  const count = (field: 'effective' | 'gaveUp' | 'telling' | 'violated'): number =>
    (a?.[field] ?? 0) + (b?.[field] ?? 0);
  return {
    path,
    size,
    effective: count('effective'),
    gaveUp: count('gaveUp'),
    telling: count('telling'),
    violated: count('violated'),
    constants: Object.fromEntries(
      Object.keys(judged.constants ?? {}).map((name) => {
        const [left, right] = [a, b].map((rung) => rung?.constants[name] ?? EMPTY_CONSTANT);
        const extremes = [left.extreme, right.extreme].filter((value) => value !== null);
        return [
          name,
          {
            histogram: addHistograms(left.histogram, right.histogram),
            extreme: extremeOf(judged, name, extremes),
          },
        ] as const;
      }),
    ),
  };
}

function impliedBy(trials: readonly TrialRecord[], name: string): number[] {
  return trials.map((t) => t.implied?.[name]).filter((value) => value !== undefined);
}

function extremeOf(judged: Judged, name: string, values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const harder = judged.constants?.[name].bounded === 'below' ? Math.min : Math.max;
  return values.reduce((x, y) => harder(x, y));
}

function addExtremes(
  judged: Judged,
  x: Readonly<Record<string, number>>,
  y: Readonly<Record<string, number>>,
): Record<string, number> {
  return Object.fromEntries(
    Object.keys(judged.constants ?? {}).flatMap((name) => {
      const values = [x[name], y[name]].filter((value) => value !== undefined);
      const extreme = extremeOf(judged, name, values);
      return extreme === null ? [] : [[name, extreme] as const];
    }),
  );
}

function smaller(x: number | null, y: number | null): number | null {
  if (x === null) return y;
  return y === null ? x : Math.min(x, y);
}

type Counts = Readonly<Record<string, number>>;

function addCounts(x: Counts, y: Counts, keys = Object.keys({ ...x, ...y })): Counts {
  return Object.fromEntries(keys.map((key) => [key, (x[key] ?? 0) + (y[key] ?? 0)]));
}

function countTexts(texts: readonly string[]): Counts {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return Object.fromEntries(counts);
}
