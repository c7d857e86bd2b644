import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { numberCost, simplerNumbers } from './index.js';

describe('numberCost', () => {
  test('rises with what there is to read', () => {
    const rising = [0, 1, 0.5, 2, 0.1, 1 / 3, 0.12499988079071045, Math.PI, Infinity];
    const costs = rising.map(numberCost);
    expect(costs.toSorted((a, b) => a - b)).toEqual(costs);
  });

  test('−x costs more than x', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: 1e-300 }), (x) => {
        expect(numberCost(-x)).toBeGreaterThan(numberCost(x));
      }),
    );
  });
});

describe('simplerNumbers', () => {
  test('are all simpler, the simplest first, and end at 0', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (x) => {
        const simpler = simplerNumbers(x);
        const costs = simpler.map(numberCost);
        expect(costs.every((cost) => cost < numberCost(x))).toBe(true);
        expect(costs.toSorted((a, b) => a - b)).toEqual(costs);
        if (x !== 0) expect(simpler[0]).toBe(0);
      }),
    );
  });

  test('hold integers, halves, fewer digits and Stern–Brocot neighbours', () => {
    const near = simplerNumbers(0.6180339887);
    expect(near).toEqual(expect.arrayContaining([1, 0.5, 0.6, 0.62, 2 / 3, 5 / 8]));
  });

  test('are whole where the number must be', () => {
    expect(simplerNumbers(13, true)).toEqual([0, 1, -1, 6, 8, 10, 12]);
  });
});
