import type { Certificate, Family } from '../claims/index.js';
import { certificateFlaw, familyCertificate, guarded } from '../claims/index.js';
import { shapedCertificate } from './well-shaped.js';

/**
 * Recomputes the certificate of a family, and says why it does not certify; `flaw` is null where it does.
 *
 * @param assumptions those of the reading, which the certificate has to settle by name
 * @param where names claim, reading and family
 * @throws ClaimFault when the family's own code throws or returns something malformed
 */
export function recomputeFamily(
  family: Family,
  assumptions: readonly { readonly name: string }[],
  where: string,
): { readonly certificate: Certificate; readonly flaw: string | null } {
  const built = guarded(where, () => familyCertificate(family));
  const certificate = shapedCertificate(built, where) ?? built;
  return { certificate, flaw: certificateFlaw(certificate, assumptions) };
}
