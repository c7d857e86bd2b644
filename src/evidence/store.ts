import type { Batch, Line, Stream } from './batch.js';
import type { Range } from './ranges.js';

/** Trials that one run has for itself until it releases them. */
export interface Reservation {
  /** In order. */
  readonly ranges: readonly Range[];
  /** Shows other hosts that the run is alive, where that is due; to be called between trials. */
  readonly renew: () => void;
  readonly release: () => Promise<void>;
}

/**
 * Where evidence accumulates over runs and machines. Batches are added and never changed; a batch that
 * is there already is not counted again. A store that is a service can stand behind it as well.
 */
export interface EvidenceStore {
  /** What messages call the store. */
  readonly name: string;
  /**
   * Adds a batch, durably before it returns.
   *
   * @returns whether it was new
   * @throws InputError when another batch holds one of its trials with other content
   */
  append(batch: Batch): Promise<'added' | 'present'>;
  /** The lines that have evidence, by key. @throws InputError when something in the store is broken */
  lines(): Promise<Line[]>;
  /** The batches of a line in the order in which they are merged. @throws InputError as `lines` */
  batches(line: Line): Promise<Batch[]>;
  /**
   * Takes trials of a stream for one run.
   *
   * @param want how many: the lowest that no batch and no other living run holds; or which
   */
  reserve(line: Line, stream: Stream, want: number | Range): Promise<Reservation>;
}
