import { describe, expect, it } from 'vitest';
import { checkExactShattering, exactShattering } from './exact-shattering.js';
import type { ShatteringInstance } from './exact-shattering.js';

const pentagon = Array.from({ length: 5 }, (_, i) => [i, i * i]);
const tight: ShatteringInstance = { points: pentagon, magnitude: 3, outerNorm: 4, width: 3 };

describe('exactShattering', () => {
  it('certifies five points of the plane at the smallest norm that shatters them', async () => {
    const shattering = await exactShattering(tight);
    if (shattering === null) throw new Error('no certificate');
    expect(checkExactShattering(tight, shattering)).toEqual({
      signVectors: 32,
      withinNorm: 16,
      reachWidth: 16,
      networks: 16,
      holds: true,
    });
  });

  it('certifies a line at norms with denominators that are no powers of two', async () => {
    for (const [n, norm] of [
      [2, 1],
      [3, 3],
      [4, 3],
      [5, 5],
    ]) {
      const points = Array.from({ length: n }, (_, i) => [2 * i, -i]);
      const instance = { points, magnitude: 0.5, outerNorm: 4 * norm, width: 1 };
      expect(await exactShattering(instance)).not.toBeNull();
      expect(await exactShattering({ ...instance, width: 1 + 2 ** -30 })).toBeNull();
    }
  });

  it('rejects a certificate with one number changed', async () => {
    const shattering = await exactShattering(tight);
    if (shattering === null) throw new Error('no certificate');
    expect(checkExactShattering({ ...tight, outerNorm: 3.999 }, shattering).holds).toBe(false);
    expect(checkExactShattering({ ...tight, width: 3.001 }, shattering).holds).toBe(false);
    const [first, ...rest] = shattering.networks;
    const missing = { ...shattering, networks: rest };
    expect(checkExactShattering(tight, missing)).toMatchObject({ signVectors: 30, holds: false });
    const heavier = {
      ...shattering,
      networks: [
        { ...first, terms: first.terms.map((t) => ({ ...t, count: t.count + 1 })) },
        ...rest,
      ],
    };
    expect(checkExactShattering(tight, heavier)).toMatchObject({ withinNorm: 15, holds: false });
    const [plane, ...planes] = shattering.halfSpaces;
    const flipped = {
      ...shattering,
      halfSpaces: [
        { normal: plane.normal.map((entry) => -entry), offset: -plane.offset },
        ...planes,
      ],
    };
    expect(checkExactShattering(tight, flipped).holds).toBe(false);
  });
});
