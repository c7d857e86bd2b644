import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tallyOf } from '../claims/index.js';
import { giveSign, thisHolder } from '../files/index.js';
import type { Json } from '../model/index.js';
import { InputError } from '../model/index.js';
import { accumulate } from './accumulate.js';
import type { Batch } from './batch.js';
import { TEST_STREAM, batchText, beyondStream } from './batch.js';
import { folderStore } from './folder-store.js';
import { batchName, lineFolder, streamFolder } from './layout.js';
import { batchOf, judged, line, recordsOf } from './testing/batches.js';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'falsum-ledger-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

const ONE = { seed: 1, stream: TEST_STREAM };
const first = { from: 0, to: 100 };
const second = { from: 100, to: 160 };
const files = (): string[] =>
  readdirSync(streamFolder(root, line, ONE)).filter((name) => !name.startsWith('.'));

describe('a ledger in a folder', () => {
  test('keeps batches by line and seed and gives them back in canonical order', async () => {
    const store = folderStore(root);
    expect(await store.lines()).toEqual([]);
    const batches = [batchOf(2, first), batchOf(1, second), batchOf(1, first)];
    for (const batch of batches) expect(await store.append(batch)).toBe('added');
    const apart = batchOf(1, first, { precision: 'float32', engine: 'tfjs' });
    await store.append(apart);
    expect(await store.lines()).toEqual([{ ...line, precision: 'float32' }, line]);
    expect(await store.batches(line)).toEqual(batches.toReversed());
    expect(await store.batches({ ...line, precision: 'float32' })).toEqual([apart]);
  });

  test('numbers the draws beyond a ladder apart, by size', async () => {
    const store = folderStore(root);
    const beyond = [64, 128].map((size) =>
      batchOf(1, first, { stream: beyondStream({ path: 'N, d = 2', size }) }),
    );
    for (const batch of [batchOf(1, first), ...beyond]) await store.append(batch);
    expect(await store.batches(line)).toHaveLength(3);
    const [{ stream }] = beyond;
    expect((await store.reserve(line, { seed: 1, stream }, 5)).ranges).toEqual([
      { from: 100, to: 105 },
    ]);
    await expect(store.append(batchOf(1, { from: 99, to: 160 }, { stream }))).rejects.toThrow(
      'trials 99…159 beyond N, d = 2 64 of seed 1, overlaps',
    );
  });

  test('counts a batch once, and keeps the earliest origin of it', async () => {
    const store = folderStore(root);
    const batch = batchOf(1, first);
    const later = { ...batch, origin: { ...batch.origin, startedAt: '2026-02-01T00:00:00.000Z' } };
    await store.append(later);
    expect(await store.append(batch)).toBe('present');
    expect(await store.append(later)).toBe('present');
    expect(await store.batches(line)).toEqual([batch]);
    expect(accumulate(judged, await store.batches(line))).toEqual(
      tallyOf(judged, recordsOf(1, first)),
    );
  });

  test('refuses a trial twice, and names both files; nothing is changed', async () => {
    const store = folderStore(root);
    await store.append(batchOf(1, first));
    const [name] = files();
    await expect(store.append(batchOf(1, { from: 50, to: 160 }))).rejects.toThrow(
      new RegExp(
        `seed-1/50-160\\.js64\\.\\w+\\.json: toy/claim literal, trials 50…159 of seed 1, overlaps trials 0…99 of seed 1 in .*${name} with other content, and a trial counts once; keep one of the two$`,
      ),
    );
    // The same trials by another engine are the same draws, so no new evidence.
    await expect(store.append(batchOf(1, first, { engine: 'wasm64' }))).rejects.toThrow('overlaps');
    expect(files()).toEqual([name]);
  });

  test('says that a claim has changed where the same trials come out otherwise', async () => {
    const store = folderStore(root);
    await store.append(batchOf(1, first));
    const changed = { ...batchOf(1, first), tally: batchOf(3, first).tally };
    await expect(store.append(changed)).rejects.toThrow(
      /came out otherwise when it was stored; what decides its trials has changed: raise the version/,
    );
  });

  test.each([
    ['cut', (text: string) => text.slice(0, 40), 'is not JSON'],
    [
      'edited',
      (text: string) => text.replace('"effective":', '"effective":1'),
      'was moved or edited',
    ],
    ['of another kind', () => '{"schema":"falsum/verdicts@1"}', 'is no batch of evidence: it must'],
  ])('a file that was %s is named, and how to mend it', async (_, change, message) => {
    const store = folderStore(root);
    await store.append(batchOf(1, first));
    const file = join(streamFolder(root, line, ONE), files()[0]);
    writeFileSync(file, change(readFileSync(file, 'utf8')));
    const error = await store.batches(line).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toContain(file);
    expect((error as Error).message).toContain(message);
    expect((error as Error).message).not.toContain('\n');
  });

  test('two files that hold one trial are refused when the ledger is read', async () => {
    const store = folderStore(root);
    await store.append(batchOf(1, { from: 50, to: 160 }));
    const other = folderStore(join(root, 'other'));
    await other.append(batchOf(1, first));
    const from = streamFolder(join(root, 'other'), line, ONE);
    const [name] = readdirSync(from).filter((entry) => !entry.startsWith('.'));
    writeFileSync(join(streamFolder(root, line, ONE), name), readFileSync(join(from, name)));
    rmSync(join(root, 'other'), { recursive: true });
    await expect(store.batches(line)).rejects.toThrow(/0-100\..*50-160\.|50-160\..*0-100\./);
  });

  test('a foreign file is named, a README at the top may stay', async () => {
    const store = folderStore(root);
    await store.append(batchOf(1, first));
    writeFileSync(join(root, 'README.md'), 'ours');
    expect(await store.lines()).toEqual([line]);
    const foreign = join(lineFolder(root, line), 'notes.json');
    writeFileSync(foreign, '{}');
    await expect(store.lines()).rejects.toThrow(
      `${foreign}: does not belong into a ledger; move it away`,
    );
  });

  test('a ledger that cannot be written says so in one line', async () => {
    writeFileSync(join(root, 'file'), '');
    await expect(folderStore(join(root, 'file')).append(batchOf(1, first))).rejects.toThrow(
      /the ledger cannot be written \(ENOTDIR\); choose another folder with --ledger/,
    );
  });
});

