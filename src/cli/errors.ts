/** Wrong usage; the message is one line that says what, where and how to mend it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Exit codes of the command line. */
export const EXIT = {
  asExpected: 0,
  unexpected: 1,
  usage: 2,
  interrupted: 3,
  fault: 70,
} as const;
