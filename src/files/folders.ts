import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { InputError } from '../model/index.js';
import { failureCode, inWords, oneLine } from './failures.js';
import { exists } from './read.js';

/** What has a name in a folder. Links count as what they lead to; `other` are pipes, devices and broken links. */
export interface Entry {
  readonly name: string;
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'other';
}

const MEND = 'mend its permissions or name another folder';

/**
 * What a folder holds, by name; hidden entries are left out.
 *
 * @param absent whether a folder that is not there is an empty one, or an error
 * @param what the folder in words
 * @throws InputError when it cannot be read or is no folder
 */
export function entriesOf(
  folder: string,
  absent: 'empty' | 'error',
  mend = MEND,
  what = 'folder',
): Entry[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    if (absent === 'empty' && failureCode(error) === 'ENOENT' && !exists(folder)) return [];
    throw inWords(folder, `read as a ${what}`, error, mend);
  }
  return names
    .filter((name) => !name.startsWith('.'))
    .toSorted()
    .map((name) => {
      const path = join(folder, name);
      return { name, path, kind: kindOf(path) };
    });
}

function kindOf(path: string): Entry['kind'] {
  try {
    const stats = statSync(path);
    return stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other';
  } catch (error) {
    if (failureCode(error) === null) throw error;
    return 'other';
  }
}

/**
 * Makes a folder and those above it. Unlike the recursive `mkdir` of Node it ends everywhere, also under /proc.
 *
 * @param mend what to do where that is impossible
 * @throws InputError
 */
export function ensureFolder(folder: string, mend = MEND): void {
  try {
    made(folder);
  } catch (error) {
    throw inWords(folder, 'written', error, mend);
  }
}

function made(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    const code = failureCode(error);
    if (code === 'ENOENT' && dirname(folder) !== folder && !exists(folder)) {
      made(dirname(folder));
      make(folder);
    } else if (!isFolder(folder)) {
      if (code !== 'EEXIST') throw error;
      // What is in the way says more: links that lead nowhere or in a circle, or a file.
      statSync(folder);
      throw Object.assign(new Error(`ensureFolder: ${folder} is no folder`), { code: 'ENOTDIR' });
    }
  }
}

function make(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process may have made it in between.
    if (!isFolder(folder)) throw error;
  }
}

/** Whether a folder has the name, itself or through links. */
export function isFolder(path: string): boolean {
  return kindOf(path) === 'folder';
}

/**
 * @param option the option that names the folder
 * @throws InputError unless the folder is there and can be read
 */
export function checkFolder(folder: string, option: string, mend: string): void {
  if (!exists(folder)) {
    throw new InputError(`${option}: ${oneLine(folder)} is no folder; ${mend}`);
  }
  entriesOf(folder, 'error', mend);
}
