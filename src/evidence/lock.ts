import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { InputError } from '../model/index.js';
import { isAlive, readHolder, thisHolder } from './holder.js';

const NAME = /^\.lock-(\d+)$/;

/** A lock that was created and not yet written is somebody's who is about to. */
const UNWRITTEN_PATIENCE_MS = 5000;

/** How long to wait for another run's few milliseconds before giving up. */
const PATIENCE_MS = 60_000;

/**
 * Runs something while no other process does so in this folder.
 *
 * A lock is a file that is created exclusively. A holder that was killed leaves its file behind; the next
 * one creates a file with a higher number. Removing the dead file first would be a race: two could both
 * find it dead, and the second remove the first's new one. Who created a file looks at the folder
 * again and steps back if another living file is there, so that at most one goes on.
 *
 * @throws InputError when a living process keeps the lock for a minute
 */
export async function withLock<T>(folder: string, run: () => T): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (let attempt = 0; ; attempt += 1) {
    const mine = tryLock(folder);
    if (mine !== null) {
      try {
        return run();
      } finally {
        rmSync(mine, { force: true });
      }
    }
    if (Date.now() > deadline) {
      throw new InputError(
        `${folder}: another process keeps it locked; if none runs, remove its .lock-* files`,
      );
    }
    await sleep(5 + ((process.pid * 7 + attempt * 13) % 20));
  }
}

/** The lock file that is ours now; null when another process has it. */
function tryLock(folder: string): string | null {
  const before = locks(folder);
  if (before.some(({ alive }) => alive)) return null;
  const number = Math.max(0, ...before.map((lock) => lock.number)) + 1;
  const mine = join(folder, `.lock-${number}`);
  try {
    writeFileSync(mine, JSON.stringify(thisHolder()), { flag: 'wx' });
  } catch (error) {
    if ((error as { code?: string }).code === 'EEXIST') return null;
    throw error;
  }
  const others = locks(folder).filter((lock) => lock.number !== number);
  if (others.some(({ alive }) => alive)) {
    rmSync(mine, { force: true });
    return null;
  }
  for (const { file } of others) rmSync(file, { force: true });
  return mine;
}

function locks(folder: string): { number: number; file: string; alive: boolean }[] {
  return readdirSync(folder).flatMap((name) => {
    const match = NAME.exec(name);
    if (!match) return [];
    const file = join(folder, name);
    const seen = readHeld(file);
    return seen === null ? [] : [{ number: Number(match[1]), file, alive: seen.alive }];
  });
}

/** Whether the holder that a file names still runs; null when the file is gone. */
export function readHeld(file: string): { readonly alive: boolean; readonly text: string } | null {
  try {
    const text = readFileSync(file, 'utf8');
    const age = Date.now() - statSync(file).mtimeMs;
    const holder = readHolder(text);
    const alive = holder === null ? age < UNWRITTEN_PATIENCE_MS : isAlive(holder, age);
    return { alive, text };
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return null;
    throw error;
  }
}
