import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../model/index.js';
import type { Batch, Line } from './batch.js';
import { batchId, lineKey } from './batch.js';
import type { Range } from './ranges.js';

/** What the name of a batch's file says of it. */
export interface BatchName extends Range {
  readonly file: string;
  readonly engine: string;
  readonly id: string;
}

const BATCH = /^(\d+)-(\d+)\.([a-z0-9-]+)\.([0-9a-f]{16})\.json$/;
const VERSION = /^v(\d+)-([0-9a-f]{16})$/;
const SEED = /^seed-(\d+)$/;
const PART = /^[a-z0-9][a-z0-9-]*$/;
const PRECISION = /^float(?:32|64)$/;

/** `<ledger>/<claim>/<reading>/v<version>-<draws>/<precision>` */
export function lineFolder(root: string, line: Line): string {
  return join(root, ...lineKey(line).split('/'));
}

/** `<line>/seed-<seed>` */
export function seedFolder(root: string, line: Line, seed: number): string {
  return join(lineFolder(root, line), `seed-${seed}`);
}

/** `<from>-<to>.<engine>.<id>.json` */
export function batchName(batch: Batch): string {
  return `${batch.from}-${batch.to}.${batch.engine}.${batchId(batch)}.json`;
}

/** The lines that have a folder. @throws InputError on what does not belong into a ledger */
export function linesIn(root: string): Line[] {
  return folders(root, PART, true).flatMap((paper) =>
    folders(join(root, paper), PART).flatMap((claim) =>
      folders(join(root, paper, claim), PART).flatMap((reading) =>
        folders(join(root, paper, claim, reading), VERSION).flatMap((version) => {
          const [, number, draws] = VERSION.exec(version) ?? [];
          return folders(join(root, paper, claim, reading, version), PRECISION).map(
            (precision): Line => ({
              claim: `${paper}/${claim}`,
              reading,
              version: Number(number),
              draws,
              precision: precision === 'float32' ? 'float32' : 'float64',
            }),
          );
        }),
      ),
    ),
  );
}

/** The seeds of a line. @throws InputError as `linesIn` */
export function seedsIn(root: string, line: Line): number[] {
  const place = lineFolder(root, line);
  return folders(place, SEED)
    .map((name) => Number(SEED.exec(name)?.[1]))
    .toSorted((a, b) => a - b);
}

/** The batches of a line's seed, by trial. @throws InputError as `linesIn` */
export function batchesIn(folder: string): BatchName[] {
  return entries(folder)
    .map(({ name }) => {
      const match = BATCH.exec(name);
      if (!match) throw foreign(join(folder, name));
      const [, from, to, engine, id] = match;
      return { file: join(folder, name), from: Number(from), to: Number(to), engine, id };
    })
    .toSorted((a, b) => a.from - b.from || a.to - b.to);
}

function folders(place: string, pattern: RegExp, top = false): string[] {
  return entries(place)
    .filter(({ name, isFolder }) => {
      if (isFolder && pattern.test(name)) return true;
      // A README or the like may stand at the top.
      if (top && !isFolder && !name.endsWith('.json')) return false;
      throw foreign(join(place, name));
    })
    .map(({ name }) => name)
    .toSorted();
}

/** What is in a folder, but for hidden files: locks, reservations, unfinished files. */
function entries(place: string): { name: string; isFolder: boolean }[] {
  try {
    return readdirSync(place, { withFileTypes: true })
      .filter(({ name }) => !name.startsWith('.'))
      .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return [];
    throw new InputError(
      `${place}: cannot be read as a folder of a ledger (${(error as { code?: string }).code ?? String(error)}); choose another folder with --ledger or mend its permissions`,
    );
  }
}

function foreign(path: string): InputError {
  return new InputError(`${path}: does not belong into a ledger; move it away`);
}
