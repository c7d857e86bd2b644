import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT, falsum, put } from './testing/sandbox.js';

const ID = '12079c4b48560340';
const FILE = join(
  ROOT,
  'fixtures/counterexamples/song2022/minimum-norm-condensation-in-higher-dimension/k3-intended',
  `${ID}.json`,
);

describe('falsum replay --verify', () => {
  test('accepts a stored counterexample and says what it verified', () => {
    const { status, stdout } = falsum('replay', ID, '--verify');
    expect(status).toBe(0);
    expect(stdout).toContain(
      'accepted: For all teachers and inputs near these, an interpolant of the teacher’s labels has a norm below m₀.',
    );
    expect(stdout).toContain(
      'assumptions of the reading, all settled:\n  teacher neurons have ‖a_k b_k‖ = 1\n',
    );
    expect(stdout).toContain('neurons of the interpolant: 6 ≤ 6');
    expect(stdout).toContain('argued in the certificate, for a person to read:');
  });

  test('needs no claim: a file alone is enough, and --json has all of it', () => {
    const copy = put('alone.json', readFileSync(FILE, 'utf8'));
    const { status, stdout } = falsum('replay', copy, '--verify', '--json', '-');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      file: 'alone.json',
      verdict: 'accepted',
      covered: true,
    });
  });

  test('rejects an edited file with exit code 1 and the reason', () => {
    const edited = put(
      'edited.json',
      readFileSync(FILE, 'utf8').replace('"width": 6', '"width": 7'),
    );
    const { status, stdout } = falsum('replay', edited, '--verify');
    expect(status).toBe(1);
    expect(stdout).toContain('rejected: the id must be');
  });

  test('what is not JSON is wrong input', () => {
    expect(falsum('replay', put('broken.json', '{'), '--verify')).toMatchObject({ status: 2 });
  });
});
