import { expect, test } from 'vitest';
import { costShapes, fitCost } from './cost-curve.js';
import { volume } from './shapes.js';

test('every aspect covers N·d·m from 10³ to 10⁷, within a factor of 1.25', () => {
  const shapes = costShapes(3);
  const aspects = [...new Set(shapes.map(({ aspect }) => aspect))];
  expect(aspects).toHaveLength(4);
  for (const aspect of aspects) {
    const volumes = shapes.filter((s) => s.aspect === aspect).map((s) => volume(s.shape));
    expect(volumes).toHaveLength(13);
    volumes.forEach((size, i) => {
      expect(Math.abs(Math.log(size / 10 ** (3 + i / 3)))).toBeLessThan(Math.log(1.25));
    });
  }
});

test('the exponents are those of the power laws behind the times', () => {
  const points = costShapes(2).map(({ aspect, shape }) => {
    const size = volume(shape);
    const minimum = 1e-9 * size ** (aspect === 'all alike' ? 0.9 : 1.1);
    return {
      aspect,
      shape,
      volume: size,
      timing: { contestant: 'a', steps: 1, rounds: 1, minimum, median: minimum },
    };
  });
  const { slope, slopes } = fitCost('a', points);
  expect(slopes['all alike'].slope).toBeCloseTo(0.9, 12);
  expect(slopes['width grows (d = 2, N = 40)'].slope).toBeCloseTo(1.1, 12);
  expect(slope.slope).toBeGreaterThan(0.9);
  expect(slope.slope).toBeLessThan(1.1);
});
