import { expect, test } from 'vitest';
import { createJs64 } from '../../src/training/index.js';
import { growth, memoryCurve } from './memory.js';

test('the curve reads memory from the first run to the last', async () => {
  const { engine, points } = await memoryCurve('js64', async () => createJs64(), 50);
  expect(engine).toBe('js64');
  expect(points[0].runs).toBe(0);
  expect(points.at(-1)?.runs).toBe(50);
  expect(points.every(({ resident, heapUsed }) => resident > heapUsed && heapUsed > 0)).toBe(true);
  expect(points.every(({ wasm }) => wasm === 0)).toBe(true);
});

test('memory of WebAssembly instances made by the engine is counted', async () => {
  // (module (memory (export "memory") 2))
  const module = new WebAssembly.Module(
    Uint8Array.from([
      0, 97, 115, 109, 1, 0, 0, 0, 5, 3, 1, 0, 2, 7, 10, 1, 6, 109, 101, 109, 111, 114, 121, 2, 0,
    ]),
  );
  const { Instance } = WebAssembly;
  const open = async () => {
    const instance = new WebAssembly.Instance(module, {});
    expect(Object.keys(instance.exports)).toEqual(['memory']);
    return createJs64();
  };
  const { points } = await memoryCurve('toy', open, 10);
  expect(points.every(({ wasm }) => wasm === 2 * 65536)).toBe(true);
  expect(WebAssembly.Instance).toBe(Instance);
});

test('growth leaves the warm-up out', () => {
  const point = (runs: number, resident: number) => ({ runs, resident, heapUsed: 1, wasm: 0 });
  const curve = {
    engine: 'a',
    stepsPerRun: 1,
    points: [point(0, 100), point(10, 400), point(50, 410), point(100, 430)],
  };
  expect(growth(curve, 'resident')).toBe(30);
  expect(growth(curve, 'heapUsed')).toBe(0);
});
