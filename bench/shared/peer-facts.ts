import { basename, dirname, join } from 'node:path';
import { isReferenceBlas } from './peer-environment.js';
import type { Greeting } from './peer-process.js';

/** A peer that runs, for the record. */
export interface PeerFacts extends Greeting {
  /** The name of the executable. */
  readonly executable: string;
  /** Settings of the environment that were taken away from it. */
  readonly unset: readonly string[];
}

/** The facts of a peer without the folders of the machine: the numbers are for publication. */
export function peerFacts(
  greeting: Greeting,
  executable: string,
  unset: readonly string[],
): PeerFacts {
  const { blas } = greeting;
  return {
    ...greeting,
    // The folder tells OpenBLAS's library from the reference one's.
    blas: blas === null ? null : join(basename(dirname(blas)), basename(blas)),
    executable: basename(executable),
    unset,
  };
}

/** What a reader of a peer's numbers must know. */
export function peerNotes(
  name: string,
  { blas }: Greeting,
  unset: readonly string[],
): readonly string[] {
  const notes: string[] = [];
  if (unset.length > 0) notes.push(`${name}: runs without ${unset.join(' and ')}`);
  if (isReferenceBlas(blas)) {
    notes.push(
      `${name}: computes with the reference BLAS (${blas}), which makes large shapes several times slower; install OpenBLAS (Debian: libopenblas0-pthread)`,
    );
  }
  return notes;
}
