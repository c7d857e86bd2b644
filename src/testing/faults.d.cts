/** Which writes fail, counted from 0, and with which code of the system. */
export interface Faults {
  readonly first: number;
  readonly last: number;
  readonly code: string;
}

/** Runs something while some of the writes below a folder fail. Returns all of them in words, in order. */
export function withFaults(root: string, faults: Faults, run: () => void): string[];
