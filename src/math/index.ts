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
export {
  chiSquare,
  exponential,
  gamma,
  normal,
  normalVector,
  pareto,
  permutation,
  rademacher,
  studentT,
  uniformBetween,
} from './laws.js';
export { randomSource } from './random.js';
export type { RandomSource, StreamKey } from './random.js';
export { orthogonalMatrix, unitSphere } from './rotation-laws.js';
export {
  logBeta,
  logGamma,
  normalCdf,
  normalPdf,
  normalQuantile,
  regularisedIncompleteBeta,
  regularisedLowerGamma,
  regularisedUpperGamma,
  studentTMeanAbsolute,
} from './special.js';
export { addScaled, angle, dot, norm, normalise, scale } from './vectors.js';
