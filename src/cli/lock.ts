import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../hunting/index.js';

/**
 * Keeps two runs from writing to one folder: a lock file with the process's id, removed when the
 * process ends. The lock of a process that is gone is taken over.
 *
 * @throws InputError when another run holds it
 */
export function lockFolder(folder: string): void {
  const file = join(folder, '.lock');
  const mine = (): void => writeFileSync(file, String(process.pid), { flag: 'wx' });
  try {
    mine();
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
    const holder = Number(readFileSync(file, 'utf8'));
    if (runs(holder)) {
      throw new InputError(
        `${folder}: another run (process ${holder}) writes there; wait for it or choose another folder with --reports`,
      );
    }
    rmSync(file, { force: true });
    mine();
  }
  process.once('exit', () => rmSync(file, { force: true }));
}

function runs(pid: number): boolean {
  // An own id in a lock that is not ours: left by a process that had the id before.
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}
