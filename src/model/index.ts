export type { Activation, ActivationName } from './activation.js';
export type { Dataset, Matrix, Network, Teacher, Vector } from './types.js';
export { decodeJson, encodeJson } from './json.js';
export type { Json, Plain } from './json.js';
