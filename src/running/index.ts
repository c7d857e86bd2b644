export { engineOf } from './engines.js';
export { loadBuiltInClaims, loadUserClaims } from './load.js';
export type { LoadedClaim } from './load.js';
export type { ReadingOutcome } from './outcome.js';
export { InternalFault, runClaims } from './run-claims.js';
export { DEFAULT_ENGINE, ENGINES } from './settings.js';
export type { EngineName, RunSettings } from './settings.js';
export { FALSUM_VERSION, PACKAGE_ROOT } from './version.js';
