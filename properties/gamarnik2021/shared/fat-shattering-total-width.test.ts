import { describe, expect, test } from 'vitest';
import { certifies } from '../../../src/claims/index.js';
import { exactShattering } from '../../../src/solvers/index.js';
import bounded from '../fat-shattering-dimension-is-bounded.property.js';
import { simplexFamily } from './fat-shattering-total-width.js';

describe.each([1, 2] as const)('the simplex at the largest total width, log power %i', (power) => {
  const checks = simplexFamily(power).verify();

  test('has exact checks that all hold, in four dimensions and for three constants', () => {
    expect(certifies({ kind: 'family', statement: '', argument: '', checks })).toBe(true);
    const members = new Set(checks.map(({ what }) => what.split(':')[0]));
    expect(members.size).toBe(4 * (1 + 3));
  });

  test('bounds the right side from above', () => {
    const sides = checks.filter(({ what }) => what.includes('upper bound of the right side'));
    expect(sides).toHaveLength(12);
    for (const { what, right } of sides) {
      const [d, constant, steps] = [/d = (\d+)/, /C = (\d+)/, /𝓜A·(\d+)\//].map((pattern) =>
        Number(pattern.exec(what)?.[1]),
      );
      const ratio = 1 + 1 / steps;
      const exact = constant * d * ratio ** 2 * Math.log1p(1 / steps) ** power;
      const [top, bottom = 1] = right.split('/').map(Number);
      expect(top / bottom).toBeGreaterThanOrEqual(exact);
      expect(exact).toBeLessThan(d + 1);
    }
  });
});

test('the simplex is shattered at γ = 𝓜A by networks that the linear programs find too', async () => {
  for (const d of [1, 2, 3]) {
    const axis = (k: number): number[] => Array.from({ length: d }, (_, c) => (c === k ? 1 : 0));
    const points = [axis(-1), ...Array.from({ length: d }, (_, k) => axis(k))];
    const instance = { points, magnitude: 2, outerNorm: 3 };
    // γ/2 on either side.
    expect(await exactShattering({ ...instance, width: 3 })).not.toBeNull();
    expect(await exactShattering({ ...instance, width: 3 + 2 ** -30 })).toBeNull();
  }
});

test('both readings with total widths carry the family', () => {
  for (const id of ['log-total-width', 'log-squared-total-width']) {
    const reading = bounded.readings[id];
    const families = reading.kind === 'scaling' ? reading.families : [];
    expect(families?.map((family) => family.id)).toEqual(['simplex-at-the-largest-width']);
  }
});
