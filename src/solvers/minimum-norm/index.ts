export { decideCondensation } from './condensation.js';
export type { CondensationDecision, CondensationOptions } from './condensation.js';
export { minimumNormByLinearPrograms } from './column-generation.js';
export { completeInterpolant } from './interpolant.js';
export type { Atom, Interpolant } from './interpolant.js';
export { prepareProblem } from './interpolation-problem.js';
export type {
  InterpolationProblem,
  PreparedProblem,
  UnitProblem,
} from './interpolation-problem.js';
export { evaluateDual, priceDirections } from './pricing.js';
export type { PricedDirection, Pricing } from './pricing.js';
export { decideReference } from './reference-optimality.js';
export type { ReferenceDecision, ReferenceOptions } from './reference-optimality.js';
export type { MinimumNormOptions, MinimumNormResult } from './result.js';
export { solveMinimumNorm } from './solve.js';
export { regularisationPath, regularisedMinimum } from './regularised.js';
export type { RegularisedOptions, RegularisedResult } from './regularised.js';
export { sparserNetwork } from './sparser.js';
