import { describe, expect, it } from 'vitest';
import { certifies, outcomeOf } from '../../src/claims/index.js';
import { testDraw } from '../../src/generators/index.js';
import { expression } from '../../src/math/index.js';
import type { BoundReading } from './shared/fat-shattering-conclusion.js';
import { certifyBound, concludeBound, confirmBound } from './shared/fat-shattering-conclusion.js';
import { ASSUMPTIONS, CLAUSE } from './shared/fat-shattering-conclusion.js';
import type { FatShatteringInstance } from './shared/fat-shattering-instances.js';
import { LADDER, SAMPLED } from './shared/fat-shattering-instances.js';

const SYMBOLS = { C: 'C', M: 'M', A: 'A', d: 'd', gamma: 'g' };

function reading(constant: number): BoundReading {
  const bound = expression('C * M^2 * A^2 * d / gamma^2', SYMBOLS);
  return { bound, logPower: 0, constant };
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

  it('draws admissible instances of distinct points that no certificate takes above the proved bound', async () => {
    const half = reading(0.5);
    const labels = new Set<string>();
    for (const [k, rung] of LADDER.rungs.entries()) {
      const draw = testDraw(LADDER.at(rung), ['fat-shattering'], k);
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
      if (instance.witness.every((r) => r === 0)) expect(n > 0).toBe(ratio >= 2);
    }
    for (const label of labels) expect(Object.keys(SAMPLED)).toContain(label);
  });

  it('rejects a rung that is not on the ladder', () => {
    expect(() => LADDER.at({ path: 'none', size: 1 })).toThrow(
      'at: rung.path must be a path of the ladder, got none',
    );
  });
});
