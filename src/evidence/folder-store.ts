import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  SIGN_OF_LIFE_MS,
  TEMPORARY,
  discard,
  ensureFolder,
  exists,
  failureCode,
  failureText,
  giveSign,
  heldFile,
  oneLine,
  parseJson,
  readHeld,
  readText,
  startedOf,
  thisHolder,
  withLock,
  writeDurably,
} from '../files/index.js';
import { InputError } from '../model/index.js';
import type { Batch, Line, Stream } from './batch.js';
import { batchId, batchText, earlier, inOrder, lineKey, trialsText } from './batch.js';
import type { BatchName, LeaveOut } from './layout.js';
import { batchName, batchesIn, linesIn, streamFolder, streamFoldersIn } from './layout.js';
import type { Range } from './ranges.js';
import { firstUnused, overlap } from './ranges.js';
import { readBatch, readStored } from './read-batch.js';
import type { EvidenceStore, Reservation } from './store.js';

const RESERVED = /^\.reserved-.*\.json$/;

/**
 * A ledger as a folder: one file for each batch, named by its trials and a hash of its content, written
 * whole and flushed before it counts, never changed. Two runs may use one folder at once; folders are
 * merged by adding the batches of one to the other.
 *
 * @param root the folder; made when the first batch is added
 * @param leaveOut told of batches that are there and count for nothing, since no trials can have left them
 */
export function folderStore(root: string, leaveOut: LeaveOut = () => {}): EvidenceStore {
  return {
    name: root,
    async append(batch) {
      const folder = streamFolder(root, batch, batch);
      return inFolder(root, folder, () => add(folder, batch));
    },
    async lines() {
      return linesIn(root, leaveOut)
        .filter((line) =>
          streamFoldersIn(root, line, leaveOut).some(
            (folder) => batchesIn(folder, leaveOut).length > 0,
          ),
        )
        .toSorted((a, b) => (lineKey(a) < lineKey(b) ? -1 : 1));
    },
    async batches(line) {
      return streamFoldersIn(root, line, leaveOut)
        .flatMap((folder) => readAll(root, line, folder, leaveOut))
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
    ensureFolder(folder);
    return await withLock(folder, run);
  } catch (error) {
    const code = failureCode(error);
    if (code === null) throw error;
    const text = failureText(code, 'choose another folder with --ledger or mend its permissions');
    throw new InputError(`${oneLine(root)}: the ledger cannot be written ${text}`);
  }
}

function add(folder: string, batch: Batch): 'added' | 'present' {
  const name = batchName(batch);
  const file = join(folder, name);
  const text = `${batchText(batch)}\n`;
  // What could not be read back is not written.
  readBatch(file, text);
  if (exists(file)) {
    const kept = earlier(readBatch(file, readText(file)), batch);
    if (kept === batch) writeDurably(file, text);
    return 'present';
  }
  const other = batchesIn(folder, silently).find(
    (stored) => overlap(stored, batch) && counts(stored),
  );
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
function readAll(root: string, line: Line, folder: string, leaveOut: LeaveOut): Batch[] {
  const batches = batchesIn(folder, leaveOut).flatMap(
    (name) => readNamed(root, line, folder, name, leaveOut) ?? [],
  );
  for (const [i, { batch, name }] of batches.entries()) {
    const before = batches[i - 1]?.name;
    if (before !== undefined && overlap(before, name)) {
      throw overlapping(before.file, name.file, batch, before);
    }
  }
  return batches.map(({ batch }) => batch);
}

function readNamed(root: string, line: Line, folder: string, name: BatchName, leaveOut: LeaveOut) {
  const { file, from, to, engine, id } = name;
  const stored = readStored(file, readText(file), id);
  if ('problem' in stored) {
    leaveOut(file, stored.problem.slice(oneLine(file).length + 2));
    return null;
  }
  const { batch } = stored;
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

const silently: LeaveOut = () => {};

/** Files of this process that were read once: their names are hashes of what they hold. */
const counting = new Map<string, boolean>();

/** Whether a batch counts, or was stored by a version that believed what cannot be. @throws InputError when damaged */
function counts({ file, id }: BatchName): boolean {
  const known = counting.get(file);
  if (known !== undefined) return known;
  const sound = 'batch' in readStored(file, readText(file), id);
  counting.set(file, sound);
  return sound;
}

/** Takes trials for a run: the lowest that are free, or the ones that are asked for. */
function take(folder: string, want: number | Range): Reservation {
  const living: Range[] = [];
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    if (RESERVED.test(name)) {
      const held = readHeld(file);
      if (held?.alive === true) living.push(...reservedBy(held.text));
      else discard(file);
    } else if (isAbandoned(name, file)) discard(file);
  }
  const taken = (): Range[] => batchesIn(folder, silently).filter(counts);
  const ranges = typeof want === 'number' ? firstUnused([...taken(), ...living], want) : [want];
  const holder = thisHolder();
  const file = heldFile(folder, 'reserved', holder);
  const text = JSON.stringify({ ...holder, ranges });
  writeDurably(file, text);
  return reservation(ranges, file, text);
}

/** A reservation shows other hosts that it is alive, by a timer and, where trials leave timers no time, when told to. */
function reservation(ranges: readonly Range[], file: string, text: string): Reservation {
  let last = performance.now();
  const renew = (): void => {
    if (performance.now() - last < SIGN_OF_LIFE_MS) return;
    last = performance.now();
    try {
      // One that another host took for dead costs nothing but time: a trial that is run twice counts once.
      giveSign(file, text);
    } catch {
      // A server that is away is asked again.
    }
  };
  const beat = setInterval(renew, SIGN_OF_LIFE_MS);
  beat.unref();
  return {
    ranges,
    renew,
    async release() {
      clearInterval(beat);
      discard(file);
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
  let json: unknown;
  try {
    json = parseJson('a reservation', text);
  } catch {
    // What a full disk cut or another program wrote reserves nothing; at worst trials are run twice, and count once.
    return [];
  }
  const { ranges } = (json ?? {}) as { readonly ranges?: unknown };
  return Array.isArray(ranges) ? ranges.filter(isRange) : [];
}

function isRange(value: unknown): value is Range {
  const { from, to } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return Number.isSafeInteger(from) && Number.isSafeInteger(to) && Number(from) < Number(to);
}
