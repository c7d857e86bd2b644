import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { AnyReading, Decided, OpaqueInstance } from '../claims/index.js';
import { ClaimFault, atMost, decided, runTrial } from '../claims/index.js';
import { randomSource } from '../math/index.js';
import { encodeJson } from '../model/index.js';
import { createJs64 } from '../training/index.js';
import { COUNTEREXAMPLE_SCHEMA, clauseFields, counterexampleId } from './counterexample.js';
import type { Counterexample } from './counterexample.js';
import { readCounterexample, storeCounterexample } from './files.js';
import { gradeViolation } from './grade.js';
import { shapedCertificate, shapedConfirmation } from './well-shaped.js';

const folder = mkdtempSync(join(tmpdir(), 'falsum-shape-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const certificate = {
  kind: 'instance',
  statement: 'v > ½',
  argument: 'By comparison.',
  checks: [
    { what: 'v', left: '3/4', relation: '>', right: '1/2', holds: true },
    { what: 'n', left: '1', relation: '≥', right: '1', holds: true, settles: 'n ≥ 1' },
  ],
  data: { type: 'toy', numbers: [1, 2.5], deeper: { text: 'a', none: null } },
};

const confirmation = {
  method: 'more digits',
  digits: 64,
  clause: 'v ≤ ½',
  lhs: '0.75',
  rhs: '0.5',
  violated: true,
  assumptions: [{ name: 'n ≥ 1', margin: '0', holds: true }],
};

const violated = decided('exact', [atMost('v ≤ ½', 0.75, 0.5)]);
const instance = { value: 0.75 } as unknown as OpaqueInstance;
const WHERE = 'toy/claim, reading literal, trial 3';

function readingOf(parts: {
  certify?: unknown;
  confirm?: unknown;
  conclude?: unknown;
}): AnyReading {
  return {
    kind: 'universal',
    assumptions: [{ name: 'n ≥ 1', tex: '', margin: () => 0 }],
    conclude: () => parts.conclude ?? violated,
    certify: () => parts.certify,
    confirm: () => parts.confirm,
  } as unknown as AnyReading;
}

/** What a run would store of a violation. */
function stored(reading: AnyReading, conclusion: Decided): Counterexample {
  const graded = gradeViolation(reading, instance, conclusion, WHERE);
  const encoded = encodeJson(instance);
  return {
    schema: COUNTEREXAMPLE_SCHEMA,
    id: counterexampleId('toy/claim', 'literal', encoded),
    claim: 'toy/claim',
    reading: 'literal',
    version: 1,
    grade: graded.grade,
    form: 'instance',
    instance: encoded,
    ...clauseFields(conclusion.clauses[0]),
    witness: encodeJson(conclusion.witness ?? null),
    nearestAssumption: null,
    certificate: graded.certificate,
    confirmation: graded.confirmation,
    found: { stream: 'test', seed: 1, trial: 3, shrinks: 0 },
    engine: 'js64',
    falsum: '0.0.0',
  };
}

type Path = readonly (string | number)[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, entry]) =>
      pathsOf(entry, [...path, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
}

/** A copy in which the value at a path is another one, or is gone. */
function changed(value: unknown, [step, ...rest]: Path, change: Change): unknown {
  if (step === undefined) return change.kind === 'gone' ? undefined : change.value;
  const copy: Record<string | number, unknown> = (
    Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }
  ) as Record<string | number, unknown>;
  if (rest.length === 0 && change.kind === 'gone') delete copy[step];
  else if (rest.length === 0 && change.kind === 'more') {
    copy[`${step} more`] = change.value;
  } else copy[step] = changed(copy[step], rest, change);
  return copy;
}

interface Change {
  readonly kind: 'gone' | 'other' | 'more';
  readonly value: unknown;
}

const values = fc.oneof(
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true }),
  fc.constantFrom<unknown>(
    undefined,
    null,
    NaN,
    Infinity,
    -0,
    Number.MAX_VALUE,
    10n,
    () => 1,
    Symbol('s'),
    new Date(0),
    [],
    {},
    '',
    'text',
    true,
    0,
    new Float64Array(2),
    [undefined],
    // eslint-disable-next-line no-sparse-arrays
    [, 1],
  ),
);
const changes = fc.record({
  kind: fc.constantFrom<Change['kind']>('gone', 'other', 'other', 'other', 'more'),
  value: values,
});

