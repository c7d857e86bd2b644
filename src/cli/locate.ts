import { exists, oneLine } from '../files/index.js';
import { InputError, filesOf } from '../hunting/index.js';

/**
 * The file that a user means by a name: itself, or the counterexample with that id in some folders.
 *
 * @throws InputError when there is none, or a folder cannot be read
 */
export function locate(name: string, folders: readonly string[]): string {
  if (/^[0-9a-f]{4,16}$/.test(name) && !exists(name)) {
    const files = folders
      .flatMap((folder) => filesOf(folder, 'empty'))
      .filter((file) => file.name.startsWith(name));
    const ids = new Set(files.map((file) => file.name));
    if (ids.size > 1) {
      throw new InputError(`${name}: fits ${ids.size} counterexamples; give more digits`);
    }
    if (files.length > 0) return files[0].path;
  } else if (exists(name)) return name;
  throw new InputError(
    `${oneLine(name)}: no such file, and no counterexample with this id in ${folders.map((folder) => oneLine(folder)).join(' or ')}`,
  );
}
