import type { Tools } from '../../../src/claims/index.js';
import { dot, norm, normal, unitSphere } from '../../../src/math/index.js';
import { teacherLines, teacherValue } from '../../../src/theory/index.js';
import type { CondensationInstance } from './condensation-instance.js';
import { interpolationProblem } from './condensation-instance.js';

const MOST_NEURONS = 24;
const STEPS = 3000;
const STEP_SIZE = 0.1;
const WEIGHT_DECAY = 1e-3;
/** Inputs drawn where the student is to equal the teacher on the whole sphere. */
const SPHERE_SAMPLE = 60;
/** Neurons farther than this (rad) from every teacher line count as off the lines. */
const ON_LINE = 0.1;

/**
 * Trains one student by gradient descent on (1/2N)Σr² + (λ/2)‖θ‖² with λ = 1e-3 from a small Gaussian start, as in the
 * experiment of [song2022], section 6, and measures it. What it shows is one trained student, biased by λ; no verdict rests on it.
 */
export function trainStudent(
  instance: CondensationInstance,
  { engine, random }: Tools,
): Record<string, number> {
  const { teacher } = instance;
  const stream = random.fork('train');
  const inputDim = teacher.inputDim;
  let { inputs, labels } = interpolationProblem(instance);
  if (inputs.length === 0) {
    inputs = Array.from({ length: SPHERE_SAMPLE }, () => unitSphere(stream, inputDim));
    labels = inputs.map((input) => teacherValue(teacher, input));
  }
  const width = Math.min(instance.width, MOST_NEURONS);
  const { network, dataLoss } = engine.train({
    initial: {
      activation: { name: 'relu' },
      inputDim,
      inner: Array.from({ length: width }, () =>
        Array.from({ length: inputDim }, () => 0.5 * normal(stream)),
      ),
      outer: Array.from({ length: width }, () => 0.5 * normal(stream)),
    },
    dataset: { inputDim, inputs, labels },
    objective: { scale: 'half-mean', weightDecay: { lambda: WEIGHT_DECAY, on: 'all' } },
    optimiser: { kind: 'gradient-descent', stepSize: STEP_SIZE },
    budget: { maxSteps: STEPS },
  });
  const lines = teacherLines(teacher);
  let total = 0;
  let off = 0;
  for (const [j, row] of network.inner.entries()) {
    const length = norm(row);
    const mass = Math.abs(network.outer[j]) * length;
    total += mass;
    const near = lines.some(
      ({ direction }) => Math.abs(dot(direction, row)) >= Math.cos(ON_LINE) * length,
    );
    if (!near) off += mass;
  }
  return {
    trainedNorm: total,
    trainedOffLineShare: total > 0 ? off / total : 0,
    trainedLoss: dataLoss,
  };
}
