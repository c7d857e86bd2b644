/** Something of the user's that cannot be used; the message is one line and says how to mend it. */
export class InputError extends Error {
  override readonly name = 'InputError';
}
