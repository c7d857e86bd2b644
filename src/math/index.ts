export { balanceRows, balanceTogether } from './balanced-rows.js';
export type { BalancedRows } from './balanced-rows.js';
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
export { elementaryTables, hugeRemainder } from './elementary-tables.js';
export type { ElementaryTables } from './elementary-tables.js';
export { HIGH_PRECISION_DIGITS, bigNumber, expression, highPrecision } from './expression.js';
export type { Expression } from './expression.js';
export { choleskyFactor, qrFactors, solveLinear } from './factorisations.js';
export type { QrFactors } from './factorisations.js';
export {
  absoluteInterval,
  addIntervals,
  divideIntervals,
  dotIntervals,
  encloseRational,
  formatInterval,
  interval,
  isAtMost,
  isLess,
  multiplyIntervals,
  negateInterval,
  nextDown,
  nextUp,
  scaledDown,
  scaledUp,
  sqrtInterval,
  subtractIntervals,
  sumIntervals,
  toInterval,
} from './interval.js';
export type { Decided, Interval, IntervalLike } from './interval.js';
export { singularValues, spectralNorm, symmetricEigen } from './jacobi.js';
export type { SymmetricEigen } from './jacobi.js';
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
export { notOneOf, requireOneOf } from './one-of.js';
export { identityMatrix, matrixProduct, matrixVector, transpose } from './matrices.js';
export type { Rows } from './matrices.js';
export { binaryExponent, largestExponent, timesPowerOfTwo } from './powers-of-two.js';
export { randomSource, streamSeed } from './random.js';
export type { RandomSource, StreamKey } from './random.js';
export {
  determinantExact,
  nullSpaceExact,
  rankExact,
  solveExact,
} from './rational-linear-algebra.js';
export type { ExactSolution, RationalMatrix } from './rational-linear-algebra.js';
export {
  absolute,
  add,
  compare,
  divide,
  dotExact,
  formatRational,
  fromDouble,
  multiply,
  negate,
  parseRational,
  ratio,
  rational,
  sign,
  subtract,
  sumExact,
  toDouble,
} from './rational.js';
export type { Rational, RationalLike } from './rational.js';
export { numberCost, simplerNumbers } from './simpler-numbers.js';
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
export { addScaled, angle, dot, norm, normalise, scale, unitVector } from './vectors.js';
