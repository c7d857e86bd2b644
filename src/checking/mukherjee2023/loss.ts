import { ASSUMED } from '../assumptions.js';
import type { Rational } from '../rational.js';
import {
  ONE,
  ZERO,
  fraction,
  inner,
  larger,
  magnitude,
  minus,
  order,
  signOf,
  times,
} from '../rational.js';
import { list, matrix, oneOf, real, record, vector, whole } from '../read.js';
import { demand } from '../rejection.js';
import type { Statement } from '../statement.js';
import { compared, settling } from '../statement.js';
import type { Activation } from './suprema.js';
import { readActivation } from './suprema.js';

/**
 * The regularised loss L̃(W) = c·Σ_i(y_i − aᵀσ(Wx_i))² + (λ/2)‖W‖², with c = 1/n (`mean`) or 1/(2n)
 * (`half-mean`), all numbers exact, and the steps s, ascending.
 */
export interface Loss {
  readonly activation: Activation;
  readonly inputDim: number;
  readonly inputs: readonly (readonly Rational[])[];
  readonly labels: readonly Rational[];
  readonly outer: readonly Rational[];
  readonly lambda: Rational;
  readonly scale: 'mean' | 'half-mean';
  readonly steps: readonly Rational[];
}

/** What a reading says about the loss. */
export interface LossSetting {
  /** The only activation, or null for every smooth bounded one. */
  readonly activation: 'sigmoid' | 'softplus' | null;
  readonly scale: Loss['scale'];
  /** B_x‖a‖ = 1. */
  readonly normalised: boolean;
  /** λ_c as printed, or null for 2·M_D·L·B_x²‖a‖². */
  readonly threshold: Rational | null;
}

const KEYS = ['activation', 'dataset', 'lambda', 'outer', 'scale', 'steps'] as const;

export function readLoss(
  value: unknown,
  setting: LossSetting,
): Loss & { readonly step: Rational | null } {
  const isSoftplus = setting.activation === 'softplus';
  const instance = record(value, 'instance', [
    ...KEYS,
    ...(isSoftplus ? (['accuracy', 'step'] as const) : []),
  ]) as Readonly<Record<string, unknown>>;
  const activation = readActivation(instance['activation'], 'instance.activation');
  demand(
    setting.activation === null
      ? activation.name !== 'softplus'
      : activation.name === setting.activation,
    `the reading is not about the activation “${activation.name.slice(0, 40)}”`,
  );
  const dataset = record(instance['dataset'], 'instance.dataset', ['inputDim', 'inputs', 'labels']);
  const inputDim = whole(dataset.inputDim, 'instance.dataset.inputDim', 1, 1000);
  const inputs = matrix(dataset.inputs, 'instance.dataset.inputs', inputDim, real);
  demand(inputs.length > 0, 'instance.dataset must hold a sample');
  const scale = oneOf(instance['scale'], 'instance.scale', ['mean', 'half-mean']);
  demand(scale === setting.scale, `the reading is about the scale “${setting.scale}”`);
  const steps = list(instance['steps'], 'instance.steps', 1).map((step, i) =>
    positive(step, `instance.steps[${i}]`),
  );
  demand(
    steps.every((step, i) => i === 0 || order(steps[i - 1], step) < 0),
    'instance.steps must ascend',
  );
  if (isSoftplus) positive(instance['accuracy'], 'instance.accuracy');
  return {
    activation,
    inputDim,
    inputs,
    labels: vector(dataset.labels, 'instance.dataset.labels', inputs.length, real),
    outer: list(instance['outer'], 'instance.outer', 1).map((a, j) =>
      real(a, `instance.outer[${j}]`),
    ),
    lambda: real(instance['lambda'], 'instance.lambda'),
    scale,
    steps,
    step: isSoftplus ? positive(instance['step'], 'instance.step') : null,
  };
}

function positive(value: unknown, where: string): Rational {
  const number = real(value, where);
  demand(signOf(number) > 0, `${where} must be > 0`);
  return number;
}

/** B_x² = max‖x_i‖². */
export function largestSquare({ inputs }: Loss): Rational {
  return inputs.map((x) => inner(x, x)).reduce(larger, ZERO);
}

/** The tolerance of the printed check: doubles cannot have B_x‖a‖ = 1 exactly. */
const NORMALISATION = fraction(1n, 1n << 39n);

/** B_x²‖a‖² = 1 up to 2⁻³⁹. */
export function normalisation(loss: Loss, prefix: string): Statement {
  const product = times(largestSquare(loss), inner(loss.outer, loss.outer));
  return settling(
    ASSUMED.normalised,
    compared(`${prefix}|B_x²‖a‖² − 1|`, magnitude(minus(product, ONE)), '≤', NORMALISATION),
  );
}

/** What the reading assumes of σ; `readLoss` has rejected every other one. */
export function activationStatement(
  { activation }: Loss,
  setting: LossSetting,
  prefix: string,
): Statement {
  switch (setting.activation) {
    case 'softplus':
      return settling(
        ASSUMED.softplus,
        compared(`${prefix}β of σ = SoftPlus_β`, activation.parameter ?? ZERO, '>', ZERO),
      );
    case 'sigmoid':
      return settling(
        ASSUMED.sigmoid,
        compared(
          `${prefix}activations other than the sigmoid`,
          activation.name === 'sigmoid' ? ZERO : ONE,
          '≤',
          ZERO,
        ),
      );
    case null:
      return settling(
        ASSUMED.boundedSmooth,
        compared(
          `${prefix}activations other than sigmoid, tanh, arctan, erf, sine, Gaussian bump and constant, which are smooth and bounded with σ′ and σ″`,
          activation.name === 'softplus' ? ONE : ZERO,
          '≤',
          ZERO,
        ),
      );
  }
}
