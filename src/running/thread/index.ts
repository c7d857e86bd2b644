export { claimThread } from './claim-thread.js';
export type { ClaimThread, Patience } from './claim-thread.js';
export type { ErrorNote, FaultyDrawNote } from './protocol.js';
