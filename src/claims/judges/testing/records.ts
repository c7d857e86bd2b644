import type { TrialRecord } from '../../evidence-types.js';
import type { Evidence, Judged, Levels } from '../index.js';
import { judge as judgeTally, rungsToExtend, tallyOf } from '../index.js';

export const effort = { trials: 100, minimumEffective: 50, searches: 0, attack: 1 };
export const coverage = { sampled: { small: 'small instances', large: 'large instances' } };

/** A trial that holds, but for what is said. */
export const record = (trial: number, more: Partial<TrialRecord> = {}): TrialRecord => ({
  trial,
  outcome: 'holds',
  labels: ['small'],
  stratum: 'small',
  decidedBy: 'exact',
  margin: { lower: 0.5, upper: 0.5 },
  ...more,
});

/** So many of them. */
export const trials = (
  n: number,
  more: (t: number) => Partial<TrialRecord> = () => ({}),
): TrialRecord[] => Array.from({ length: n }, (_, t) => record(t, more(t)));

interface Records extends Omit<Evidence, 'tally'> {
  readonly records: readonly TrialRecord[];
}

/** Trials as a judge sees them, with nothing else found. */
export const evidence = (
  records: readonly TrialRecord[],
  more: Partial<Omit<Evidence, 'tally'>> = {},
): Records => ({ records, finds: [], families: [], effort, ...more });

/** The judge, on the tally of the trials. */
export const judge = (judged: Judged, { records, ...more }: Records, levels?: Levels) =>
  judgeTally(judged, { ...more, tally: tallyOf(judged, records) }, levels);

/** The larger sizes that the trials call for. */
export const extensionOf = (judged: Judged, records: readonly TrialRecord[]) =>
  rungsToExtend(judged, { tally: tallyOf(judged, records), finds: [], families: [], effort });

/** A family, whose checks hold or not. */
export const family = (holds: boolean) => ({
  id: 'f',
  holds,
  certificate: { kind: 'family' as const, statement: 's', argument: 'a', checks: [] },
});
