import type { Counterexample } from './counterexample.js';

/** What recomputes a stored counterexample now. */
export interface Recomputing {
  /** The claim's version; null when the claim or its reading is gone. */
  readonly version: number | null;
  readonly engine: string;
  readonly falsum: string;
}

/**
 * The likely cause why a stored counterexample does not reproduce any more. The generator has no part in it: what is
 * recomputed is the instance of the file.
 */
export function likelyCause(
  { claim, version, engine, falsum }: Counterexample,
  now: Recomputing,
): string {
  if (now.version === null) return `there is no such reading of ${claim} any more`;
  const changes: string[] = [];
  if (now.version !== version) changes.push(`the claim’s version (${version}, now ${now.version})`);
  if (now.engine !== engine) changes.push(`the engine (${engine}, now ${now.engine})`);
  if (now.falsum !== falsum) changes.push(`Falsum (${falsum}, now ${now.falsum})`);
  return changes.length > 0
    ? `since it was stored, ${changes.join(' and ')} changed`
    : `claim, engine and Falsum have the versions that found it, so the claim’s code or a solver changed without a new one`;
}
