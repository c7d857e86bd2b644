import type { Assumption } from '../../../src/claims/index.js';
import { tex } from '../../../src/claims/index.js';
import { hasDensity, isSymmetric, secondMoment } from '../../../src/model/index.js';
import type { OuterNormInstance } from './instance.js';
import { labelMean } from './label-mean.js';
import { minimalHalfspaceMass, minimalReluMean, normTailExponent } from './law-facts.js';

type Outer = Assumption<OuterNormInstance>;

/** 1 or −1: assumptions without a natural slack. */
const verdict = (holds: boolean): number => (holds ? 1 : -1);

/**
 * P(‖X‖² ≤ Cd) ≥ 1 − e^{−Θ(d)}. At fixed d every law satisfies it with its own C; along d → ∞ the tail must
 * be exponential in d, at a rate of at least ½.
 */
export const concentratedNorm: Outer = {
  name: 'the norm of X is O(√d) up to probability e^{−Θ(d)}',
  tex: tex`\exists C:\ \mathbb P(\|X\|_2^2\le Cd)\ge 1-e^{-\Theta(d)}`,
  margin: ({ tied, law }) => (tied ? Math.min(1, normTailExponent(law) - 0.5) : 1),
};

/** M = E|Y| < ∞, and known: a ReLU teacher of inputs without second moment is discarded. */
export const integrableLabels: Outer = {
  name: 'E|Y| is finite and known',
  tex: tex`M=\mathbb E|Y|<\infty`,
  margin: ({ law, labelLaw }) => verdict((labelMean(law, labelLaw)?.value ?? Infinity) < Infinity),
};

/** inf E ReLU(w·X) ≥ μ* > 0. */
export const positiveReluMean: Outer = {
  name: 'every direction has a positive ReLU mean',
  tex: tex`\inf_{\|w\|_2=1}\mathbb E\,\mathrm{ReLU}(w^\top X)\ge\mu^*>0`,
  margin: ({ law }) => {
    const mean = minimalReluMean(law);
    return mean > 0 ? Math.min(1, mean) : -1;
  },
};

/** inf P(w·X ≥ c) ≥ η > 0, c the margin of the instance. */
export const positiveHalfspaceMass: Outer = {
  name: 'every halfspace with margin c has positive mass',
  tex: tex`\inf_{\|w\|_2=1}\mathbb P(w^\top X\ge c)\ge\eta>0`,
  margin: ({ law, margin }) => {
    const mass = minimalHalfspaceMass(law, margin);
    return mass > 0 ? mass : -1;
  },
};

/** μ* is one constant along d → ∞, for inputs of the document's scale; we take 1/16 (N(0, I): 0.4). */
export const constantReluMean: Outer = {
  name: 'μ* does not fall below 1/16 where the dimension grows',
  tex: tex`\mu^*\ge\tfrac1{16}\quad(d\to\infty)`,
  margin: ({ tied, law }) => (tied ? Math.min(1, minimalReluMean(law)) - 1 / 16 : 1),
};

/** η is one constant along d → ∞; we take ⅛. */
export const constantHalfspaceMass: Outer = {
  name: 'η does not fall below ⅛ where the dimension grows',
  tex: tex`\eta\ge\tfrac18\quad(d\to\infty)`,
  margin: ({ tied, law, margin }) => (tied ? minimalHalfspaceMass(law, margin) - 1 / 8 : 1),
};

/** The path asks for no more points than are drawn. */
export const reachableSize: Outer = {
  name: 'the sample size of the path is within reach',
  tex: tex`N\le N_{\max}`,
  margin: ({ sampleSize, wantedSize }) => sampleSize / wantedSize - 1,
};

/** Convention A: X has a density. */
export const density: Outer = {
  name: 'X has a density',
  tex: tex`X\ll\mathrm{Lebesgue}`,
  margin: ({ law }) => verdict(hasDensity(law)),
};

/** Convention A: the document's scale, E‖X‖² = d for N(0, I), up to a factor of 4. */
export const normalisedInputs: Outer = {
  name: 'E‖X‖² is at most 4d',
  tex: tex`\mathbb E\|X\|_2^2\le 4d`,
  margin: ({ law }) => {
    const moment = secondMoment(law) / law.dimension;
    return moment === Infinity ? -1 : (4 - moment) / 4;
  },
};

/** X and −X have the same law. */
export const symmetricInputs: Outer = {
  name: 'X is symmetric about 0',
  tex: tex`X\stackrel d=-X`,
  margin: ({ law }) => verdict(isSymmetric(law)),
};

/** For controls: as many points per dimension as asked for. */
export function pointsPerDimension(count: number): Outer {
  return {
    name: `N is at least ${count}d`,
    tex: `N\\ge ${count}d`,
    margin: ({ sampleSize, law }) => sampleSize / (count * law.dimension) - 1,
  };
}
