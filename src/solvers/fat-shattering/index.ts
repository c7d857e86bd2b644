export { checkExactShattering, exactShattering } from './exact-shattering.js';
export type {
  ExactShattering,
  ExactShatteringCheck,
  ShatteringInstance,
} from './exact-shattering.js';
export { shatteredCount } from './shattered-count.js';
export type { ShatteredCount, ShatteredCountOptions } from './shattered-count.js';
