export { bernoulliConfidenceSequence } from './bernoulli-confidence.js';
export type { RateInterval } from './bernoulli-confidence.js';
export { logEProcess } from './e-process.js';
export type { Bet } from './e-process.js';
export { logSlope } from './log-slope.js';
export type { LogSlope } from './log-slope.js';
export { studentTUpperQuantile } from './student-t.js';
