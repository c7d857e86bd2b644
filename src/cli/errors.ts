import { printable } from '../model/index.js';

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

/** What is said of a fault of ours. */
export function faultText(detail: string): string {
  const lines = detail.split('\n').map(printable).join('\n');
  return `falsum: a fault of Falsum, not of your claim: ${lines}\nPlease report it with the command line and this text.`;
}
