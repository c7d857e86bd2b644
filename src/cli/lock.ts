import { holderText, oneLine, tryLock } from '../files/index.js';
import { InputError } from '../hunting/index.js';
import { EXIT } from './errors.js';

/**
 * Keeps two runs from writing to one folder, on this machine or another that shares it, until this process ends.
 *
 * @throws InputError when another run holds it
 */
export function lockFolder(folder: string): void {
  const lock = tryLock(folder, () => {
    process.stderr.write(
      `falsum: ${oneLine(folder)}: another run took it, since this one gave no sign of life for minutes; run it again\n`,
    );
    process.exit(EXIT.usage);
  });
  if ('release' in lock) return;
  throw new InputError(
    `${oneLine(folder)}: another run (${holderText(lock)}) writes there; wait for it or choose another folder with --reports`,
  );
}
