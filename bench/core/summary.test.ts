import { expect, test } from 'vitest';
import { summarise } from './summary.js';

const SHAPE = { inputDim: 10, width: 5, sampleSize: 5000 };
const timing = (contestant: string, minimum: number) => ({
  contestant,
  steps: 1,
  rounds: 1,
  minimum,
  median: minimum,
});

test('ratios are times over those of wasm64 and of PyTorch, rates count 4·N·d·m operations', () => {
  const rows = summarise(SHAPE, [
    timing('wasm64', 1e-4),
    timing('js64', 8e-4),
    timing('torch float64', 5e-4),
  ]);
  expect(rows.map((row) => row.toOwn)).toEqual([1, 8, 5]);
  expect(rows.map((row) => row.toPeer)).toEqual([0.2, 1.6, 1]);
  expect(rows[0].gigaflops).toBeCloseTo(10, 12);
});

test('without the reference there is no ratio', () => {
  const [row] = summarise(SHAPE, [timing('js64', 1e-4)]);
  expect(row).toMatchObject({ toOwn: null, toPeer: null });
});
