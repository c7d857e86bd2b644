import type {
  AnyReading,
  Certificate,
  Confirmation,
  Decided,
  Grade,
  OpaqueInstance,
} from '../claims/index.js';
import { certifies, guarded, tightestClause } from '../claims/index.js';

/** A violation with everything that backs it. */
export interface Graded {
  readonly grade: Grade;
  readonly certificate: Certificate | null;
  readonly confirmation: Confirmation | null;
}

/** Whether a confirmation repeats the violation of a clause with every assumption that it names. */
export function confirms(confirmation: Confirmation, clause: string): boolean {
  return (
    confirmation.violated &&
    confirmation.clause === clause &&
    confirmation.assumptions.every((assumption) => assumption.holds)
  );
}

/**
 * Grades a violation: certified when exact checks show it, confirmed when an independent computation
 * with more digits repeats the violated clause with the assumptions, else suspect.
 *
 * @throws ClaimFault when the claim's own certification or confirmation throws
 */
export function gradeViolation(
  reading: AnyReading,
  instance: OpaqueInstance,
  conclusion: Decided,
  where: string,
): Graded {
  const clause = tightestClause(conclusion);
  if (clause === null) return { grade: 'suspect', certificate: null, confirmation: null };
  const violation = { clause, conclusion };
  const certificate = guarded(
    `${where}, certify`,
    () => reading.certify?.(instance, violation) ?? null,
  );
  const confirmation = guarded(
    `${where}, confirm`,
    () => reading.confirm?.(instance, violation) ?? null,
  );
  const certified = certificate !== null && certifies(certificate);
  const confirmed =
    confirmation !== null &&
    confirms(confirmation, clause.name) &&
    (reading.assumptions.length === 0 || confirmation.assumptions.length > 0);
  return {
    grade: certified ? 'certified' : confirmed ? 'confirmed' : 'suspect',
    certificate,
    confirmation,
  };
}
