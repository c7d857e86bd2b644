import type { Figure, FigureSource, TrialRecord } from '../../../src/claims/index.js';
import { OURS } from './convergence-problems.js';

type Point = readonly [number, number];

/** The points of the trials on a path. */
function pointsOf(
  trials: readonly TrialRecord[],
  path: string,
  read: (trial: TrialRecord) => Point | null,
): Point[] {
  return trials.flatMap((trial) => {
    const point = trial.rung?.path === path ? read(trial) : null;
    return point !== null && point.every((entry) => entry > 0 && entry < Infinity) ? [point] : [];
  });
}

/** What orthonormal teachers give: 2(1/4 − 1/(2π)), the least value that was found. */
const ORTHONORMAL = 0.5 - 1 / Math.PI;

const contraction = (trial: TrialRecord): Point | null => {
  const { kappa } = trial.measurements ?? {};
  return [kappa, trial.implied?.['c3'] ?? NaN];
};
const faster = (trial: TrialRecord): Point | null => {
  const { kappa, lambda, rate } = trial.measurements ?? {};
  return [kappa, rate * lambda * kappa];
};

const ratio = (trial: TrialRecord): Point | null => {
  const { d, ratio: value } = trial.measurements ?? {};
  return [d, value];
};

/** The implied c₃ against κ, with what it would be for the exponent 1 of κ. */
export function contractionFigure({ trials }: FigureSource<unknown>): Figure {
  return {
    title: 'Implied contraction constant c₃ against the condition number',
    caption:
      'Each point is the slowest step of population gradient descent that was found for one teacher. The claim holds with any c₃ below all points; it would fail if they fell with κ, as they do for the rate 1 − c₃η/(λκ).',
    x: { label: 'condition number κ', scale: 'log' },
    y: { label: 'λκ²(1 − ρ)/η', scale: 'log' },
    marks: [
      { kind: 'points', name: 'K = 2', points: pointsOf(trials, 'κ, K = 2', contraction) },
      { kind: 'points', name: 'K = 4', points: pointsOf(trials, 'κ, K = 4', contraction) },
      {
        kind: 'points',
        name: 'K = 2 with λκ in place of λκ²',
        points: pointsOf(trials, 'κ, K = 2', faster),
      },
      { kind: 'horizontal', name: 'orthonormal teachers, 1/2 − 1/π', at: ORTHONORMAL },
      { kind: 'horizontal', name: 'c₃ of ours', at: OURS.c3 },
    ],
  };
}

/** The error over the right side of (4.1) where the printed logarithm admits N = 1 and N = 2. */
export function errorFigure({ trials }: FigureSource<unknown>): Figure {
  return {
    title: 'Error over the right side of (4.1) for long teachers and one or two samples',
    caption:
      'Teachers with ‖w*‖ ≥ d, for which the printed demand on N is not positive. Each point is the largest over the checked T. Points above 1 violate (4.1) with c₃ = 0.1 and c₄ = 20; if the statement held, they would stay below a constant.',
    x: { label: 'dimension d', scale: 'log' },
    y: { label: '‖W^T − W*‖²/(right side)', scale: 'log' },
    marks: [
      { kind: 'points', name: 'N = 1', points: pointsOf(trials, 'd (N = 1)', ratio) },
      { kind: 'points', name: 'N = 2', points: pointsOf(trials, 'd (N = 2)', ratio) },
      { kind: 'horizontal', name: 'bound', at: 1 },
    ],
  };
}
