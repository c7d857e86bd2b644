import { checkCertificate } from '../checking/index.js';
import { confirmationFlaw, settledBy } from '../claims/index.js';
import type { Counterexample } from './counterexample.js';
import { counterexampleText } from './counterexample.js';

/** A counterexample after the independent checker has seen it. */
export interface Verified {
  /** With `checked` set, and its grade lowered where its certificate was rejected. */
  readonly counterexample: Counterexample;
  /** Why its certificate was rejected; null where it was not. */
  readonly rejection: string | null;
}

/**
 * Lets the independent checker read a certified counterexample as its file will be. A certificate that it rejects
 * certifies nothing: the grade falls to what the confirmation supports. Readings without an entry in the checker keep
 * their grade, as not independently checked.
 */
export function verifyIndependently(counterexample: Counterexample): Verified {
  if (counterexample.grade !== 'certified') {
    return { counterexample: { ...counterexample, checked: null }, rejection: null };
  }
  const { verdict, reason, covered } = checkCertificate(
    JSON.parse(counterexampleText(counterexample)),
  );
  if (verdict === 'accepted') {
    return { counterexample: { ...counterexample, checked: true }, rejection: null };
  }
  if (!covered) return { counterexample: { ...counterexample, checked: null }, rejection: null };
  const { certificate, confirmation, clause } = counterexample;
  // A certificate that had the grade names every assumption of the reading.
  const assumptions = certificate === null ? [] : settledBy(certificate).map((name) => ({ name }));
  const isConfirmed =
    confirmation !== null && confirmationFlaw(confirmation, clause, assumptions) === null;
  const grade = isConfirmed ? 'confirmed' : 'suspect';
  return {
    counterexample: { ...counterexample, grade, checked: false },
    rejection: `the independent checker rejects its certificate: ${reason}`,
  };
}
