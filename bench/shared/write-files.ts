import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes `<name>.json` and the figures by file name, the figures to `out` too; returns the files. */
export function writeFiles(
  name: string,
  json: object,
  figures: Readonly<Record<string, string>>,
  folder: string,
  out: string | undefined,
): readonly string[] {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.json`);
  writeFileSync(file, `${JSON.stringify(json, null, 2)}\n`);
  for (const [figure, svg] of Object.entries(figures)) {
    writeFileSync(join(folder, figure), svg);
    if (out === undefined) continue;
    mkdirSync(out, { recursive: true });
    copyFileSync(join(folder, figure), join(out, figure));
  }
  return [file, ...Object.keys(figures).map((figure) => join(out ?? folder, figure))];
}
