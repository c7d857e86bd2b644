import { dot, normal, pareto, requireOneOf, studentT } from '../math/index.js';
import type { RandomSource } from '../math/index.js';
import { evaluateAll } from '../model/index.js';
import type { Teacher, Vector } from '../model/index.js';
import { gammaRatio } from './gamma-ratio.js';

/**
 * A law of the labels given the inputs: the catalogue's pool P-Y as plain data. `scale` > 0 multiplies
 * the whole label. The last three are functions of X; the others are independent of X, and each label
 * of the others.
 */
export type LabelLaw =
  /** 0. */
  | { readonly name: 'zero' }
  /** `value`. */
  | { readonly name: 'constant'; readonly value: number }
  /** scale·(−1 or 1, each with probability ½). */
  | { readonly name: 'fair-sign'; readonly scale: number }
  /** Uniform on [−scale, scale). */
  | { readonly name: 'bounded'; readonly scale: number }
  /** scale·N(0, 1). */
  | { readonly name: 'gaussian'; readonly scale: number }
  /** scale·t_ν, ν = `degrees` > 0. */
  | { readonly name: 'student-t'; readonly degrees: number; readonly scale: number }
  /** scale·P with P(P > y) = y^{−tail}, y ≥ 1; tail > 0. */
  | { readonly name: 'pareto'; readonly tail: number; readonly scale: number }
  /** teacher(X). */
  | { readonly name: 'teacher'; readonly teacher: Teacher }
  /** scale·Π_{i∈coordinates} sgn X_i with sgn 0 = 1. */
  | { readonly name: 'parity'; readonly coordinates: readonly number[]; readonly scale: number }
  /** scale·sgn(direction·X) with sgn 0 = 1. */
  | { readonly name: 'sign'; readonly direction: Vector; readonly scale: number };

export type LabelLawName = LabelLaw['name'];

/** Coverage labels of the pool P-Y with a phrase each. */
export const LABEL_LAW_PHRASES: Readonly<Record<`label:${LabelLawName}`, string>> = {
  'label:zero': 'Y = 0',
  'label:constant': 'Y constant',
  'label:fair-sign': 'Y = ±s independent of X',
  'label:bounded': 'Y uniform on [−s, s)',
  'label:gaussian': 'Y Gaussian',
  'label:student-t': 'Y Student t, degrees of freedom from 1.25 to 20',
  'label:pareto': 'Y Pareto, tail index from 64/63 to 64',
  'label:teacher': 'Y a teacher network of X',
  'label:parity': 'Y a parity of the signs of coordinates of X',
  'label:sign': 'Y the sign of a linear function of X',
};

/** The names of all laws of labels. */
const LABEL_LAW_NAMES = Object.keys(LABEL_LAW_PHRASES).map((label) => label.slice('label:'.length));

/** The coverage label of a law of labels. */
export function labelLawLabel(law: { readonly name: LabelLawName }): `label:${LabelLawName}` {
  return `label:${law.name}`;
}

/**
 * Labels of the inputs, shape (sampleSize). A label that does not depend on X takes its randomness
 * in the order of the inputs, so that labels of a prefix are a prefix of the labels.
 *
 * @param inputs (sampleSize, inputDim)
 * @throws RangeError when there is no such law, or a parameter of it is out of range or does not fit the inputs
 */
export function drawLabels(
  law: LabelLaw,
  inputs: readonly Vector[],
  random: RandomSource,
): number[] {
  checkLabelLaw(law);
  switch (law.name) {
    case 'zero':
      return inputs.map(() => 0);
    case 'constant':
      return inputs.map(() => law.value);
    case 'fair-sign':
      return inputs.map(() => law.scale * random.sign());
    case 'bounded':
      return inputs.map(() => law.scale * (2 * random.uniform() - 1));
    case 'gaussian':
      return inputs.map(() => law.scale * normal(random));
    case 'student-t':
      return inputs.map(() => law.scale * studentT(random, law.degrees));
    case 'pareto':
      return inputs.map(() => law.scale * pareto(random, law.tail));
    case 'teacher':
      return evaluateAll(law.teacher, inputs);
    case 'parity':
      return inputs.map((x) =>
        law.coordinates.reduce((label, i) => {
          if (!(i < x.length)) {
            throw new RangeError(
              `drawLabels: coordinates must be below ${x.length} (inputDim), got ${i}`,
            );
          }
          return x[i] < 0 ? -label : label;
        }, law.scale),
      );
    case 'sign':
      return inputs.map((x) => (dot(law.direction, x) < 0 ? -law.scale : law.scale));
  }
}

/**
 * The mean absolute label M = E|Y| in closed form, Infinity where it is infinite; null where it
 * depends on the law of X. For the parity and the sign |Y| = scale whatever X is.
 *
 * Gaussian: √(2/π). Student t, ν > 1: 2√ν·Γ((ν+1)/2)/(√π·(ν−1)·Γ(ν/2)). Pareto, tail > 1: tail/(tail−1).
 *
 * @throws RangeError when there is no such law or a parameter of it is out of range
 */
export function meanAbsoluteLabel(law: LabelLaw): number | null {
  checkLabelLaw(law);
  switch (law.name) {
    case 'zero':
      return 0;
    case 'constant':
      return Math.abs(law.value);
    case 'fair-sign':
    case 'parity':
    case 'sign':
      return law.scale;
    case 'bounded':
      return law.scale / 2;
    case 'gaussian':
      return law.scale * Math.sqrt(2 / Math.PI);
    case 'student-t': {
      const degrees = law.degrees;
      if (degrees <= 1) return Infinity;
      const ratio = (2 * Math.sqrt(degrees / Math.PI)) / (degrees - 1);
      return law.scale * ratio * gammaRatio(degrees / 2);
    }
    case 'pareto':
      return law.tail > 1 ? (law.scale * law.tail) / (law.tail - 1) : Infinity;
    case 'teacher':
      return null;
  }
}

/** The essential supremum of |Y|, Infinity where Y is unbounded; null where it depends on the law of X. */
export function labelBound(law: LabelLaw): number | null {
  checkLabelLaw(law);
  switch (law.name) {
    case 'zero':
      return 0;
    case 'constant':
      return Math.abs(law.value);
    case 'fair-sign':
    case 'bounded':
    case 'parity':
    case 'sign':
      return law.scale;
    case 'gaussian':
    case 'student-t':
    case 'pareto':
      return Infinity;
    case 'teacher':
      return null;
  }
}

function checkLabelLaw(law: LabelLaw): void {
  requireOneOf('checkLabelLaw', 'name', law.name, LABEL_LAW_NAMES);
  if (law.name === 'constant' && !Number.isFinite(law.value)) {
    throw new RangeError(`checkLabelLaw: value must be finite, got ${law.value}`);
  }
  if ('scale' in law) requirePositive('scale', law.scale);
  if (law.name === 'student-t') requirePositive('degrees', law.degrees);
  if (law.name === 'pareto') requirePositive('tail', law.tail);
  if (law.name === 'parity' && !law.coordinates.every((i) => Number.isInteger(i) && i >= 0)) {
    throw new RangeError(
      `checkLabelLaw: coordinates must be integers ≥ 0, got ${law.coordinates.join(', ')}`,
    );
  }
}

function requirePositive(parameter: string, value: number): void {
  if (!(value > 0 && value < Infinity)) {
    throw new RangeError(`checkLabelLaw: ${parameter} must be positive and finite, got ${value}`);
  }
}
