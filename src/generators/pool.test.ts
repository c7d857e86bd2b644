import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activationLabel, activations, ACTIVATION_PHRASES } from './activations.js';
import { bounds, integersFrom, oneOfMembers, oneTwoFive } from './pool.js';

function sample<T>(arbitrary: fc.Arbitrary<T>, numRuns: number): T[] {
  return fc.sample(arbitrary, { seed: 3, numRuns, unbiased: true });
}

describe('bounds', () => {
  it('reads a number as the range that holds it alone', () => {
    expect(bounds('inputLaws', 'inputDim', 4, 1)).toEqual({ min: 4, max: 4 });
    expect(bounds('inputLaws', 'inputDim', { min: 1, max: 4 }, 1)).toEqual({ min: 1, max: 4 });
  });

  it('rejects what is no range of integers', () => {
    expect(() => bounds('inputLaws', 'inputDim', 0, 1)).toThrow(
      new RangeError('inputLaws: inputDim must be integers with 1 ≤ min ≤ max, got 0…0'),
    );
    expect(() => bounds('f', 'n', { min: 3, max: 2 }, 1)).toThrow(
      new RangeError('f: n must be integers with 1 ≤ min ≤ max, got 3…2'),
    );
    expect(() => bounds('f', 'n', 1.5, 1)).toThrow(RangeError);
  });
});

describe('integersFrom', () => {
  it('starts at the least size that a member needs', () => {
    const drawn = sample(integersFrom({ min: 1, max: 4 }, 2) ?? fc.constant(0), 100);
    expect(new Set(drawn)).toEqual(new Set([2, 3, 4]));
    expect(integersFrom({ min: 1, max: 1 }, 2)).toBeNull();
  });
});

describe('oneOfMembers', () => {
  const table = { plain: fc.constant(1), special: fc.constant(2), impossible: null };

  it('draws each member with the same probability', () => {
    const drawn = sample(oneOfMembers('pool', table), 1000);
    // Binomial(1000, ½): six standard deviations are 95, error probability below 2e-9.
    expect(Math.abs(drawn.filter((value) => value === 1).length - 500)).toBeLessThan(95);
  });

  it('shrinks towards the member listed first', () => {
    const result = fc.check(
      fc.property(oneOfMembers('pool', table), () => false),
      { seed: 1 },
    );
    expect(result.counterexample).toEqual([1]);
  });

  it('rejects members that are unknown, do not fit, or are none', () => {
    expect(() => oneOfMembers('pool', table, ['other' as 'plain'])).toThrow(
      new RangeError('pool: members must be among plain, special, impossible, got other'),
    );
    expect(() => oneOfMembers('pool', table, ['impossible'])).toThrow(
      new RangeError('pool: members must fit the sizes asked for, got impossible'),
    );
    expect(() => oneOfMembers('pool', table, [])).toThrow(
      new RangeError('pool: members must name at least one member, got none'),
    );
  });
});

describe('oneTwoFive', () => {
  it('reaches exactly the short decimals between two powers of ten', () => {
    const drawn = [...new Set(sample(oneTwoFive(-1, 1), 500))].sort((a, b) => a - b);
    expect(drawn).toEqual([0.1, 0.2, 0.5, 1, 2, 5, 10]);
    expect(Math.max(...sample(oneTwoFive(-6, 6), 2000))).toBe(1e6);
    expect(Math.min(...sample(oneTwoFive(-6, 6), 2000))).toBe(1e-6);
  });

  it('shrinks towards 1', () => {
    const result = fc.check(
      fc.property(oneTwoFive(-6, 6), (value) => value < 1),
      { seed: 1 },
    );
    expect(result.counterexample).toEqual([1]);
  });
});

describe('activations', () => {
  it('reaches every activation', () => {
    const labels = new Set<string>(sample(activations(), 1000).map(activationLabel));
    // One of 12 is missed by 1000 draws with probability 12·(11/12)¹⁰⁰⁰ < 2e-37.
    expect(labels).toEqual(new Set(Object.keys(ACTIVATION_PHRASES)));
  });

  it('reaches both ends of the parameters', () => {
    const drawn = sample(activations({ members: ['softplus', 'constant'] }), 1000);
    const betas = drawn.flatMap((one) => (one.name === 'softplus' ? [one.beta] : []));
    const values = drawn.flatMap((one) => (one.name === 'constant' ? [one.value] : []));
    expect([Math.min(...betas), Math.max(...betas)]).toEqual([0.1, 100]);
    expect([Math.min(...values), Math.max(...values)]).toEqual([-2, 2]);
  });

  it('draws only the members asked for, and shrinks towards the simplest', () => {
    const result = fc.check(
      fc.property(activations({ members: ['tanh', 'sigmoid'] }), () => false),
      { seed: 4 },
    );
    expect(result.counterexample).toEqual([{ name: 'sigmoid' }]);
    expect(() => activations({ members: ['cosine' as 'sine'] })).toThrow(
      /^activations: members must be among relu, linear, .*, got cosine$/,
    );
  });
});
