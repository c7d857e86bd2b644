/** The names of the laws that `hashes` draws from. */
export const DRAWN: { readonly inputs: readonly string[]; readonly labels: readonly string[] };

/** Hashes of training runs and of seeded draws, by what they are of; `batched` trains in one call. */
export function hashes(batched?: boolean): Record<string, string>;
