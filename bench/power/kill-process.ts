import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { KillJob } from './kill-child.js';

/** When a run is killed. */
export interface Moment {
  /** Once so many trials are done, and … */
  readonly trials: number;
  /** … so many milliseconds later. */
  readonly plusMs: number;
}

/** What a run said before it ended or was killed. */
export interface ChildRun {
  /** Trials that it said it had done. */
  readonly done: number;
  /** What it found in the ledger at its end; null where it did not come to it. */
  readonly judged: { readonly ranges: readonly { from: number; to: number }[] } | null;
}

/** Runs jobs in processes of their own, some of which are started ahead: starting takes the longest. */
export interface Runners {
  readonly run: (job: KillJob, kill?: Moment) => Promise<ChildRun>;
  /** Ends the processes that got no job. */
  readonly close: () => void;
}

/** The compiled program, also where this module is not compiled. */
const CHILD = fileURLToPath(new URL('./kill-child.js', import.meta.url)).replace(
  /(?<!\/dist)\/bench\/power\/kill-child\.js$/,
  '/dist/bench/power/kill-child.js',
);

/** Processes that wait for a job: one for each of two cores. */
const AHEAD = 2;

export function startRunners(): Runners {
  const waiting: ChildProcess[] = [];
  const fill = (): void => {
    while (waiting.length < AHEAD) {
      waiting.push(spawn(process.execPath, [CHILD], { stdio: ['pipe', 'pipe', 'pipe'] }));
    }
  };
  fill();
  return {
    run(job, kill) {
      const child = waiting.shift();
      fill();
      if (child === undefined) throw new Error('startRunners: no process waits');
      return listen(child, job, kill ?? null);
    },
    close() {
      for (const child of waiting) child.stdin?.end();
    },
  };
}

async function listen(child: ChildProcess, job: KillJob, kill: Moment | null): Promise<ChildRun> {
  let [text, errors] = ['', ''];
  let armed = kill === null;
  child.stderr?.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  child.stdout?.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    if (armed || kill === null || lastDone(text) < kill.trials) return;
    armed = true;
    setTimeout(() => child.kill('SIGKILL'), kill.plusMs);
  });
  child.stdin?.end(`${JSON.stringify(job)}\n`);
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) => {
    child.once('close', (...end) => resolve(end));
  });
  if (code !== 0 && signal !== 'SIGKILL') {
    throw new Error(`killRuns: a run ended with ${code ?? signal}: ${errors.slice(0, 400)}`);
  }
  const judged = /^judged (.*)\n/m.exec(text)?.[1];
  return {
    done: lastDone(text),
    judged: judged === undefined ? null : (JSON.parse(judged) as ChildRun['judged']),
  };
}

/** The number in the last whole line "done <n>". */
function lastDone(text: string): number {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const at = whole.lastIndexOf('done ');
  return at < 0 ? 0 : Number(whole.slice(at + 5, whole.indexOf('\n', at)));
}
