import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { timesPowerOfTwo } from '../../math/index.js';
import { affineDichotomies } from './dichotomies.js';
import { checkExactShattering, exactShattering } from './exact-shattering.js';
import { shatteredCount } from './shattered-count.js';
import { shatteringNorm } from './shattering-norm.js';

const entry = fc.integer({ min: -3, max: 3 });
const plane = fc.array(fc.array(entry, { minLength: 2, maxLength: 2 }), {
  minLength: 1,
  maxLength: 5,
});
const exponent = fc.integer({ min: 0, max: 1021 });

function shifted(points: readonly (readonly number[])[], k: number): number[][] {
  return points.map((point) => point.map((x) => timesPowerOfTwo(x, k)));
}

describe('shattering at every scale of integer points', () => {
  test('dichotomies do not depend on a common power of two', () => {
    fc.assert(
      fc.property(plane, exponent, (points, k) => {
        expect(affineDichotomies(shifted(points, k))).toEqual(affineDichotomies(points));
      }),
      { seed: 5, numRuns: 200 },
    );
  });

  test.each([0, 40, 500, 990])(
    'norms and counts are those of the points, times 2^%i',
    async (k) => {
      const points = shifted(
        [
          [0, 0],
          [1, 0],
          [0, 1],
          [2, 3],
        ],
        k,
      );
      const { upper, lower } = await shatteringNorm(points);
      expect(upper).toBeCloseTo(2, 9);
      expect(lower).toBeCloseTo(2, 9);
      expect((await shatteredCount(points, 2, { programsUpTo: 4 })).count).toBe(4);
      const instance = { points, magnitude: 2, outerNorm: 2, width: 1 };
      const shattering = await exactShattering(instance);
      expect(shattering !== null && checkExactShattering(instance, shattering).holds).toBe(true);
    },
  );

  // 𝓜, A and γ enter as fractions only.
  test.each([-1074, -600, 0, 900])(
    'magnitude and width may both be 2^%i times as large',
    async (k) => {
      const points = [[0], [1], [2]];
      const at = (outerNorm: number) =>
        exactShattering({
          points,
          magnitude: timesPowerOfTwo(2, k),
          width: timesPowerOfTwo(1, k),
          outerNorm,
        });
      expect(await at(3)).not.toBeNull();
      expect(await at(2.5)).toBeNull();
    },
  );
});
