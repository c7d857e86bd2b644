// Not through the folder's index, which loads MathJax and Allure.
import { figureSvg } from '../../src/reporting/figure-svg.js';
import type { LeftOut } from '../shared/left-out.js';
import { machineFacts } from '../shared/machine.js';
import type { PeerFacts } from '../shared/peer-facts.js';
import { writeFiles } from '../shared/write-files.js';
import { caseName } from './cases.js';
import type { Contestant } from './contestant.js';
import type { CaseResult } from './figures.js';
import { costFigure, speedSvg } from './figures.js';
import type { GapResult } from './gaps.js';
import { gapSetName } from './gaps.js';

/** Everything that was measured. */
export interface SolversResult {
  readonly startedAt: string;
  readonly durationMs: number;
  readonly quick: boolean;
  readonly contestants: readonly Contestant[];
  readonly peers: readonly PeerFacts[];
  readonly leftOut: readonly LeftOut[];
  readonly notes: readonly string[];
  readonly cases: readonly CaseResult[];
  readonly cost: readonly CaseResult[];
  readonly gaps: readonly GapResult[];
}

/** The result as plain JSON, schema `falsum/bench-solvers@1`; times in seconds of processor time. */
export function solversJson(result: SolversResult): object {
  const { startedAt, durationMs, quick, contestants, peers, leftOut, notes } = result;
  return {
    schema: 'falsum/bench-solvers@1',
    startedAt,
    durationMs,
    quick,
    machine: machineFacts(),
    contestants: contestants.map(({ name, description }) => ({ name, description, threads: 1 })),
    peers,
    leftOut,
    notes,
    cases: result.cases.map(plainCase),
    cost: result.cost.map(plainCase),
    gaps: result.gaps.map(({ set, problems, closed, widestGap }) => ({
      name: gapSetName(set),
      ...set,
      problems,
      provedWithin1e9: closed,
      widestGap: finiteOrNull(widestGap),
    })),
  };
}

function plainCase({ given, rows }: CaseResult): object {
  return {
    name: caseName(given),
    ...given,
    results: rows.map((row) => ({
      contestant: row.contestant,
      problems: row.problems,
      problemsPerSecond: row.perSecond,
      secondsPerProblem: { median: row.median, mean: row.mean },
      timeOverFalsum: row.toOwn,
      shareProvedWithin1e9: row.closedProved,
      shareComputedWithin1e9: row.closed,
      widestGap: finiteOrNull(row.worstGap),
    })),
  };
}

/** JSON knows no infinity: null where a problem was left without an interpolant. */
function finiteOrNull(gap: number): number | null {
  return gap === Infinity ? null : gap;
}

/** Writes `solvers.json` and the figures; returns the files. */
export function writeReport(
  result: SolversResult,
  folder: string,
  out: string | undefined,
): readonly string[] {
  const figures = {
    'solvers-speed.svg': speedSvg(result.cases),
    'solvers-cost.svg': figureSvg(costFigure(result.cost)),
  };
  return writeFiles('solvers', solversJson(result), figures, folder, out);
}
