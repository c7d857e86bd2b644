import { oneLine, parseJson, readText } from '../files/index.js';
import { InputError } from '../model/index.js';
import type { Batch } from './batch.js';
import { batchId, batchText, inOrder, lineKey, trialsText } from './batch.js';
import { overlap } from './ranges.js';
import { checkContent, readShape } from './read-batch.js';
import type { EvidenceStore } from './store.js';

/** A year of nightly runs is some 100 MiB. */
const MOST_BYTES = 256 * 2 ** 20;

const EXPORT_SCHEMA = 'falsum/evidence-export@1';

/** Everything in a store, in canonical order. @throws InputError when something in it is broken */
export async function allBatches(store: EvidenceStore): Promise<Batch[]> {
  const batches: Batch[] = [];
  for (const line of await store.lines()) batches.push(...(await store.batches(line)));
  return batches;
}

/** Batches as JSON lines: a head that counts them, then one line each with its id. */
export function exportText(batches: readonly Batch[]): string {
  const head = JSON.stringify({ schema: EXPORT_SCHEMA, batches: batches.length });
  const lines = batches.map((batch) => `{"id":"${batchId(batch)}","batch":${batchText(batch)}}`);
  return `${[head, ...lines].join('\n')}\n`;
}

/** Reads an export. @throws InputError naming the file and the line when it is not whole */
export function readExport(file: string): Batch[] {
  const text = readText(file, MOST_BYTES);
  const [head, ...lines] = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const { schema, batches: expected } = object(head ?? '');
  if (schema !== EXPORT_SCHEMA || typeof expected !== 'number') {
    throw new InputError(
      `${file}: is no export of evidence: its first line must be {"schema":"${EXPORT_SCHEMA}",…}; make one with "falsum evidence export"`,
    );
  }
  if (lines.length !== expected) {
    throw new InputError(
      `${file}: must hold ${expected} batches, got ${lines.length}; it was cut or edited: export again`,
    );
  }
  return lines.map((line, i) => {
    const where = `${file}, line ${i + 2}`;
    const { id, batch: content } = object(line);
    const batch = readShape(where, content === undefined ? line : JSON.stringify(content));
    if (batchId(batch) !== id) {
      throw new InputError(
        `${where}: the id must be ${batchId(batch)}, got ${oneLine(String(id), 40)}; it was edited: export again`,
      );
    }
    checkContent(where, batch);
    return batch;
  });
}

/** A line's object; an empty one where the line is none. */
function object(line: string): Record<string, unknown> {
  try {
    const value = parseJson('a line', line);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** What adding to a store did. */
export interface Added {
  readonly added: number;
  /** Batches that were there already, and count once. */
  readonly present: number;
}

/**
 * Adds batches to a store: all of them, or none where one contradicts the store or another.
 *
 * @param sources the batches with what messages call the place they come from
 * @throws InputError when two batches hold the same trial with different content
 */
export async function addAll(
  store: EvidenceStore,
  sources: readonly { readonly name: string; readonly batches: readonly Batch[] }[],
): Promise<Added> {
  const known = (await allBatches(store)).map((batch) => ({ name: store.name, batch }));
  const incoming = sources.flatMap(({ name, batches }) =>
    batches.map((batch) => ({ name, batch })),
  );
  checkDisjoint([...known, ...incoming]);
  let added = 0;
  for (const { batch } of incoming) {
    if ((await store.append(batch)) === 'added') added += 1;
  }
  return { added, present: incoming.length - added };
}

interface Placed {
  readonly name: string;
  readonly batch: Batch;
}

/** @throws InputError naming both places when two different batches share a trial */
function checkDisjoint(batches: readonly Placed[]): void {
  const bySeed = new Map<string, Placed[]>();
  for (const placed of batches) {
    const key = `${lineKey(placed.batch)} ${placed.batch.seed} ${placed.batch.stream}`;
    const group = bySeed.get(key);
    if (group) group.push(placed);
    else bySeed.set(key, [placed]);
  }
  for (const group of bySeed.values()) {
    const ordered = group.toSorted((a, b) => inOrder(a.batch, b.batch));
    let furthest: Placed | null = null;
    for (const placed of ordered) {
      const { batch, name } = placed;
      if (furthest !== null && overlap(furthest.batch, batch)) {
        if (batchId(furthest.batch) === batchId(batch)) continue;
        throw new InputError(
          `${name}: ${batch.claim} ${batch.reading}, ${trialsText(batch)} (${batch.engine}, attack ${batch.attack}), overlaps ${trialsText(furthest.batch)} (${furthest.batch.engine}, attack ${furthest.batch.attack}) in ${furthest.name} with other content, and a trial counts once; nothing was added`,
        );
      }
      furthest = placed;
    }
  }
}
