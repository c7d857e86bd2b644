import { expect, test } from 'vitest';
import { peerFacts } from './peer-facts.js';

test('facts for publication name no folder of the machine but that of the library', () => {
  const greeting = {
    peer: 'numpy',
    version: '1.24.2',
    python: '3.11.2',
    threads: 1,
    blas: '/usr/lib/openblas-pthread/libblas.so.3',
    variants: ['float64'],
  };
  expect(peerFacts(greeting, '/usr/bin/python3', [])).toMatchObject({
    version: '1.24.2',
    blas: 'openblas-pthread/libblas.so.3',
    executable: 'python3',
  });
  expect(peerFacts({ ...greeting, blas: null }, 'python3', []).blas).toBeNull();
});
