import { solveMinimumNorm } from '../../src/solvers/index.js';
import { alignedLines } from '../shared/text.js';
import type { Labels } from './instances.js';
import { drawOfSizes } from './instances.js';
import { CLOSED } from './summary.js';

/** Random problems of many sizes. */
export interface GapSet {
  readonly inputDim: number;
  readonly sampleSizes: readonly [least: number, most: number];
  readonly labels: Labels;
}

/** What the own solver proved about the problems of a set. */
export interface GapResult {
  readonly set: GapSet;
  readonly problems: number;
  /** Problems with both bounds proved and a relative gap of at most 1e-9. */
  readonly closed: number;
  /** Infinity where a problem was left without a proved interpolant. */
  readonly widestGap: number;
}

export const GAP_SETS: readonly GapSet[] = (
  [
    [2, [4, 40]],
    [3, [6, 64]],
  ] as const
).flatMap(([inputDim, sampleSizes]) =>
  (['teacher', 'random'] as const).map((labels) => ({ inputDim, sampleSizes, labels })),
);

/** Solves the first `count` problems of a set. */
export function measureGaps(
  set: GapSet,
  count: number,
  onTurn: (problem: number) => void = () => undefined,
): GapResult {
  let closed = 0;
  let widestGap = 0;
  let k = 0;
  for (const problem of drawOfSizes(set.inputDim, set.sampleSizes, set.labels, count)) {
    k += 1;
    onTurn(k);
    const { lower, upper, proved } = solveMinimumNorm(problem);
    const gap = !proved || upper === Infinity ? Infinity : upper === 0 ? 0 : 1 - lower / upper;
    if (gap <= CLOSED) closed += 1;
    widestGap = Math.max(widestGap, gap);
  }
  return { set, problems: count, closed, widestGap };
}

/** A line per set and one for all. */
export function gapTable(results: readonly GapResult[]): readonly string[] {
  const total = {
    problems: results.reduce((sum, { problems }) => sum + problems, 0),
    closed: results.reduce((sum, { closed }) => sum + closed, 0),
    widestGap: Math.max(...results.map(({ widestGap }) => widestGap)),
  };
  const cells = ({ problems, closed, widestGap }: Omit<GapResult, 'set'>): string[] => [
    String(problems),
    String(closed),
    widestGap === Infinity ? '∞' : widestGap.toExponential(1),
  ];
  return [
    'random problems of many sizes, solved by falsum',
    ...alignedLines([
      ['set', 'problems', 'proved ≤ 1e-9', 'widest gap'],
      ...results.map((result) => [gapSetName(result.set), ...cells(result)]),
      ['all', ...cells(total)],
    ]),
  ];
}

export function gapSetName({ inputDim, sampleSizes: [least, most], labels }: GapSet): string {
  return `d=${inputDim} N=${least}…${most}, ${labels} labels`;
}
