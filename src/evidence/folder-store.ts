import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../model/index.js';
import type { Batch, Line, Stream } from './batch.js';
import { batchId, batchText, earlier, inOrder, lineKey, trialsText } from './batch.js';
import { TEMPORARY, writeDurably } from './durable-write.js';
import { startedOf, thisHolder } from './holder.js';
import type { BatchName } from './layout.js';
import { batchName, batchesIn, linesIn, streamFolder, streamFoldersIn } from './layout.js';
import { readHeld, withLock } from './lock.js';
import type { Range } from './ranges.js';
import { firstUnused, overlap } from './ranges.js';
import { readBatch } from './read-batch.js';
import type { EvidenceStore, Reservation } from './store.js';

const RESERVED = /^\.reserved-.*\.json$/;

/**
 * A ledger as a folder: one file for each batch, named by its trials and a hash of its content, written
 * whole and flushed before it counts, never changed. Two runs may use one folder at once; folders are
 * merged by adding the batches of one to the other.
 *
 * @param root the folder; made when the first batch is added
 */
export function folderStore(root: string): EvidenceStore {
  return {
    name: root,
    async append(batch) {
      const folder = streamFolder(root, batch, batch);
      return inFolder(root, folder, () => add(folder, batch));
    },
    async lines() {
      return linesIn(root)
        .filter((line) =>
          streamFoldersIn(root, line).some((folder) => batchesIn(folder).length > 0),
        )
        .toSorted((a, b) => (lineKey(a) < lineKey(b) ? -1 : 1));
    },
    async batches(line) {
      return streamFoldersIn(root, line)
        .flatMap((folder) => readAll(root, line, folder))
        .toSorted(inOrder);
    },
    async reserve(line, stream, want) {
      const folder = streamFolder(root, line, stream);
      return inFolder(root, folder, () => take(folder, want));
    },
  };
}

/** Runs something alone in a folder that is made if need be. @throws InputError when it cannot be written */
async function inFolder<T>(root: string, folder: string, run: () => T): Promise<T> {
  try {
    mkdirSync(folder, { recursive: true });
    return await withLock(folder, run);
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === undefined || error instanceof InputError) throw error;
    throw new InputError(
      `${root}: the ledger cannot be written (${code}); choose another folder with --ledger or mend its permissions`,
    );
  }
}

function add(folder: string, batch: Batch): 'added' | 'present' {
  const name = batchName(batch);
  const file = join(folder, name);
  const text = `${batchText(batch)}\n`;
  // What could not be read back is not written.
  readBatch(file, text);
  if (existsSync(file)) {
    const kept = earlier(readBatch(file, readFileSync(file, 'utf8')), batch);
    if (kept === batch) writeDurably(file, text);
    return 'present';
  }
  const other = batchesIn(folder).find((stored) => overlap(stored, batch));
  if (other?.from === batch.from && other.to === batch.to && other.engine === batch.engine) {
    throw new InputError(
      `${other.file}: ${batch.claim} ${batch.reading}, ${trialsText(batch)}, came out otherwise when it was stored; what decides its trials has changed: raise the version of the claim, which starts a new line of evidence, or take another --ledger`,
    );
  }
  if (other !== undefined) throw overlapping(other.file, file, batch, other);
  writeDurably(file, text);
  return 'added';
}

/** @throws InputError unless each file holds what its name says, and no two the same trial */
function readAll(root: string, line: Line, folder: string): Batch[] {
  const batches = batchesIn(folder).map((name) => readNamed(root, line, folder, name));
  for (const [i, { batch, name }] of batches.entries()) {
    const before = batches[i - 1]?.name;
    if (before !== undefined && overlap(before, name)) {
      throw overlapping(before.file, name.file, batch, before);
    }
  }
  return batches.map(({ batch }) => batch);
}

function readNamed(root: string, line: Line, folder: string, name: BatchName) {
  const { file, from, to, engine, id } = name;
  const batch = readBatch(file, readFileSync(file, 'utf8'));
  const same =
    lineKey(batch) === lineKey(line) &&
    streamFolder(root, line, batch) === folder &&
    batch.from === from &&
    batch.to === to &&
    batch.engine === engine &&
    batchId(batch) === id;
  if (!same) {
    throw new InputError(
      `${file}: does not hold what its name and folder say; the file was moved or edited: put back the original, or remove it and run its trials again`,
    );
  }
  return { batch, name };
}

function overlapping(
  file: string,
  other: string,
  batch: Line & Stream & Range,
  stored: Range,
): InputError {
  const what = `${batch.claim} ${batch.reading}, ${trialsText(batch)}`;
  return new InputError(
    `${other}: ${what}, overlaps ${trialsText({ ...batch, ...stored })} in ${file} with other content, and a trial counts once; keep one of the two`,
  );
}

/** Takes trials for a run: the lowest that are free, or the ones that are asked for. */
function take(folder: string, want: number | Range): Reservation {
  const living: Range[] = [];
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    if (RESERVED.test(name)) {
      const held = readHeld(file);
      if (held?.alive === true) living.push(...reservedBy(held.text));
      else rmSync(file, { force: true });
    } else if (isAbandoned(name, file)) rmSync(file, { force: true });
  }
  const ranges =
    typeof want === 'number' ? firstUnused([...batchesIn(folder), ...living], want) : [want];
  const holder = thisHolder();
  const file = join(folder, `.reserved-${holder.token}.json`);
  writeDurably(file, JSON.stringify({ ...holder, ranges }));
  return {
    ranges,
    async release() {
      rmSync(file, { force: true });
    },
  };
}

/** A file that a process which is gone left unfinished; of other hosts nothing is known for a day. */
function isAbandoned(name: string, file: string): boolean {
  const pid = TEMPORARY.exec(name)?.[1];
  if (pid === undefined || startedOf(Number(pid)) !== null) return false;
  try {
    return Date.now() - statSync(file).mtimeMs > 24 * 3_600_000;
  } catch {
    return false;
  }
}

function reservedBy(text: string): Range[] {
  try {
    const { ranges } = JSON.parse(text) as { ranges?: readonly Range[] };
    return [...(ranges ?? [])];
  } catch {
    // A full disk can cut it; at worst trials are run twice, and count once.
    return [];
  }
}
