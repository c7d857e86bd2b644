/** A mistake of the caller or of the machine; the message is one line: what, where, how to mend it. */
export class BenchError extends Error {
  override readonly name = 'BenchError';
}

/** The first line of what was thrown. */
export function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0];
}
