import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inWords } from './failures.js';
import { ensureFolder } from './folders.js';

/** Names of files that are not finished: with the process that writes them. */
export const TEMPORARY = /^\.tmp-(\d+)-/;

const MEND = 'choose another place or mend its permissions';

/**
 * Writes a file whole or not at all, and makes its folder: into a temporary neighbour of this write's own, then
 * renamed. Processes and threads may write the same file at once; the last one stays.
 *
 * @param mend what to do where that is impossible
 * @throws InputError; then what was there before is there still
 */
export function writeAtomically(file: string, text: string, mend = MEND): void {
  replace(file, text, mend, false);
}

/** As `writeAtomically`, and returns when the file would survive a loss of power. */
export function writeDurably(file: string, text: string, mend = MEND): void {
  replace(file, text, mend, true);
}

function replace(file: string, text: string, mend: string, durable: boolean): void {
  ensureFolder(dirname(file), mend);
  const temporary = temporaryBeside(file);
  try {
    writeNew(temporary, text, durable);
    renameSync(temporary, file);
  } catch (error) {
    discard(temporary);
    throw inWords(file, 'written', error, mend);
  }
  if (durable) flushFolder(dirname(file));
}

/** A name that no other process, thread or host uses. */
export function temporaryBeside(file: string): string {
  return join(dirname(file), `.tmp-${process.pid}-${randomBytes(6).toString('hex')}`);
}

/** Writes a file that is not there yet. @throws the error of the system */
export function writeNew(file: string, text: string, durable: boolean): void {
  const handle = openSync(file, 'wx');
  try {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length;) at += writeSync(handle, bytes, at);
    if (durable) fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Removes a file of our own; one that cannot be removed is left. */
export function discard(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Nothing is lost by it but its space.
  }
}

function flushFolder(folder: string): void {
  let handle: number;
  try {
    handle = openSync(folder, 'r');
  } catch {
    // Some systems open no folder; there the rename is as durable as it gets.
    return;
  }
  try {
    fsyncSync(handle);
  } catch {
    // As above.
  } finally {
    closeSync(handle);
  }
}
