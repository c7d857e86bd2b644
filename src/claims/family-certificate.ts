import type { Certificate } from './certificate.js';
import type { Family } from './reading.js';

/** The certificate of a family: its exact checks, recomputed, and the parameters of its members. */
export function familyCertificate({
  statement,
  argument,
  verify,
  assumptions,
  data,
}: Family): Certificate {
  return {
    kind: 'family',
    statement,
    argument,
    checks: verify(),
    ...(assumptions === undefined ? {} : { assumptions }),
    ...(data === undefined ? {} : { data: data() }),
  };
}
