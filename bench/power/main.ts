import { performance } from 'node:perf_hooks';
import { BenchError } from '../shared/errors.js';
import { machineFacts } from '../shared/machine.js';
import { progressTo } from '../shared/progress.js';
import { runBench } from '../shared/run-bench.js';
import { writeFiles } from '../shared/write-files.js';
import { PARTS } from './index.js';
import type { PowerOptions } from './options.js';
import { powerOptions } from './options.js';
import type { PowerResult } from './part.js';

async function run({
  extent,
  only,
  quiet,
  folder,
  out: figureFolder,
}: PowerOptions): Promise<void> {
  const out = progressTo(quiet);
  const startedAt = new Date().toISOString();
  const started = performance.now();
  const results: Record<string, PowerResult> = {};
  const parts = PARTS.filter(({ has }) => only === null || has(only));
  if (parts.length === 0) {
    throw new BenchError(`--only ${only}: nothing has this text in its name`);
  }
  for (const part of parts) {
    out.print(`${part.name}: ${part.about}`);
    out.print();
    results[part.name] = await part.run({ extent, only, out });
    out.print();
  }
  const failures = Object.values(results).flatMap((result) => result.failures);
  const durationMs = Math.round(performance.now() - started);
  const json = {
    schema: 'falsum/bench-power@1',
    startedAt,
    durationMs,
    extent,
    only,
    machine: machineFacts(),
    failures,
    ...Object.fromEntries(Object.entries(results).map(([name, result]) => [name, result.json])),
  };
  const figures = Object.assign({}, ...Object.values(results).map((result) => result.figures));
  const files = writeFiles('power', json, figures, folder, figureFolder);
  for (const failure of failures) out.print(`! ${failure}`);
  out.print(`${(durationMs / 1000).toFixed(0)} s; written: ${files.join(', ')}`);
  if (failures.length > 0) process.exitCode = 1;
}

await runBench('power', () => run(powerOptions(process.argv.slice(2))));
