import { describe, expect, test } from 'vitest';
import { hasRareControl } from './expectations.js';

const control = (violated: number, effective: number, killed = true) => ({
  name: 'c',
  statement: '',
  argument: '',
  judge: 'every-draw' as const,
  killed,
  violated,
  effective,
});

describe('whether a control is rare', () => {
  test('is a matter of what the draws surely show', () => {
    expect(hasRareControl({ controls: [control(10, 500)] })).toBe(true);
    // 5.6 % of the draws: chance explains it at 5 %.
    expect(hasRareControl({ controls: [control(28, 500)] })).toBe(true);
    expect(hasRareControl({ controls: [control(60, 500)] })).toBe(false);
    expect(hasRareControl({ controls: [control(60, 500), control(10, 500)] })).toBe(true);
  });

  test('asks for one that is killed, and by a violation', () => {
    expect(hasRareControl({ controls: [] })).toBe(false);
    expect(hasRareControl({ controls: [control(10, 500, false)] })).toBe(false);
    expect(hasRareControl({ controls: [control(0, 500)] })).toBe(false);
    // A handful of draws shows nothing against it.
    expect(hasRareControl({ controls: [control(2, 10)] })).toBe(true);
  });
});
