import { FaultError, faultOf } from '../fault.js';
import type { LoadedClaim } from '../load.js';
import type { ClaimThread, Patience } from '../thread/index.js';
import { claimThread } from '../thread/index.js';
import type { AdvanceJob, AdvanceResult, ShrinkJob, ShrinkResult } from './job.js';

/** What runs the jobs of hunts. */
export interface Crew {
  readonly workers: number;
  /** @throws FaultError when the claim's own code throws, does not come back within the patience or ends its thread */
  readonly advance: (
    job: AdvanceJob,
    claim: LoadedClaim,
    patience: Patience | null,
  ) => Promise<AdvanceResult>;
  readonly shrink: (
    job: ShrinkJob,
    claim: LoadedClaim,
    patience: Patience | null,
  ) => Promise<ShrinkResult>;
  /** Resolves when every worker that was in a claim's code has gone on there, or come back. */
  readonly lifeSigns: () => Promise<void>;
  /** What a worker has been doing for longer than a moment; null where all go on. */
  readonly stuck: () => string | null;
  /** Ends the workers, with what they are doing. */
  readonly close: () => Promise<void>;
}

/** Milliseconds in one place after which a worker is said to be stuck there. */
const STUCK_AFTER = 2000;

/** Milliseconds between two looks at workers that are waited for. */
const LOOK_EVERY = 100;

interface Member {
  readonly thread: ClaimThread;
  /** Grows with every job. */
  jobs: number;
  stuck: string | null;
}

/** Worker threads that keep their loaded claims and engines from job to job. */
export function threadCrew(workers: number): Crew {
  const members = Array.from({ length: workers }, (): Member => ({
    thread: claimThread(),
    jobs: 0,
    stuck: null,
  }));
  const idle = [...members];
  const waiting: ((member: Member) => void)[] = [];

  const ask = async <T>(
    job: AdvanceJob | ShrinkJob,
    claim: LoadedClaim,
    patience: Patience | null,
  ): Promise<T> => {
    const member = idle.pop() ?? (await new Promise<Member>((take) => waiting.push(take)));
    member.jobs += 1;
    try {
      const answer = await member.thread.run<T>(job, {
        ...(patience === null ? {} : { patience }),
        onWhere({ where }, forMs) {
          member.stuck = forMs < STUCK_AFTER ? null : `${where}, for ${Math.floor(forMs / 1000)} s`;
        },
      });
      if ('result' in answer) return answer.result;
      throw new FaultError(faultOf(claim, job.target.reading, answer.error));
    } finally {
      member.stuck = null;
      member.jobs += 1;
      const next = waiting.shift();
      if (next) next(member);
      else idle.push(member);
    }
  };
  return {
    workers,
    advance: ask,
    shrink: ask,
    async lifeSigns() {
      const waitedFor = members
        .filter(({ thread }) => !idle.some((free) => free.thread === thread))
        .map((member) => ({ member, jobs: member.jobs, at: member.thread.where() }))
        .filter(({ at }) => at.where !== '');
      const isOut = ({ member, jobs, at }: (typeof waitedFor)[number]): boolean =>
        member.jobs === jobs && member.thread.where().entries === at.entries;
      while (waitedFor.some(isOut)) await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
    },
    stuck: () => members.find(({ stuck }) => stuck !== null)?.stuck ?? null,
    async close() {
      await Promise.all(members.map(({ thread }) => thread.close()));
    },
  };
}
