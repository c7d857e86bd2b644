import type { Chart, FigureSource, Mark } from '../../../src/claims/index.js';
import { randomSource } from '../../../src/math/index.js';
import type { Activation } from '../../../src/model/index.js';
import { attackVillani } from '../../../src/theory/index.js';
import type { LossProblem } from '../../../src/theory/index.js';
import type { Threshold } from './thresholds.js';
import type { VillaniInstance } from './villani-instances.js';

/** Half decades from 0.1 to 1e6. */
const RADII = Array.from({ length: 15 }, (_, k) => 10 ** (k / 2 - 1));
const STEP = 1;

/**
 * Condition (4)'s functional on spheres against the radius, below, at and above the threshold: on the
 * data of the counterexample where there is one, else on a fixed small example.
 */
export function growthFigure(
  source: FigureSource<VillaniInstance>,
  threshold: Threshold,
  fallback: Activation,
  scale: LossProblem['scale'],
): Chart {
  const drawn = source.counterexample?.instance ?? null;
  const problem: LossProblem = drawn ?? example(fallback, scale);
  const critical = threshold.value(problem);
  const marks = [0.1, 1, 10].flatMap((factor): Mark[] => {
    const lambda = factor * critical;
    const { minima } = attackVillani(
      { ...problem, lambda },
      RADII,
      [STEP],
      randomSource('villani-figure', factor),
      2,
    );
    const name = factor === 1 ? 'λ = λ_c' : `λ = ${factor === 10 ? '10λ_c' : 'λ_c/10'}`;
    return [
      {
        kind: 'points',
        name: `${name}: least found`,
        points: minima.filter((m) => m.functional > 0).map((m) => [m.radius, m.functional]),
      },
      {
        kind: 'line',
        name: `${name}: proven bound`,
        points: minima.filter((m) => m.bound > 0).map((m) => [m.radius, m.bound]),
      },
    ];
  });
  return {
    title: 'Condition (4) grows quadratically below, at and above λ_c',
    caption: `The least value of −ΔL̃ + ‖∇L̃‖²/s found on each sphere and the proven lower bound, s = 1, ${
      drawn === null ? 'a fixed example' : 'the data of the counterexample'
    }, λ_c = ${Number(critical.toPrecision(4))}. Values that are not positive are left out. If λ_c were critical, the points for λ = λ_c/10 would stay bounded as R grows.`,
    x: { label: 'R = ‖W‖', scale: 'log' },
    y: { label: 'min over ‖W‖ = R of −ΔL̃ + ‖∇L̃‖²/s', scale: 'log' },
    marks: marks.filter((mark) => !('points' in mark) || mark.points.length > 0),
  };
}

/** B_x‖a‖ = 1; a gate far from its labels, so that the data term works against the weight decay. */
function example(activation: Activation, scale: LossProblem['scale']): LossProblem {
  return {
    activation,
    outer: [0.6, -0.8],
    dataset: {
      inputDim: 2,
      inputs: [
        [0.6, 0.8],
        [1, 0],
        [0, -0.5],
      ],
      labels: [10, -5, 1],
    },
    lambda: 0,
    scale,
  };
}
