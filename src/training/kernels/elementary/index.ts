export { erf, erf_x2 } from './error-function';
export {
  exp,
  exp_x2,
  expm1,
  expm1_x2,
  sigmoid,
  sigmoid_x2,
  tanh,
  tanhAndSlope_x2,
  tanh_x2,
} from './exponential';
export { log, log1p, log1pUnit_x2, log1p_x2, log_x2, softplus, softplus_x2 } from './logarithm';
export { TABLES, TABLES_END } from './tables';
export { atan, atan_x2, cos, cos_x2, sin, sin_x2 } from './trigonometric';
