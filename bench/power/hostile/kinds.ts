import { globSync } from 'tinyglobby';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { atMost, cite, claim, decided, generator, universal } from '../../../src/index.js';
import { checkCertificate } from '../../../src/checking/index.js';
import type { TrialRecord } from '../../../src/claims/index.js';
import { ClaimFault, tallyOf } from '../../../src/claims/index.js';
import { ownResults } from '../../../src/cli/allure-results.js';
import { expectationOf, readKnownVerdicts } from '../../../src/cli/expectations.js';
import { lastRun } from '../../../src/cli/last-run.js';
import { checkOwn } from '../../../src/cli/own-files.js';
import type { Batch, Line } from '../../../src/evidence/index.js';
import {
  BATCH_SCHEMA,
  TEST_STREAM,
  addAll,
  encodeTally,
  exportText,
  folderStore,
  readExport,
  sizeOf,
} from '../../../src/evidence/index.js';
import { batchId, batchText } from '../../../src/evidence/batch.js';
import { batchName, streamFolder } from '../../../src/evidence/layout.js';
import { parseJson, readText, thisHolder, tryLock } from '../../../src/files/index.js';
import type { Counterexample } from '../../../src/hunting/index.js';
import {
  corpusEntries,
  counterexampleId,
  noteReproduced,
  readCounterexample,
  readDates,
  replay,
  storedCounterexamples,
} from '../../../src/hunting/index.js';
import { InputError, encodeJson } from '../../../src/model/index.js';
import {
  checkKept,
  checkpointFile,
  newHunt,
  readCheckpoint,
  storedHunts,
} from '../../../src/running/index.js';
import { createJs64 } from '../../../src/training/index.js';

/** One kind of files that Falsum reads back, each in a folder of its own. */
export interface HostileKind {
  readonly name: string;
  /** Where the file lies below the folder. */
  readonly place: string;
  /** Texts that are valid. */
  readonly samples: readonly string[];
  /** JSON lines are changed line by line. */
  readonly lines?: boolean;
  /** Gives changed JSON the id or the name that belongs to it, as who forges it would. */
  readonly reseal?: (json: Record<string, unknown>) => { readonly place?: string };
  /** Reads the file as commands do. @throws InputError where it is refused; Error where what is believed cannot be */
  readonly read: (folder: string, file: string) => unknown;
}

interface Toy {
  readonly value: number;
}

const toy = claim({
  id: 'bench/hostile-files',
  version: 1,
  catalogue: null,
  source: cite('bench', 'hostile/kinds.ts'),
  standing: 'lemma',
  title: 'A uniform number is at most one half',
  statement: String.raw`v \le 1/2`,
  readings: {
    literal: universal<Toy>({
      note: 'As printed.',
      instances: generator({
        law: 'uniform on [0, 1)',
        structure: fc.constant(null),
        build: (_, random) => ({ value: random.uniform() }),
        labels: () => ['all'],
      }),
      assumptions: [
        { name: 'v is at most 1', tex: String.raw`v \le 1`, margin: ({ value }) => 1 - value },
      ],
      conclude: ({ value }) => decided('exact', [atMost('v ≤ ½', value, 0.5)]),
      controls: {
        small: {
          statement: 'v ≤ 0.98',
          argument: 'v is uniform on [0, 1)',
          judge: 'every-draw',
          conclude: ({ value }) => decided('exact', [atMost('v ≤ 0.98', value, 0.98)]),
        },
      },
      coverage: { sampled: { all: 'everything' } },
    }),
  },
});

const engine = createJs64();
const instance = { value: 0.75 };
const id = counterexampleId(toy.id, 'literal', instance);
const counterexample: Counterexample = {
  ...{ schema: 'falsum/counterexample@1', id, claim: toy.id, reading: 'literal', version: 1 },
  ...{ grade: 'certified', form: 'instance', instance, clause: 'v ≤ ½', lhs: 0.75, rhs: 0.5 },
  ...{ margin: { lower: -0.2, upper: -0.2 }, witness: null, nearestAssumption: null },
  certificate: {
    ...{ kind: 'instance', statement: 'v > ½', argument: 'by comparison' },
    checks: [{ what: 'v', left: '3/4', relation: '>', right: '1/2', holds: true }],
  },
  confirmation: null,
  found: { stream: 'search', seed: 1, trial: 0, shrinks: 0 },
  ...{ engine: 'js64', falsum: '0' },
};
const counterexampleJson = JSON.stringify(counterexample);
const inFolder = `${toy.id}/literal/${id}.json`;

