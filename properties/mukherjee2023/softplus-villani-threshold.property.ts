/**
 * # SoftPlus networks: linear time above the Villani threshold
 *
 * Statement. SoftPlus_β(x) = (1/β)log(1 + e^{βx}), data and outer weights normalised to B_x‖a‖ = 1. For any
 * small enough step s, λ > λ_c, and t ≥ (1/λ_s)·log(2C(s, L̃)‖ρ_initial − μ_s‖_{μ_s⁻¹}/ε), the solution of
 * dW = −∇L̃ dt + √s dB started from ρ_initial has E L̃(W(t)) − min L̃ ≤ ε. The number is printed "2⁻¹" where
 * the superscript may be an exponent or the mark of footnote 1.
 *
 * Readings.
 * - `sufficient-half`, `sufficient-two`: λ_c = ½ or 2; above it all of Villani's conditions hold, and for
 *   each ε some step threshold, which may depend on ε and L̃, makes the time bound true.
 * - `critical-half`, `critical-two`: below λ_c some condition fails.
 * - `sufficient-half-uniform-step`, `sufficient-two-uniform-step`: "any small enough s" with a threshold
 *   that depends on L̃ and λ and not on ε.
 *
 * Main points.
 * 1. SoftPlus is unbounded, yet σ(u) − uσ′(u) lies in (0, ln 2/β]: its derivative is −uσ″(u), so it rises to
 *    ln 2/β at 0 and falls to 0 on both sides. Hence ⟨∇L̃, W⟩ ≥ λ‖W‖² − K with K = (1/2n)Σ(|y_i| + ‖a‖₁ln 2/β)²,
 *    so ‖∇L̃‖ ≥ λ‖W‖ − K/‖W‖, while ΔL̃ grows at most linearly. The loss is Villani for every λ > 0: both
 *    printed values suffice and neither is critical. (At λ = 0 it can even be coercive: when all a_j
 *    have one sign and the inputs positively span the space.)
 * 2. The time bound needs E_{μ_s}L̃ − min L̃ ≤ ε/2, which holds for all small s; the gap does not decrease in
 *    s, so one step proves it for all smaller ones. With a threshold independent of ε it fails:
 *    ρ_initial = μ_s stays put, and its excess is positive at every s > 0 (about s·pd/4).
 *
 * What is taken from the literature: a Villani loss has a Poincaré constant λ_s > 0, [mukherjee2023],
 * "Theorem (Shi et al. 2020)"; it gives the exponential decay that `convergesBelowAStep` uses.
 *
 * Tolerance. B_x‖a‖ = 1 up to 2⁻⁴⁰. Quadrature is used where it is right to 1 %, by comparison with half
 * the resolution; the certificate of the uniform-step readings does not use it.
 *
 * References: [mukherjee2023], "Our Result in arXiv:2210.11452 About SoftPlus Nets" and its footnote 1.
 */
import { cite, claim, tex, universal } from '../../src/claims/index.js';
import type { Coverage } from '../../src/claims/index.js';
import { gapFormula, growthFormula } from '../../src/theory/index.js';
import {
  certifyGibbsExcess,
  coarseStepControl,
  convergesBelowAStep,
  gibbsExcessVanishes,
  uniformStepControls,
} from './shared/softplus-convergence.js';
import { gibbsExcessFigure } from './shared/softplus-figure.js';
import { softplusInstances, softplusLabels } from './shared/softplus-instances.js';
import type { SoftplusInstance } from './shared/softplus-instances.js';
import {
  above,
  below,
  nonNegative,
  normalised,
  printedThreshold,
  softplus,
} from './shared/thresholds.js';
import { certifyBelowThreshold } from './shared/villani-certificate.js';
import { someConditionFails } from './shared/villani-conclusions.js';
import { confirmBelowThreshold } from './shared/villani-confirmation.js';
import { growthFigure } from './shared/villani-figure.js';
import { ABOVE, BELOW } from './shared/villani-instances.js';
import type { DecayShares, VillaniLaw } from './shared/villani-instances.js';
import {
  controlsAbove,
  controlsBelow,
  coverageAbove,
  coverageBelow,
  villaniFeatures,
} from './shared/villani-readings.js';

const setting = [softplus, normalised];

/** λ = 0 in 3 % of the draws: a part of them is coercive and does not refute the control. */
const ABOVE_WITH_ZERO = { ...ABOVE, zero: 3, linear: 66 };

/** Enough for controls that three to five per cent of the draws violate. */
const effort = {
  smoke: { trials: 250, minimumEffective: 80 },
  ci: { trials: 400, minimumEffective: 150 },
};

/** Below the threshold no run is trained and few spheres are searched: some milliseconds a draw. */
const fewSpheres = {
  smoke: { trials: 500, minimumEffective: 200 },
  ci: { trials: 800, minimumEffective: 300 },
};

const law = (shares: DecayShares, value: number): VillaniLaw => ({
  activations: ['softplus'],
  largest: 2,
  scale: 'mean',
  normalised: true,
  shares,
  top: 20,
  decades: 7,
  threshold: () => value,
  unit: 'one',
  stepExponents: [-3, -2, -1, 0],
});

