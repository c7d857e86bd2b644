import type { Kind } from '../../claims/index.js';

/** What hunting can do for a reading of each kind. */
const HUNTING: Readonly<
  Record<Kind, { readonly does: 'refutes' | 'follows' | 'nothing'; readonly why: string }>
> = {
  identity: { does: 'refutes', why: 'one counterexample refutes it' },
  universal: { does: 'refutes', why: 'one counterexample refutes it' },
  probable: {
    does: 'follows',
    why: 'it admits violations of some probability, so a hunt reports the smallest margin and refutes nothing; its e-process does ("falsum falsify")',
  },
  scaling: {
    does: 'follows',
    why: 'it is judged along ladders of sizes, so a hunt reports the smallest margin against the constants named in the reading and refutes nothing',
  },
  limit: {
    does: 'follows',
    why: 'it is judged along ladders of sizes, so a hunt reports the smallest margin of single draws and refutes nothing',
  },
  existential: {
    does: 'nothing',
    why: 'one instance that holds proves it and none refutes it, so there is nothing to hunt; "falsum falsify" looks for a witness',
  },
  observation: {
    does: 'nothing',
    why: 'it compares a mean over repeats with a reported number and has no margin of single draws; "falsum falsify" repeats it',
  },
};

/** What hunting can do for a reading of a kind, and why no more. */
export function huntingOf(kind: Kind) {
  return HUNTING[kind];
}
