import type { Detection } from './detection.js';
import { ALTERNATIVES, detection } from './detection.js';
import type { LadderHistory, Looks } from './exponents.js';
import { ladderHistories } from './exponents.js';
import type { FalseAlarms, Nights } from './false-alarms.js';
import { falseAlarms } from './false-alarms.js';
import type { ObservationNights, ObservationRow } from './observations.js';
import { observationRow } from './observations.js';
import type { TrueRow } from './true-claims.js';
import { judgeTrueClaims } from './true-claims.js';

/** One simulation, as plain data that a worker can be sent. */
export type Job =
  | { readonly kind: 'false-alarms'; readonly law: string; readonly size: Nights }
  | { readonly kind: 'detection'; readonly alternative: number; readonly histories: number }
  | {
      readonly kind: 'exponents';
      readonly truth: string;
      readonly looks: Looks;
      readonly first: number;
      readonly histories: number;
    }
  | { readonly kind: 'observations'; readonly law: string; readonly size: ObservationNights }
  | { readonly kind: 'true-claims'; readonly runs: number };

export type Found =
  | FalseAlarms
  | Detection
  | readonly LadderHistory[]
  | ObservationRow
  | readonly TrueRow[];

/** Runs one simulation: a pure function of the job. */
export function runJob(job: Job): Found {
  switch (job.kind) {
    case 'false-alarms':
      return falseAlarms(job.law, job.size);
    case 'detection':
      return detection(ALTERNATIVES[job.alternative], job.histories);
    case 'exponents':
      return ladderHistories(job.truth, job.looks, job.first, job.histories);
    case 'observations':
      return observationRow(job.law, job.size);
    case 'true-claims':
      return judgeTrueClaims(job.runs);
  }
}
