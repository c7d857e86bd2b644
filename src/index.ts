// The public API: what a claim outside this repository is written with.
export * from './claims/index.js';
export type { Decided } from './claims/index.js';
export * from './generators/index.js';
export * from './math/index.js';
export * from './model/index.js';
export * from './solvers/index.js';
export * from './statistics/index.js';
export * from './theory/index.js';
export * from './training/index.js';
