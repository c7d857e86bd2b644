import { existsSync } from 'node:fs';
import { globSync } from 'tinyglobby';
import { InputError } from '../hunting/index.js';

/** The file that a user means by a name: itself, or the counterexample with that id in some folders. @throws InputError */
export function locate(name: string, folders: readonly string[]): string {
  if (existsSync(name)) return name;
  if (/^[0-9a-f]{4,16}$/.test(name)) {
    const files = folders
      .filter((folder) => existsSync(folder))
      .flatMap((folder) => globSync(`**/${name}*.json`, { cwd: folder, absolute: true }));
    const ids = new Set(files.map((file) => file.split('/').at(-1)));
    if (ids.size > 1)
      throw new InputError(`${name}: fits ${ids.size} counterexamples; give more digits`);
    if (files.length > 0) return files[0];
  }
  throw new InputError(
    `${name}: no such file, and no counterexample with this id in ${folders.join(' or ')}`,
  );
}
