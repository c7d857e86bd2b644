import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readCounterexample, storeCounterexample, counterexampleId } from '../hunting/index.js';
import { ROOT, falsum, folder, listed } from './testing/sandbox.js';

const READING = 'mukherjee2023/villani-threshold-exists/critical';
const PLACE = join(ROOT, 'fixtures/counterexamples', READING);
const STORED = readCounterexample(join(PLACE, listed(PLACE)[0]));

describe('falsum replay --shrink', () => {
  test('finds the stored counterexample again from a larger one, and says that it is minimal', () => {
    const larger = {
      ...(STORED.instance as Readonly<Record<string, never>>),
      dataset: {
        inputDim: 2,
        inputs: [
          [-0.7, 0.31],
          [1.3, 0.9],
        ],
        labels: [0.11, -2.3],
      },
      outer: [0.61, -0.47, 1.9],
      lambda: 0.0173,
      steps: [0.001, 10],
    };
    const id = counterexampleId(STORED.claim, STORED.reading, larger);
    storeCounterexample(join(folder, 'large'), { ...STORED, id, instance: larger });
    const { status, stdout } = falsum(
      ...['replay', id, '--shrink', '--corpus', 'large', '--reports', 'small'],
    );
    expect(stdout).toContain('minimal: none of these steps applies any more');
    expect(status).toBe(0);
    const [file] = listed(join(folder, 'small/found', READING));
    const { instance, grade, checked } = readCounterexample(
      join(folder, 'small/found', READING, file),
    );
    expect(instance).toEqual(STORED.instance);
    expect({ grade, checked }).toEqual({ grade: 'certified', checked: true });
  });

  test('a family stays as it is', () => {
    const families = 'gamarnik2021/step-outer-norm-is-bounded/literal';
    const [file] = listed(join(ROOT, 'fixtures/counterexamples', families));
    const { status, stdout } = falsum('replay', file.replace('.json', ''), '--shrink');
    expect(stdout).toContain('a family is not shrunk');
    expect(status).toBe(0);
  });
});

describe('falsum replay --explain', () => {
  test('prints parts, assumptions and slices', () => {
    const { status, stdout } = falsum('replay', STORED.id, '--explain');
    expect(stdout).toMatch(/each part drawn again[^]*lambda, 6 times: /);
    expect(stdout).toMatch(/assumptions, the nearest to failing first:\n +margin /);
    expect(stdout).toContain('margin along lambda:');
    expect(status).toBe(0);
  });
});

describe('falsum replay --standalone', () => {
  test('a place that cannot be written is wrong input', () => {
    const { status, stderr } = falsum('replay', STORED.id, '--standalone', '/dev/null/repro.mjs');
    expect(stderr).toMatch(
      /^falsum: \/dev\/null: cannot be written \(\w+\); choose another place with --standalone: .*\n$/,
    );
    expect(status).toBe(2);
  });
});
