import { fileURLToPath } from 'node:url';
import { globSync } from 'tinyglobby';
import { describe, expect, test } from 'vitest';
import type { Counterexample } from './counterexample.js';
import { counterexampleId } from './counterexample.js';
import { readCounterexample } from './files.js';
import { verifyIndependently } from './independent-check.js';

const ROOT = fileURLToPath(new URL('../../fixtures/counterexamples/', import.meta.url));

function stored(part: string): Counterexample {
  const [file] = globSync(`**/${part}*.json`, { cwd: ROOT, absolute: true });
  return readCounterexample(file);
}

/** The counterexample with data that do not show what it says. */
function withoutProof(counterexample: Counterexample): Counterexample {
  const { certificate } = counterexample;
  if (certificate?.data === undefined) throw new TypeError('withoutProof: there must be data');
  const { type } = certificate.data;
  return { ...counterexample, certificate: { ...certificate, data: { type } } };
}

describe('a certificate counts when the independent checker accepts it', () => {
  test('accepted: the grade stays, marked as checked', () => {
    const { counterexample, rejection } = verifyIndependently(stored('12079c4b48560340'));
    expect(counterexample).toMatchObject({ grade: 'certified', checked: true });
    expect(rejection).toBeNull();
  });

  test('rejected: the grade falls to what the confirmation supports, with the reason', () => {
    const confirmed = verifyIndependently(withoutProof(stored('12079c4b48560340')));
    expect(confirmed.counterexample).toMatchObject({ grade: 'confirmed', checked: false });
    expect(confirmed.rejection).toBe(
      'the independent checker rejects its certificate: certificate.data must have “directions”',
    );
    const bare = verifyIndependently(withoutProof(stored('91c077b50ae3b69c')));
    expect(bare.counterexample).toMatchObject({ grade: 'suspect', checked: false });
  });

  test('a claim without an entry keeps its grade, not independently checked', () => {
    const own = { ...stored('12079c4b48560340'), claim: 'toy/own' };
    const id = counterexampleId(own.claim, own.reading, own.instance);
    const { counterexample, rejection } = verifyIndependently({ ...own, id });
    expect(counterexample).toMatchObject({ grade: 'certified', checked: null });
    expect(rejection).toBeNull();
  });

  test('lower grades are not its business', () => {
    const { counterexample } = verifyIndependently({
      ...stored('12079c4b48560340'),
      grade: 'confirmed',
    });
    expect(counterexample).toMatchObject({ grade: 'confirmed', checked: null });
  });
});