describe('reservations', () => {
  test('two runs never get the same trials; what is released or stored is not given again', async () => {
    const store = folderStore(root);
    const [a, b] = await Promise.all([
      store.reserve(line, ONE, 150),
      store.reserve(line, ONE, 150),
    ]);
    const [low, high] = [a, b].toSorted((x, y) => x.ranges[0].from - y.ranges[0].from);
    expect(low.ranges).toEqual([{ from: 0, to: 150 }]);
    expect(high.ranges).toEqual([{ from: 150, to: 300 }]);
    await store.append(batchOf(1, first));
    await low.release();
    const next = await store.reserve(line, ONE, 100);
    // What the first run did not reach, then what lies beyond the second.
    expect(next.ranges).toEqual([
      { from: 100, to: 150 },
      { from: 300, to: 350 },
    ]);
    expect((await store.reserve(line, { ...ONE, seed: 2 }, 10)).ranges).toEqual([
      { from: 0, to: 10 },
    ]);
  });

  test('what a process that is gone reserved is free again', async () => {
    const store = folderStore(root);
    const { release } = await store.reserve(line, ONE, 100);
    await release();
    const gone = { ...thisHolder(), pid: 2 ** 22 + 1, started: '1', ranges: [first] };
    const reused = { ...thisHolder(), started: '1', ranges: [second] };
    const folder = streamFolder(root, line, ONE);
    writeFileSync(join(folder, '.reserved-a.json'), JSON.stringify(gone));
    writeFileSync(join(folder, '.reserved-b.json'), JSON.stringify(reused));
    writeFileSync(join(folder, '.lock-1'), JSON.stringify(gone));
    expect((await store.reserve(line, ONE, 160)).ranges).toEqual([{ from: 0, to: 160 }]);
  });

  test('what a run on another host reserved stays reserved while it shows that it is alive, and no longer', async () => {
    const folder = streamFolder(root, line, ONE);
    mkdirSync(folder, { recursive: true });
    const file = join(folder, '.reserved-a.json');
    const elsewhere = { ...thisHolder(), host: 'elsewhere', ranges: [first] };
    writeFileSync(file, JSON.stringify(elsewhere));
    const store = folderStore(root);
    const held = await store.reserve(line, ONE, 10);
    expect(held.ranges).toEqual([{ from: 100, to: 110 }]);
    await held.release();
    const fourMinutesAgo = new Date(statSync(file).mtimeMs - 240_000);
    utimesSync(file, fourMinutesAgo, fourMinutesAgo);
    expect((await store.reserve(line, ONE, 10)).ranges).toEqual([{ from: 0, to: 10 }]);
    expect(readdirSync(folder)).not.toContain('.reserved-a.json');
  });

  test('a run shows that it is alive, also where trials leave timers no time', async () => {
    const reservation = await folderStore(root).reserve(line, ONE, 10);
    const folder = streamFolder(root, line, ONE);
    const [name] = readdirSync(folder);
    const text = readFileSync(join(folder, name), 'utf8');
    const past = new Date(statSync(join(folder, name)).mtimeMs - 240_000);
    utimesSync(join(folder, name), past, past);
    expect(giveSign(join(folder, name), text)).toBe(true);
    expect(statSync(join(folder, name)).mtimeMs).toBeGreaterThan(past.getTime() + 200_000);
    // Nothing is due yet, and nothing breaks.
    reservation.renew();
    await reservation.release();
    expect(giveSign(join(folder, name), text)).toBe(false);
  });
});

