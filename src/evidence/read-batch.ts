import { Ajv } from 'ajv';
import { InputError } from '../model/index.js';
import type { Batch } from './batch.js';
import { batchSchema } from './batch-schema.js';

const validate = new Ajv({ allErrors: false, strict: false }).compile(batchSchema);

/**
 * Reads one batch.
 *
 * @param where names the file, or file and line, in messages
 * @throws InputError when the text is not a batch
 */
export function readBatch(where: string, text: string): Batch {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new InputError(
      `${where}: is not JSON (${(error as Error).message.split('\n')[0]}); the file was cut or edited: put back the original, or remove it and run its trials again`,
    );
  }
  if (!validate(json)) {
    const [first] = validate.errors ?? [];
    throw new InputError(
      `${where}: is no batch of evidence: ${first?.instancePath || 'it'} ${first?.message ?? 'is malformed'}`,
    );
  }
  const batch = json as Batch;
  if (batch.from >= batch.to) {
    throw new InputError(`${where}: from must be below to, got ${batch.from} and ${batch.to}`);
  }
  return batch;
}
