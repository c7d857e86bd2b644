import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { InputError } from '../model/index.js';
import { failureCode, inWords, oneLine } from './failures.js';

/** How large a file may be that is read back, in bytes. */
export const MOST_BYTES = 64 * 2 ** 20;

const MEND = 'mend it or name another';

/**
 * The text of a regular file, reached through links or not. Nothing else is opened: a pipe would wait for ever.
 *
 * @param most the largest size in bytes
 * @throws InputError when it is missing, something else, too large or not UTF-8
 */
export function readText(file: string, most = MOST_BYTES): string {
  const bytes = readBytes(file, most);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InputError(`${oneLine(file)}: cannot be read; it must be UTF-8 text`);
  }
}

/** As `readText`; null when nothing has the name, not even a link that leads nowhere. */
export function readTextIfAny(file: string, most = MOST_BYTES): string | null {
  return exists(file) ? readText(file, most) : null;
}

/** Whether something has the name, be it a link that leads nowhere. @throws InputError when that cannot be told */
export function exists(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch (error) {
    if (failureCode(error) === 'ENOENT') return false;
    throw inWords(path, 'read', error, MEND);
  }
}

function readBytes(file: string, most: number): Buffer {
  let handle: number | null = null;
  try {
    checkRegular(file, statSync(file), most);
    // A pipe that takes its place in this moment must not wait either.
    handle = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const stats = fstatSync(handle);
    checkRegular(file, stats, most);
    // Files of the system itself may have any length and say 0.
    const chunks: Buffer[] = [];
    let length = 0;
    for (let size = Math.max(stats.size + 1, 4096); ; size = 65_536) {
      const chunk = Buffer.allocUnsafe(size);
      const got = readSync(handle, chunk, 0, size, null);
      if (got === 0) return Buffer.concat(chunks, length);
      chunks.push(chunk.subarray(0, got));
      length += got;
      if (length > most) throw tooLarge(file, most);
    }
  } catch (error) {
    throw inWords(file, 'read', error, MEND);
  } finally {
    if (handle !== null) closeSync(handle);
  }
}

function checkRegular(file: string, stats: Stats, most: number): void {
  if (stats.isFile()) {
    if (stats.size > most) throw tooLarge(file, most);
    return;
  }
  const kind = stats.isDirectory() ? 'folder' : stats.isFIFO() ? 'pipe' : 'device';
  throw new InputError(`${oneLine(file)}: cannot be read; it must be a file, and is a ${kind}`);
}

function tooLarge(file: string, most: number): InputError {
  return new InputError(
    `${oneLine(file)}: cannot be read; it must have at most ${most / 2 ** 20} MiB`,
  );
}
