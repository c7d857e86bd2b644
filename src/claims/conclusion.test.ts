import { describe, expect, test } from 'vitest';
import {
  atLeast,
  atMost,
  decided,
  gaveUp,
  outcomeOf,
  tightestClause,
  within,
} from './conclusion.js';

describe('margins', () => {
  test('the margin is the relative slack, positive where the clause holds', () => {
    const { lower, upper } = atMost('c', 1, 3).margin;
    expect(lower).toBeLessThanOrEqual(0.5);
    expect(upper).toBeGreaterThanOrEqual(0.5);
    expect(upper - lower).toBeLessThan(1e-15);
  });

  test('equality with exact sides holds, equality within the error is undecided', () => {
    expect(outcomeOf(decided('exact', [atMost('c', 2, 2)]))).toBe('holds');
    expect(outcomeOf(decided('exact', [atMost('c', 2, 2, 1e-9)]))).toBe('gave-up');
    expect(outcomeOf(decided('exact', [atMost('c', 2 + 1e-12, 2, 1e-9)]))).toBe('gave-up');
    expect(outcomeOf(decided('exact', [atMost('c', 2 + 1e-6, 2, 1e-9)]))).toBe('violated');
  });

  test('infinite sides decide', () => {
    expect(outcomeOf(decided('exact', [atMost('c', 5, Infinity)]))).toBe('holds');
    expect(outcomeOf(decided('exact', [atMost('c', Infinity, 5)]))).toBe('violated');
    expect(outcomeOf(decided('exact', [atMost('c', Infinity, Infinity)]))).toBe('holds');
  });

  test('sides that are not numbers and negative errors are refused', () => {
    expect(() => atMost('c', NaN, 1)).toThrow('atMost: both sides of "c" must be numbers');
    expect(() => atMost('c', 0, 1, -1)).toThrow('atMost: error must be ≥ 0, got -1');
  });

  test('atLeast turns the sides round; within compares a distance with its bound', () => {
    expect(outcomeOf(decided('exact', [atLeast('c', 3, 2)]))).toBe('holds');
    expect(outcomeOf(decided('exact', [within('c', 1, 1 + 1e-3, 1e-4)]))).toBe('violated');
  });
});

describe('outcomes', () => {
  test('one surely violated clause violates the conclusion, whatever the others', () => {
    const conclusion = decided('exact', [
      atMost('a', 0, 1),
      atMost('b', 2, 1),
      atMost('c', 1, 1, 1),
    ]);
    expect(outcomeOf(conclusion)).toBe('violated');
    expect(tightestClause(conclusion)?.name).toBe('b');
  });

  test('a conclusion that gave up is neither', () => {
    expect(outcomeOf(gaveUp('no'))).toBe('gave-up');
  });
});
