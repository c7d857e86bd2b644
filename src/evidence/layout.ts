import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Entry } from '../files/index.js';
import { entriesOf, oneLine } from '../files/index.js';
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

/** A number as it comes into a name: those from 1e21 on have an exponent. */
const NUMBER = String.raw`(\d+(?:\.\d+)?(?:e\+\d+)?)`;
const BATCH = new RegExp(`^${NUMBER}-${NUMBER}\\.([a-z0-9-]+)\\.([0-9a-f]{16})\\.json$`);
const VERSION = new RegExp(`^v${NUMBER}-([0-9a-f]{16})$`);
const SEED = new RegExp(`^seed-${NUMBER}(?:-beyond-[0-9a-f]{8})?$`);
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

/** Takes note of what a ledger holds and no run can have left: where, and why. */
export type LeaveOut = (path: string, why: string) => void;

/** The lines that have a folder. @throws InputError on what does not belong into a ledger */
export function linesIn(root: string, leaveOut: LeaveOut): Line[] {
  return folders(root, PART, leaveOut, true).flatMap((paper) =>
    folders(join(root, paper), PART, leaveOut).flatMap((claim) =>
      folders(join(root, paper, claim), PART, leaveOut).flatMap((reading) =>
        folders(join(root, paper, claim, reading), VERSION, leaveOut).flatMap((version) => {
          const [, number, draws] = VERSION.exec(version) ?? [];
          const place = join(root, paper, claim, reading, version);
          return folders(place, PRECISION, leaveOut).map((precision): Line => ({
            claim: `${paper}/${claim}`,
            reading,
            version: Number(number),
            draws,
            precision: precision === 'float32' ? 'float32' : 'float64',
          }));
        }),
      ),
    ),
  );
}

/** The folders of a line's streams. @throws InputError as `linesIn` */
export function streamFoldersIn(root: string, line: Line, leaveOut: LeaveOut): string[] {
  const place = lineFolder(root, line);
  return folders(place, SEED, leaveOut).map((name) => join(place, name));
}

/** The batches of a stream, by trial. @throws InputError as `linesIn` */
export function batchesIn(folder: string, leaveOut: LeaveOut): BatchName[] {
  return entries(folder)
    .flatMap(({ name, path }) => {
      const match = BATCH.exec(name);
      if (!match) throw foreign(path);
      const [, from, to, engine, id] = match;
      if (isUnsafe(match)) {
        leaveOut(path, 'is no batch that trials can leave: its trials have no such numbers');
        return [];
      }
      return [{ file: path, from: Number(from), to: Number(to), engine, id }];
    })
    .toSorted((a, b) => a.from - b.from || a.to - b.to);
}

/** Whether one of the numbers in a name is none that counts. */
function isUnsafe(match: RegExpExecArray): boolean {
  return match
    .slice(1)
    .some((text) => /^\d[\d.e+]*$/.test(text) && !Number.isSafeInteger(Number(text)));
}

function folders(place: string, pattern: RegExp, leaveOut: LeaveOut, top = false): string[] {
  return entries(place).flatMap(({ name, path, kind }) => {
    const match = kind === 'folder' ? pattern.exec(name) : null;
    if (match !== null) {
      if (pattern === PART || pattern === PRECISION || !isUnsafe(match)) return [name];
      leaveOut(path, 'holds no evidence: there is no such number');
      return [];
    }
    // A README or the like may stand at the top.
    if (top && kind === 'file' && !name.endsWith('.json')) return [];
    throw foreign(path);
  });
}

const MEND = 'choose another folder with --ledger or mend its permissions';

/** What is in a folder, but for hidden files: locks, reservations, unfinished files. */
function entries(place: string): Entry[] {
  return entriesOf(place, 'empty', MEND, 'folder of a ledger');
}

function foreign(path: string): InputError {
  return new InputError(`${oneLine(path)}: does not belong into a ledger; move it away`);
}
