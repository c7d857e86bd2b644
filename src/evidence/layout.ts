import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../model/index.js';
import type { Batch, Line, Stream } from './batch.js';
import { TEST_STREAM, batchId, lineKey } from './batch.js';
import type { Range } from './ranges.js';

/** What the name of a batch's file says of it. */
export interface BatchName extends Range {
  readonly file: string;
  readonly engine: string;
  readonly id: string;
}

const BATCH = /^(\d+)-(\d+)\.([a-z0-9-]+)\.([0-9a-f]{16})\.json$/;
const VERSION = /^v(\d+)-([0-9a-f]{16})$/;
const SEED = /^seed-(\d+)(?:-beyond-[0-9a-f]{8})?$/;
const PART = /^[a-z0-9][a-z0-9-]*$/;
const PRECISION = /^float(?:32|64)$/;

/** `<ledger>/<claim>/<reading>/v<version>-<draws>/<precision>` */
export function lineFolder(root: string, line: Line): string {
  return join(root, ...lineKey(line).split('/'));
}

/** `<line>/seed-<seed>`, and for draws beyond the ladder with a hash of the stream behind it. */
export function streamFolder(root: string, line: Line, { seed, stream }: Stream): string {
  const hash = createHash('sha256').update(stream).digest('hex').slice(0, 8);
  const which = stream === TEST_STREAM ? '' : `-beyond-${hash}`;
  return join(lineFolder(root, line), `seed-${seed}${which}`);
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

/** The folders of a line's streams. @throws InputError as `linesIn` */
export function streamFoldersIn(root: string, line: Line): string[] {
  const place = lineFolder(root, line);
  return folders(place, SEED).map((name) => join(place, name));
}

/** The batches of a stream, by trial. @throws InputError as `linesIn` */
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
