import type { Score } from './problem.js';
import { HOPELESS } from './problem.js';
import type { Tape } from './tape.js';
import { EMPTY_TAPE, entriesOf, withEntries } from './tape.js';

/** A tape with its score. */
export interface Candidate {
  readonly tape: Tape;
  readonly score: Score;
}

/** Stands for no candidate. */
export const WORST: Candidate = { tape: EMPTY_TAPE, score: HOPELESS };

export const isHopeless = ({ score }: Candidate): boolean => score[0] === HOPELESS[0];

/** The coordinates that a search moves: the entries of the data, or all entries. */
export function pointOf(tape: Tape, whole: boolean): number[] {
  return whole ? entriesOf(tape) : entriesOf(tape).slice(tape.structure.length);
}

/** The tape at other coordinates. */
export function movedTo(base: Tape, point: readonly number[], whole: boolean): Tape {
  return withEntries(base, whole ? point : [...base.structure, ...point]);
}

/** Whether the entries of the data of two tapes can be compared one by one: equal structure, equally many in each strand. */
export function sameShape(a: Tape, b: Tape): boolean {
  const names = Object.keys(a.data);
  return (
    a.structure.length === b.structure.length &&
    a.structure.every((entry, i) => entry === b.structure[i]) &&
    names.length === Object.keys(b.data).length &&
    names.every((name) => a.data[name].length === b.data[name]?.length)
  );
}

/** The tape between two of the same shape; share 0 gives the first. */
export function between(a: Tape, b: Tape, share: number): Tape {
  const to = entriesOf(b);
  return withEntries(
    a,
    entriesOf(a).map((entry, i) => entry + share * (to[i] - entry)),
  );
}

/** Differences of scores that count as progress, as a share of 1 + the size of the margin. */
const PROGRESS = 1e-9;

export function clearlyNearer(a: Score, b: Score): boolean {
  if (a[0] !== b[0]) return b[0] - a[0] > PROGRESS * (1 + Math.abs(b[0]));
  return b[1] - a[1] > PROGRESS * (1 + Math.abs(b[1]));
}
