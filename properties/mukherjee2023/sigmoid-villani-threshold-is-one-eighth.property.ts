/**
 * # The sigmoid's Villani threshold is 1/8
 *
 * Statement. For sigmoid activations and data and outer weights normalised to B_x·‖a‖ = 1, with B_x the
 * largest norm of an input, λ_c = 0.125. "This critical value of the regularizer comes from the following
 * condition of being a Villani function", condition (4): −ΔL̃ + ‖∇L̃‖²/s → +∞ for all s > 0.
 *
 * Readings.
 * - `sufficient`: every λ > 1/8 makes the loss Villani; `critical`: for 0 ≤ λ < 1/8 some condition fails.
 * - `sufficient-half`, `critical-half`: the same for the loss with ½ on the data term, (1/2n)Σr_i², because
 *   2·M_D·L·B_x²‖a‖² = 2·¼·¼ gives 1/8 and the document does not say with which factor it was derived.
 *
 * Main point. The sigmoid network is bounded: with |r_i| ≤ |y_i| + ‖a‖₁ the data term's gradient is at
 * most G = (2/n)‖a‖M_D Σ|r_i|‖x_i‖, so ‖∇L̃‖ ≥ λ‖W‖ − G while ΔL̃ stays bounded. Condition (4) holds for every
 * λ > 0 and switches nowhere but at λ = 0, where condition (2) fails as well. 1/8 is a sufficient value,
 * not a critical one: a study of sigmoid nets may regularise a thousand times less and stay within the
 * theorem.
 *
 * Tolerance. B_x‖a‖ = 1 up to 2⁻⁴⁰ (see `NORMALISATION_TOLERANCE`). λ is compared with 1/8, a double; its
 * nearest draws are 1.2e-7 away from it.
 *
 * References: [mukherjee2023], "Remarks & Proof Sketch", first two items.
 */
import { cite, claim, tex, universal } from '../../src/claims/index.js';
import type { LossProblem } from '../../src/theory/index.js';
import { growthFormula } from '../../src/theory/index.js';
import {
  above,
  below,
  nonNegative,
  normalised,
  printedThreshold,
  sigmoid,
} from './shared/thresholds.js';
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

const oneEighth = printedThreshold(1 / 8);
const setting = [sigmoid, normalised];

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

const law = (shares: DecayShares, scale: LossProblem['scale']): VillaniLaw => ({
  activations: ['sigmoid'],
  largest: 10,
  scale,
  normalised: true,
  shares,
  top: 1,
  decades: 6,
  threshold: oneEighth.value,
  unit: 'one',
  stepExponents: [-3, -2, -1, 0, 1, 2, 3],
});

/** The linear grid ends at 2λ_c: of 0…1, seven eighths would be discarded. */
const lawBelow = (scale: LossProblem['scale']): VillaniLaw => ({
  ...law(BELOW, scale),
  linearTop: 2,
});

const sufficient = (scale: LossProblem['scale'], note: string) =>
  universal<VillaniInstance>({
    note,
    instances: villaniInstances(law(ABOVE, scale)),
    assumptions: [...setting, above(oneEighth)],
    conclude: allConditionsHold,
    controls: controlsAbove([...setting, nonNegative], 0.9685),
    falseMutants: UNREGULARISED,
    features: villaniFeatures(law(ABOVE, scale)),
    coverage: otherActivations(coverageAbove(law(ABOVE, scale))),
    effort,
    figure: (source) => growthFigure(source, oneEighth, { name: 'sigmoid' }, scale),
    bound: growthFormula.tex,
  });

const critical = (scale: LossProblem['scale'], note: string) =>
  universal<VillaniInstance>({
    note,
    instances: villaniInstances(lawBelow(scale)),
    assumptions: [...setting, below(oneEighth)],
    conclude: someConditionFails,
    certify: (instance, violation) =>
      certifyBelowThreshold(instance, violation, oneEighth, true, sigmoid),
    confirm: (instance, violation) =>
      confirmBelowThreshold(instance, violation, oneEighth, true, sigmoid),
    controls: controlsBelow(oneEighth.value, 9e4),
    features: villaniFeatures(lawBelow(scale)),
    coverage: otherActivations(coverageBelow(lawBelow(scale))),
    effort: fewSpheres,
    figure: (source) => growthFigure(source, oneEighth, { name: 'sigmoid' }, scale),
    bound: '\\lambda_c = 1/8',
  });

/** The catalogue also asks for other activations with the formula's threshold. */
function otherActivations(coverage: ReturnType<typeof coverageAbove>) {
  return {
    ...coverage,
    unsampled: {
      ...coverage.unsampled,
      'activation:others':
        'the printed number is about the sigmoid; mukherjee2023/villani-threshold-exists draws the others',
    },
  };
}

export default claim({
  id: 'mukherjee2023/sigmoid-villani-threshold-is-one-eighth',
  version: 1,
  catalogue: 'MK-14',
  source: cite('mukherjee2023', 'Remarks & Proof Sketch, first slide'),
  standing: 'formula',
  title: 'For normalised sigmoid networks the Villani threshold is 1/8',
  statement: tex`\sigma\text{ sigmoid},\ B_x\lVert a\rVert=1:\quad \lambda_c=0.125\text{, the critical value that comes from } -\Delta\tilde L+\tfrac1s\lVert\nabla\tilde L\rVert^2\to+\infty\ \forall s>0`,
  readings: {
    sufficient: sufficient('mean', 'Every λ > 1/8 satisfies all conditions; loss as printed.'),
    critical: critical('mean', 'For 0 ≤ λ < 1/8 some condition fails; loss as printed.'),
    'sufficient-half': sufficient(
      'half-mean',
      'Every λ > 1/8 satisfies all conditions; loss with ½ on the data term.',
    ),
    'critical-half': critical(
      'half-mean',
      'For 0 ≤ λ < 1/8 some condition fails; loss with ½ on the data term.',
    ),
  },
});
