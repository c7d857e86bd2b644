import { describe, expect, it } from 'vitest';
import { shatteredCount } from './shattered-count.js';
import { shatteringNorm } from './shattering-norm.js';

const line = Array.from({ length: 9 }, (_, i) => [i]);

describe('shatteredCount', () => {
  it('counts 2⌊(norm + 1)/2⌋ points of a line, by the closed form as by the programs', async () => {
    for (const [norm, expected] of [
      [0.99, 0],
      [1, 2],
      [2.9, 2],
      [3, 4],
      [5, 6],
      [6.5, 6],
    ]) {
      const fast = await shatteredCount(line, norm, { programsUpTo: 0 });
      expect(fast).toMatchObject({ count: expected, norm, programs: 0 });
    }
    let slow = 0;
    for (let n = 1; n <= 6; n += 1) {
      const { upper } = await shatteringNorm(line.slice(0, n));
      if (upper <= 3 * (1 + 1e-9)) slow = n;
    }
    expect(slow).toBe(4);
    const five = await shatteredCount(line.slice(0, 5), 4.5, { programsUpTo: 0 });
    expect(five.count).toBe(4);
    expect((await shatteredCount(line.slice(0, 5), 5, { programsUpTo: 0 })).count).toBe(5);
  });

  it('solves nothing for points of one coordinate, and counts what the programs count', async () => {
    const found = await shatteredCount(line, 3, { programsUpTo: 6 });
    expect(found).toMatchObject({ count: 4, method: 'line', programs: 0 });
    const embedded = line.map(([x]) => [x, 2 * x]);
    expect((await shatteredCount(embedded, 3, { programsUpTo: 6 })).count).toBe(4);
  });

  it('takes the programs where they prove more, and says at which norm', async () => {
    const parabola = line.map(([x]) => [x, x * x]);
    const found = await shatteredCount(parabola, 2, { programsUpTo: 6 });
    expect(found).toMatchObject({ status: 'solved', count: 5, method: 'programs' });
    expect(found.norm).toBeGreaterThanOrEqual(2);
    expect(found.norm).toBeLessThanOrEqual(2 * (1 + 1e-9));
  });

  it('takes the eigenvalue for many spread points', async () => {
    const cube = Array.from({ length: 64 }, (_, k) => [k & 3, (k >> 2) & 3, k >> 4]);
    const found = await shatteredCount(cube, 35, { programsUpTo: 6 });
    expect(found.method).toBe('kernel');
    expect(found.count).toBeGreaterThan(36);
  });

  it('shatters no more points with a witness than without', async () => {
    const parabola = line.map(([x]) => [x, x * x]).slice(0, 5);
    const witness = [0.5, -0.25, 0, 0.125, -0.5];
    const moved = await shatteredCount(parabola, 2, { programsUpTo: 5, witness });
    expect(moved.count).toBeLessThanOrEqual(5);
    expect(moved.count).toBeGreaterThanOrEqual(2);
    const none = await shatteredCount(parabola, 1, { programsUpTo: 5, witness });
    expect(none.count).toBeLessThan(3);
  });
});
