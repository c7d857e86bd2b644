import { join } from 'node:path';
import { writeAtomically } from '../files/index.js';
import type { LoadedClaim } from './load.js';
import { placeIn } from './load.js';
import type { ErrorNote, FaultyDrawNote } from './thread/index.js';
import { FALSUM_VERSION, PACKAGE_ROOT } from './version.js';

/** A fault of Falsum itself: the command line says how to report it. */
export class InternalFault extends Error {
  override readonly name = 'InternalFault';
}

/** Why a reading has no outcome. */
export interface Fault {
  readonly claim: string;
  readonly catalogue: string | null;
  readonly reading: string;
  readonly version: number;
  /** Whose fault it is; `input`: a file of the user's. */
  readonly of: 'claim' | 'input' | 'falsum';
  /** One line: file, place, what; for a fault of Falsum the stack as well. */
  readonly reason: string;
  /** The draw that the claim's code was given. */
  readonly draw: FaultyDrawNote | null;
}

const FAULT_SCHEMA = 'falsum/fault@1';

/** The fault of a reading that an error ended. */
export function faultOf(
  { claim, file, module }: LoadedClaim,
  reading: string,
  { name, message, stack, draw }: ErrorNote,
): Fault {
  const { id, catalogue, version } = claim;
  const fault = { claim: id, catalogue, reading, version, draw };
  const line = message.trim().split('\n')[0] || `${name} without a message`;
  const thrown = new Error(message);
  thrown.stack = stack;
  switch (name) {
    case 'ClaimFault':
      return { ...fault, of: 'claim', reason: `${placeIn(thrown, file, module)}: ${line}` };
    case 'InputError':
      return { ...fault, of: 'input', reason: line };
    case 'Uncaught':
      return inOurCode(stack)
        ? { ...fault, of: 'falsum', reason: stack }
        : {
            ...fault,
            of: 'claim',
            reason: `${placeIn(thrown, file, module)}: ${line} (thrown or rejected where nothing awaits it), in ${id}, reading ${reading}`,
          };
    default:
      return { ...fault, of: 'falsum', reason: `${message}\n${stack}` };
  }
}

/** Whether the first frame of a stack that names a file lies in the package's own code. */
function inOurCode(stack: string): boolean {
  const frame = /(?:file:\/\/)?(\/[^\s()]+):\d+:\d+\)?$/m.exec(stack)?.[1] ?? '';
  return frame.startsWith(join(PACKAGE_ROOT, 'dist', 'src'));
}

/** A fault on its way to whom it concerns. */
export class FaultError extends Error {
  override readonly name = 'FaultError';
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(fault.reason);
    this.fault = fault;
  }
}

/**
 * Stores the instance of a fault with everything that leads to it, `<folder>/<claim>/<reading>/<stream>-<trial>.json`.
 *
 * @returns the file; null where the fault has no instance
 */
export function storeFault(
  folder: string,
  { claim, reading, version, reason, draw }: Fault,
  settings: { readonly seed: number; readonly engine: string },
): string | null {
  if (draw === null || draw.instance === null) return null;
  const name = `${draw.stream.replaceAll(/[^\w.-]+/g, '-')}-${draw.trial}.json`;
  const file = join(folder, claim, reading, name);
  const { seed, engine } = settings;
  const { stream, trial, instance } = draw;
  const content = {
    ...{ schema: FAULT_SCHEMA, claim, reading, version, reason },
    ...{ stream, trial, seed, engine, falsum: FALSUM_VERSION, instance },
  };
  writeAtomically(file, `${JSON.stringify(content, null, 2)}\n`);
  return file;
}
