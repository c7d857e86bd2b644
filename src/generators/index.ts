export { generator } from './generator.js';
export type { Generator, Labelled } from './generator.js';
export { search, seedOf, testDraw } from './streams.js';
export type { Draw, SearchDraw, SearchFind, TestDraw } from './streams.js';
