import { randomUUID } from 'node:crypto';
import { closeSync, fstatSync, openSync, readFileSync, readlinkSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { failureCode } from './failures.js';
import { discard, temporaryBeside, writeNew } from './write.js';

/** Who holds a lock or a reservation. */
export interface Holder {
  readonly host: string;
  /** Start of the host and namespace of its process ids: within one, an id names one process. Null if unknown. */
  readonly machine: string | null;
  readonly pid: number;
  /** When the process was started, in the system's ticks: a process id is used again. Null if unknown. */
  readonly started: string | null;
  /** Tells apart what one process holds. */
  readonly token: string;
}

/** Milliseconds between two signs of life of a holder. */
export const SIGN_OF_LIFE_MS = 15_000;

/** Without a sign of life for so long, a holder of which nothing else can be known is gone. */
export const PATIENCE_MS = 3 * 60_000;

/** Without content, which only a file system without hard links can show, a file is about to be written. */
const UNWRITTEN_PATIENCE_MS = 5000;

/** This process as a holder. */
export function thisHolder(): Holder {
  return {
    host: hostname(),
    machine: machineHere(),
    pid: process.pid,
    started: startedOf(process.pid),
    token: randomUUID(),
  };
}

function machineHere(): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return null;
  }
}

/** Field 22 of /proc/<pid>/stat (proc(5)); null where there is no such file. */
export function startedOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

/**
 * Whether a holder still runs. One on this machine is looked up by process id and start; of any other, only its signs
 * of life say something.
 *
 * @param silentMs milliseconds since its last sign of life, by the clock of the file system
 */
export function isAlive(holder: Holder, silentMs: () => number): boolean {
  const { host, machine, pid, started } = holder;
  if (host !== hostname() || machine !== machineHere()) return silentMs() < PATIENCE_MS;
  if (!processExists(pid)) return false;
  const now = startedOf(pid);
  return started === null || now === null ? silentMs() < PATIENCE_MS : started === now;
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return failureCode(error) === 'EPERM';
  }
}

/** A holder as it stands in a file; null when the text is none. */
export function readHolder(text: string): Holder | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const { host, machine, pid, started, token } = (json ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof host !== 'string' || typeof token !== 'string') return null;
  if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid <= 0) return null;
  const known = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return { host, machine: known(machine), pid, started: known(started), token };
}

/** A file of a holder, as somebody else sees it. */
export interface Held {
  readonly alive: boolean;
  readonly text: string;
  /** Null where the text names nobody. */
  readonly holder: Holder | null;
}

/** Holders are told in a few hundred bytes, reservations with their ranges in a few thousand. */
const MOST_BYTES = 2 ** 20;

/** Whether the holder that a file names still runs; null when the file is gone. @throws the error of the system */
export function readHeld(file: string): Held | null {
  let handle: number;
  try {
    // Opening asks a server for the state of the file as it is now.
    handle = openSync(file, 'r');
  } catch (error) {
    if (failureCode(error) === 'ENOENT') return null;
    throw error;
  }
  try {
    const { mtimeMs, size } = fstatSync(handle);
    const text = size > MOST_BYTES ? '' : readFileSync(handle, 'utf8');
    const silent = (): number => clockOf(file) - mtimeMs;
    const holder = readHolder(text);
    const alive = holder === null ? silent() < UNWRITTEN_PATIENCE_MS : isAlive(holder, silent);
    return { alive, text, holder };
  } finally {
    closeSync(handle);
  }
}

/** The time by the clock of the file system that a file lies on: hosts disagree, and one server does not. */
function clockOf(file: string): number {
  const probe = temporaryBeside(file);
  writeNew(probe, 'clock', false);
  try {
    const handle = openSync(probe, 'r');
    try {
      return fstatSync(handle).mtimeMs;
    } finally {
      closeSync(handle);
    }
  } finally {
    discard(probe);
  }
}

/**
 * Gives a sign of life in a file of ours: the same text again, so that the file system notes its own time.
 *
 * @returns whether the file is ours still
 */
export function giveSign(file: string, text: string): boolean {
  let handle: number;
  try {
    handle = openSync(file, 'r+');
  } catch (error) {
    if (failureCode(error) === 'ENOENT') return false;
    throw error;
  }
  try {
    if (readFileSync(handle, 'utf8') !== text) return false;
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length;) at += writeSync(handle, bytes, at, bytes.length - at, at);
    return true;
  } finally {
    closeSync(handle);
  }
}

/** The file of a reservation: `.<kind>-<token>.json`. */
export function heldFile(folder: string, kind: string, { token }: Holder): string {
  return join(folder, `.${kind}-${token}.json`);
}
