import { expect, test } from 'vitest';
import { shapeTable } from './table.js';

const row = { steps: 10, rounds: 3, median: 1 };

test('a table has a line per contestant, numbers aligned at the right', () => {
  const lines = shapeTable({ inputDim: 2, width: 100, sampleSize: 40, batch: 1000 }, [
    { ...row, contestant: 'wasm64', minimum: 3.85e-6, toOwn: 1, toPeer: 0.047, gigaflops: 8.3 },
    { ...row, contestant: 'js64', minimum: 5.2e-2, toOwn: 13500, toPeer: null, gigaflops: 0.0006 },
  ]);
  expect(lines).toEqual([
    '1000 × (d=2 m=100 N=40), per step of one problem',
    '  contestant  µs per step  × wasm64  × torch float64   GFLOP/s',
    '  wasm64             3.85      1.00           0.0470      8.30',
    '  js64             52 000    13 500                –  0.000600',
  ]);
});
