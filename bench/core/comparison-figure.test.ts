import { expect, test } from 'vitest';
import { comparisonSvg } from './comparison-figure.js';
import { SHAPES } from './shapes.js';
import { summarise } from './summary.js';

const NAMES = ['wasm64', 'js64', 'numpy float64'];
const results = (names: readonly string[]) =>
  SHAPES.map((shape, i) => ({
    shape,
    rows: summarise(
      shape,
      names.map((contestant, j) => {
        const minimum = (1 + i) * (1 + j) * 1e-5;
        return { contestant, steps: 1, rounds: 1, minimum, median: minimum };
      }),
    ),
  }));
const isPeer = (name: string): boolean => name.startsWith('numpy');

test('the figure names every shape and contestant, its times and what they are relative to', () => {
  const svg = comparisonSvg(results(NAMES), isPeer);
  for (const text of [
    'd=100 m=200 N=5000',
    '1000 × (d=2 m=100 N=40)',
    ...NAMES,
    '10.0 µs',
    'relative to wasm64',
  ]) {
    expect(svg).toContain(text);
  }
});

test('the same results give the same bytes', () => {
  expect(comparisonSvg(results(NAMES), isPeer)).toBe(comparisonSvg(results(NAMES), isPeer));
});

test('without wasm64 times are relative to the fastest', () => {
  expect(comparisonSvg(results(['js64', 'numpy float64']), isPeer)).toContain(
    'relative to the fastest',
  );
});
