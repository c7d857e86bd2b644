import { readFileSync } from 'node:fs';
import { BroadcastChannel } from 'node:worker_threads';
import { afterAll, describe, test } from 'vitest';
import type { Json } from '../model/index.js';
import type { Unstored } from './evidence-session.js';
import type { JudgeNote, JudgeProgress, JudgeTask, RedrawTask, StoreTask } from './judge-task.js';
import type { ClaimThread } from './thread/claim-thread.js';
import { claimThread } from './thread/claim-thread.js';
import type { ErrorNote } from './thread/protocol.js';
import type { ClaimJob, ProgressMessage, TestNote } from './worker-protocol.js';
import { PROGRESS_CHANNEL } from './worker-protocol.js';

declare module 'vitest' {
  interface TaskMeta {
    falsum?: TestNote;
  }
}

/** Milliseconds in one place after which it is named while the reading is judged. */
const STUCK_AFTER = 2000;

/** Milliseconds that drawing an instance again may take. */
const REDRAWING = 5000;

/**
 * Makes the vitest tests of one claim: one per reading. A test passes when its reading was judged,
 * whatever the verdict: verdicts are compared with expectations after the run, by the command line. The claim's own
 * code runs in a thread apart, so that nothing it does ends more than the reading that it is judged for.
 */
export function judgeInVitest(jobFile: string): void {
  const job = JSON.parse(readFileSync(jobFile, 'utf8')) as ClaimJob;
  const { claim, module, settings, patience } = job;
  const thread = claimThread();
  const channel = new BroadcastChannel(PROGRESS_CHANNEL);
  afterAll(async () => {
    channel.close();
    await thread.close();
  });
  describe(claim, () => {
    for (const reading of job.readings) {
      test(reading, { timeout: 0x7fffffff }, async ({ task }) => {
        let at: JudgeProgress = { done: 0, planned: 0 };
        let unstored: Unstored[] = [];
        const tell = (stuck: string | null): void =>
          channel.postMessage({ claim, reading, ...at, stuck } satisfies ProgressMessage);
        const judge: JudgeTask = { kind: 'judge', module, reading, settings };
        const answer = await thread.run<string>(judge, {
          ...(patience === null ? {} : { patience }),
          onNote(what) {
            const note = what as JudgeNote;
            if ('unstored' in note) {
              if (note.unstored === null) unstored = [];
              else unstored.push(note.unstored);
              return;
            }
            at = note.progress;
            tell(null);
          },
          onWhere({ where }, forMs) {
            if (forMs >= STUCK_AFTER) tell(`${where}, for ${Math.floor(forMs / 1000)} s`);
          },
        });
        if ('result' in answer) {
          task.meta.falsum = { outcome: answer.result };
          return;
        }
        if (unstored.length > 0) {
          const store: StoreTask = { ...judge, kind: 'store', trials: unstored };
          await thread.run(store);
        }
        task.meta.falsum = { error: await withInstance(thread, judge, answer.error) };
        throw new Error(answer.error.message);
      });
    }
  });
}

/** An error with the instance of its draw, which a thread that does not come back could not tell. */
async function withInstance(
  thread: ClaimThread,
  { module, reading, settings }: JudgeTask,
  error: ErrorNote,
): Promise<ErrorNote> {
  const { draw } = error;
  if (draw === null || draw.instance !== null) return error;
  const redraw: RedrawTask = { kind: 'redraw', module, reading, settings, draw };
  const again = await thread.run<Json | null>(redraw, { patience: { after: 0, each: REDRAWING } });
  return 'result' in again ? { ...error, draw: { ...draw, instance: again.result } } : error;
}
