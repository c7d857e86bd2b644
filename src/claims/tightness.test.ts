import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { atLeast, atMost, decided, oneSided, outcomeOf } from './conclusion.js';
import { leastRatio, mergeTightest, tightestOf, tightnessOf } from './tightness.js';

fc.configureGlobal({ seed: 1 }); // tests are deterministic

const positive = fc.double({ min: 1e-3, max: 1e3, noNaN: true });

describe('leastRatio', () => {
  test('is lhs/rhs where both are exact, up to rounding downwards', () => {
    expect(leastRatio(atMost('c', 3, 4))).toBeCloseTo(0.75, 12);
    expect(leastRatio(atMost('c', 3, 4)) ?? 1).toBeLessThanOrEqual(0.75);
    // x ≥ 2 with x = 8 holds with a factor 4 to spare.
    expect(leastRatio(atLeast('c', 8, 2))).toBeCloseTo(0.25, 12);
  });

  test('is a factor below which the violation is certain, whatever the sides are within the error', () => {
    fc.assert(
      fc.property(
        positive,
        positive,
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        fc.double({ min: -1, max: 1, noNaN: true }),
        (lhs, rhs, share, where) => {
          const error = share * Math.min(lhs, rhs);
          const ratio = leastRatio(atMost('c', lhs, rhs, error));
          if (ratio === null) return;
          // The true sides: an error of at most `error` in both together.
          const [left, right] = [
            lhs - error * Math.abs(where),
            rhs + error * (1 - Math.abs(where)),
          ];
          expect(left).toBeGreaterThanOrEqual(ratio * right * (1 - 1e-12));
        },
      ),
    );
  });

  test('agrees with the clause: above 1 exactly where it is violated for certain', () => {
    fc.assert(
      fc.property(positive, positive, positive, (lhs, rhs, error) => {
        const clause = atMost('c', lhs, rhs, error / 10);
        const ratio = leastRatio(clause);
        if (ratio === null || Math.abs(ratio - 1) < 1e-9) return;
        expect(ratio > 1).toBe(outcomeOf(decided('exact', [clause])) === 'violated');
      }),
    );
  });

  test('is nothing where a factor on the right side does not tighten', () => {
    expect(leastRatio(atMost('c', 1, 0))).toBeNull();
    expect(leastRatio(atMost('c', -2, -1))).toBeNull();
    expect(leastRatio(atMost('c', Infinity, 0))).toBeNull();
  });

  test('is 0 where no factor can violate, and infinite where every factor does', () => {
    expect(leastRatio(atMost('c', -1, 2))).toBe(0);
    expect(leastRatio(atMost('c', 0, 2))).toBe(0);
    expect(leastRatio(atMost('c', 1e-9, 2, 1e-6))).toBe(0);
    // An error far above the right side, carried by the left one.
    expect(leastRatio(atMost('c', 1e20, 1, 1e8))).toBeGreaterThan(9.9e11);
    expect(leastRatio(atMost('c', 1, Infinity))).toBe(0);
    expect(leastRatio(atMost('c', Infinity, 2))).toBe(Infinity);
  });
});

describe('tightnessOf', () => {
  const of = (...clauses: Parameters<typeof decided>[1]) => tightnessOf(decided('exact', clauses));

  test('is that of the clause that is attained most nearly', () => {
    expect(of(atMost('a', 1, 4), atMost('b', 1, 2), atMost('c', 0, 1))).toMatchObject({
      clause: 'b',
    });
    expect(of()).toBeNull();
  });

  test('takes what is attained in the place of sides that are bounds', () => {
    const bounds = atMost('a', 3, 4);
    const [held] = [of(oneSided(bounds, 0.2))];
    expect(held).toMatchObject({ clause: 'a', ratio: 0.2 });
    // The sides still say from which factor on it holds.
    expect(held).toHaveProperty('most', expect.closeTo(0.75, 12));
    expect(of(oneSided(bounds), atMost('b', 1, 2))).toMatchObject({ clause: 'b' });
    expect(of(oneSided(bounds), atMost('b', 0, 2))).toEqual({
      clause: 'a',
      unscalable: 'one-sided',
    });
  });

  test('encloses the ratio: violated for certain below, held for certain from the other end on', () => {
    fc.assert(
      fc.property(positive, positive, fc.double({ min: 0, max: 1, noNaN: true }), (lhs, rhs, e) => {
        const tightness = of(atMost('c', lhs, rhs, (e * rhs) / 2));
        if (tightness === null || !('ratio' in tightness)) return;
        const { ratio, most } = tightness;
        expect(most).toBeGreaterThanOrEqual(lhs / rhs);
        expect(ratio).toBeLessThanOrEqual(lhs / rhs);
        if (e === 0) expect(most / ratio).toBeCloseTo(1, 8);
      }),
    );
  });

  test('is none as soon as one clause compares with what may be ≤ 0', () => {
    expect(of(atMost('a', 1, 2), atMost('b', -1, 0))).toEqual({ clause: 'b', unscalable: 'sign' });
  });
});

test('merging is the larger factor, in any order', () => {
  const [a, b] = [
    { factor: 0.2, clause: 'a' },
    { factor: 0.5, clause: 'b' },
  ];
  expect(mergeTightest(a, b)).toEqual(b);
  expect(mergeTightest(b, a)).toEqual(b);
  expect(mergeTightest(a, null)).toEqual(a);
  expect(mergeTightest(null, null)).toBeNull();
  const none = { factor: null, clause: 'z' };
  expect(mergeTightest(none, b)).toEqual(none);
  expect(mergeTightest(b, none)).toEqual(none);
  const tie = { factor: 0.5, clause: 'a' };
  expect(mergeTightest(b, tie)).toEqual(tie);
  expect(mergeTightest(tie, b)).toEqual(tie);
});

test('the tightest of trials passes over those that say nothing', () => {
  const at = (ratio: number) => ({ clause: 'c', ratio, most: ratio });
  expect(tightestOf([{ tightness: at(0.2) }, { tightness: at(0.9), trivial: true }, {}])).toEqual({
    clause: 'c',
    factor: 0.2,
  });
  expect(
    tightestOf([{ tightness: at(0.2) }, { tightness: { clause: 'd', unscalable: 'sign' } }]),
  ).toEqual({ clause: 'd', factor: null });
  expect(tightestOf([])).toBeNull();
});
