import { expect, test } from 'vitest';
import type { Probe } from './find-python.js';
import { findPython, pythonCandidates } from './find-python.js';

/** Two Pythons: the first has NumPy alone, the second PyTorch too. */
const probe: Probe = (python, modules) => {
  const has: Readonly<Record<string, readonly string[]>> = {
    first: ['numpy'],
    second: ['numpy', 'torch'],
  };
  const starts = Object.hasOwn(has, python) && modules.every((name) => has[python].includes(name));
  return { starts, numpyVersion: starts ? '2.0.0' : null };
};

test('each peer gets the first Python that has what it needs', () => {
  const candidates = ['absent', 'first', 'second'];
  expect(findPython(candidates, [], probe)?.python).toBe('first');
  expect(findPython(candidates, ['torch'], probe)?.python).toBe('second');
  expect(findPython(candidates, ['jax'], probe)).toBeNull();
});

test('a Python that was given is the only candidate, and must start', () => {
  expect(pythonCandidates('second', probe)).toEqual(['second']);
  expect(pythonCandidates(undefined, probe)).toEqual(['python3', '/usr/bin/python3']);
  expect(() => pythonCandidates('absent', probe)).toThrow(
    '--python absent: cannot be started as a Python 3; give the path of its executable',
  );
});
