import { parentPort, workerData } from 'node:worker_threads';
import { watchClaimCode } from '../../claims/index.js';
import { errorNote } from './error-note.js';
import type { Answer, Question, Reply } from './protocol.js';
import { taskOf } from './tasks.js';
import { writeWhereabouts } from './whereabouts.js';

// What each thread of `claimThread` runs.
const port = parentPort;
if (port === null) throw new TypeError('claim-thread-main: must run in a worker thread');
const watch = writeWhereabouts(workerData as SharedArrayBuffer);
watchClaimCode(watch);

let current: number | null = null;
const say = (reply: Reply): void => port.postMessage(reply);

port.on('message', (question: Question) => {
  const { id, task } = question;
  current = id;
  // While a task runs the port keeps nothing alive, so that a task which awaits what never comes ends the loop.
  port.unref();
  const answering = async (): Promise<Answer<unknown>> => {
    try {
      return { result: await (await taskOf(task))((note) => say({ id, note })) };
    } catch (error) {
      return { error: errorNote(error) };
    }
  };
  void answering().then((answer) => {
    // A rejection that nothing awaits ends the thread before the answer is out: it belongs to this task.
    setImmediate(() => {
      watch.leave();
      current = null;
      port.ref();
      say({ id, answer });
    });
  });
});

process.on('beforeExit', () => {
  if (current !== null) say({ id: current, never: true });
});
