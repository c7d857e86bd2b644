/**
 * # A Villani threshold exists
 *
 * Statement. Let σ be bounded, C^∞, L-Lipschitz, with bounded first and second derivatives, a fixed, and
 * L̃(W) = (1/n)Σ(y_i − aᵀσ(Wx_i))² + (λ/2)‖W‖_F². There is λ_c > 0 such that for all λ > λ_c the loss is a
 * Villani function: (1) C^∞; (2) L̃ → +∞; (3) ∫exp(−2L̃/s) < ∞ for all s > 0; (4) −ΔL̃ + ‖∇L̃‖²/s → +∞ for
 * all s > 0. The paper's formula for it is λ_c = 2·M_D·L·B_x²‖a‖², M_D = sup|σ′|.
 *
 * Readings.
 * - `sufficient`: every λ > λ_c makes the loss Villani.
 * - `critical`: λ_c separates; for 0 ≤ λ < λ_c some condition fails. The document calls the number "this
 *   critical value of the regularizer".
 *
 * Main point. For bounded activations the data term, its gradient (≤ G) and its Laplacian (≤ D) are
 * bounded, so L̃ ≥ (λ/2)‖W‖² and −ΔL̃ + ‖∇L̃‖²/s ≥ (λ‖W‖ − G)₊²/s − D − λpd. Every λ > 0 is enough, whatever
 * the data, the width and the activation: λ_c is sufficient, and it is not critical. The set of λ for
 * which the loss is Villani is (0, ∞), as at λ = 0 the loss is bounded and (2) fails. Nothing in the
 * theorem's convergence result is weakened by this; its hypothesis on λ is stronger than needed.
 *
 * Tolerance. No comparison of the sufficient reading depends on rounding: constants are rounded up, the
 * functional's bound is rounded down. λ_c itself has a relative error below 1e-14, and λ is never drawn
 * closer to it than 9e-7.
 *
 * References: [mukherjee2023], "Definition (Villani Functions)", "Consider The Following Setup With Neural
 * Nets!", "Theorem (SGD Converges To The Global Minima Of Finite Width Nets)", first item.
 */
import { cite, claim, tex, universal } from '../../src/claims/index.js';
import { growthFormula } from '../../src/theory/index.js';
import { above, below, boundedSmooth, formulaThreshold, nonNegative } from './shared/thresholds.js';
import { certifyBelowThreshold } from './shared/villani-certificate.js';
import { allConditionsHold, someConditionFails } from './shared/villani-conclusions.js';
import { confirmBelowThreshold } from './shared/villani-confirmation.js';
import { growthFigure } from './shared/villani-figure.js';
import { ABOVE, BELOW, villaniInstances } from './shared/villani-instances.js';
import type { DecayShares, VillaniInstance, VillaniLaw } from './shared/villani-instances.js';
import {
  controlsAbove,
  controlsBelow,
  coverageAbove,
  UNREGULARISED,
  coverageBelow,
  villaniFeatures,
} from './shared/villani-readings.js';

const law = (shares: DecayShares, more: Partial<VillaniLaw>): VillaniLaw => ({
  activations: ['sigmoid', 'tanh', 'arctan', 'erf', 'sine', 'gaussian-bump', 'constant'],
  largest: 10,
  scale: 'mean',
  normalised: false,
  shares,
  top: 10,
  decades: 7,
  threshold: formulaThreshold.value,
  unit: 'threshold',
  stepExponents: [-3, -2, -1, 0, 1, 2, 3],
  ...more,
});

const lawAbove = law(ABOVE, { zeroOuter: true });

/** The linear grid ends at 2λ_c: of 10λ_c, nine tenths would be discarded. */
const lawBelow = law(BELOW, { linearTop: 2 });

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

export default claim({
  id: 'mukherjee2023/villani-threshold-exists',
  version: 1,
  catalogue: 'MK-13',
  source: cite(
    'mukherjee2023',
    'Theorem (SGD Converges To The Global Minima Of Finite Width Nets), first item',
  ),
  standing: 'theorem',
  title: 'Enough weight decay makes the loss of a bounded network a Villani function',
  statement: tex`\exists\lambda_c>0\ \forall\lambda>\lambda_c:\ \tilde L(W)=\tfrac1n\sum_i(y_i-a^\top\sigma(Wx_i))^2+\tfrac\lambda2\lVert W\rVert_F^2 \text{ is a Villani function, } \lambda_c=2M_DL\,B_x^2\lVert a\rVert^2`,
  readings: {
    sufficient: universal<VillaniInstance>({
      note: 'Every λ above λ_c = 2·M_D·L·B_x²‖a‖² satisfies all four conditions.',
      instances: villaniInstances(lawAbove),
      assumptions: [boundedSmooth, above(formulaThreshold)],
      conclude: allConditionsHold,
      controls: controlsAbove([boundedSmooth, nonNegative], 0.93),
      falseMutants: UNREGULARISED,
      features: villaniFeatures(lawAbove),
      coverage: coverageAbove(lawAbove),
      effort,
      figure: (source) => growthFigure(source, formulaThreshold, { name: 'tanh' }, 'mean'),
      bound: growthFormula.tex,
    }),
    critical: universal<VillaniInstance>({
      note: 'Below λ_c = 2·M_D·L·B_x²‖a‖² at least one of the conditions fails.',
      instances: villaniInstances(lawBelow),
      assumptions: [boundedSmooth, below(formulaThreshold)],
      conclude: someConditionFails,
      certify: (instance, violation) =>
        certifyBelowThreshold(instance, violation, formulaThreshold, false, boundedSmooth),
      confirm: (instance, violation) =>
        confirmBelowThreshold(instance, violation, formulaThreshold, false, boundedSmooth),
      controls: controlsBelow(formulaThreshold.value, 6e5),
      features: villaniFeatures(lawBelow),
      coverage: coverageBelow(lawBelow),
      effort: fewSpheres,
      figure: (source) => growthFigure(source, formulaThreshold, { name: 'tanh' }, 'mean'),
      bound: formulaThreshold.tex,
    }),
  },
});
