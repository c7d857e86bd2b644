import type {
  AnyReading,
  Certificate,
  Confirmation,
  Decided,
  Grade,
  OpaqueInstance,
} from '../claims/index.js';
import { certificateFlaw, confirmationFlaw, guarded, tightestClause } from '../claims/index.js';
import { shapedCertificate, shapedConfirmation } from './well-shaped.js';

/** A violation with everything that backs it. */
export interface Graded {
  readonly grade: Grade;
  readonly certificate: Certificate | null;
  readonly confirmation: Confirmation | null;
  /** Why the certificate, or where there is none the confirmation, does not back it; null where it does or there is neither. */
  readonly flaw: string | null;
}

/**
 * Grades a violation: certified when exact checks show it and settle every assumption by name, confirmed when an
 * independent computation with more digits repeats the violated clause and every assumption, else suspect.
 *
 * @throws ClaimFault when the claim's own certification or confirmation throws or returns something malformed
 */
export function gradeViolation(
  reading: AnyReading,
  instance: OpaqueInstance,
  conclusion: Decided,
  where: string,
): Graded {
  const clause = tightestClause(conclusion);
  if (clause === null) {
    return { grade: 'suspect', certificate: null, confirmation: null, flaw: null };
  }
  const violation = { clause, conclusion };
  const certificate = shapedCertificate(
    guarded(`${where}, certify`, () => reading.certify?.(instance, violation)),
    `${where}, certify`,
  );
  const confirmation = shapedConfirmation(
    guarded(`${where}, confirm`, () => reading.confirm?.(instance, violation)),
    `${where}, confirm`,
  );
  const { assumptions } = reading;
  const uncertified = certificate && certificateFlaw(certificate, assumptions);
  const unconfirmed = confirmation && confirmationFlaw(confirmation, clause.name, assumptions);
  const grade =
    certificate !== null && uncertified === null
      ? 'certified'
      : confirmation !== null && unconfirmed === null
        ? 'confirmed'
        : 'suspect';
  const flaws = [uncertified, unconfirmed].filter((flaw) => flaw !== null);
  return {
    grade,
    certificate,
    confirmation,
    flaw: grade === 'certified' || flaws.length === 0 ? null : flaws.join('; '),
  };
}
