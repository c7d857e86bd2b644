import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  absoluteInterval,
  addIntervals,
  divideIntervals,
  dotIntervals,
  encloseRational,
  formatInterval,
  interval,
  isAtMost,
  isLess,
  multiplyIntervals,
  nextDown,
  nextUp,
  sqrtInterval,
  subtractIntervals,
  sumIntervals,
} from './interval.js';
import type { Interval } from './interval.js';
import {
  absolute,
  add,
  compare,
  divide,
  dotExact,
  fromDouble,
  multiply,
  ratio,
  subtract,
  sumExact,
} from './rational.js';
import type { RationalLike } from './rational.js';

fc.configureGlobal({ seed: 1 }); // tests are deterministic

/** Whether the exact number lies in the interval. */
function contains({ lower, upper }: Interval, x: RationalLike): boolean {
  return (
    (lower === -Infinity || compare(lower, x) <= 0) &&
    (upper === Infinity || compare(x, upper) <= 0)
  );
}

const finite = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ noNaN: true, min: -10, max: 10 }),
  fc.integer({ min: -20, max: 20 }),
);
/** An interval with some of its members: its ends and a point between them. */
const members = fc
  .tuple(finite, finite, fc.double({ noNaN: true, min: 0, max: 1 }))
  .map(([x, y, t]) => {
    const box = interval(Math.min(x, y), Math.max(x, y));
    const inner = Math.min(box.upper, Math.max(box.lower, x * t + y * (1 - t)));
    return { box, points: [box.lower, inner, box.upper] };
  });

describe('enclosure', () => {
  test.each([
    ['sum', addIntervals, add],
    ['difference', subtractIntervals, subtract],
    ['product', multiplyIntervals, multiply],
    ['quotient', divideIntervals, divide],
  ] as const)('the %s of members lies in the result', (name, rounded, exact) => {
    fc.assert(
      fc.property(members, members, (x, y) => {
        fc.pre(name !== 'quotient' || y.box.lower > 0 || y.box.upper < 0);
        const result = rounded(x.box, y.box);
        return x.points.every((u) => y.points.every((v) => contains(result, exact(u, v))));
      }),
      { numRuns: 500 },
    );
  });

  test('square roots, absolute values, sums and scalar products enclose', () => {
    fc.assert(
      fc.property(members, (x) => {
        expect(x.points.every((u) => contains(absoluteInterval(x.box), absolute(u)))).toBe(true);
        fc.pre(x.box.lower >= 0);
        const root = sqrtInterval(x.box);
        expect(
          root.lower === 0 || compare(multiply(root.lower, root.lower), x.box.lower) <= 0,
        ).toBe(true);
        expect(compare(multiply(root.upper, root.upper), x.box.upper)).toBeGreaterThanOrEqual(0);
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(finite, finite)), (pairs) => {
        const x = pairs.map(([u]) => u);
        const y = pairs.map(([, v]) => v);
        return (
          contains(sumIntervals(x), sumExact(x)) && contains(dotIntervals(x, y), dotExact(x, y))
        );
      }),
    );
  });

  test('infinite ends stay enclosures', () => {
    expect(multiplyIntervals(interval(1, Infinity), interval(0, 2))).toEqual(interval(0, Infinity));
    expect(divideIntervals(interval(1, Infinity), interval(1, Infinity))).toEqual(
      interval(0, Infinity),
    );
    expect(addIntervals(1e308, 1e308)).toEqual(interval(Number.MAX_VALUE, Infinity));
    expect(multiplyIntervals(-1e200, 1e200)).toEqual(interval(-Infinity, -Number.MAX_VALUE));
  });

  test('one operation on doubles costs at most an ulp on each side, none where it is exact', () => {
    expect(addIntervals(0.1, 0.2)).toEqual(interval(nextDown(0.1 + 0.2), nextUp(0.1 + 0.2)));
    expect(addIntervals(0.5, 0.25)).toEqual(interval(0.75, 0.75));
    expect(multiplyIntervals(3, 7)).toEqual(interval(21, 21));
    expect(divideIntervals(21, 7)).toEqual(interval(3, 3));
    expect(sqrtInterval(49)).toEqual(interval(7, 7));
    expect(sqrtInterval(2)).toEqual(interval(nextDown(Math.SQRT2), nextUp(Math.SQRT2)));
    expect(subtractIntervals(interval(1, 2), interval(1, 2))).toEqual(interval(-1, 1));
  });

  test('the interval around a rational is the least one', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }),
        fc.bigInt({ min: 1n, max: 2n ** 80n }),
        (p, q) => {
          const box = encloseRational(ratio(p, q));
          return (
            contains(box, ratio(p, q)) &&
            (box.lower === box.upper || nextUp(box.lower) === box.upper)
          );
        },
      ),
    );
    expect(encloseRational(0.1)).toEqual(interval(0.1, 0.1));
    expect(encloseRational(10n ** 400n)).toEqual(interval(Number.MAX_VALUE, Infinity));
  });
});

describe('neighbours', () => {
  test('nothing lies between a double and the next', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
        const up = nextUp(x);
        fc.pre(up < Infinity);
        const middle = fromDouble(x).numerator === 0n ? 0 : x / 2 + up / 2;
        return up > x && (middle === x || middle === up || x === 0) && nextDown(up) === x;
      }),
    );
    expect(nextUp(-0)).toBe(Number.MIN_VALUE);
    expect(nextUp(Number.MAX_VALUE)).toBe(Infinity);
    expect(nextUp(-Infinity)).toBe(-Number.MAX_VALUE);
    expect(nextDown(-Infinity)).toBe(-Infinity);
    expect(() => nextUp(NaN)).toThrow('nextUp: x must be a number, got NaN');
  });
});

describe('comparison', () => {
  test('says unknown exactly when members disagree', () => {
    expect(isLess(interval(0, 1), interval(2, 3))).toBe('yes');
    expect(isLess(interval(2, 3), interval(0, 2))).toBe('no');
    expect(isLess(interval(0, 2), interval(1, 3))).toBe('unknown');
    expect(isLess(1, 1)).toBe('no');
    expect(isAtMost(interval(0, 1), interval(1, 2))).toBe('yes');
    expect(isAtMost(interval(1, 2), interval(0, 1))).toBe('unknown');
    expect(isAtMost(interval(1.5, 2), interval(0, 1))).toBe('no');
  });
});

describe('errors', () => {
  test('name the function, the argument and the value', () => {
    expect(() => interval(2, 1)).toThrow(
      'interval: lower must be ≤ upper, and the interval hold a real number, got [2, 1]',
    );
    expect(() => interval(NaN, 1)).toThrow('got [NaN, 1]');
    expect(() => divideIntervals(1, interval(-1, 1))).toThrow(
      'divideIntervals: y must not contain 0, got [-1, 1]',
    );
    expect(() => sqrtInterval(-1)).toThrow('sqrtInterval: x must not lie below 0, got [-1, -1]');
    expect(() => dotIntervals([1], [])).toThrow(
      'dotIntervals: y must have length 1 (length of x), got 0',
    );
    expect(formatInterval(interval(0.5, 1))).toBe('[0.5, 1]');
  });
});
