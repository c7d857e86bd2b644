import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/**
 * Runs the jobs in as many worker threads as there are processors and returns what they found, in the order
 * of the jobs.
 *
 * @param script the module that answers each message, a job, with one message
 * @param done called after each job with how many are done
 */
export async function inWorkers<Job, Found>(
  script: URL,
  jobs: readonly Job[],
  done: (count: number) => void,
): Promise<readonly Found[]> {
  const found: Found[] = [];
  let next = 0;
  let count = 0;
  const work = async (): Promise<void> => {
    const worker = new Worker(script);
    try {
      while (next < jobs.length) {
        const k = next;
        next += 1;
        found[k] = await answer<Job, Found>(worker, jobs[k]);
        count += 1;
        done(count);
      }
    } catch (error) {
      // The others need not go on.
      next = jobs.length;
      throw error;
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), jobs.length) }, work));
  return found;
}

function answer<Job, Found>(worker: Worker, job: Job): Promise<Found> {
  return new Promise((resolve, reject) => {
    const settle = (then: () => void): void => {
      worker.removeAllListeners('message').removeAllListeners('error');
      then();
    };
    worker.once('message', (found: Found) => settle(() => resolve(found)));
    worker.once('error', (error) => settle(() => reject(error)));
    worker.postMessage(job);
  });
}
