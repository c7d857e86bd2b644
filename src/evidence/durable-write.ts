import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname, join, basename } from 'node:path';

/** Names of files that are not finished. */
export const TEMPORARY = /^\.tmp-(\d+)-/;

/**
 * Writes a file whole or not at all, and returns when it would survive a loss of power: into a temporary
 * neighbour, flushed, renamed, and the folder flushed.
 */
export function writeDurably(file: string, text: string): void {
  const temporary = join(dirname(file), `.tmp-${process.pid}-${basename(file)}`);
  const handle = openSync(temporary, 'w');
  try {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length;) at += writeSync(handle, bytes, at);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(temporary, file);
  flushFolder(dirname(file));
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
