import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomSource } from './random.js';
import {
  hashOfBits,
  ksLimit,
  ksStatistic,
  meanDeviation,
  meanLimit,
  serialDeviation,
} from './testing/law-tests.js';

fc.configureGlobal({ seed: 1 }); // tests are deterministic

const draws = (count: number, ...key: (string | number)[]) => {
  const source = randomSource(...key);
  return Array.from({ length: count }, () => source.uniform());
};

describe('a stream depends on its key alone', () => {
  test('the same key gives the same numbers, whatever was drawn elsewhere', () => {
    const first = randomSource('a', 1);
    const second = randomSource('a', 1);
    randomSource('b').uniform();
    const other = first.fork('x');
    expect(first.uniform()).toBe(second.uniform());
    other.uniform();
    expect(first.uniform()).toBe(second.uniform());
    expect(first.key).toEqual(['a', 1]);
  });

  test('a fork is the stream of the longer key and draws nothing from its parent', () => {
    const parent = randomSource('parent');
    const before = parent.fork('child', 3).uniform();
    parent.uniform();
    expect(parent.fork('child', 3).uniform()).toBe(before);
    expect(randomSource('parent', 'child', 3).uniform()).toBe(before);
  });

  test('different keys give different streams, also where their texts run together', () => {
    const keys = [
      ['ab', 'c'],
      ['a', 'bc'],
      ['abc'],
      ['a', 'b', 'c'],
      ['1'],
      [1],
      ['a', 1],
      ['a', '1'],
    ];
    const hashes = keys.map((key) => hashOfBits(draws(4, ...key)));
    expect(new Set(hashes).size).toBe(keys.length);
  });

  test('draws the same bits on every machine', () => {
    const source = randomSource('pinned', 7);
    const values = Array.from({ length: 1000 }, (_, i) =>
      i % 4 === 0
        ? source.uniform()
        : i % 4 === 1
          ? source.uniformPositive()
          : i % 4 === 2
            ? source.integer(1000)
            : source.sign(),
    );
    expect(hashOfBits(values)).toBe(1485389363);
  });
});

describe('the laws of a stream', () => {
  test('uniform is uniform, serially independent, and independent of its forks', () => {
    const source = randomSource('law', 'uniform');
    const fork = source.fork('child');
    const pairs = Array.from({ length: 20_000 }, () => [source.uniform(), fork.uniform()]);
    const own = pairs.map(([u]) => u);
    expect(ksStatistic(own, (x) => x)).toBeLessThan(ksLimit);
    expect(serialDeviation(own)).toBeLessThan(meanLimit);
    const products = pairs.map(([u, v]) => (u - 0.5) * (v - 0.5));
    expect(meanDeviation(products, 0, 1 / 12)).toBeLessThan(meanLimit);
  });

  test('first draws of consecutive keys are independent and uniform', () => {
    const first = Array.from({ length: 4000 }, (_, trial) =>
      randomSource('trial', trial).uniform(),
    );
    expect(ksStatistic(first, (x) => x)).toBeLessThan(ksLimit);
    expect(serialDeviation(first)).toBeLessThan(meanLimit);
  });

  test('every bit of a uniform double is a fair coin', () => {
    const source = randomSource('law', 'bits');
    const sample = Array.from({ length: 4000 }, () => source.uniform());
    for (let bit = 1; bit <= 53; bit += 1) {
      const values = sample.map((x) => Math.floor(x * 2 ** bit) % 2);
      // 53 comparisons at about 4e-8 each.
      expect(meanDeviation(values, 0.5, 0.5), `bit ${bit}`).toBeLessThan(meanLimit);
    }
  });

  test('stays inside its interval, on multiples of 2⁻⁵³', () => {
    fc.assert(
      fc.property(fc.string(), (key) => {
        const source = randomSource(key);
        const u = source.uniform();
        const positive = source.uniformPositive();
        return u >= 0 && u < 1 && Number.isInteger(u * 2 ** 53) && positive > 0 && positive < 1;
      }),
    );
  });

  test.each([1, 2, 3, 7, 1000])('integer(%i) is uniform', (bound) => {
    const source = randomSource('law', 'integer', bound);
    const count = 20_000;
    const cells = Math.min(bound, 20);
    const counts = Array.from({ length: cells }, () => 0);
    for (let i = 0; i < count; i += 1) {
      const drawn = source.integer(bound);
      expect(drawn >= 0 && drawn < bound && Number.isInteger(drawn)).toBe(true);
      counts[Math.floor((drawn * cells) / bound)] += 1;
    }
    for (const n of counts) {
      const p = 1 / cells;
      expect(Math.abs(n - count * p)).toBeLessThanOrEqual(5.5 * Math.sqrt(count * p * (1 - p)));
    }
  });

  test('integer of a bound near 2³² has no modulo bias', () => {
    // With bound 3·2³⁰, taking words modulo the bound would put half of the draws below 2³⁰.
    const source = randomSource('law', 'modulo');
    const below = Array.from({ length: 5000 }, () =>
      source.integer(3 * 2 ** 30) < 2 ** 30 ? 1 : 0,
    );
    expect(meanDeviation(below, 1 / 3, Math.sqrt(2) / 3)).toBeLessThan(meanLimit);
    expect(source.integer(2 ** 32)).toBeLessThan(2 ** 32);
  });

  test('sign is fair', () => {
    const source = randomSource('law', 'sign');
    const sample = Array.from({ length: 10_000 }, () => source.sign());
    expect(meanDeviation(sample, 0, 1)).toBeLessThan(meanLimit);
    expect(serialDeviation(sample)).toBeLessThan(meanLimit);
  });

  test.each([0, -1, 1.5, 2 ** 32 + 1, NaN])('integer(%d) is refused', (bound) => {
    expect(() => randomSource('x').integer(bound)).toThrow(
      `integer: bound must be an integer in 1…2³², got ${bound}`,
    );
  });
});
