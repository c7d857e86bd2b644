import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { globSync } from 'tinyglobby';
import { describe, expect, test } from 'vitest';
import type { Json } from '../model/index.js';
import { checkCertificate } from './index.js';
import { forged, withId } from './testing/forgery.js';
import { pathsBelow, replaced } from './testing/mutations.js';

const ROOT = fileURLToPath(new URL('../../fixtures/counterexamples/', import.meta.url));
const files = globSync('**/*.json', { cwd: ROOT }).toSorted();

function stored(part: string): Json {
  const file = files.find((name) => name.includes(part));
  return JSON.parse(readFileSync(`${ROOT}${file}`, 'utf8')) as Json;
}

/** The check of a file after some of its parts were replaced, its id recomputed. */
function checkWith(part: string, ...changes: readonly (readonly [string, Json])[]) {
  const json = changes.reduce<Json>(
    (file, [path, value]) =>
      replaced(
        file,
        path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step)),
        value,
      ),
    stored(part),
  );
  return checkCertificate(withId(json));
}

describe('what is accepted', () => {
  test('lists what was verified, what is argued and what was not read', () => {
    const { verified, settled, argued, notRead, reason } = checkCertificate(stored('k3-intended'));
    expect(reason).toBe(
      'For all teachers and inputs near these, an interpolant of the teacher’s labels has a norm below m₀.',
    );
    expect(verified).toContainEqual(
      expect.stringMatching(/^norm Σ\|a_j\|‖b_j‖ of the interpolant: ≈ 0\.9\d+ < 1$/),
    );
    expect(verified).toContain(
      'fewest distinct inputs in any open cell (signs of exact inner products): 3 ≥ 3',
    );
    expect(argued).toHaveLength(2);
    expect(settled).toEqual([
      'teacher neurons have ‖a_k b_k‖ = 1',
      'the student is wider than the teacher',
      'no two teacher neurons lie on one line through 0',
      'at least 3 distinct inputs in every open cell',
    ]);
    expect(notRead).toContain('confirmation');
  });

  test('parts that are not read may say anything', () => {
    expect(checkWith('k3-intended', ['witness', null], ['engine', 'abacus'])).toMatchObject({
      verdict: 'accepted',
    });
  });
});

describe('what is rejected, with the reason', () => {
  const rejections: readonly (readonly [string, readonly (readonly [string, Json])[], string])[] = [
    ['k3-intended', [['certificate.checks.0.holds', false]], 'must hold'],
    [
      'k3-intended',
      [['certificate.checks.6.settles', 'another assumption']],
      'must say that it settles “teacher neurons have ‖a_k b_k‖ = 1”',
    ],
    ['k3-intended', [['certificate.checks.0.settles', 'd = 3']], 'must settle no assumption'],
    [
      'ee046bde946771c3',
      [['certificate.assumptions.0.argument', 'Trust me.']],
      'the argument is not the one',
    ],
    [
      'k3-intended',
      [['certificate.assumptions', [{ name: 'd = 3', argument: 'Trust me.' }]]],
      'an instance settles them by checks alone',
    ],
    ['k3-intended', [['certificate.checks.1.right', '3']], 'the right side printed is not'],
    ['k3-intended', [['certificate.checks.1.left', '[1.5, 1.6]']], 'the left side printed is not'],
    ['k3-intended', [['certificate.data.masses.0', '1/3']], 'largest misfit'],
    ['k3-intended', [['grade', 'confirmed']], 'the grade must be “certified”'],
    ['k3-intended', [['version', 2]], 'cannot check: the entry is for version 1'],
    ['k3-intended', [['certificate.data.type', 'vision']], 'no certificate of type vision'],
    ['k3-intended', [['certificate', null]], 'there is no certificate'],
    ['k3-intended', [['margin.upper', 1]], 'the margin must be negative'],
    ['k3-intended', [['rhs', 1.9]], 'the right side is not 1.9'],
    ['k3-intended', [['instance.width', 2]], 'neurons of the interpolant: 6 ≤ 2'],
    ['k3-intended', [['surprise', 1]], 'the file has an unknown entry “surprise”'],
    ['k3/', [['certificate.argument', 'Because.']], 'the argument is not the one'],
    ['0b8489af1ace5d28', [['certificate.data.radii.0', 3]], 'it is not so that R = 3'],
    ['k-finite/fa5', [['instance.family', 'inputs-near-a-plane']], 'cannot check: no such family'],
  ];

  test.each(rejections)('%s %j', (part, changes, reason) => {
    const result = checkWith(part, ...changes);
    expect(result).toMatchObject({ verdict: 'rejected', verified: [] });
    expect(result.reason).toContain(reason);
  });

  test('an edited file whose id was left as it was', () => {
    const json = replaced(stored('k3-intended'), ['instance', 'width'], 13);
    expect(checkCertificate(json).reason).toMatch(/^the id must be [0-9a-f]{16}/);
  });

  test('a claim or reading without an entry: not covered', () => {
    const foreign = checkWith('k3-intended', ['claim', 'toy/less-is-more']);
    expect(foreign).toMatchObject({ verdict: 'rejected', covered: false });
    expect(foreign.reason).toBe('cannot check: no entry for toy/less-is-more, reading k3-intended');
    expect(checkWith('k3-intended', ['reading', 'toString'])).toMatchObject({ covered: false });
    expect(checkWith('k3-intended', ['claim', '__proto__'])).toMatchObject({ covered: false });
  });
});