describe('a batch that no trials can leave', () => {
  const tally = batchOf(1, first).tally as Record<string, Json>;
  const impossible: Record<string, Partial<Batch>> = {
    'more trials than its range': {
      from: 0,
      to: 1,
      tally: { ...tally, effective: 1e9, telling: 1e9, exact: 1e9 },
    },
    'a range beyond the integers': { from: 0, to: 1e21 },
    'a seed beyond the integers': { seed: 1e21 },
    'a version beyond the integers': { version: 1e21 },
    'counts beyond the integers': { tally: { ...tally, effective: 1e21 } },
  };

  /** Stores a batch as a version that believed it did. */
  function believed(batch: Batch): string {
    const folder = streamFolder(root, batch, batch);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, batchName(batch)), `${batchText(batch)}\n`);
    return batch.seed === 1 && batch.version === 1 ? join(folder, batchName(batch)) : root;
  }

  test.each(Object.entries(impossible))('%s: is not added', async (_, part) => {
    const store = folderStore(root);
    await expect(store.append(batchOf(1, first, part))).rejects.toThrow(InputError);
    expect(await store.lines()).toEqual([]);
  });

  test.each(Object.entries(impossible))(
    '%s: a ledger that holds it opens without it, names it and takes further trials',
    async (_, part) => {
      const place = believed(batchOf(1, first, part));
      const named: string[] = [];
      const store = folderStore(root, (path, why) => named.push(`${path}: ${why}`));
      expect(await store.append(batchOf(1, first))).toBe('added');
      expect(await store.lines()).toEqual([line]);
      expect(await store.batches(line)).toEqual([batchOf(1, first)]);
      expect((await store.reserve(line, ONE, 5)).ranges).toEqual([{ from: 100, to: 105 }]);
      expect(named.length).toBeGreaterThan(0);
      for (const text of named) expect(text.startsWith(place)).toBe(true);
    },
  );
});
