import { describe, expect, it } from 'vitest';
import { randomSource } from '../../math/index.js';
import { crossSign, determinantSign } from './exact-sign.js';

/** Doubles that are multiples of 2⁻⁶⁰ below 2⁹, as integers. */
const whole = (x: number): bigint => BigInt(Math.round(x * 2 ** 30)) * 2n ** 30n;

function exactDeterminant(rows: readonly (readonly number[])[]): number {
  const [a, b, c] = rows.map((row) => row.map(whole));
  const value =
    (a[1] * b[2] - a[2] * b[1]) * c[0] +
    (a[2] * b[0] - a[0] * b[2]) * c[1] +
    (a[0] * b[1] - a[1] * b[0]) * c[2];
  return value > 0n ? 1 : value < 0n ? -1 : 0;
}

describe('exact signs', () => {
  it('sees a perturbation of one unit in the last place', () => {
    const a = [0.1, 0.3];
    expect(crossSign(a, [0.2, 0.6])).toBe(0);
    expect(crossSign(a, [0.2, 0.6000000000000001])).toBe(1);
    expect(crossSign(a, [0.2, 0.5999999999999999])).toBe(-1);
    expect(crossSign([1e-200, 3e-200], [2e-200, 6.1e-200])).toBe(1);
    expect(crossSign([1e200, 3e200], [2e200, 5.9e200])).toBe(-1);
    expect(crossSign([0, 0], [1, 2])).toBe(0);
  });

  it('agrees with integer arithmetic on nearly coplanar points', () => {
    const random = randomSource('coplanar');
    const grid = (): number => Math.round((2 * random.uniform() - 1) * 2 ** 20) / 2 ** 20;
    const counts = new Map<number, number>();
    for (let t = 0; t < 3000; t += 1) {
      const a = [grid(), grid(), grid()];
      const b = [grid(), grid(), grid()];
      const nudge = (random.integer(3) - 1) * 2 ** -30;
      const c = a.map((entry, k) => (entry + b[k]) / 2 + (k === 0 ? nudge : 0));
      const sign = determinantSign(a, b, c);
      expect(sign).toBe(exactDeterminant([a, b, c]));
      counts.set(sign, (counts.get(sign) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual([-1, 0, 1]);
  });

  it('changes sign with the order of the vectors', () => {
    const [a, b, c] = [
      [1, 2, 3],
      [0.1, 0.2, 0.30000000000000004],
      [1, -1, 1],
    ];
    const sign = determinantSign(a, b, c);
    expect(sign).not.toBe(0);
    expect(determinantSign(b, a, c)).toBe(-sign);
    expect(determinantSign(a, a, c)).toBe(0);
  });
});
