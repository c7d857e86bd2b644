export {
  bernoulliConfidenceSequence,
  boundedMeanConfidenceSequence,
} from './bernoulli-confidence.js';
export type { RateInterval } from './bernoulli-confidence.js';
export { NO_WAGERS, addWagers, logEProcess, minimumDetectableRate, wagersOf } from './e-process.js';
export type { Bet, Wagers } from './e-process.js';
export { EMPTY_HISTOGRAM, addHistograms, binStart, histogramOf } from './log-histogram.js';
export type { LogHistogram } from './log-histogram.js';
export { exponentLimits, surelyRises } from './exponent-limits.js';
export type { ExponentLimits } from './exponent-limits.js';
export { logSlope } from './log-slope.js';
export type { LogSlope } from './log-slope.js';
export { NO_MOMENTS, addMoments, meanAndVariance, momentShape, momentsOf } from './moments.js';
export type { Moments } from './moments.js';
export type { LadderSample } from './quantile-curve.js';
export { predictionHalfWidth } from './prediction-interval.js';
export {
  equalDrawsNeeded,
  fewestForRanks,
  predictedBoundedMean,
  predictedSuccesses,
  surelyAmongLowest,
} from './repeat-predictions.js';
export { quantileSlope } from './sample-quantiles.js';
export { mayFallToZero } from './rate-curve.js';
export type { RateSample } from './rate-curve.js';
export { whatDecides } from './what-decides.js';
export type { ExponentGoal, WhatDecides } from './what-decides.js';
