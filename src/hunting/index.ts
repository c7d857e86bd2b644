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
export {
  canonicalForm,
  shrinkCounterexample,
  shrinkInstance,
  signatureOf,
  simplifiersOf,
} from './shrink/index.js';
export { replay } from './replay.js';
export type { Replay } from './replay.js';
export { standaloneText } from './standalone/index.js';
export { toolsOf } from './tools.js';
