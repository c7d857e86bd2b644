import fc from 'fast-check';
import type { AnyReading, OpaqueInstance, Tools, Trial } from '../../claims/index.js';
import { runTrial, tightestClause } from '../../claims/index.js';
import type { Generator, Labelled } from '../../generators/index.js';
import { seedOf } from '../../generators/index.js';

/** How far a candidate is from violating the claim: assumptions missed, margin, mean margin; the smaller the nearer. */
export type Score = readonly [missed: number, margin: number, others: number];

/** One island of a hunt: plain data, so that a checkpoint holds it and any worker can go on with it. */
export interface IslandState {
  readonly key: readonly (string | number)[];
  readonly index: number;
  readonly evaluations: number;
  readonly best: { readonly score: Score } | null;
}

interface Evaluation {
  readonly score: Score;
  /** The trial, where it is violated. */
  readonly violation: Trial | null;
}

export interface HuntProblem {
  readonly evaluate: (seed: number) => Promise<Evaluation>;
}

export function nearer(a: Score, b: Score): boolean {
  if (a[0] !== b[0]) return a[0] < b[0];
  if (a[1] !== b[1]) return a[1] < b[1];
  return a[2] < b[2];
}

export function huntProblem(
  reading: AnyReading,
  generator: Generator<OpaqueInstance>,
  tools: () => Tools,
  where: string,
): HuntProblem {
  return {
    async evaluate(seed) {
      const [drawn] = fc.sample(generator.arbitrary, { seed, numRuns: 1 }) as [
        Labelled<OpaqueInstance>,
      ];
      const trial = await runTrial(reading, drawn, { where, trial: 1, tools: tools() });
      const { conclusion, record } = trial;
      const violation = record.outcome === 'violated' ? trial : null;
      if (conclusion === null) return { score: [1, 1, 1], violation };
      const clause = conclusion.status === 'decided' ? tightestClause(conclusion) : null;
      const margin = clause === null ? 1 : (clause.margin.lower + clause.margin.upper) / 2;
      return { score: [0, Number.isNaN(margin) ? 1 : margin, 1], violation };
    },
  };
}

export function newIsland(key: IslandState['key'], index: number): IslandState {
  return { key, index, evaluations: 0, best: null };
}

/** Random draws, fast-check's bias on. */
export async function advanceIsland(
  problem: HuntProblem,
  start: IslandState,
  evaluations: number,
): Promise<{ readonly state: IslandState }> {
  let { best } = start;
  for (let i = 0; i < evaluations; i += 1) {
    const seed = seedOf([...start.key, 'island', start.index, start.evaluations + i]);
    const { score } = await problem.evaluate(seed);
    if (best === null || nearer(score, best.score)) best = { score };
  }
  return { state: { ...start, best, evaluations: start.evaluations + evaluations } };
}

export function migrate(states: readonly IslandState[]): IslandState[] {
  return [...states];
}
