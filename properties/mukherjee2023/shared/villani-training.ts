import { atMost } from '../../../src/claims/index.js';
import type { Clause, Tools } from '../../../src/claims/index.js';
import { norm, normalVector } from '../../../src/math/index.js';
import { lossEvaluator, smoothnessBound, villaniGrowthBound } from '../../../src/theory/index.js';
import { UNIT_ROUNDOFF, gradientErrorBound } from '../../../src/training/index.js';
import type { Observation, TrainingTask } from '../../../src/training/index.js';
import type { VillaniInstance } from './villani-instances.js';
import { networkAt, objectiveOf } from './villani-network.js';

/** Gradient steps of one run, per unit of attack. */
const STEPS = 40;

/** What overflows in an engine is no number to compare; the sum of squares is the largest that it forms. */
const LARGEST = { float64: Number.MAX_VALUE, float32: (2 - 2 ** -23) * 2 ** 127 } as const;

/** By how much roundings may have increased ‖W_T‖ and ‖W_T‖², the latter directly and through L̃. */
interface Strayed {
  readonly norm: number;
  readonly square: number;
  readonly rise: number;
}

/**
 * Trains the inner weights from far outside and checks where the run ends; no clause where the
 * loss there overflows in the engine's arithmetic.
 *
 * With step η ≤ 1/(2Λ), Λ a Hessian bound on the sublevel set of the start, and G, K the constants of
 * the growth bound: ‖W_T‖ ≤ (1 − ηλ)^T‖W_0‖ + G/λ for bounded activations, since
 * W_{t+1} = (1 − ηλ)W_t − η∇D; ‖W_T‖² ≤ (1 − 2ηλ)^T‖W_0‖² + K/λ + (4/3)ηL̃(W_0) for SoftPlus, since
 * ⟨∇L̃, W⟩ ≥ λ‖W‖² − K and descent gives (3/4)ηΣ‖∇L̃(W_t)‖² ≤ L̃(W_0).
 *
 * The engine steps to within δ_t = η·e + 3u(‖W_t‖ + η‖∇L̃‖) of where it should, u its unit roundoff and e the
 * rounding error of its gradient at W_t: that, the product with η, the difference. The norm strays by δ_t in
 * a step and loses the factor 1 − ηλ of what it strayed before; its square strays by δ_t(2‖W_t‖ + 2η‖∇L̃‖ + δ_t), with
 * the factor 1 − 2ηλ, and as L̃ may rise by δ_t(1.5‖∇L̃‖ + Λδ_t/2) by (4/3)η times that in all. This costs more
 * than the run itself, so it is done only where the run ends outside its radius without it.
 */
export function trainingClauses(instance: VillaniInstance, tools: Tools): readonly Clause[] {
  const { outer, dataset, lambda } = instance;
  const { engine } = tools;
  const u = UNIT_ROUNDOFF[engine.precision];
  const { gradient, inner } = villaniGrowthBound(instance);
  const far = 10 * (1 + gradient / lambda + Math.sqrt(inner / lambda));
  const direction = normalVector(tools.random, outer.length * dataset.inputDim);
  const length = norm(direction);
  const start = direction.map((entry) => (far * entry) / length);
  const startLoss = lossEvaluator(instance)(start).value;
  if (!(2 * dataset.labels.length * startLoss + far ** 2 < LARGEST[engine.precision])) return [];
  const stepSize = 1 / (2 * smoothnessBound(instance, Math.sqrt((2 * startLoss) / lambda)));
  const maxSteps = STEPS * tools.attack;
  const objective = objectiveOf(instance);

  const shrink = stepSize * lambda;
  const task: TrainingTask = {
    initial: networkAt(instance, start),
    dataset,
    objective,
    optimiser: { kind: 'gradient-descent', stepSize },
    trainable: { inner: true, outer: false, biases: false },
    budget: { maxSteps },
  };
  const ended = norm(engine.train(task).network.inner.flat());
  const within = (strayed: Strayed): Clause => {
    const predicted =
      inner === 0
        ? (1 - shrink) ** maxSteps * far + gradient / lambda + strayed.norm
        : Math.sqrt(
            (1 - 2 * shrink) ** maxSteps * far ** 2 +
              inner / lambda +
              (4 / 3) * stepSize * startLoss +
              strayed.square +
              strayed.rise,
          );
    // The power of a rounded base is off by a rounding a step, everything else by a few.
    const error = (maxSteps + 40) * UNIT_ROUNDOFF.float64;
    const name = 'gradient descent from afar ends within its radius';
    return atMost(name, ended, predicted * (1 + error));
  };
  const exact = within({ norm: 0, square: 0, rise: 0 });
  if (exact.margin.upper >= 0) return [exact];

  // The start is rounded to the engine's precision.
  const strayed = { norm: u * far, square: 2 * u * far * far * (1 + u), rise: 0 };
  const see = ({ step, inner: weights, gradientNorm }: Observation): void => {
    if (step === maxSteps) return;
    const radius = norm(Array.from(weights));
    const bound = gradientErrorBound(networkAt(instance, weights), dataset, objective, u);
    const error = norm(Array.from(bound.inner));
    const moved = stepSize * (gradientNorm + error);
    const off = stepSize * error + 3 * u * (radius + moved);
    strayed.norm = (1 - shrink) * strayed.norm + off;
    strayed.square = (1 - 2 * shrink) * strayed.square + off * (2 * radius + 2 * moved + off);
    strayed.rise += off * (2 * moved + off / 3);
  };
  engine.train({ ...task, observer: { every: 1, see } });
  return [within(strayed)];
}
