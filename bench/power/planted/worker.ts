import { parentPort } from 'node:worker_threads';
import type { Job } from './jobs.js';
import { runJob } from './jobs.js';

parentPort?.on('message', (job: Job) => {
  // A rejection is thrown, so that the pool hears of it.
  void runJob(job).then((found) => parentPort?.postMessage(found));
});
