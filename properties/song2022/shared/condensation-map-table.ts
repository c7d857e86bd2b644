import type { TrialRecord } from '../../../src/claims/index.js';
import { CONFIDENCE } from '../../../src/claims/index.js';
import { bernoulliConfidenceSequence } from '../../../src/statistics/index.js';
import type { MapPlacement, MapPoint } from './condensation-map-grid.js';

/** What the draws at one point of the map, or at several taken together, showed. */
export interface MapCount {
  readonly trials: number;
  readonly condenses: number;
  readonly fails: number;
  readonly undecided: number;
  /** Time-uniform limits of the failing fraction of all draws: undecided ones count as not failing below, as failing above. */
  readonly lower: number;
  readonly upper: number;
  /** The smallest norm, over m₀, of an interpolant that was found; null where none below m₀ was. */
  readonly smallestNorm: number | null;
}

/** A trial with the point at which it was drawn. */
export interface MapRecord extends MapPoint {
  readonly placement: MapPlacement;
  readonly inputs: number;
  readonly record: TrialRecord;
}

/** The trials with their points, as their labels have them; discarded draws are none of the law. */
export function mapRecords(trials: readonly TrialRecord[]): MapRecord[] {
  return trials
    .filter(({ outcome }) => outcome !== 'discarded')
    .map((record) => ({
      inputDim: Number(labelled(record, 'dim')),
      neurons: Number(labelled(record, 'm0')),
      perCell: Number(labelled(record, 'k')),
      placement: labelled(record, 'placement') as MapPlacement,
      inputs: record.measurements?.['N'] ?? Number.NaN,
      record,
    }));
}

function labelled({ labels, trial }: TrialRecord, name: string): string {
  const label = labels.find((text) => text.startsWith(`${name}:`));
  if (label === undefined) throw new RangeError(`mapRecords: trial ${trial} has no label ${name}`);
  return label.slice(name.length + 1);
}

/** Records by the text of a key, in the order of first appearance. */
export function grouped(
  records: readonly MapRecord[],
  key: (record: MapRecord) => string,
): ReadonlyMap<string, readonly MapRecord[]> {
  const groups = new Map<string, MapRecord[]>();
  for (const record of records) {
    const group = groups.get(key(record));
    if (group === undefined) groups.set(key(record), [record]);
    else group.push(record);
  }
  return groups;
}

/** Counts, limits and the smallest norm of some records. */
export function mapCount(records: readonly MapRecord[]): MapCount {
  const of = (outcome: TrialRecord['outcome']): number =>
    records.filter(({ record }) => record.outcome === outcome).length;
  const fails = of('violated');
  const undecided = of('gave-up');
  const norms = records.flatMap(({ record: { outcome, measurements } }) =>
    outcome === 'violated' && measurements?.['upper'] !== undefined
      ? [measurements['upper'] / measurements['m0']]
      : [],
  );
  return {
    trials: records.length,
    condenses: of('holds'),
    fails,
    undecided,
    lower: bernoulliConfidenceSequence(fails, records.length, 1 - CONFIDENCE).lower,
    upper: bernoulliConfidenceSequence(fails + undecided, records.length, 1 - CONFIDENCE).upper,
    smallestNorm: norms.length === 0 ? null : Math.min(...norms),
  };
}