/** The message of a refusal: one line that names claim, reading, trial and part. */
function expectRefusal(error: unknown): void {
  expect(error).toBeInstanceOf(ClaimFault);
  const { message } = error as ClaimFault;
  expect(message.startsWith(`${WHERE}, `), message).toBe(true);
  expect(message).not.toMatch(/[\n\r]/);
}

const counts = { refused: 0, stored: 0 };

/** Refused with one line, or stored in a file that reads back as it was. */
function expectRefusedOrRead(reading: AnyReading, conclusion: Decided): void {
  let counterexample: Counterexample;
  try {
    counterexample = stored(reading, conclusion);
  } catch (error) {
    expectRefusal(error);
    counts.refused += 1;
    return;
  }
  const file = storeCounterexample(folder, counterexample);
  expect(readCounterexample(file)).toEqual(JSON.parse(JSON.stringify(counterexample)));
  counts.stored += 1;
}

describe('what a claim returns is refused, or its file is read back', () => {
  test('as it should be', () => {
    const reading = readingOf({ certify: certificate, confirm: confirmation });
    expect(stored(reading, violated)).toMatchObject({ grade: 'certified' });
    expectRefusedOrRead(reading, violated);
  });

  test.each([
    ['certify', certificate],
    ['confirm', confirmation],
  ] as const)('%s, with 2000 random changes', (part, sound) => {
    const paths = pathsOf(sound);
    const before = { ...counts };
    fc.assert(
      fc.property(fc.nat(), changes, (place, change) => {
        const value = changed(sound, paths[place % paths.length], change);
        expectRefusedOrRead(readingOf({ [part]: value }), violated);
      }),
      { seed: 13, numRuns: 2000 },
    );
    expect(counts.refused).toBeGreaterThan(before.refused + 500);
    expect(counts.stored).toBeGreaterThan(before.stored + 100);
  });

  test('conclude, with 2000 random changes', async () => {
    const sound = { ...violated, measurements: { m: 1 }, implied: { c: 1 }, trivial: false };
    const paths = pathsOf(sound);
    const tools = { engine: createJs64(), random: randomSource('tools'), attack: 1 };
    const context = { where: WHERE, trial: 3, tools };
    await fc.assert(
      fc.asyncProperty(fc.nat(), changes, async (place, change) => {
        const reading = readingOf({
          conclude: changed(sound, paths[place % paths.length], change),
        });
        try {
          const trial = await runTrial(reading, { instance, labels: [] }, context);
          if (trial.record.outcome !== 'violated' || trial.conclusion?.status !== 'decided') return;
          expectRefusedOrRead(readingOf({ certify: certificate }), trial.conclusion);
        } catch (error) {
          expectRefusal(error);
        }
      }),
      { seed: 14, numRuns: 2000 },
    );
  });
});

describe('the message names the field', () => {
  const without = (part: object, path: Path): unknown =>
    changed(part, path, { kind: 'gone', value: null });
  const other = (part: object, path: Path, value: unknown): unknown =>
    changed(part, path, { kind: 'other', value });

  test.each<readonly [unknown, string]>([
    [
      without(confirmation, ['assumptions', 0, 'margin']),
      'assumptions[0].margin must be a string, got undefined',
    ],
    [other(confirmation, ['lhs'], 0.75), 'lhs must be a string, got 0.75'],
    [other(confirmation, ['digits'], 2), 'digits must be a whole number of at least 16, got 2'],
    [other(confirmation, ['violated'], 1), 'violated must be true or false, got 1'],
    [other(confirmation, ['lhs'], 10n), 'lhs must be plain JSON, got the bigint 10'],
    [{ ...confirmation, note: 'x' }, 'note is no field of it'],
    [7, 'it must be an object, got 7'],
  ])('confirm: %o', (value, message) => {
    expect(() => shapedConfirmation(value, 'confirm')).toThrow(`confirm: ${message}`);
  });

  test.each<readonly [unknown, string]>([
    [
      other(certificate, ['checks', 1, 'relation'], '≠'),
      'checks[1].relation must be one of =, ≤, <, ≥, >, got "≠"',
    ],
    [without(certificate, ['checks']), 'checks must be an array, got undefined'],
    [
      other(certificate, ['data', 'numbers', 1], NaN),
      'data.numbers[1] must be plain JSON, got NaN',
    ],
    [without(certificate, ['data', 'type']), 'data.type must be a string, got undefined'],
    [other(certificate, ['data', 'when'], new Date(0)), 'data.when must be plain JSON, got a Date'],
  ])('certify: %o', (value, message) => {
    expect(() => shapedCertificate(value, 'certify')).toThrow(`certify: ${message}`);
  });
});
