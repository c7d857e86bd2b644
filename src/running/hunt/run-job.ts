import type { Claim } from '../../claims/index.js';
import { engineOf } from '../engines.js';
import { advance } from './advance.js';
import type { AdvanceJob, AdvanceResult, Answer, ShrinkJob, ShrinkResult } from './job.js';
import { shrinkFind } from './shrink-find.js';

export function runJob(job: AdvanceJob): Promise<Answer<AdvanceResult>>;
export function runJob(job: ShrinkJob): Promise<Answer<ShrinkResult>>;
export function runJob(job: AdvanceJob | ShrinkJob): Promise<Answer<AdvanceResult | ShrinkResult>>;
/** Runs one job in this thread; what the claim's code throws is an answer too, since errors lose their kind on the way. */
export async function runJob(
  job: AdvanceJob | ShrinkJob,
): Promise<Answer<AdvanceResult | ShrinkResult>> {
  try {
    const { default: claim } = (await import(job.module)) as { default: Claim };
    const engine = await engineOf(job.target.engine);
    const result =
      job.kind === 'advance'
        ? await advance(claim, engine, job)
        : await shrinkFind(claim, engine, job);
    return { result };
  } catch (error) {
    const thrown = error instanceof Error ? error : new Error(String(error));
    const cause = thrown.cause instanceof Error ? thrown.cause : thrown;
    const { name, message } = thrown;
    return { error: { name, message, stack: cause.stack ?? '' } };
  }
}