/** The linear grid ends at 2λ_c: of 0…20, nine tenths and more would be discarded. */
const lawBelow = (value: number): VillaniLaw => ({ ...law(BELOW, value), linearTop: 2 });

const withLabels = (
  coverage: Coverage,
  sampled: Readonly<Record<string, string>>,
  unsampled: Readonly<Record<string, string>> = {},
): Coverage => ({
  ...coverage,
  sampled: { ...sampled, ...coverage.sampled },
  unsampled: { ...coverage.unsampled, ...unsampled },
});

const softplusFeatures = (law: VillaniLaw) => (instance: SoftplusInstance) => ({
  ...villaniFeatures(law)(instance),
  ...(instance.activation.name === 'softplus' ? { β: instance.activation.beta } : {}),
  ε: instance.accuracy,
});

const sufficient = (value: number) => {
  const threshold = printedThreshold(value);
  return universal<SoftplusInstance>({
    note: `λ_c = ${value}: above it all conditions hold, and the time bound for steps below a threshold that may depend on ε.`,
    instances: softplusInstances(law(ABOVE_WITH_ZERO, value), 4),
    assumptions: [...setting, above(threshold)],
    conclude: convergesBelowAStep,
    controls: {
      ...controlsAbove([...setting, nonNegative], 0.8),
      'coarse-step': coarseStepControl,
    },
    features: softplusFeatures(law(ABOVE_WITH_ZERO, value)),
    coverage: withLabels(
      coverageAbove(law(ABOVE_WITH_ZERO, value)),
      softplusLabels(law(ABOVE_WITH_ZERO, value)),
      {
        'time-evolution':
          'the law of W(t) itself: the decay to μ_s at rate λ_s is taken from the Poincaré inequality',
      },
    ),
    effort,
    figure: (source) => growthFigure(source, threshold, { name: 'softplus', beta: 1 }, 'mean'),
    bound: `${growthFormula.tex};\\quad ${gapFormula.tex}`,
  });
};

const critical = (value: number, divisor: number) => {
  const threshold = printedThreshold(value);
  return universal<SoftplusInstance>({
    note: `λ_c = ${value}: below it at least one of the conditions fails.`,
    instances: softplusInstances(lawBelow(value), 4),
    assumptions: [...setting, below(threshold)],
    conclude: someConditionFails,
    certify: (instance, violation) =>
      certifyBelowThreshold(instance, violation, threshold, true, softplus),
    confirm: (instance, violation) =>
      confirmBelowThreshold(instance, violation, threshold, true, softplus),
    controls: controlsBelow(threshold.value, divisor),
    features: softplusFeatures(lawBelow(value)),
    coverage: withLabels(coverageBelow(lawBelow(value)), softplusLabels(lawBelow(value))),
    effort: fewSpheres,
    figure: (source) => growthFigure(source, threshold, { name: 'softplus', beta: 1 }, 'mean'),
    bound: `\\lambda_c = ${value}`,
  });
};

const uniformStep = (value: number) => {
  const threshold = printedThreshold(value);
  const own = { ...law(ABOVE_WITH_ZERO, value), labelScale: { min: -3, max: 1 } };
  return universal<SoftplusInstance>({
    note: `λ_c = ${value}, and "any small enough s" with a threshold that does not depend on ε.`,
    instances: softplusInstances(own, 2),
    assumptions: [...setting, above(threshold)],
    conclude: gibbsExcessVanishes,
    certify: (instance, violation) => certifyGibbsExcess(instance, violation, threshold),
    controls: uniformStepControls,
    features: softplusFeatures(own),
    coverage: withLabels(coverageAbove(own), softplusLabels(own), {
      'width-and-input-dim:two':
        'p = d = 2: quadrature in four dimensions; one counterexample decides the reading',
      'label-scale:large':
        'label scales above 10, where a double does not resolve L̃ − min L̃ at small s',
    }),
    effort,
    figure: gibbsExcessFigure,
    bound: '\\varepsilon',
  });
};

export default claim({
  id: 'mukherjee2023/softplus-villani-threshold',
  version: 1,
  catalogue: 'MK-17',
  source: cite('mukherjee2023', 'Our Result in arXiv:2210.11452 About SoftPlus Nets'),
  standing: 'theorem',
  title: 'SoftPlus networks converge in linear time above the Villani threshold',
  statement: tex`\lambda>\lambda_c=2^{-1},\ s \text{ small},\ t\ge\frac1{\lambda_s}\log\frac{2C(s,\tilde L)\lVert\rho_{\mathrm{initial}}-\mu_s\rVert_{\mu_s^{-1}}}{\varepsilon}\ \Rightarrow\ \mathbb E\,\tilde L(W(t))-\min_W\tilde L(W)\le\varepsilon`,
  readings: {
    'sufficient-half': sufficient(1 / 2),
    'critical-half': critical(1 / 2, 1.4e5),
    'sufficient-two': sufficient(2),
    'critical-two': critical(2, 7e5),
    'sufficient-half-uniform-step': uniformStep(1 / 2),
    'sufficient-two-uniform-step': uniformStep(2),
  },
});
