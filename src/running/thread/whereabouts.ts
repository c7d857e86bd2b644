import type { Watch } from '../../claims/index.js';

/** Bytes of each text; longer ones are cut. */
const TEXT = 1000;

/** 32-bit words: entries so far, the lengths of both texts, one unused; then the trial as a double. */
const HEADER = 24;

/** Where a thread is in a claim's code. */
export interface Whereabouts {
  /** Claim, reading, trial, function; empty before any of them. */
  readonly where: string;
  /** The draw that is worked on; null before the first. */
  readonly draw: { readonly stream: string; readonly trial: number } | null;
  /** Grows with every entry into the claim's code. */
  readonly entries: number;
}

/** Memory that a thread writes its whereabouts to and another one reads while the first does not answer. */
export function whereaboutsMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(HEADER + 2 * TEXT);
}

/** The watch that writes whereabouts, a fraction of a microsecond for each entry; `leave` empties them. */
export function writeWhereabouts(
  memory: SharedArrayBuffer,
): Watch & { readonly leave: () => void } {
  const { words, trial, where, stream } = partsOf(memory);
  const encoder = new TextEncoder();
  return {
    leave() {
      words[1] = 0;
      words[2] = 0;
      Atomics.add(words, 0, 1);
    },
    enter(text) {
      words[1] = encoder.encodeInto(text, where).written;
      Atomics.add(words, 0, 1);
    },
    draw(of, number) {
      words[2] = encoder.encodeInto(of, stream).written;
      trial[0] = number;
      Atomics.add(words, 0, 1);
    },
  };
}

/** What the memory says. Between two entries of a thread that runs it may mix both. */
export function readWhereabouts(memory: SharedArrayBuffer): Whereabouts {
  const { words, trial, where, stream } = partsOf(memory);
  const entries = Atomics.load(words, 0);
  const text = (bytes: Uint8Array, length: number): string =>
    Buffer.from(bytes.slice(0, length)).toString();
  const of = text(stream, words[2]);
  return {
    where: text(where, words[1]),
    draw: of === '' ? null : { stream: of, trial: trial[0] },
    entries,
  };
}

function partsOf(memory: SharedArrayBuffer) {
  return {
    words: new Int32Array(memory, 0, 4),
    trial: new Float64Array(memory, 16, 1),
    where: new Uint8Array(memory, HEADER, TEXT),
    stream: new Uint8Array(memory, HEADER + TEXT, TEXT),
  };
}
