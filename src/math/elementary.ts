/**
 * Elementary functions of float64 that give the same bits on every machine: they use only the
 * operations that IEEE 754 rounds exactly (+ − × ÷), while `Math.exp` and its kin may differ between
 * engines. Each states its error in ulp.
 */
export { erf, erfc } from './error-function.js';
export { exp, expm1, sigmoid, tanh } from './exponential.js';
export { log, log1p, pow, softplus } from './logarithm.js';
export { atan, cos, sin } from './trigonometric.js';
