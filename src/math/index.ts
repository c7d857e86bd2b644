export {
  atan,
  cos,
  erf,
  erfc,
  exp,
  expm1,
  log,
  log1p,
  pow,
  sigmoid,
  sin,
  softplus,
  tanh,
} from './elementary.js';
export { HIGH_PRECISION_DIGITS, bigNumber, expression, highPrecision } from './expression.js';
export type { Expression } from './expression.js';
export { randomSource } from './random.js';
export type { RandomSource, StreamKey } from './random.js';
export { addScaled, angle, dot, norm, normalise, scale } from './vectors.js';
