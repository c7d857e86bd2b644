import { minimumNormByLinearPrograms, solveMinimumNorm } from '../../src/solvers/index.js';
import type { Labels } from './instances.js';
import { drawProblems } from './instances.js';

/** One line of the table: how fast and how well one solver does one kind of problem. */
export interface SolverFigure {
  readonly solver: 'falsum' | 'HiGHS column generation';
  readonly dim: number;
  readonly sampleSize: number;
  readonly labels: Labels;
  readonly problems: number;
  /** 1000 / median milliseconds of processor time of one problem. */
  readonly perSecond: number;
  readonly medianMs: number;
  readonly meanMs: number;
  /** Problems with a relative gap of at most 1e-9 (proved, for falsum), and the widest gap. */
  readonly closed: number;
  readonly worstGap: number;
}

interface Case {
  readonly dim: number;
  readonly sampleSize: number;
  readonly count: number;
  readonly oracle: number;
}

const CASES: readonly Case[] = [
  { dim: 2, sampleSize: 18, count: 400, oracle: 4 },
  { dim: 2, sampleSize: 40, count: 200, oracle: 2 },
  { dim: 3, sampleSize: 32, count: 80, oracle: 1 },
  { dim: 3, sampleSize: 64, count: 12, oracle: 0 },
];

/** Sample sizes of the figure of cost against N. */
const SIZES: readonly (readonly [dim: number, sampleSize: number])[] = [
  ...[6, 9, 12, 18, 27, 40, 60].map((size) => [2, size] as const),
  ...[6, 9, 12, 18, 27, 40].map((size) => [3, size] as const),
];

/** Rates of the own solver and of column generation with HiGHS; processor time, after warm-up, medians. */
export async function benchMinimumNorm(): Promise<SolverFigure[]> {
  const figures: SolverFigure[] = [];
  for (const { dim, sampleSize, count, oracle } of CASES) {
    for (const labels of ['teacher', 'random'] as const) {
      figures.push(measureOwn(dim, sampleSize, labels, count));
      if (oracle > 0) figures.push(await measureOracle(dim, sampleSize, labels, oracle));
    }
  }
  return figures;
}

/** Data of the figure: median milliseconds against N. */
export function costAgainstSize(): SolverFigure[] {
  return SIZES.flatMap(([dim, sampleSize]) =>
    (['teacher', 'random'] as const).map((labels) => measureOwn(dim, sampleSize, labels, 40)),
  );
}

function measureOwn(dim: number, sampleSize: number, labels: Labels, count: number): SolverFigure {
  const problems = drawProblems(dim, sampleSize, labels, count);
  for (const problem of problems.slice(0, 20)) solveMinimumNorm(problem);
  const times: number[] = [];
  const gaps: number[] = [];
  for (const problem of problems) {
    const start = processorTime();
    const { lower, upper, proved } = solveMinimumNorm(problem);
    times.push(processorTime() - start);
    gaps.push(proved ? (upper - lower) / upper : Infinity);
  }
  return figure('falsum', dim, sampleSize, labels, times, gaps);
}

async function measureOracle(
  dim: number,
  sampleSize: number,
  labels: Labels,
  count: number,
): Promise<SolverFigure> {
  const times: number[] = [];
  const gaps: number[] = [];
  for (const problem of drawProblems(dim, sampleSize, labels, count)) {
    const start = processorTime();
    const { lower, upper } = await minimumNormByLinearPrograms(problem);
    times.push(processorTime() - start);
    gaps.push((upper - lower) / upper);
  }
  return figure('HiGHS column generation', dim, sampleSize, labels, times, gaps);
}

/** Milliseconds of processor time: other processes of the machine do not count. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function figure(
  solver: SolverFigure['solver'],
  dim: number,
  sampleSize: number,
  labels: Labels,
  times: readonly number[],
  gaps: readonly number[],
): SolverFigure {
  const sorted = times.toSorted((a, b) => a - b);
  const medianMs = sorted[Math.floor(sorted.length / 2)];
  return {
    solver,
    dim,
    sampleSize,
    labels,
    problems: times.length,
    perSecond: 1000 / medianMs,
    medianMs,
    meanMs: times.reduce((sum, time) => sum + time, 0) / times.length,
    closed: gaps.filter((gap) => gap <= 1e-9).length,
    worstGap: Math.max(...gaps),
  };
}

export function tableOf(figures: readonly SolverFigure[]): string {
  const rows = figures.map((f) => [
    `d=${f.dim} N=${f.sampleSize}`,
    f.labels,
    f.solver,
    f.perSecond.toPrecision(3),
    f.medianMs.toFixed(2),
    f.meanMs.toFixed(2),
    `${f.closed}/${f.problems}`,
    f.worstGap.toExponential(1),
  ]);
  const head = [
    'problem',
    'labels',
    'solver',
    'per s',
    'median ms',
    'mean ms',
    '≤ 1e-9',
    'worst gap',
  ];
  const widths = head.map((cell, c) => Math.max(cell.length, ...rows.map((row) => row[c].length)));
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, c) => cell.padEnd(widths[c]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
