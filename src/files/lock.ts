import {
  closeSync,
  linkSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { InputError } from '../model/index.js';
import { failureCode, inWords, oneLine } from './failures.js';
import type { Held, Holder } from './holder.js';
import { PATIENCE_MS, SIGN_OF_LIFE_MS, giveSign, readHeld, thisHolder } from './holder.js';
import { discard, temporaryBeside, writeNew } from './write.js';

const NAME = /^\.lock-(\d{1,15})$/;

/** How long to wait for another run's few milliseconds: longer than a host that died keeps its lock. */
const WAIT_MS = PATIENCE_MS + 60_000;

const MEND = 'choose another folder or mend its permissions';

/** A folder that is this process's until it is released or the process ends. */
export interface Lock {
  readonly release: () => void;
}

/**
 * Takes a folder for this process, or says who has it.
 *
 * A lock is a file that appears with its content at once (a link to a file that is written already). A holder that was
 * killed leaves its file behind; the next one makes a file with a higher number. Removing the dead file first would be
 * a race: two could both find it dead, and the second remove the first's new one. Who made a file looks at the
 * folder again and steps back if another living file is there, so that at most one goes on.
 *
 * @param onLost called when another process took the lock, as it may after `PATIENCE_MS` without a sign of life
 * @throws InputError when the folder cannot be used
 */
export function tryLock(folder: string, onLost: () => void = () => {}): Lock | Holder {
  let taken: Taken | Held;
  try {
    taken = attempt(folder);
  } catch (error) {
    throw inWords(folder, 'locked', error, MEND);
  }
  if (!('file' in taken)) return taken.holder ?? UNKNOWN;
  const { file, text } = taken;
  const beat = setInterval(() => {
    if (stillOurs(file, text)) return;
    clearInterval(beat);
    onLost();
  }, SIGN_OF_LIFE_MS);
  beat.unref();
  return {
    release() {
      clearInterval(beat);
      free(file, text);
    },
  };
}

/** Stands for a holder that has not written its name yet. */
const UNKNOWN: Holder = { host: '', machine: null, pid: 0, started: null, token: '' };

function stillOurs(file: string, text: string): boolean {
  try {
    return giveSign(file, text);
  } catch {
    // A full disk or a server that is away is no reason to stop; whoever takes over is noticed later.
    return true;
  }
}

/**
 * Runs something that takes no time to speak of while no other process does so in this folder.
 *
 * @throws InputError when a living process keeps the lock for minutes, or the folder cannot be used
 */
export async function withLock<T>(folder: string, run: () => T): Promise<T> {
  const deadline = Date.now() + WAIT_MS;
  for (let turn = 0; ; turn += 1) {
    let mine: Taken | Held;
    try {
      mine = attempt(folder);
    } catch (error) {
      throw inWords(folder, 'locked', error, MEND);
    }
    if ('file' in mine) {
      try {
        return run();
      } finally {
        free(mine.file, mine.text);
      }
    }
    if (Date.now() > deadline) {
      throw new InputError(
        `${oneLine(folder)}: ${holderText(mine.holder ?? UNKNOWN)} keeps it locked; wait for it, or remove the .lock-* files there if it does not run`,
      );
    }
    await sleep(5 + ((process.pid * 7 + turn * 13) % 20));
  }
}

/** A holder in words. */
export function holderText({ host, pid }: Holder): string {
  return pid === 0 ? 'another process' : `process ${pid} on ${oneLine(host, 80)}`;
}

interface Taken {
  readonly file: string;
  readonly text: string;
}

/** Files that this process holds, removed when it ends. */
const held = new Map<string, string>();
let watching = false;

/** The lock file that is ours now, or the one that another process has. */
function attempt(folder: string): Taken | Held {
  const before = locksIn(folder);
  const other = before.find(({ seen }) => seen.alive);
  if (other !== undefined) return other.seen;
  const number = Math.max(0, ...before.map((lock) => lock.number)) + 1;
  const file = join(folder, `.lock-${number}`);
  const text = JSON.stringify(thisHolder());
  if (!appear(file, text)) return { alive: true, text: '', holder: readHeld(file)?.holder ?? null };
  held.set(file, text);
  if (!watching) {
    watching = true;
    process.once('exit', () => held.forEach((content, path) => free(path, content)));
  }
  const others = locksIn(folder).filter((lock) => lock.number !== number);
  const living = others.find(({ seen }) => seen.alive);
  if (living !== undefined) {
    free(file, text);
    return living.seen;
  }
  for (const dead of others) rmSync(dead.file, { force: true });
  return { file, text };
}

function locksIn(folder: string): { number: number; file: string; seen: Held }[] {
  return readdirSync(folder).flatMap((name) => {
    const match = NAME.exec(name);
    if (!match) return [];
    const file = join(folder, name);
    const seen = readHeld(file);
    return seen === null ? [] : [{ number: Number(match[1]), file, seen }];
  });
}

/** Codes of file systems that have no hard links. */
const NO_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'ENOSYS', 'EXDEV', 'EINVAL']);

/** Makes a file with its content at once; false when there is one. @throws the error of the system */
function appear(file: string, text: string): boolean {
  const temporary = temporaryBeside(file);
  try {
    writeNew(temporary, text, false);
    linkSync(temporary, file);
    return true;
  } catch (error) {
    const code = failureCode(error) ?? '';
    // A server may have made the link though its answer was lost.
    if (code === 'EEXIST') return contentOf(file) === text;
    if (!NO_LINKS.has(code)) throw error;
    return appearUnwritten(file, text);
  } finally {
    discard(temporary);
  }
}

function appearUnwritten(file: string, text: string): boolean {
  let handle: number;
  try {
    handle = openSync(file, 'wx');
  } catch (error) {
    if (failureCode(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    writeSync(handle, text);
    return true;
  } catch (error) {
    discard(file);
    throw error;
  } finally {
    closeSync(handle);
  }
}

function contentOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** Gives a file of ours back; one that another process has by now stays. */
function free(file: string, text: string): void {
  held.delete(file);
  if (contentOf(file) === text) discard(file);
}
