import { alignedLines, significant } from '../shared/text.js';
import type { Case } from './cases.js';
import { caseName } from './cases.js';
import { OWN } from './own-contestants.js';
import type { Row } from './summary.js';

const HEADS = [
  'solver',
  'problems',
  'per s',
  'median ms',
  'mean ms',
  `× ${OWN}`,
  'proved ≤ 1e-9',
  'computed ≤ 1e-9',
  'widest gap',
] as const;

/** One kind of problem: a title, a head and a line per solver. */
export function caseTable(given: Case, rows: readonly Row[]): readonly string[] {
  const cells = rows.map((row) => [
    row.contestant,
    String(row.problems),
    significant(row.perSecond),
    significant(1e3 * row.median),
    significant(1e3 * row.mean),
    significant(row.toOwn),
    percent(row.closedProved),
    percent(row.closed),
    row.worstGap === Infinity ? '∞' : row.worstGap.toExponential(0),
  ]);
  return [caseName(given), ...alignedLines([HEADS, ...cells])];
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
