import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Counterexample } from '../../hunting/index.js';
import { InputError, counterexampleFile, counterexampleId } from '../../hunting/index.js';
import { encodeJson } from '../../model/index.js';
import { boundedBy, toyClaim } from '../testing/toy-claims.js';
import {
  checkKept,
  checkpointFile,
  isOwnFind,
  readCheckpoint,
  storedHunts,
  writeCheckpoint,
} from './checkpoint.js';
import type { HuntState } from './state.js';
import { mismatch, newHunt } from './state.js';

const TARGET = { reading: 'literal', engine: 'js64', attack: 1, seed: 1, label: null } as const;
const claim = toyClaim(boundedBy(() => 1));
const start = newHunt(claim, TARGET);
const kept = {
  signature: '["x",null]',
  clause: 'x',
  grade: 'certified',
  id: '0123456789abcdef',
  after: 0,
  minimal: true,
} as const;

let reports = '';
beforeEach(() => {
  reports = mkdtempSync(join(tmpdir(), 'falsum-checkpoint-'));
});
afterEach(() => {
  rmSync(reports, { recursive: true });
});

/** Writes the JSON of a state, changed, to the place of the unchanged one. */
function stored(change: (json: Record<string, unknown>) => void): string {
  const file = checkpointFile(reports, start);
  const json = JSON.parse(JSON.stringify(encodeJson(start))) as Record<string, unknown>;
  change(json);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(json));
  return file;
}

const islandsOf = (json: Record<string, unknown>) => json['islands'] as Record<string, unknown>[];
const sharesOf = (json: Record<string, unknown>) => json['shares'] as unknown[];

describe('a checkpoint', () => {
  test('comes back as it was written, also with numbers that JSON does not have', () => {
    const best = { tape: { structure: [0.5], data: { '': [-0] } }, score: [0, -Infinity, NaN] };
    const islands = start.islands.with(3, { ...start.islands[3], best } as never);
    const state: HuntState = { ...start, islands };
    const file = checkpointFile(reports, state);
    expect(readCheckpoint(file)).toBeNull();
    writeCheckpoint(file, state);
    expect(readCheckpoint(file)).toEqual(state);
    expect(storedHunts(reports)).toEqual([state]);
  });

  const cases: readonly (readonly [string, (json: Record<string, unknown>) => void, RegExp])[] = [
    [
      'names a file outside the folder of finds',
      (json) => (json['kept'] = [{ ...kept, id: '../../../../precious' }]),
      /\/kept\/0\/id must match pattern/,
    ],
    [
      'names one in a share',
      (json) =>
        (json['shares'] = sharesOf(json).with(0, {
          island: islandsOf(json)[0],
          evaluations: 0,
          finds: [{ signature: 'x', clause: 'x', grade: 'certified', id: '../x' }],
        })),
      /\/shares\/0.*must/,
    ],
    ['is of a claim that is a path', (json) => (json['claim'] = '../../x'), /\/claim must match/],
    [
      'is of a reading that is a path',
      (json) => (json['reading'] = '../x'),
      /\/reading must match/,
    ],
    [
      'is of another claim',
      (json) => (json['claim'] = 'toy/other'),
      /another claim, reading or seed/,
    ],
    ['is of another seed', (json) => (json['seed'] = 2), /another claim, reading or seed/],
    [
      'is of another seed throughout',
      (json) => {
        json['seed'] = 2;
        for (const island of islandsOf(json)) island['key'] = [2, claim.id, 'literal', 'hunt'];
      },
      /is the hunt of .* with seed 2, which belongs into …\/hunts\/.*seed-2\.json/,
    ],
    [
      'is of no engine',
      (json) => (json['engine'] = 'constructor'),
      /\/engine must be equal to one/,
    ],
    ['has a huge attack', (json) => (json['attack'] = 1e9), /\/attack must be <= 1000/],
    ['has a huge seed', (json) => (json['seed'] = 1e21), /\/seed must be <=/],
    ['has too few islands', (json) => islandsOf(json).pop(), /\/islands must NOT have fewer/],
    ['has islands out of order', (json) => islandsOf(json).reverse(), /index must be 0, got 15/],
    [
      'counts what no island did',
      (json) => (json['evaluations'] = 1e6),
      /evaluations must be those/,
    ],
    ['has merged what is not done', (json) => (json['merged'] = 3), /must have done its share/],
    [
      'has a share that its island did not do',
      (json) =>
        (json['shares'] = sharesOf(json).with(0, {
          island: islandsOf(json)[0],
          evaluations: 9,
          finds: [],
        })),
      /its share must be 0 evaluations, got 9/,
    ],
    ['has an unknown recipe', (json) => (islandsOf(json)[0]['arms'] = []), /\/arms must NOT have/],
    ['holds text for a number', (json) => (islandsOf(json)[0]['steps'] = 'x'), /\/steps must be/],
    ['holds a wrong number', (json) => (json['suspects'] = { $number: 'x' }), /\$number/],
    ['keeps a find twice', (json) => (json['kept'] = [kept, kept]), /two finds of one signature/],
    ['has more in it', (json) => (json['more'] = 1), /must NOT have additional properties/],
  ];

  test.each(cases)('that %s is refused in one line', (_, change, why) => {
    const file = stored(change);
    for (const read of [() => readCheckpoint(file), () => storedHunts(reports)]) {
      expect(read).toThrow(InputError);
      expect(read).toThrow(why);
      expect(read).toThrow(/^[^\n]*$/);
    }
  });

  test('of another claim, reading, seed or version is not gone on with', () => {
    expect(mismatch(start, claim, TARGET)).toBeNull();
    expect(mismatch(start, claim, { ...TARGET, seed: 2 })).toBe('the seed was 1 and is 2');
    expect(mismatch(start, claim, { ...TARGET, reading: 'other' })).toMatch(/^the reading/);
    expect(mismatch({ ...start, claim: 'toy/x' }, claim, TARGET)).toMatch(/^the claim was toy\/x/);
    expect(mismatch({ ...start, version: 9 }, claim, TARGET)).toMatch(/version was 9/);
  });
});

