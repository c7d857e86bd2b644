import { expect, test } from 'vitest';
import { caseTable } from './table.js';
import { costFigure, speedSvg } from './figures.js';
import { summarise } from './summary.js';

const solved = (seconds: number, lower = 1, upper = 1, proved = true) => ({
  seconds,
  lower,
  upper,
  proved,
});
const given = { inputDim: 2, sampleSize: 18, labels: 'teacher' } as const;
const rows = summarise('d=2', [
  {
    contestant: 'falsum',
    peer: false,
    solved: [solved(1e-3), solved(3e-3, 1 - 1e-6), solved(2e-3, 1, 1, false)],
  },
  { contestant: 'HiGHS', peer: true, solved: [solved(0.1, 1 - 1e-8, 1, false)] },
]);

test('rates are of the median, a gap counts as proved only where both bounds are', () => {
  const [own, peer] = rows;
  expect(own).toMatchObject({ problems: 3, perSecond: 500, toOwn: 1 });
  expect(own.closedProved).toBeCloseTo(1 / 3, 12);
  expect(own.closed).toBeCloseTo(2 / 3, 12);
  expect(own.worstGap).toBeCloseTo(1e-6, 12);
  expect(peer).toMatchObject({ problems: 1, closedProved: 0, closed: 0 });
  // Against the own solver on the same problem, not against its median.
  expect(peer.toOwn).toBeCloseTo(100, 9);
});

test('solvers that contradict one another are an error that names the problem', () => {
  const timings = (lower: number, upper: number) => [
    { contestant: 'falsum', peer: false, solved: [solved(1)] },
    { contestant: 'HiGHS', peer: true, solved: [solved(1, lower, upper, false)] },
  ];
  expect(() => summarise('d=2', timings(0.5, 0.9))).toThrow(
    'd=2, problem 1: HiGHS says [0.5, 0.9], falsum [1, 1]; one of them is wrong',
  );
  expect(summarise('d=2', timings(0.5, Infinity))[1].worstGap).toBe(Infinity);
});

test('the table has a line per solver', () => {
  expect(caseTable(given, rows)).toEqual([
    'd=2 N=18, teacher labels',
    '  solver  problems  per s  median ms  mean ms  × falsum  proved ≤ 1e-9  computed ≤ 1e-9  widest gap',
    '  falsum         3    500       2.00     2.00      1.00           33 %             67 %        1e-6',
    '  HiGHS          1   10.0        100      100       100            0 %              0 %        1e-8',
  ]);
});

test('the figures name problems and solvers and are the same bytes each time', () => {
  const results = [{ given, rows }];
  const svg = speedSvg(results);
  for (const text of ['d=2 N=18, teacher labels', 'HiGHS', '500 per s', 'relative to falsum']) {
    expect(svg).toContain(text);
  }
  expect(speedSvg(results)).toBe(svg);
  const figure = costFigure(results);
  expect('marks' in figure && figure.marks[1]).toEqual({
    kind: 'points',
    name: 'd = 2, teacher labels',
    points: [[18, 2]],
  });
});
