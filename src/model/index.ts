export type { Activation, ActivationName } from './activation.js';
export type { Dataset, Matrix, Network, Teacher, Vector } from './types.js';
export { decodeJson, encodeJson } from './json.js';
export type { Json, Plain } from './json.js';
export type { InputLaw, InputLawName } from './input-law.js';
export { hasDensity, isSymmetric, secondMoment } from './input-law-facts.js';
