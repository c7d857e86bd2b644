export {
  COUNTEREXAMPLE_SCHEMA,
  clauseFields,
  counterexampleId,
  counterexampleText,
} from './counterexample.js';
export type { Counterexample } from './counterexample.js';
export { checkCorpus, corpusEntries, noteReproduced, readDates } from './corpus.js';
export { likelyCause } from './corpus-cause.js';
export { counterexampleSchema } from './counterexample-schema.js';
export { InputError } from '../model/index.js';
export {
  counterexampleFile,
  readCounterexample,
  storeCounterexample,
  filesOf,
  storedCounterexamples,
} from './files.js';
export { recomputeFamily } from './family.js';
export { gradeViolation } from './grade.js';
export { verifyIndependently } from './independent-check.js';
export {
  canonicalForm,
  explained,
  shrinkCounterexample,
  shrinkInstance,
  signatureOf,
  simplifiersOf,
} from './shrink/index.js';
export { replay } from './replay.js';
export type { Replay } from './replay.js';
export { standaloneText } from './standalone/index.js';
export { toolsOf } from './tools.js';
export {
  advanceIsland,
  huntProblem,
  islandProblem,
  islandSchema,
  migrate,
  nearer,
  newIsland,
} from './search/index.js';
export type { IslandState, Score } from './search/index.js';
