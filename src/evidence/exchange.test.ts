import fc from 'fast-check';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { judge, tallyOf } from '../claims/index.js';
import { accumulate } from './accumulate.js';
import { addAll, allBatches, exportText, readExport } from './exchange.js';
import { folderStore } from './folder-store.js';
import { batchesOf } from './ranges.js';
import { batchOf, kinds, line, recordsOf } from './testing/batches.js';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'falsum-exchange-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

const effort = { trials: 100, minimumEffective: 10, searches: 0, attack: 1 };

/** One of three ledgers, to or from which batches are carried. */
const carry = fc.record({
  how: fc.constantFrom('append', 'export', 'merge'),
  from: fc.nat(2),
  to: fc.nat(2),
});

describe('carrying evidence between ledgers', () => {
  test.each(kinds.map((judged, i) => ({ judged, kind: judged.kind, numRuns: i === 0 ? 20 : 6 })))(
    '$kind: exports and merges in any order, any number of times, equal one run',
    async ({ judged, numRuns }) => {
      let round = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 1, max: 60 }),
          fc.uniqueArray(fc.integer({ min: 1, max: 59 }), { maxLength: 5 }),
          fc.array(fc.tuple(fc.nat(30), fc.nat(2)), { maxLength: 10 }),
          fc.array(carry, { maxLength: 8 }),
          async (trials, cuts, placed, carries) => {
            round += 1;
            const folder = join(root, String(round));
            const stores = [0, 1, 2].map((i) => folderStore(join(folder, String(i))));
            const ends = [0, ...cuts.filter((c) => c < trials).toSorted((a, b) => a - b), trials];
            const batches = ends
              .slice(1)
              .map((to, i) => batchOf(1, { from: ends[i], to }, {}, judged));
            // Each batch is somewhere, some are in several places, made on several days.
            for (const [i, batch] of batches.entries()) await stores[i % 3].append(batch);
            for (const [i, j] of placed) {
              const batch = batches[i % batches.length];
              const startedAt = `2026-01-${String(10 + (i % 10))}T00:00:00.000Z`;
              await stores[j].append({ ...batch, origin: { ...batch.origin, startedAt } });
            }
            for (const [i, { how, from, to }] of carries.entries()) {
              const source = await allBatches(stores[from]);
              const file = join(folder, `${i}.jsonl`);
              if (how === 'export') writeFileSync(file, exportText(source));
              if (how === 'append') for (const batch of source) await stores[to].append(batch);
              else {
                const carried = how === 'export' ? readExport(file) : source;
                await addAll(stores[to], [{ name: file, batches: carried }]);
              }
            }
            const order = carries.length % 2 === 0 ? [0, 1, 2] : [2, 1, 0];
            const total = folderStore(join(folder, 'total'));
            for (const i of [...order, ...order]) {
              await addAll(total, [{ name: String(i), batches: await allBatches(stores[i]) }]);
            }
            const tally = accumulate(judged, await total.batches(line));
            const oneRun = tallyOf(judged, recordsOf(1, { from: 0, to: trials }));
            expect(tally).toStrictEqual(oneRun);
            const verdict = (of: typeof tally) =>
              judge(judged, { tally: of, finds: [], families: [], effort });
            // The e-value is part of the judgement.
            if (judged.kind === 'probable') expect(verdict(tally).logEValue).not.toBeNull();
            expect(verdict(tally)).toStrictEqual(verdict(oneRun));
            expect(await total.batches(line)).toEqual(batches);
          },
        ),
        { seed: 1, numRuns },
      );
    },
  );

  test('an export is one text whatever the order in which batches came', async () => {
    const batches = batchesOf([{ from: 0, to: 350 }], 100).map((range) => batchOf(1, range));
    const texts = [];
    for (const order of [batches, batches.toReversed()]) {
      const store = folderStore(join(root, String(texts.length)));
      for (const batch of order) await store.append(batch);
      texts.push(exportText(await allBatches(store)));
    }
    expect(texts[1]).toBe(texts[0]);
    expect(texts[0].split('\n')).toHaveLength(6);
  });

  const exported = (): string => {
    const file = join(root, 'out.jsonl');
    writeFileSync(
      file,
      exportText([batchOf(1, { from: 0, to: 9 }), batchOf(1, { from: 9, to: 20 })]),
    );
    return file;
  };

  test.each([
    ['cut within a line', (t: string) => t.slice(0, -30), /, line 3: is not JSON|must be/],
    [
      'cut between lines',
      (t: string) => `${t.split('\n').slice(0, 2).join('\n')}\n`,
      /must hold 2 batches, got 1/,
    ],
    [
      'edited',
      (t: string) => t.replace('"to":9', '"to":8'),
      /, line 2: the id must be \w+, got \w+; it was edited/,
    ],
    ['of another kind', () => '{"a":1}\n', /is no export of evidence: its first line must be/],
    ['empty', () => '', /is no export of evidence/],
  ])('an export that was %s is refused in one line', (_, change, message) => {
    const file = exported();
    writeFileSync(file, change(readFileSync(file, 'utf8')));
    expect(() => readExport(file)).toThrow(message);
    expect(() => readExport(file)).toThrow(file);
  });

  test('where two sources contradict one another nothing is added', async () => {
    const store = folderStore(join(root, 'ledger'));
    await store.append(batchOf(1, { from: 0, to: 10 }));
    const sources = [
      { name: 'a.jsonl', batches: [batchOf(1, { from: 10, to: 20 })] },
      { name: 'b.jsonl', batches: [batchOf(1, { from: 15, to: 30 }, { attack: 4 })] },
    ];
    await expect(addAll(store, sources)).rejects.toThrow(
      'b.jsonl: toy/claim literal, trials 15…29 of seed 1 (js64, attack 4), overlaps trials 10…19 of seed 1 (js64, attack 1) in a.jsonl with other content, and a trial counts once; nothing was added',
    );
    expect(await store.batches(line)).toHaveLength(1);
    const added = await addAll(store, [sources[0], sources[0]]);
    expect(added).toEqual({ added: 1, present: 1 });
  });
});
