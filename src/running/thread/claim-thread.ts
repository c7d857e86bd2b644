import { Worker } from 'node:worker_threads';
import type { Answer, ErrorNote, FaultyDrawNote, Question, Reply, Task } from './protocol.js';
import type { Whereabouts } from './whereabouts.js';
import { readWhereabouts, whereaboutsMemory } from './whereabouts.js';

/** When a thread that does not come back is given up. */
export interface Patience {
  /** Milliseconds from the start of the task before which it never is. */
  readonly after: number;
  /** Milliseconds that one entry into the claim's code may last. */
  readonly each: number;
}

export interface TaskOptions {
  /** Without it only a thread that cannot go on is given up. */
  readonly patience?: Patience;
  /** Milliseconds that the whole task may take. */
  readonly limit?: number;
  /** What the task tells while it runs. */
  readonly onNote?: (note: unknown) => void;
  /** Told four times a second where the thread is and for how many milliseconds it has been there. */
  readonly onWhere?: (at: Whereabouts, forMs: number) => void;
}

/**
 * A thread that runs claims' code, one task at a time. Whatever that code does (loop, wait for ever, exhaust the
 * memory, end the thread) the one that asks gets an answer, and the next task a thread that works.
 */
export interface ClaimThread {
  readonly run: <T>(task: Task, options?: TaskOptions) => Promise<Answer<T>>;
  /** Where the thread is. */
  readonly where: () => Whereabouts;
  /** Ends the thread with what it is doing; a task that runs is answered with an error. */
  readonly close: () => Promise<void>;
}

const LOOK_EVERY = 250;

const ENTRY = new URL('./claim-thread-main.js', import.meta.url);

/** A thread that is started with its first task, and anew after each end. */
export function claimThread(entry: URL = ENTRY): ClaimThread {
  let memory = whereaboutsMemory();
  let worker: Worker | null = null;
  let asked = 0;
  let end: ((error: ErrorNote) => void) | null = null;

  const start = (): Worker => {
    // One of its own: what a thread that is being ended still writes is nobody's any more.
    memory = whereaboutsMemory();
    const started = new Worker(entry, {
      workerData: memory,
      // Those of a script that is given on the command line are not for a file.
      execArgv: [],
      // What claims print goes nowhere: standard output may be the JSON of the run.
      stdout: true,
      stderr: true,
    });
    started.stdout.resume();
    started.stderr.resume();
    const over = (error: ErrorNote): void => {
      if (worker !== started) return;
      worker = null;
      end?.(error);
    };
    started.on('error', (error) => over(uncaught(error, memory)));
    started.on('exit', () =>
      over(ended('ends its thread; a claim must not call process.exit', memory)),
    );
    return started;
  };

  return {
    async run<T>(
      task: Task,
      { patience, limit = Infinity, onNote, onWhere }: TaskOptions = {},
    ): Promise<Answer<T>> {
      if (end !== null) throw new TypeError('run: the thread must be idle, got a second task');
      const thread = (worker ??= start());
      asked += 1;
      const id = asked;
      const begun = performance.now();
      let seen = { entries: readWhereabouts(memory).entries, since: begun };
      let look: NodeJS.Timeout | undefined;
      let hear: ((reply: Reply) => void) | undefined;
      try {
        return await new Promise<Answer<T>>((resolve) => {
          const giveUp = (error: ErrorNote): void => {
            worker = null;
            void thread.terminate();
            resolve({ error });
          };
          end = (error) => resolve({ error });
          hear = (reply) => {
            if (reply.id !== id) return;
            if ('answer' in reply) resolve(reply.answer as Answer<T>);
            else if ('note' in reply) onNote?.(reply.note);
            else giveUp(ended('awaits a promise that nothing settles', memory));
          };
          look = setInterval(() => {
            const now = performance.now();
            const at = readWhereabouts(memory);
            if (at.entries !== seen.entries) seen = { entries: at.entries, since: now };
            const forMs = now - seen.since;
            onWhere?.(at, forMs);
            if (now - begun >= limit) {
              giveUp(ended(`does not end, given up after ${seconds(now - begun)} s`, memory));
            }
            // What is not the claim's code, such as loading it, takes as long as it takes.
            if (patience === undefined || at.where === '') return;
            if (now - begun < patience.after || forMs < patience.each) return;
            giveUp(
              ended(
                `does not come back, given up after ${seconds(forMs)} s; mend the loop, or give more time with --budget`,
                memory,
              ),
            );
          }, LOOK_EVERY);
          thread.on('message', hear);
          thread.postMessage({ id, task } satisfies Question);
        });
      } finally {
        end = null;
        clearInterval(look);
        if (hear) thread.off('message', hear);
      }
    },
    where: () => readWhereabouts(memory),
    async close() {
      const open = worker;
      worker = null;
      end?.(ended('the thread is closed', memory));
      await open?.terminate();
    },
  };
}

const seconds = (ms: number): string => (ms / 1000).toFixed(0);

/** The error of a task whose thread is gone. */
function ended(what: string, memory: SharedArrayBuffer): ErrorNote {
  const { where } = readWhereabouts(memory);
  return {
    name: 'ClaimFault',
    message: where === '' ? what : `${where}: ${what}`,
    stack: '',
    draw: drawAt(memory),
  };
}

function uncaught(error: unknown, memory: SharedArrayBuffer): ErrorNote {
  const { message, stack, code } = (error ?? {}) as Partial<
    Record<'message' | 'stack' | 'code', unknown>
  >;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return ended('runs out of memory', memory);
  const text = typeof message === 'string' ? message : String(error);
  return {
    name: 'Uncaught',
    message: text,
    stack: typeof stack === 'string' ? stack : '',
    // It may come from any call before.
    draw: null,
  };
}

function drawAt(memory: SharedArrayBuffer): FaultyDrawNote | null {
  const { draw } = readWhereabouts(memory);
  return draw === null ? null : { ...draw, instance: null };
}
