export type * from './engine.js';
export { createJs64 } from './js64.js';
export { UNIT_ROUNDOFF, gradientErrorBound } from './rounding-error.js';
export type { GradientError } from './rounding-error.js';
export type { TfjsBackend } from './tfjs-backend.js';
export { createTfjs, tfjsBackends, tfjsStatus } from './tfjs.js';
export type { TfjsStatus } from './tfjs.js';
export { createWasm64 } from './wasm64.js';
