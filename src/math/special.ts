/** Special functions of probability theory in float64, the same bits on every machine. */
export { logBeta, logGamma, studentTMeanAbsolute } from './gamma-function.js';
export { regularisedIncompleteBeta } from './incomplete-beta.js';
export { regularisedLowerGamma, regularisedUpperGamma } from './incomplete-gamma.js';
export { normalCdf, normalPdf, normalQuantile } from './normal-law.js';
