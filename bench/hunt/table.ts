import { alignedLines, significant } from '../shared/text.js';
import type { BenchmarkResult } from './run.js';
import { chanceOfDraws, hits, medianHit, succeeds } from './run.js';

const HEADS = [
  'claim',
  'difficulty',
  'left alone',
  'probability',
  'hunt hits',
  'median',
  'random hits',
  'their chance',
  'twin hits',
  'per s',
  '',
] as const;

/** A head and a line for each claim. */
export function resultTable(results: readonly BenchmarkResult[]): readonly string[] {
  const cells = results.map((result) => {
    const { benchmark, hunts, draws, twins, perSecond } = result;
    const median = medianHit(hunts);
    return [
      benchmark.name,
      benchmark.difficulty,
      benchmark.heldOut ? 'yes' : 'no',
      benchmark.probability.toExponential(1),
      `${hits(hunts)}/${hunts.length}`,
      median === null ? '–' : significant(median),
      `${hits(draws)}/${draws.length}`,
      chanceOfDraws(benchmark).toExponential(1),
      `${hits(twins)}/${twins.length}`,
      significant(perSecond),
      succeeds(result) ? '' : 'short of the aim',
    ];
  });
  return alignedLines([HEADS, ...cells]);
}
