/** Why a certificate is not accepted. `unknown`: the checker has no entry for what it was given. */
export class Rejection extends Error {
  override readonly name = 'Rejection';
  readonly unknown: boolean;

  constructor(reason: string, unknown = false) {
    super(reason);
    this.unknown = unknown;
  }
}

/** Ends the check: something stated is wrong, malformed or not shown. */
export function reject(reason: string): never {
  throw new Rejection(reason);
}

/** Ends the check: no entry says what would have to be shown. */
export function cannotCheck(what: string): never {
  throw new Rejection(`cannot check: ${what}`, true);
}

/** Ends the check unless the condition holds. */
export function demand(condition: boolean, reason: string): asserts condition {
  if (!condition) reject(reason);
}
