export {
  COUNTEREXAMPLE_SCHEMA,
  clauseFields,
  counterexampleId,
  counterexampleText,
} from './counterexample.js';
export type { Counterexample } from './counterexample.js';
export { counterexampleSchema } from './counterexample-schema.js';
export { InputError } from '../model/index.js';
export {
  counterexampleFile,
  readCounterexample,
  storeCounterexample,
  storedCounterexamples,
  writeAtomically,
} from './files.js';
export { gradeViolation } from './grade.js';
export { verifyIndependently } from './independent-check.js';
export { replay, toolsOf } from './replay.js';
export type { Replay } from './replay.js';
