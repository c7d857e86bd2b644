export { canonicalForm } from './canonical.js';
export { shrinkCounterexample, signatureOf } from './counterexample.js';
export { explained } from './explain.js';
export { shrinkInstance } from './shrink.js';
export { simplifiersOf } from './structural.js';
