export { accumulate, decodeTally, encodeTally, runsOf } from './accumulate.js';
export {
  BATCH_SCHEMA,
  TEST_STREAM,
  beyondStream,
  lineKey,
  suspectStream,
  trialsText,
} from './batch.js';
export type { Batch, Line, Origin } from './batch.js';
export { batchSchema } from './batch-schema.js';
export { addAll, allBatches, exportText, readExport } from './exchange.js';
export { folderStore } from './folder-store.js';
export { batchesOf, overlap, sizeOf, union } from './ranges.js';
export type { Range } from './ranges.js';
export type { EvidenceStore, Reservation } from './store.js';
