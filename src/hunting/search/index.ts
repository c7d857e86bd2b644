export { drawAlone, searchAlone } from './alone.js';
export type { SearchEnd } from './alone.js';
export { advanceIsland, migrate, newIsland } from './island.js';
export type { IslandState } from './island.js';
export { islandProblem, islandSchema } from './island-check.js';
export { huntProblem, nearer } from './problem.js';
export type { HuntProblem, Score } from './problem.js';
export { EMPTY_TAPE, drawOnTape } from './tape.js';
