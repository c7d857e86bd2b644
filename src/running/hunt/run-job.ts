import type { Claim } from '../../claims/index.js';
import { engineOf } from '../engines.js';
import { advance } from './advance.js';
import type { AdvanceJob, AdvanceResult, ShrinkJob, ShrinkResult } from './job.js';
import { shrinkFind } from './shrink-find.js';

/** Runs one job of a hunt in this thread. @throws ClaimFault when the claim's own code throws */
export async function runJob(job: AdvanceJob | ShrinkJob): Promise<AdvanceResult | ShrinkResult> {
  const { default: claim } = (await import(job.module)) as { default: Claim };
  const engine = await engineOf(job.target.engine);
  return job.kind === 'advance' ? advance(claim, engine, job) : shrinkFind(claim, engine, job);
}