describe('forgeries that print everything to match', () => {
  const forge = (part: string, path: string, value: Json): string => {
    const steps = path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    const { verdict, reason } = checkCertificate(forged(replaced(stored(part), steps, value)));
    return verdict === 'accepted' ? 'accepted' : reason;
  };

  test('inputs that only look distinct', () => {
    const [first] = (stored('k3/') as { instance: { inputs: number[][] } }).instance.inputs;
    const doubled = first.map((entry) => 2 * entry);
    expect(forge('k3/', 'instance.inputs.1', doubled)).toContain('fewest distinct inputs');
  });

  test('students as narrow as the teacher', () => {
    expect(forge('67ee7c1c1bde4df7', 'instance.width', 2)).toContain('student width m − m₀: 0 ≥ 1');
  });

  test('negative lengths, which turn the teacher round', () => {
    expect(forge('population', 'instance.teacher.lengths', [-1, -1, -1])).not.toBe('accepted');
  });

  test('a radius at which the growth is not yet there', () => {
    expect(forge('6b3fa2c5edf0d3c6', 'certificate.data.found.radius', 40)).toContain('8G ≤ λR');
  });

  test('bounds of the activation that are none', () => {
    const changed = replaced(
      stored('6b3fa2c5edf0d3c6'),
      ['certificate', 'data', 'suprema', 'curvature'],
      '1/100',
    );
    expect(checkCertificate(withId(changed)).reason).toContain('must not be below the supremum');
  });
});

describe('garbage is rejected and never throws', () => {
  test('any value at all', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(checkCertificate(value).verdict).toBe('rejected');
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test('stored files with any part of them replaced by any JSON', () => {
    const names = files.filter((name) => !name.includes('k-finite'));
    const arbitrary = fc.record({
      file: fc.constantFrom(...names),
      place: fc.nat(),
      value: fc.jsonValue(),
    });
    fc.assert(
      fc.property(arbitrary, ({ file, place, value }) => {
        const json = JSON.parse(readFileSync(`${ROOT}${file}`, 'utf8')) as Json;
        const paths = pathsBelow(json).slice(1);
        const changed = replaced(json, paths[place % paths.length], value as Json);
        const { verdict, reason } = checkCertificate(withId(changed));
        expect(reason.length).toBeGreaterThan(0);
        expect(['accepted', 'rejected']).toContain(verdict);
      }),
      { seed: 2, numRuns: 1000 },
    );
  });
});
