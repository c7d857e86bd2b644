export { canonicalForm } from './canonical.js';
export { shrinkInstance } from './shrink.js';
export type { Shrinking, Shrunk } from './shrink.js';
export { simplifiersOf } from './structural.js';