const line: Line = {
  claim: toy.id,
  reading: 'literal',
  version: 1,
  draws: '0123456789abcdef',
  precision: 'float64',
};

/** A batch of as many trials, a third of them violated. */
function batchOf(from: number, to: number): Batch {
  const judged = { kind: 'probable', coverage: { sampled: { all: 'everything' } } } as const;
  const records = Array.from({ length: to - from }, (_, i): TrialRecord => ({
    trial: from + i,
    outcome: i % 3 === 0 ? 'violated' : 'holds',
    labels: ['all'],
    margin: { lower: 0.1, upper: 0.1 },
    decidedBy: 'exact',
    admitted: 0.5,
  }));
  return {
    schema: BATCH_SCHEMA,
    ...line,
    engine: 'js64',
    seed: 1,
    stream: TEST_STREAM,
    from,
    to,
    attack: 1,
    tally: encodeTally(tallyOf(judged, records)),
    origin: { falsum: '0', commit: null, startedAt: '2026-01-01T00:00:00Z', profile: 'ci' },
  };
}

const batch = batchOf(0, 30);
const hunt = newHunt(toy, { reading: 'literal', engine: 'js64', attack: 1, seed: 1, label: null });

/** Recomputes what a file shows, which is all that is believed of it. */
async function replayed(stored: Counterexample): Promise<void> {
  if (stored.claim !== toy.id || !Object.hasOwn(toy.readings, stored.reading)) return;
  try {
    const { reproduces } = await replay(toy, stored, engine);
    const { value } = stored.instance as unknown as Toy;
    if (reproduces && !(value > 0.5 && value <= 1))
      throw new Error('a counterexample is believed that is none');
  } catch (error) {
    if (!(error instanceof InputError || error instanceof ClaimFault)) throw error;
  }
}

/** The trials that a ledger counts are those that its batches have. */
async function counted(root: string): Promise<void> {
  const store = folderStore(root);
  for (const found of await store.lines()) {
    for (const one of await store.batches(found)) {
      const { effective, discarded, gaveUp } = one.tally as unknown as Record<string, number>;
      if (effective + discarded + gaveUp !== sizeOf([one]))
        throw new Error('trials are believed that never were');
    }
  }
}

function resealed(json: Record<string, unknown>) {
  const { claim: of, reading, instance: content } = json;
  json['id'] = counterexampleId(String(of), String(reading), (content ?? null) as never);
  return {};
}

const fixtures = globSync('fixtures/counterexamples/*/*/*/*.json', { absolute: true }).toSorted();

