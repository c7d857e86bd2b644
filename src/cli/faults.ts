import { join, relative } from 'node:path';
import { oneLine } from '../model/index.js';
import type { Fault, RunSettings } from '../running/index.js';
import { storeFault } from '../running/index.js';
import { EXIT, faultText } from './errors.js';

/** A fault with the file that holds its instance, relative to the working folder; null where there is none. */
export interface KeptFault extends Fault {
  readonly file: string | null;
}

/** Stores the instances of faults under `<reports>/faults`, as far as that can be written. */
export function keepFaults(
  reports: string,
  faults: readonly Fault[],
  settings: Pick<RunSettings, 'seed' | 'engine'>,
): KeptFault[] {
  return faults.map((fault) => {
    let file: string | null = null;
    try {
      file = storeFault(join(reports, 'faults'), fault, settings);
    } catch {
      // A full disk takes the instance, not the line that names its trial.
    }
    return { ...fault, file: file === null ? null : relative('', file) };
  });
}

/** One line for each fault, the same once: what, where, and what its draw was. */
export function faultLines(faults: readonly KeptFault[]): string[] {
  const lines = faults.map(({ of, reason, file }) =>
    of === 'falsum'
      ? faultText(reason)
      : `falsum: ${oneLine(`${reason}${file === null ? '' : `; the instance is in ${file}`}`)}`,
  );
  return [...new Set(lines)];
}

/** The exit code of a run with faults: theirs goes before any that compares verdicts. */
export function exitCodeOf(faults: readonly Fault[], otherwise: number): number {
  if (faults.some(({ of }) => of === 'falsum')) return EXIT.fault;
  return faults.length > 0 ? EXIT.usage : otherwise;
}
