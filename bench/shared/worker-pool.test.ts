import { expect, test } from 'vitest';
import { inWorkers } from './worker-pool.js';

/** A worker that doubles what it is sent, and throws at 13. */
const doubling = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    parentPort.on('message', (n) => {
      if (n === 13) throw new Error('thirteen');
      parentPort.postMessage(2 * n);
    });
  `)}`,
);

test('answers come in the order of the jobs, whoever is done first', async () => {
  const counts: number[] = [];
  const jobs = [3, 1, 2, 5, 8];
  expect(await inWorkers(doubling, jobs, (count) => counts.push(count))).toEqual([6, 2, 4, 10, 16]);
  expect(counts).toEqual([1, 2, 3, 4, 5]);
  expect(await inWorkers(doubling, [], () => undefined)).toEqual([]);
});

test('a job that fails is heard of, and no further one is begun', async () => {
  let done = 0;
  const jobs = [13, ...Array.from({ length: 10_000 }, (_, n) => n + 14)];
  await expect(inWorkers(doubling, jobs, (count) => (done = count))).rejects.toThrow('thirteen');
  const then = done;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(done).toBeLessThan(10_000);
  expect(done - then).toBeLessThanOrEqual(1);
});
