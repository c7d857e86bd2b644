import { fileReader, parseJson } from '../files/index.js';
import { InputError } from '../model/index.js';
import type { Batch } from './batch.js';
import { batchId } from './batch.js';
import { batchSchema } from './batch-schema.js';
import { contradiction } from './sound.js';

const MEND =
  'the file was cut or edited: put back the original, or remove it and run its trials again';

const reader = fileReader<Batch>({ schema: batchSchema, isNot: 'is no batch of evidence' });

/**
 * Reads one batch.
 *
 * @param where names the file, or file and line, in messages
 * @throws InputError when the text is not a batch, or one whose counts contradict its range
 */
export function readBatch(where: string, text: string): Batch {
  const batch = readShape(where, text);
  checkContent(where, batch);
  return batch;
}

/** As `readBatch`, without the counts. */
export function readShape(where: string, text: string): Batch {
  return reader.accept(where, parseJson(where, text, MEND));
}

/** @throws InputError when the counts of a batch contradict its range */
export function checkContent(where: string, batch: Batch): void {
  const problem = contradiction(batch);
  if (problem !== null) {
    throw new InputError(`${where}: is no batch that trials can leave: ${problem}`);
  }
}

/**
 * Reads a batch that a ledger holds under an id. One that is intact (its content has that id) and yet impossible was
 * stored by a version that believed it: it is left out. Damage is an error, for evidence would be lost.
 *
 * @throws InputError when it is damaged
 */
export function readStored(
  where: string,
  text: string,
  id: string,
): { readonly batch: Batch } | { readonly problem: string } {
  const json = parseJson(where, text, MEND);
  const intact = typeof json === 'object' && json !== null && batchId(json as Batch) === id;
  try {
    const batch = reader.accept(where, json);
    if (intact) checkContent(where, batch);
    return { batch };
  } catch (error) {
    if (!intact) throw error;
    return { problem: (error as Error).message };
  }
}
