import { machineFacts } from '../shared/machine.js';
import { writeFiles } from '../shared/write-files.js';
import { LIMIT } from './attempts.js';
import { hitsSvg } from './figure.js';
import type { BenchmarkResult } from './run.js';
import { chanceOfDraws, hits, medianHit, succeeds } from './run.js';

/** Everything that was run. */
export interface HuntResult {
  readonly startedAt: string;
  readonly durationMs: number;
  readonly quick: boolean;
  readonly results: readonly BenchmarkResult[];
}

/** The result as plain JSON, schema `falsum/bench-hunt@1`; rates in evaluations a second of processor time. */
export function huntJson({ startedAt, durationMs, quick, results }: HuntResult): object {
  return {
    schema: 'falsum/bench-hunt@1',
    startedAt,
    durationMs,
    quick,
    machine: machineFacts(),
    evaluations: LIMIT,
    claims: results.map((result) => {
      const { benchmark, hunts, draws, twins, perSecond } = result;
      const { name, difficulty, heldOut, probability } = benchmark;
      return {
        name,
        difficulty,
        leftAlone: heldOut,
        probability,
        seeds: hunts.length,
        hits: hits(hunts),
        medianEvaluations: medianHit(hunts),
        randomHits: hits(draws),
        randomChance: chanceOfDraws(benchmark),
        twinHits: hits(twins),
        reachesTheAim: succeeds(result),
        evaluationsPerSecond: perSecond,
        hunts,
        random: draws,
        twins,
      };
    }),
  };
}

/** Writes `hunt.json` and the figure; returns the files. */
export function writeReport(
  result: HuntResult,
  folder: string,
  out: string | undefined,
): readonly string[] {
  return writeFiles(
    'hunt',
    huntJson(result),
    { 'hunt-hits.svg': hitsSvg(result.results) },
    folder,
    out,
  );
}
