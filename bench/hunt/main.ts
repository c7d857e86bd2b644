import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import type { Progress } from '../shared/progress.js';
import { progressTo } from '../shared/progress.js';
import { runBench } from '../shared/run-bench.js';
import type { Benchmark } from './benchmark.js';
import { BENCHMARKS } from './claims/index.js';
import type { HuntOptions } from './options.js';
import { huntOptions } from './options.js';
import { writeReport } from './report.js';
import type { Attempts, BenchmarkResult } from './run.js';
import { succeeds } from './run.js';
import { resultTable } from './table.js';

const SEEDS = { full: 10, quick: 3 } as const;

const ONE = fileURLToPath(new URL('./one-benchmark.js', import.meta.url));

const CHILDREN = new Set<ChildProcess>();

/** A search never yields to the loop of events, so a child does not notice that its parent is gone. */
function endChildren(): void {
  for (const child of CHILDREN) child.kill('SIGKILL');
}
process.once('exit', endChildren);
process.once('SIGTERM', () => {
  endChildren();
  process.kill(process.pid, 'SIGTERM');
});

/** Runs a benchmark in a process of its own, so that processor times are its own. */
function attemptsAt({ name }: Benchmark, seeds: number): Promise<Attempts> {
  const child = fork(ONE, [name, String(seeds)]);
  CHILDREN.add(child);
  return new Promise((done, failed) => {
    let attempts: Attempts | null = null;
    child.once('error', failed);
    child.once('message', (message) => {
      attempts = message as Attempts;
    });
    child.once('exit', (code, signal) => {
      CHILDREN.delete(child);
      if (attempts !== null) done(attempts);
      else failed(new Error(`the process of ${name} ended without a result (${code ?? signal})`));
    });
  });
}

/** All benchmarks, as many at once as there are cores. */
async function attemptsAtAll(
  benchmarks: readonly Benchmark[],
  seeds: number,
  out: Progress,
): Promise<BenchmarkResult[]> {
  const results: BenchmarkResult[] = [];
  const waiting = [...benchmarks.entries()];
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, benchmark] = next;
      results[index] = { benchmark, ...(await attemptsAt(benchmark, seeds)) };
      out.status(`${benchmarks.length - waiting.length} of ${benchmarks.length} claims begun`);
    }
  };
  out.status('searching');
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
  return results;
}

async function run({ quick, quiet, folder, out: figures }: HuntOptions): Promise<void> {
  const out = progressTo(quiet);
  const startedAt = new Date().toISOString();
  const started = performance.now();
  // The claims that were left alone while the search was tuned stay so in the quick half.
  const benchmarks = BENCHMARKS.filter(({ heldOut }) => !quick || !heldOut);
  const results = await attemptsAtAll(benchmarks, SEEDS[quick ? 'quick' : 'full'], out);
  for (const line of resultTable(results)) out.print(line);
  const durationMs = Math.round(performance.now() - started);
  const files = writeReport({ startedAt, durationMs, quick, results }, folder, figures);
  const enough = results.filter(succeeds).length;
  out.print();
  out.print(
    `${enough} of ${results.length} claims: hit with nine seeds in ten, and no hit of the true twin`,
  );
  out.print(`${(durationMs / 1000).toFixed(0)} s; written: ${files.join(', ')}`);
}

await runBench('hunt', () => run(huntOptions(process.argv.slice(2))));
