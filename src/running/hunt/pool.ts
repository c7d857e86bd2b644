import { Tinypool } from 'tinypool';
import { InputError } from '../../hunting/index.js';
import type { LoadedClaim } from '../load.js';
import { placeIn } from '../load.js';
import { InternalFault } from '../run-claims.js';
import type { AdvanceJob, AdvanceResult, Answer, ShrinkJob, ShrinkResult } from './job.js';

/** What runs the jobs of hunts. */
export interface Crew {
  readonly workers: number;
  readonly advance: (job: AdvanceJob, claim: LoadedClaim) => Promise<AdvanceResult>;
  readonly shrink: (job: ShrinkJob, claim: LoadedClaim) => Promise<ShrinkResult>;
  /** Ends the workers, with what they are doing. */
  readonly close: () => Promise<void>;
}

/** Worker threads that keep their loaded claims and engines from job to job. */
export function threadCrew(workers: number): Crew {
  const pool = new Tinypool({
    filename: new URL('./worker.js', import.meta.url).href,
    runtime: 'worker_threads',
    minThreads: workers,
    maxThreads: workers,
    isolateWorkers: false,
  });
  const ask = async <T>(job: AdvanceJob | ShrinkJob, claim: LoadedClaim): Promise<T> => {
    let answer: Answer<T>;
    try {
      answer = (await pool.run(job)) as Answer<T>;
    } catch (error) {
      throw new InputError(
        `${claim.file}: a worker thread of the hunt ended (${(error as Error).message.split('\n')[0]}); a claim must not call process.exit`,
      );
    }
    return resultOf(answer, claim);
  };
  return {
    workers,
    advance: ask,
    shrink: ask,
    close: () => pool.destroy(),
  };
}

/** @throws InputError for an error of the claim's own code, InternalFault for one of ours */
export function resultOf<T>(answer: Answer<T>, { file, module }: LoadedClaim): T {
  if ('result' in answer) return answer.result;
  const { name, message, stack } = answer.error;
  const thrown = new Error(message);
  thrown.stack = stack;
  if (name === 'ClaimFault') {
    throw new InputError(`${placeIn(thrown, file, module)}: ${message.split('\n')[0]}`);
  }
  if (name === 'InputError') throw new InputError(message);
  throw new InternalFault(`${message}\n${stack}`);
}
