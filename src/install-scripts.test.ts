import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const read = (name: string): unknown => JSON.parse(readFileSync(`${ROOT}/${name}`, 'utf8'));

test('every dependency with a script at installation is allowed or denied by name, so that npm asks nobody', () => {
  const { packages } = read('package-lock.json') as {
    packages: Readonly<Record<string, { readonly hasInstallScript?: boolean }>>;
  };
  const { allowScripts } = read('package.json') as {
    allowScripts: Readonly<Record<string, boolean>>;
  };
  const scripted = Object.keys(packages)
    .filter((path) => packages[path].hasInstallScript === true)
    .map((path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
  expect(scripted.toSorted()).toEqual(Object.keys(allowScripts).toSorted());
});
