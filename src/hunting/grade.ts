import type {
  AnyReading,
  Certificate,
  Confirmation,
  Decided,
  Grade,
  OpaqueInstance,
} from '../claims/index.js';
import { certifies, tightestClause } from '../claims/index.js';

/** A violation with everything that backs it. */
export interface Graded {
  readonly grade: Grade;
  readonly certificate: Certificate | null;
  readonly confirmation: Confirmation | null;
}

/**
 * Grades a violation: certified when exact checks show it, confirmed when an independent computation
 * with more digits repeats it with every assumption, else suspect. An error in a claim's confirmation
 * leaves the violation suspect: it proves nothing either way.
 */
export function gradeViolation(
  reading: AnyReading,
  instance: OpaqueInstance,
  conclusion: Decided,
): Graded {
  const clause = tightestClause(conclusion);
  if (clause === null) return { grade: 'suspect', certificate: null, confirmation: null };
  const violation = { clause, conclusion };
  const certificate = reading.certify?.(instance, violation) ?? null;
  const confirmation = reading.confirm?.(instance, violation) ?? null;
  const certified = certificate !== null && certifies(certificate);
  const confirmed =
    confirmation !== null &&
    confirmation.violated &&
    confirmation.assumptions.every((assumption) => assumption.holds);
  return {
    grade: certified ? 'certified' : confirmed ? 'confirmed' : 'suspect',
    certificate,
    confirmation,
  };
}
