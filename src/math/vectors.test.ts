import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bigNumber, highPrecision } from './expression.js';
import { dotExact, toDouble } from './rational.js';
import { addScaled, angle, dot, norm, normalise, scale } from './vectors.js';

fc.configureGlobal({ seed: 1 }); // tests are deterministic

const entry = fc.double({ noNaN: true, min: -1e3, max: 1e3 });
const vectors = fc.integer({ min: 1, max: 8 }).chain((n) => {
  const vector = fc.array(entry, { minLength: n, maxLength: n });
  return fc.tuple(vector, vector);
});

describe('dot, scale and addScaled', () => {
  test('dot is within its rounding bound of the exact product', () => {
    fc.assert(
      fc.property(vectors, ([x, y]) => {
        const sizes = x.reduce((sum, u, i) => sum + Math.abs(u * y[i]), 0);
        // Higham, Accuracy and Stability, (3.5): n·u·Σ|x_i·y_i| up to second order; a subnormal
        // product adds half the least double.
        const bound = x.length * (Number.EPSILON * sizes + Number.MIN_VALUE);
        return Math.abs(dot(x, y) - toDouble(dotExact(x, y))) <= bound;
      }),
    );
    expect(dot([], [])).toBe(0);
  });

  test('are what they say', () => {
    expect(scale(-2, [1, 0.5])).toEqual([-2, -1]);
    expect(addScaled([1, 2], 3, [10, 20])).toEqual([31, 62]);
  });

  test('lengths must agree', () => {
    expect(() => dot([1, 2, 3], [1])).toThrow('dot: y must have length 3 (length of x), got 1');
    expect(() => addScaled([1], 1, [])).toThrow(
      'addScaled: y must have length 1 (length of x), got 0',
    );
  });
});

describe('norm and normalise', () => {
  test('neither overflow nor underflow', () => {
    expect(norm([3e200, 4e200]) / 5e200).toBeCloseTo(1, 15);
    expect(norm([3e-200, 4e-200]) / 5e-200).toBeCloseTo(1, 15);
    expect(norm([])).toBe(0);
    expect(norm([0, -0])).toBe(0);
    expect(norm([1, -Infinity])).toBe(Infinity);
    expect(norm([1, NaN])).toBeNaN();
  });

  test('a normalised vector has length 1 up to rounding, and the direction of the vector', () => {
    fc.assert(
      fc.property(vectors, ([x]) => {
        fc.pre(norm(x) > 1e-300);
        const unit = normalise(x);
        expect(Math.abs(norm(unit) - 1)).toBeLessThan((x.length + 4) * Number.EPSILON);
        unit.forEach((value, i) => {
          expect(Math.abs(value * norm(x) - x[i])).toBeLessThanOrEqual(
            4 * Number.EPSILON * Math.abs(x[i]) + Number.MIN_VALUE * (1 + norm(x)),
          );
        });
      }),
    );
    expect(() => normalise([0, 0])).toThrow('normalise: x must not be the zero vector');
  });
});

describe('angle', () => {
  test.each([1e-12, 1e-8, 1e-3, 0.5, 1.5, 2, 3.14])('finds a planted angle of %d', (theta) => {
    const [u, v] = [
      [Math.cos(0.3), Math.sin(0.3), 0],
      [Math.cos(0.3 + theta), Math.sin(0.3 + theta), 0],
    ];
    // The planted coordinates are rounded, each by at most half an ulp of 1.
    expect(Math.abs(angle(u, scale(7, v)) - theta)).toBeLessThan(4 * Number.EPSILON);
  });

  test('keeps relative accuracy for nearly parallel vectors', () => {
    const small = 2 ** -40;
    const exact = highPrecision.atan(bigNumber(small)) as unknown as { toNumber(): number };
    expect(angle([1, 0], [1, small]) / exact.toNumber()).toBeCloseTo(1, 10);
  });

  test('of a vector with itself is 0, with its negative π', () => {
    expect(angle([1, 2, 3], [1, 2, 3])).toBe(0);
    expect(angle([1, 2, 3], [-2, -4, -6])).toBe(Math.PI);
    expect(angle([1, 0], [0, 5])).toBe(Math.PI / 2);
    expect(() => angle([0], [1])).toThrow('normalise: x must not be the zero vector');
  });
});
