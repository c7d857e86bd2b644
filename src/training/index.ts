export type * from './engine.js';
export { createJs64 } from './js64.js';
