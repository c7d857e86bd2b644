export { failureCode, failureText, inWords, oneLine, systemFailure } from './failures.js';
export { checkFolder, ensureFolder, entriesOf } from './folders.js';
export type { Entry } from './folders.js';
export { fileReader, parseJson } from './json.js';
export { SIGN_OF_LIFE_MS, giveSign, heldFile, readHeld, startedOf, thisHolder } from './holder.js';
export { holderText, tryLock, withLock } from './lock.js';
export { exists, readText, readTextIfAny } from './read.js';
export { TEMPORARY, discard, writeAtomically, writeDurably } from './write.js';
