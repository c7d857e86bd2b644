export { advanceIsland, migrate, newIsland } from './island.js';
export type { Advance, IslandState } from './island.js';
export { huntProblem, nearer } from './problem.js';
export type { Evaluation, HuntProblem, Score } from './problem.js';
export { RECIPES } from './recipes.js';
