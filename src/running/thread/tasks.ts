import type { AdvanceJob, ShrinkJob } from '../hunt/job.js';
import type { JudgeTask, RedrawTask, StoreTask } from '../judge-task.js';
import type { LoadTask } from '../load-task.js';
import type { Task } from './protocol.js';

/** Does a task; `note` tells the one that asked something on the way. */
type Doing = (note: (what: unknown) => void) => Promise<unknown>;

/** What does a task, loaded when it is first asked for: a thread that only loads a claim needs little. */
export async function taskOf(task: Task): Promise<Doing> {
  switch (task.kind) {
    case 'load': {
      const { loadAlone } = await import('../load-task.js');
      return () => loadAlone(task as LoadTask);
    }
    case 'judge': {
      const { judgeTask } = await import('../judge-task.js');
      return (note) => judgeTask(task as JudgeTask, note);
    }
    case 'redraw': {
      const { redrawTask } = await import('../judge-task.js');
      return () => redrawTask(task as RedrawTask);
    }
    case 'store': {
      const { storeTask } = await import('../judge-task.js');
      return () => storeTask(task as StoreTask);
    }
    default: {
      const { runJob } = await import('../hunt/run-job.js');
      return () => runJob(task as AdvanceJob | ShrinkJob);
    }
  }
}
