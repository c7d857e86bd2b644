import { expect, test } from 'vitest';
import { solveMinimumNorm } from '../../src/solvers/index.js';
import { GAP_SETS, gapSetName, gapTable, measureGaps } from './gaps.js';
import { drawOfSizes } from './instances.js';

/** The first of the 500 of each set that the benchmark solves. */
const PROBLEMS = 50;

test.each(GAP_SETS.map((set) => [gapSetName(set), set] as const))(
  'every gap is proved to be at most 1e-9, %s',
  (_, set) => {
    const { closed, widestGap } = measureGaps(set, PROBLEMS);
    expect(closed).toBe(PROBLEMS);
    expect(widestGap).toBeLessThanOrEqual(1e-9);
  },
);

test.each([148, 239])('closes problem %i in space, whose bases are ill conditioned', (k) => {
  const problem = [...drawOfSizes(3, [6, 64], 'teacher', k + 1)][k];
  const { status, proved, lower, upper } = solveMinimumNorm(problem);
  expect([status, proved]).toEqual(['optimal', true]);
  expect(1 - lower / upper).toBeLessThanOrEqual(1e-9);
});

test('the table counts the problems of all sets and names the widest gap', () => {
  const [set] = GAP_SETS;
  const lines = gapTable([
    { set, problems: 3, closed: 3, widestGap: 2e-10 },
    { set, problems: 4, closed: 2, widestGap: Infinity },
  ]);
  expect(lines.slice(1)).toEqual([
    '  set                         problems  proved ≤ 1e-9  widest gap',
    '  d=2 N=4…40, teacher labels         3              3     2.0e-10',
    '  d=2 N=4…40, teacher labels         4              2           ∞',
    '  all                                7              5           ∞',
  ]);
});