describe('the finds of a checkpoint', () => {
  const found = () => join(reports, 'found');
  const instance = { value: 7 };
  const id = counterexampleId(claim.id, 'literal', instance);
  const counterexample: Counterexample = {
    schema: 'falsum/counterexample@1',
    id,
    claim: claim.id,
    reading: 'literal',
    version: claim.version,
    grade: 'certified',
    form: 'instance',
    instance,
    clause: 'x',
    lhs: 1,
    rhs: 0,
    margin: { lower: -1, upper: -1 },
    witness: null,
    nearestAssumption: null,
    certificate: null,
    confirmation: null,
    found: { stream: 'search', seed: 1, trial: 0, shrinks: 0 },
    engine: 'js64',
    falsum: '0',
  };
  const put = (change: Partial<Counterexample>): string => {
    const file = counterexampleFile(found(), counterexample);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ ...counterexample, ...change }));
    return file;
  };
  const state = (minimal: boolean | null): HuntState => ({
    ...start,
    kept: [{ ...kept, id, minimal }],
  });

  test('are there as they were kept; one that is shrunk may have been taken away', () => {
    checkKept('file', state(true), found());
    expect(() => checkKept('file', state(null), found())).toThrow(/cannot be read \(ENOENT\)/);
    put({});
    checkKept('file', state(null), found());
  });

  test.each([
    ['another clause', { clause: 'y' }, /is not the find that it kept/],
    ['another grade', { grade: 'suspect' }, /is not the find that it kept/],
    ['another version', { version: 7 }, /is of another version/],
    ['another claim', { claim: 'toy/other' }, /id must be/],
    ['an edited instance', { instance: { value: 8 } }, /id must be/],
  ] as const)('with %s are refused', (_, change, why) => {
    put(change);
    expect(() => checkKept('file', state(true), found())).toThrow(InputError);
    expect(() => checkKept('file', state(true), found())).toThrow(why);
  });

  test('are removed by the hunt that made them alone', () => {
    expect(isOwnFind(start, put({}))).toBe(true);
    expect(isOwnFind({ ...start, seed: 2 }, put({}))).toBe(false);
    const ofARun = { ...counterexample.found, stream: 'test' } as const;
    const file = put({ found: ofARun });
    expect(isOwnFind(start, file)).toBe(false);
    expect(existsSync(file)).toBe(true);
    writeFileSync(file, '{');
    expect(isOwnFind(start, file)).toBe(false);
  });

  test('have no names that lead out of the folder', () => {
    for (const part of [{ id: '../../x' }, { claim: '../..' }, { reading: '..' }, { id: '' }]) {
      expect(() => counterexampleFile(found(), { ...counterexample, ...part })).toThrow(InputError);
    }
  });
});
