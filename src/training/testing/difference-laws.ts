import { describe, expect, test } from 'vitest';
import type { Dataset, Network } from '../../model/index.js';
import type { AnyNetwork, Engine, Objective } from '../engine.js';
import type { FlatParameters } from '../flat-problem.js';
import { flatParameters, networkWith } from '../flat-problem.js';
import { OBJECTIVES } from './gradient-laws.js';
import { EVERY_ACTIVATION, randomDeepProblem, randomProblem } from './random-problem.js';

const PARTS = ['inner', 'outer', 'biases'] as const;
type Part = (typeof PARTS)[number];

/** Step of the differences. */
const H = 1e-5;

/**
 * Truncation H²/6·|f'''| and cancellation 2⁻⁵³·|f|/H are both below 1e-8 on these problems; Laplacians
 * add up at most 15 such differences.
 */
const TOLERANCE = 1e-7;

/** The network with one flat parameter moved. */
function moved<N extends AnyNetwork>(network: N, part: Part, at: number, by: number): N {
  const parameters: FlatParameters = flatParameters('moved', network);
  parameters[part][at] += by;
  return networkWith(network, parameters);
}

/** (f(θ + H) − f(θ − H))/2H in one parameter. */
function difference<N extends AnyNetwork>(
  network: N,
  part: Part,
  at: number,
  f: (network: N) => number,
): number {
  return (f(moved(network, part, at, H)) - f(moved(network, part, at, -H))) / (2 * H);
}

function expectSlopes(
  engine: Engine,
  network: AnyNetwork,
  dataset: Dataset,
  objective: Objective,
): void {
  const gradient = engine.lossAndGradient(network, dataset, objective);
  const loss = (at: AnyNetwork): number => engine.lossAndGradient(at, dataset, objective).objective;
  for (const part of PARTS) {
    gradient[part].forEach((entry, at) => {
      const slope = difference(network, part, at, loss);
      expect(Math.abs(slope - entry), `${part}[${at}]`).toBeLessThan(TOLERANCE);
    });
  }
}

function expectInputSlopes(engine: Engine, network: AnyNetwork, { inputs }: Dataset): void {
  const gradients = engine.inputGradients(network, inputs);
  const shifted = (k: number, by: number): Float64Array =>
    engine.predict(
      network,
      inputs.map((input) => input.map((entry, l) => (l === k ? entry + by : entry))),
    );
  for (let k = 0; k < network.inputDim; k += 1) {
    const above = shifted(k, H);
    const below = shifted(k, -H);
    above.forEach((output, i) => {
      const slope = (output - below[i]) / (2 * H);
      const entry = gradients[i * network.inputDim + k];
      expect(Math.abs(slope - entry), `input ${i}, ${k}`).toBeLessThan(TOLERANCE);
    });
  }
}

/** The Laplacian is the sum of the slopes of the gradient's entries. */
function expectCurvatures(
  engine: Engine,
  network: Network,
  dataset: Dataset,
  objective: Objective,
): void {
  const laplacian = engine.lossLaplacian(network, dataset, objective);
  for (const part of PARTS) {
    const count = flatParameters('expectCurvatures', network)[part].length;
    let sum = 0;
    for (let at = 0; at < count; at += 1) {
      sum += difference(
        network,
        part,
        at,
        (moved) => engine.lossAndGradient(moved, dataset, objective)[part][at],
      );
    }
    expect(Math.abs(sum - laplacian[part]), part).toBeLessThan(15 * TOLERANCE);
  }
}

/** Derivatives against differences of the engine's own values, away from kinks. */
export function differenceLaws(make: () => Engine): void {
  describe('central differences', () => {
    const engine = make();
    test.each(EVERY_ACTIVATION)(
      'agree with the derivatives of $name, two-layer and deep',
      (activation) => {
        for (const [index, objective] of OBJECTIVES.entries()) {
          const sizes = { width: 3, inputDim: 4, sampleSize: 9 };
          const key = `differences ${activation.name} ${index}`;
          const options = { biases: true };
          const shallow = randomProblem(key, activation, sizes, options);
          const deepSizes = { ...sizes, widths: [3, 2] };
          const deep = randomDeepProblem(key, activation, deepSizes, options);
          for (const { network, dataset } of [shallow, deep]) {
            expectSlopes(engine, network, dataset, objective);
            expectInputSlopes(engine, network, dataset);
          }
          expectCurvatures(engine, shallow.network, shallow.dataset, objective);
        }
      },
    );
  });
}
