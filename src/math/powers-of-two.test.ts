import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { balanceRows, balanceTogether } from './balanced-rows.js';
import { binaryExponent, largestExponent, timesPowerOfTwo } from './powers-of-two.js';
import { fromDouble, multiply, ratio, toDouble } from './rational.js';
import { norm, normalise, unitVector } from './vectors.js';

const double = fc.double({ noNaN: true, noDefaultInfinity: true });
const exponent = fc.integer({ min: -2200, max: 2200 });

function exactly(x: number, k: number): number {
  const power = k >= 0 ? ratio(2n ** BigInt(k), 1n) : ratio(1n, 2n ** BigInt(-k));
  return toDouble(multiply(fromDouble(x), power));
}

describe('powers of two', () => {
  test('timesPowerOfTwo rounds once, as rationals do', () => {
    fc.assert(
      fc.property(double, exponent, (x, k) => {
        expect(timesPowerOfTwo(x, k) + 0).toBe(exactly(x, k) + 0);
      }),
      { seed: 5, numRuns: 2000 },
    );
  });

  test('binaryExponent encloses every number but 0', () => {
    expect([1, 2 ** -1022, 2 ** -1023, 5e-324, -8, Number.MAX_VALUE].map(binaryExponent)).toEqual([
      0, -1022, -1023, -1074, 3, 1023,
    ]);
    fc.assert(
      fc.property(
        double.filter((x) => x !== 0),
        (x) => {
          const size = Math.abs(timesPowerOfTwo(x, -binaryExponent(x)));
          expect(size >= 1 && size < 2).toBe(true);
        },
      ),
      { seed: 5, numRuns: 1000 },
    );
    expect(() => binaryExponent(0)).toThrow(
      new RangeError('binaryExponent: x must be finite and not 0, got 0'),
    );
    expect(largestExponent([0, 0])).toBeNull();
    expect(largestExponent([0, -5, 1])).toBe(2);
  });

  test('balanced rows differ by powers of two only and lie in [1, 2)', () => {
    const row = fc.array(double, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 4 }), (rows) => {
        const { rows: balanced, exponents, exact } = balanceRows(rows);
        const together = balanceTogether(rows);
        for (const [i, given] of rows.entries()) {
          const back = balanced[i].map((x) => timesPowerOfTwo(x, exponents[i]));
          if (exact) expect(back).toEqual(given);
          if (together.exact) {
            expect(together.rows[i].map((x) => timesPowerOfTwo(x, together.exponent))).toEqual(
              given,
            );
          }
          const most = largestExponent(balanced[i]);
          if (balanced !== rows && most !== null) expect(most).toBe(0);
        }
      }),
      { seed: 5, numRuns: 500 },
    );
    const ordinary = [
      [1, 0],
      [-3e50, 1e-50],
    ];
    expect(balanceRows(ordinary)).toEqual({ rows: ordinary, exponents: [0, 0], exact: true });
    expect(balanceRows([[1e300, 1e-300]]).exact).toBe(false);
  });

  test('unit vectors have length 1 at every scale', () => {
    fc.assert(
      fc.property(fc.array(double, { minLength: 1, maxLength: 4 }), (x) => {
        if (x.every((entry) => entry === 0)) return;
        expect(norm(normalise(x))).toBeCloseTo(1, 14);
        expect(norm(unitVector(x))).toBeCloseTo(1, 14);
      }),
      { seed: 5, numRuns: 1000 },
    );
    expect(normalise([5e-324, 5e-324])).toEqual(normalise([1, 1]));
    expect(unitVector([1.5e308, -1.5e308])).toEqual(unitVector([1, -1]));
    expect(unitVector([0, 0])).toEqual([0, 0]);
  });
});
