import type { FaultyDraw } from '../../claims/index.js';
import { ClaimFault } from '../../claims/index.js';
import type { Json } from '../../model/index.js';
import { encodeJson } from '../../model/index.js';
import type { ErrorNote, FaultyDrawNote } from './protocol.js';

/** What an error says, as it can be told to another thread. */
export function errorNote(error: unknown): ErrorNote {
  const thrown = error instanceof Error ? error : new Error(String(error));
  const cause = thrown.cause instanceof Error ? thrown.cause : thrown;
  const draw = thrown instanceof ClaimFault && thrown.draw ? noteOf(thrown.draw) : null;
  return { ...kindOf(thrown), stack: cause.stack ?? '', draw };
}

/** A claim's own errors are faults of the claim, so that one of the file system is of our own files. */
function kindOf(thrown: Error): Pick<ErrorNote, 'name' | 'message'> {
  const { code, syscall, path } = thrown as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) {
    return { name: thrown.name, message: thrown.message };
  }
  return {
    name: 'InputError',
    message: `${path ?? 'a file'}: ${syscall} fails (${code}); mend that or choose another folder`,
  };
}

function noteOf({ stream, trial, instance }: FaultyDraw): FaultyDrawNote {
  return { stream, trial, instance: plainOrNull(instance) };
}

function plainOrNull(instance: unknown): Json | null {
  try {
    return encodeJson(instance);
  } catch {
    return null;
  }
}
