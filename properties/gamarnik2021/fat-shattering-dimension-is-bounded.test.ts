import { describe, expect, it, vi } from 'vitest';
import { certifies, outcomeOf } from '../../src/claims/index.js';
import { testDraw } from '../../src/generators/index.js';
import { expression } from '../../src/math/index.js';
import type * as Solvers from '../../src/solvers/index.js';
import { shatteredCount } from '../../src/solvers/index.js';
import { ASSUMPTIONS } from './shared/fat-shattering-assumptions.js';
import type { BoundReading } from './shared/fat-shattering-conclusion.js';
import {
  certifyBound,
  checkLowerBound,
  concludeBound,
  confirmBound,
} from './shared/fat-shattering-conclusion.js';
import { CLAUSE } from './shared/fat-shattering-conclusion.js';
import type { Convention, FatShatteringInstance } from './shared/fat-shattering-instances.js';
import { SAMPLED, ladderOf } from './shared/fat-shattering-instances.js';

vi.mock('../../src/solvers/index.js', async (load) => {
  const solvers = await load<typeof Solvers>();
  return { ...solvers, shatteredCount: vi.fn(solvers.shatteredCount) };
});

const SYMBOLS = { C: 'C', M: 'M', A: 'A', d: 'd', gamma: 'g' };

function reading(constant: number): BoundReading {
  const bound = expression('C * M^2 * A^2 * d / gamma^2', SYMBOLS);
  return { bound, logPower: 0, constant, convention: 'each-side' };
}

const twoPoints: FatShatteringInstance = {
  inputDim: 1,
  kind: 'line',
  points: [[-3], [5], [6]],
  magnitude: 8,
  outerNorm: 2,
  width: 8,
  witness: [0, 0, 0],
};

describe('the fat-shattering bound', () => {
  it('is attained with constant 1/2 by two points on a line, and refuted with less', async () => {
    const half = await concludeBound(reading(0.5), twoPoints, { attack: 1 });
    expect(outcomeOf(half)).toBe('holds');
    expect(half).toMatchObject({ decidedBy: 'exact', implied: { c: 0.5 } });
    const less = reading(0.484375);
    const conclusion = await concludeBound(less, twoPoints, { attack: 1 });
    expect(outcomeOf(conclusion)).toBe('violated');
    if (conclusion.status !== 'decided') throw new Error('not decided');
    const violation = { conclusion, clause: conclusion.clauses[0] };
    const certificate = certifyBound(less, twoPoints, violation);
    expect(certificate === null ? false : certifies(certificate)).toBe(true);
    const confirmation = confirmBound(less, twoPoints, violation);
    expect(confirmation).toMatchObject({ clause: CLAUSE, lhs: '2', rhs: '1.9375', violated: true });
    // The same networks do not show more at a larger width.
    const wider = { ...twoPoints, width: 8.5 };
    const refused = certifyBound(less, wider, violation);
    expect(refused === null ? true : certifies(refused)).toBe(false);
  });

  it.each([
    { what: 'A < 1', change: { magnitude: 32, outerNorm: 0.5 } },
    { what: '𝓜 < 0 with γ < 0', change: { magnitude: -8, width: -8 } },
    { what: 'γ = 0', change: { width: 0 } },
    { what: 'γ > 𝓜A', change: { width: 24 } },
  ])('certifies nothing outside its assumptions: $what', async ({ change }) => {
    const less = reading(0.484375);
    const conclusion = await concludeBound(less, twoPoints, { attack: 1 });
    if (conclusion.status !== 'decided') throw new Error('not decided');
    const violation = { conclusion, clause: conclusion.clauses[0] };
    const outside = { ...twoPoints, ...change };
    const certificate = certifyBound(less, outside, violation);
    expect(certificate !== null && certifies(certificate)).toBe(false);
  });

  it('stops when a certified lower bound is above what is proved', async () => {
    const solved = { status: 'solved', method: 'kernel', programs: 0, message: '' } as const;
    vi.mocked(shatteredCount).mockResolvedValueOnce({ ...solved, count: 3, norm: 1 });
    await expect(concludeBound(reading(0.5), twoPoints, { attack: 1 })).rejects.toThrow(
      'concludeBound: the certified dimension must be at most 2, which is proved for d = 1 and 𝓜A/γ = 2, got 3',
    );
    expect(() => checkLowerBound(9, 2, 2)).toThrow('which is proved for d = 2');
    expect(() => checkLowerBound(1, 5, 1.9)).toThrow('must be at most 0');
    expect(() => checkLowerBound(4, 1, 6)).not.toThrow();
  });

  it('is false for one logarithm at total width γ = 𝓜A, and leaves no constant there', async () => {
    const bound = expression('C * M^2 * A^2 * d / gamma^2 * log(M * A / gamma)', SYMBOLS);
    const log: BoundReading = { bound, logPower: 1, constant: 0.75, convention: 'total-width' };
    const widest = { ...twoPoints, width: 16 };
    const conclusion = await concludeBound(log, widest, { attack: 1 });
    expect(outcomeOf(conclusion)).toBe('violated');
    expect(conclusion).toMatchObject({ implied: { c: Infinity } });
    if (conclusion.status !== 'decided') throw new Error('not decided');
    const violation = { conclusion, clause: conclusion.clauses[0] };
    const certificate = certifyBound(log, widest, violation);
    expect(certificate === null ? false : certifies(certificate)).toBe(true);
    const wider = certifyBound(log, { ...widest, width: 17 }, violation);
    expect(wider === null ? false : certifies(wider)).toBe(false);
    // With γ on either side nothing is shattered there.
    const eachSide: BoundReading = { ...log, convention: 'each-side' };
    const none = await concludeBound(eachSide, widest, { attack: 1 });
    expect(none).toMatchObject({ trivial: true, measurements: { n: 0 } });
  });

  it.each<Convention>(['each-side', 'total-width'])(
    'draws admissible instances of distinct points under the convention %s',
    async (convention) => {
      const sides = convention === 'each-side' ? 1 : 2;
      const half = { ...reading(0.5 * sides * sides), convention };
      const ladder = ladderOf(convention);
      const labels = new Set<string>();
      for (const [k, rung] of ladder.rungs.entries()) {
        const draw = testDraw(ladder.at(rung), ['fat-shattering'], k);
        const { instance } = draw;
        for (const label of draw.labels) labels.add(label);
        for (const { margin } of ASSUMPTIONS) expect(margin(instance)).toBeGreaterThanOrEqual(0);
        expect(new Set(instance.points.map(String)).size).toBe(instance.points.length);
        expect(instance.witness).toHaveLength(instance.points.length);
        if (k % 6 > 0) continue;
        const conclusion = await concludeBound(half, instance, { attack: 1 });
        expect(outcomeOf(conclusion)).toBe('holds');
        const { n, provedUpperBound, ratio } = conclusion.measurements ?? {};
        expect(n).toBeLessThanOrEqual(provedUpperBound);
        if (instance.witness.every((r) => r === 0)) expect(n > 0).toBe(sides * ratio >= 2);
      }
      for (const label of labels) expect(Object.keys(SAMPLED)).toContain(label);
    },
  );

  it('rejects a rung that is not on the ladder', () => {
    expect(() => ladderOf('each-side').at({ path: 'none', size: 1 })).toThrow(
      'at: rung.path must be a path of the ladder, got none',
    );
  });
});
