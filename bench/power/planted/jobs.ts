import { PLANTED, originalsOf } from './catalogue.js';
import type { OriginalRun, PlantedRow } from './judge.js';
import { judgeOriginal, judgePlanted } from './judge.js';

/** One reading to judge, as plain data that a worker can be sent. */
export type Job =
  | { readonly kind: 'planted'; readonly id: string; readonly seed: number }
  | {
      readonly kind: 'original';
      readonly claim: string;
      readonly reading: string;
      readonly seed: number;
    };

export type Found =
  | { readonly kind: 'planted'; readonly row: PlantedRow }
  | { readonly kind: 'original'; readonly run: OriginalRun };

/**
 * Judges one reading: but for the time it took, a pure function of the job.
 *
 * @throws RangeError for an id or a reading that the catalogue lacks
 */
export async function runJob(job: Job): Promise<Found> {
  if (job.kind === 'planted') {
    const planted = PLANTED.find(({ id }) => id === job.id);
    if (planted === undefined) throw new RangeError(`runJob: no planted claim "${job.id}"`);
    return { kind: 'planted', row: await judgePlanted(planted, job.seed) };
  }
  const original = originalsOf(PLANTED).find(
    ({ claim, reading }) => claim.id === job.claim && reading === job.reading,
  );
  if (original === undefined) {
    throw new RangeError(`runJob: no true original "${job.claim} ${job.reading}"`);
  }
  return { kind: 'original', run: await judgeOriginal(original, job.seed) };
}
