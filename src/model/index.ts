export { ACTIVATION_NAMES } from './activation.js';
export type { Activation, ActivationName } from './activation.js';
export { activationBounds, isSmooth } from './activation-facts.js';
export type { ActivationBounds } from './activation-facts.js';
export {
  activationDerivative,
  activationSecondDerivative,
  activationValue,
  checkActivation,
} from './activation-functions.js';
export { evaluate, evaluateAll, evaluateDeep, outerNorm, pathNorm } from './network.js';
export { checkDataset, checkDeepNetwork, checkNetwork } from './shape-checks.js';
export type { Dataset, DeepNetwork, Matrix, Network, Teacher, Vector } from './types.js';
export { InputError } from './input-error.js';
export { oneLine, printable } from './printable.js';
export { decodeJson, encodeJson, firstDifference } from './json.js';
export type { Json, Plain } from './json.js';
export type { InputLaw, InputLawName } from './input-law.js';
export { checkInputLaw } from './input-law-check.js';
export { hasDensity, isSymmetric, secondMoment } from './input-law-facts.js';