export const KINDS: readonly HostileKind[] = [
  {
    name: 'counterexample',
    place: 'counterexample.json',
    samples: [counterexampleJson],
    reseal: resealed,
    read: async (_, file) => replayed(readCounterexample(file)),
  },
  {
    name: 'corpus',
    place: inFolder,
    samples: [counterexampleJson],
    reseal: resealed,
    read: async (folder) => {
      for (const stored of corpusEntries(folder)) await replayed(stored);
    },
  },
  {
    name: 'found',
    place: inFolder,
    samples: [counterexampleJson],
    reseal: resealed,
    read: (folder) => storedCounterexamples(folder, toy.id, 'literal'),
  },
  {
    name: 'certificate',
    place: 'certificate.json',
    samples: fixtures.filter((_, i) => i % 8 === 0).map((file) => readFileSync(file, 'utf8')),
    reseal: resealed,
    read: (_, file) => checkCertificate(parseJson(file, readText(file))),
  },
  {
    name: 'checkpoint',
    place: checkpointFile('', hunt),
    samples: [
      JSON.stringify(encodeJson(hunt)),
      JSON.stringify(
        encodeJson({
          ...hunt,
          kept: [
            { signature: 's', clause: 'v ≤ ½', grade: 'certified', id, after: 0, minimal: true },
          ],
        }),
      ),
    ],
    read: (folder, file) => {
      const state = readCheckpoint(file);
      storedHunts(folder);
      if (state !== null) checkKept(file, state, join(folder, 'found'));
    },
  },
  {
    name: 'batch',
    place: join(streamFolder('', batch, batch), batchName(batch)),
    samples: [batchText(batch)],
    reseal: (json) => {
      const forged = json as unknown as Batch;
      // A name is made of what has no slash; other content keeps the name that it had.
      const safe = [forged.from, forged.to, forged.engine].every((part) =>
        /^[\w.+-]{1,30}$/.test(String(part)),
      );
      return safe ? { place: join(streamFolder('', batch, batch), batchName(forged)) } : {};
    },
    read: async (folder) => {
      await counted(folder);
      const store = folderStore(folder);
      await store.append(batchOf(30, 60));
      const { release } = await store.reserve(line, { seed: 1, stream: TEST_STREAM }, 5);
      await release();
    },
  },
  {
    name: 'reservation',
    place: join(streamFolder('', batch, batch), '.reserved-a.json'),
    samples: [JSON.stringify({ ...thisHolder(), ranges: [{ from: 0, to: 30 }] })],
    read: async (folder) => {
      const store = folderStore(folder);
      const { ranges, release } = await store.reserve(line, { seed: 1, stream: TEST_STREAM }, 5);
      await release();
      if (sizeOf(ranges) !== 5 || ranges.some(({ from }) => !Number.isSafeInteger(from))) {
        throw new Error(`a run got the trials ${JSON.stringify(ranges)}`);
      }
    },
  },
  {
    name: 'lock',
    place: '.lock-1',
    samples: [JSON.stringify(thisHolder()), JSON.stringify({ ...thisHolder(), host: 'elsewhere' })],
    read: (folder) => {
      const lock = tryLock(folder);
      if ('release' in lock) lock.release();
    },
  },
  {
    name: 'export',
    place: 'night.jsonl',
    samples: [exportText([batch, batchOf(30, 50)])],
    lines: true,
    reseal: (json) => {
      if (typeof json['batch'] === 'object' && json['batch'] !== null) {
        json['id'] = batchId(json['batch'] as Batch);
      }
      return {};
    },
    read: async (folder, file) => {
      const batches = readExport(file);
      const ledger = join(folder, 'ledger');
      await addAll(folderStore(ledger), [{ name: file, batches }]);
      await counted(ledger);
    },
  },
  {
    name: 'verdicts',
    place: 'verdicts.json',
    samples: [
      JSON.stringify({
        ...{ schema: 'falsum/verdicts@1', seed: 1, profile: 'ci', engine: 'js64' },
        results: [
          {
            ...{ claim: toy.id, reading: 'literal', version: 1, verdict: 'refuted' },
            ...{ worstMargin: -0.2, trials: { effective: 3 }, sharpness: 'Infinity' },
            evidence: { ranges: [{ from: 0, to: 30 }] },
          },
        ],
      }),
    ],
    read: (folder) => {
      lastRun(folder);
      checkOwn(folder, { page: true, figures: [] });
    },
  },
  {
    name: 'expectations',
    place: 'known.json',
    samples: [
      JSON.stringify({
        schema: 'falsum/known-verdicts@1',
        verdicts: {
          [toy.id]: {
            literal: {
              ...{ admissible: { smoke: ['refuted'], ci: ['refuted'], nightly: ['refuted'] } },
              ...{ counterexamples: [id], why: 'it is false' },
            },
          },
        },
      }),
    ],
    read: (_, file) => {
      const known = readKnownVerdicts(file);
      if (expectationOf(known, 'constructor', 'name') !== undefined)
        throw new Error('the prototype is believed');
    },
  },
  {
    name: 'history',
    place: 'history.jsonl',
    samples: [
      `${JSON.stringify({ uuid: 'u', name: 'Falsum', timestamp: 1, knownTestCaseIds: [], testResults: { a: {} }, metrics: {}, url: '' })}\n`.repeat(
        3,
      ),
    ],
    lines: true,
    read: (folder) => checkOwn(folder, { page: true, figures: [] }),
  },
  {
    name: 'dates',
    place: 'corpus.dates',
    samples: [
      JSON.stringify({
        schema: 'falsum/corpus-dates@1',
        dates: { [id]: { first: '2026-01-01', last: '2026-01-02' } },
      }),
    ],
    read: (folder) => {
      readDates(folder);
      noteReproduced(folder, [id], '2026-01-03');
    },
  },
  {
    name: 'results',
    place: '.falsum.json',
    samples: [JSON.stringify({ schema: 'falsum/allure-results@1', files: ['a-result.json'] })],
    read: (folder) => ownResults(folder),
  },
];
