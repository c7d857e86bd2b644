import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { globSync } from 'tinyglobby';
import { afterAll, describe, expect, test } from 'vitest';
import type { Json } from '../model/index.js';
import { checkCertificate } from './check.js';
import { ENTRIES } from './entries.js';
import { forged, withId } from './testing/forgery.js';
import type { Mutation } from './testing/mutations.js';
import { mutationsUnder, replaced, spread } from './testing/mutations.js';
import type { Stated } from './testing/oracle.js';
import { isTrue } from './testing/oracle.js';
import { printsTruth } from './testing/printed-truth.js';

const ROOT = fileURLToPath(new URL('../../fixtures/counterexamples/', import.meta.url));

const stored = globSync('**/*.json', { cwd: ROOT })
  .toSorted()
  .map((file) => [file, JSON.parse(readFileSync(`${ROOT}${file}`, 'utf8')) as Json] as const);

/** Files of one reading that are mutated: a map has dozens, alike but for their sizes. */
const MUTATED_FILES = 4;

/** Mutated too: its network has fewer neurons than the claim's code completes a changed instance to. */
const SPARSE = '17fa5836640541c2.json';

/** The files to be mutated: of each reading a few, spread over its names, which are hashes. */
const mutated = [...new Set(stored.map(([file]) => dirname(file)))].flatMap((folder) => {
  const files = stored.filter(([file]) => dirname(file) === folder);
  const few = spread(files, MUTATED_FILES);
  return [...few, ...files.filter((file) => basename(file[0]) === SPARSE && !few.includes(file))];
});

/**
 * Mutations tried of each part of a file; families with long lists have thousands, and take longer. MUTATIONS=400 in the
 * environment tries that many.
 */
function most(json: Json): number {
  const asked = Number(process.env['MUTATIONS'] ?? 0);
  if (asked > 0) return asked;
  return JSON.stringify(json).length > 10_000 ? 10 : 32;
}

const counts = {
  rejected: 0,
  'accepted, still true': 0,
  'forged: rejected, false': 0,
  'forged: rejected, though true': 0,
  'forged: accepted, true': 0,
  'forged: nothing to print': 0,
};

afterAll(() => {
  const listed = Object.entries(counts).map(([name, count]) => `  ${count} ${name}`);
  process.stdout.write(`mutations of stored counterexamples:\n${listed.join('\n')}\n`);
});

/** Single changes of everything that the checker reads. */
function printedMutations(json: Json): Mutation[] {
  const { certificate } = json as { certificate: Readonly<Record<string, Json>> };
  const few = [
    ...mutationsUnder(json, [
      ['lhs'],
      ['rhs'],
      ['margin'],
      ['clause'],
      ['version'],
      ['grade'],
      ['form'],
      ['certificate', 'kind'],
      ['certificate', 'statement'],
      ['certificate', 'argument'],
      ['certificate', 'data', 'type'],
    ]),
    ...spread(relations(json, certificate['checks'] as readonly Json[]), most(json)),
    ...otherReadings(json),
  ];
  const many = [
    ...spread(mutationsUnder(json, [['instance']]), most(json)),
    ...spread(mutationsUnder(json, [['certificate', 'data']]), most(json)),
    ...spread(mutationsUnder(json, [['certificate', 'checks']]), most(json)),
  ];
  return [...few, ...many].map(({ what, json: changed }) => ({ what, json: withId(changed) }));
}

/** Every relation turned round, for some of the checks. */
function relations(json: Json, checks: readonly Json[]): Mutation[] {
  return spread([...checks.keys()], 8).flatMap((i) =>
    ['=', '≤', '<', '≥', '>']
      .filter((relation) => relation !== (checks[i] as { relation: string }).relation)
      .map((relation) => ({
        what: `checks.${i} relation ${relation}`,
        json: replaced(json, ['certificate', 'checks', i, 'relation'], relation),
      })),
  );
}

/** The same file as a counterexample to every other reading of every claim. */
function otherReadings(json: Json): Mutation[] {
  const file = json as Readonly<Record<string, Json>>;
  return Object.entries(ENTRIES).flatMap(([claim, { readings }]) =>
    [...Object.keys(readings), 'sufficient']
      .filter((reading) => claim !== file['claim'] || reading !== file['reading'])
      .map((reading) => ({ what: `as ${claim} ${reading}`, json: { ...file, claim, reading } })),
  );
}

/** Instance or data changed, and everything else printed to match. */
function forgeries(json: Json): { what: string; json: Json | null }[] {
  const changed = [
    ...spread(mutationsUnder(json, [['instance']]), most(json)),
    ...spread(mutationsUnder(json, [['certificate', 'data']]), most(json)),
    ...otherReadings(json),
  ];
  return changed.map(({ what, json: changedJson }) => ({
    what: `forged: ${what}`,
    json: forged(changedJson),
  }));
}

describe('stored counterexamples', () => {
  test.each(stored)('%s is accepted, and the oracle agrees', async (_, json) => {
    expect(checkCertificate(json)).toMatchObject({ verdict: 'accepted', covered: true });
    expect(await isTrue(json as unknown as Stated)).toBe(true);
    // Its forgery is itself, up to the last digits of printed doubles.
    expect(checkCertificate(forged(json))).toMatchObject({ verdict: 'accepted' });
  });
});

test('the sparse network is among the mutated files', () => {
  expect(mutated.map(([file]) => basename(file))).toContain(SPARSE);
});

describe('a mutated file is rejected, or what it states is still true', () => {
  test.each(mutated)('%s', async (_, json) => {
    for (const mutation of printedMutations(json)) {
      const { verdict } = checkCertificate(mutation.json);
      if (verdict === 'rejected') {
        counts.rejected += 1;
        continue;
      }
      const stated = mutation.json as unknown as Stated;
      expect(await isTrue(stated), `${mutation.what}: accepted and false`).toBe(true);
      expect(printsTruth(json, mutation.json), `${mutation.what}: printed wrongly`).toBe(true);
      counts['accepted, still true'] += 1;
    }
  });
});

describe('a forger who prints what the checker computes gets through with the truth alone', () => {
  test.each(mutated)('%s', async (_, json) => {
    for (const forgery of forgeries(json)) {
      if (forgery.json === null) {
        counts['forged: nothing to print'] += 1;
        continue;
      }
      const { verdict } = checkCertificate(forgery.json);
      const truth = await isTrue(forgery.json as unknown as Stated);
      if (verdict === 'accepted') {
        expect(truth, `${forgery.what}: accepted and false`).toBe(true);
        counts['forged: accepted, true'] += 1;
      } else if (truth) {
        counts['forged: rejected, though true'] += 1;
      } else {
        counts['forged: rejected, false'] += 1;
      }
    }
  });
});
