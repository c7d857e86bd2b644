import { describe, expect, test } from 'vitest';
import type { TrialRecord } from '../evidence-types.js';
import type { Rung } from '../reading.js';
import type { Judged } from './index.js';
import { onLadderAlone } from './index.js';
import {
  coverage,
  evidence,
  extensionOf,
  family,
  judge,
  record,
  trials,
} from './testing/records.js';

const sizes = [8, 16, 32, 64, 128, 256];
const rungs = sizes.map((size) => ({ path: 'N', size }));

const extended = [512, 1024].map((size) => ({ path: 'N', size }));

const onRungs =
  (visited: readonly Rung[]) =>
  (n: number, more: (size: number, t: number) => Partial<TrialRecord>): TrialRecord[] =>
    trials(n, (t) => {
      const rung = visited[t % visited.length];
      return { rung, ...more(rung.size, Math.floor(t / visited.length)) };
    });

const onLadder = onRungs(rungs);
const onExtendedLadder = onRungs([...rungs, ...extended]);

describe('limit', () => {
  const limit: Judged = { kind: 'limit', coverage, rungs, tolerance: 0.25 };

  test('survives when violations vanish along the path, and says up to where', () => {
    const vanishing = onLadder(300, (size) => ({ outcome: size < 32 ? 'violated' : 'holds' }));
    const result = judge(limit, evidence(vanishing));
    expect(result.verdict).toBe('survived');
    expect(result.rungs.at(-1)).toMatchObject({ size: 256, violated: 0, effective: 50 });
  });

  test('draws on which the claim says nothing do not lower the rate', () => {
    const mostlyTrivial = onLadder(300, (_, t) => ({ trivial: t % 5 !== 0 }));
    expect(judge(limit, evidence(mostlyTrivial)).verdict).toBe('inconclusive');
    const halfTrivial = onLadder(600, (_, t) => ({ trivial: t % 2 !== 0 }));
    expect(judge(limit, evidence(halfTrivial)).verdict).toBe('survived');
  });

  test('is refuted statistically only when they stay on larger sizes too', () => {
    const stay = () => ({ outcome: 'violated' }) as const;
    const long: Judged = { ...limit, extended };
    expect(judge(limit, evidence(onLadder(300, stay)))).toMatchObject({
      verdict: 'inconclusive',
      grade: null,
      reason: expect.stringContaining('draws at larger sizes would settle it') as string,
    });
    expect(extensionOf(limit, onLadder(300, stay))).toEqual([]);
    expect(judge(long, evidence(onLadder(300, stay))).verdict).toBe('inconclusive');
    expect(extensionOf(long, onLadder(300, stay))).toEqual(extended);
    expect(judge(long, evidence(onExtendedLadder(400, stay)))).toMatchObject({
      verdict: 'refuted',
      grade: 'statistical',
    });
    const falling = onExtendedLadder(400, (size) => ({
      outcome: size < 512 ? 'violated' : 'holds',
    }));
    expect(judge(long, evidence(falling)).verdict).toBe('survived');
    expect(judge(onLadderAlone(limit), evidence(onLadder(300, stay))).verdict).toBe('refuted');
  });

  test('rates that may fall like a power of a fifth or a logarithm are not stuck', () => {
    for (const rate of [(n: number) => n ** -0.2, (n: number) => 1 / Math.log2(n)]) {
      const slow = onLadder(6000, (size, t) => ({
        outcome: t % 100 < 100 * rate(size / 4) ? 'violated' : 'holds',
      }));
      expect(extensionOf({ ...limit, extended }, slow)).toEqual([]);
    }
  });

  test('is refuted by a family whose checks hold', () => {
    expect(
      judge(
        limit,
        evidence(
          onLadder(300, () => ({})),
          { families: [family(true)] },
        ),
      ),
    ).toMatchObject({ verdict: 'refuted', grade: 'certified' });
    expect(
      judge(
        limit,
        evidence(
          onLadder(300, () => ({})),
          { families: [family(false)] },
        ),
      ).verdict,
    ).toBe('survived');
  });

  test('is open when the last rung is not decided finely enough; gave-up counts as violated', () => {
    const few = onLadder(60, () => ({}));
    expect(judge(limit, evidence(few))).toMatchObject({ verdict: 'inconclusive' });
    const gave = onLadder(300, (size, t) =>
      size === 256 && t % 3 === 0 ? { outcome: 'gave-up', reason: 'r' } : {},
    );
    expect(judge(limit, evidence(gave)).reason).toContain('upper limit');
  });
});

/** A constant that is 1 on all draws but one. */
const impliedOnce = (value: number) =>
  onLadder(300, (_, t) => ({ implied: { c: t === 7 ? value : 1 } }));

describe('scaling', () => {
  const scaling: Judged = {
    kind: 'scaling',
    coverage,
    rungs,
    constants: { c: { bounded: 'above' } },
    // A decade and a half of sizes excludes no less; growth.test.ts has ladders that do.
    decides: { N: { growth: 1 } },
  };
  const long: Judged = { ...scaling, extended };

  test('a bounded constant survives and reports its hardest value and its exponent', () => {
    const bounded = onLadder(300, (size, t) => ({ implied: { c: 2 - 1 / size + t * 1e-4 } }));
    const result = judge(scaling, evidence(bounded));
    expect(result.verdict).toBe('survived');
    expect(result.impliedConstants?.['c']).toBeCloseTo(2, 1);
    expect(Math.abs(result.exponents?.['c along N'] ?? 1)).toBeLessThan(0.05);
  });

  test('a power is found, a logarithm is not called one', () => {
    const power = (size: number) => ({ implied: { c: size ** 0.6 } });
    expect(judge(scaling, evidence(onLadder(300, power)))).toMatchObject({
      verdict: 'inconclusive',
      grade: null,
      reason: expect.stringContaining('draws at larger sizes would settle it') as string,
    });
    expect(extensionOf(long, onLadder(300, power))).toEqual(extended);
    expect(judge(long, evidence(onExtendedLadder(400, power)))).toMatchObject({
      verdict: 'refuted',
      grade: 'statistical',
      reason: expect.stringContaining('like size^0.60, on larger sizes too') as string,
    });
    expect(judge(onLadderAlone(scaling), evidence(onLadder(300, power))).verdict).toBe('refuted');
    const logarithm = onLadder(300, (size) => ({ implied: { c: 5 + Math.log(size) } }));
    expect(judge(scaling, evidence(logarithm)).verdict).toBe('survived');
  });

  test('growth that a logarithm or a transient explains is not refuted; it survives where it levels off', () => {
    const shapes = [
      [(n: number) => Math.log2(n), 'inconclusive'],
      [(n: number) => Math.log2(n) ** 2, 'inconclusive'],
      [(n: number) => 1 - 0.98 * (n / 8) ** -0.25, 'inconclusive'],
      [(n: number) => 1 - 6 / n, 'survived'],
      [(n: number) => 1 - 0.98 * (n / 8) ** -1, 'survived'],
    ] as const;
    for (const [shape, verdict] of shapes) {
      const seen = onLadder(600, (size, t) => ({
        implied: { c: shape(size) * (1 + 0.01 * (t % 10)) },
      }));
      expect(extensionOf(long, seen)).toEqual([]);
      const judgement = judge(scaling, evidence(seen));
      expect(judgement.verdict).toBe(verdict);
      if (verdict === 'inconclusive') {
        expect(judgement.reason).toContain('which chance, a logarithm or a transient may explain');
      }
    }
  });

  test('larger sizes refute only where the constant surely still rises on them', () => {
    // Bounded, with a bend at the end of the ladder; two lucky draws beyond it.
    const bend = (size: number, t: number) => ({
      implied: { c: Math.min(size, 256) * (1 + 0.1 * ((t * 7) % 10)) },
    });
    const lucky = extended.map((rung, i) => record(i, { rung, implied: { c: 700 * 2 ** i } }));
    const few = judge(long, evidence([...onLadder(600, bend), ...lucky]));
    expect(few).toMatchObject({
      verdict: 'inconclusive',
      reason: expect.stringContaining('draws at larger sizes would settle it') as string,
    });
    const rising = (size: number, t: number) => ({ implied: { c: size + (t % 10) } });
    expect(judge(long, evidence(onExtendedLadder(800, rising))).verdict).toBe('refuted');
  });

  test('a transient that looks like a power on the ladder is exposed by larger sizes', () => {
    for (const [end, reason] of [
      // No shape has a bend as sharp as that, so that there are no limits.
      [256, 'its exponent has no limits'],
      [512, 'which chance, a logarithm or a transient may explain'],
    ] as const) {
      const saturating = (size: number, t: number) => ({
        implied: { c: Math.min(size, end) ** 0.6 * (1 + 0.01 * (t % 10)) },
      });
      expect(extensionOf(long, onLadder(600, saturating))).toEqual(extended);
      expect(judge(long, evidence(onExtendedLadder(800, saturating)))).toMatchObject({
        verdict: 'inconclusive',
        reason: expect.stringContaining(reason) as string,
      });
    }
  });

  test('draws that gave up may have had any constant', () => {
    const power = onExtendedLadder(640, (size, t) =>
      t % 10 === 0 ? { outcome: 'gave-up', reason: 'r' } : { implied: { c: size ** 0.6 } },
    );
    expect(judge(long, evidence(power)).verdict).toBe('refuted');
    const mostly = onExtendedLadder(400, (size, t) =>
      t % 10 < 6 ? { outcome: 'gave-up', reason: 'r' } : { implied: { c: size ** 0.6 } },
    );
    expect(judge(long, evidence(mostly)).verdict).toBe('inconclusive');
  });

  test('a constant bounded below falls when it decays', () => {
    const below: Judged = { ...long, constants: { c: { bounded: 'below' } } };
    const decaying = onExtendedLadder(400, (size) => ({ implied: { c: size ** -0.8 } }));
    expect(judge(below, evidence(decaying)).verdict).toBe('refuted');
    expect(judge(scaling, evidence(decaying)).verdict).toBe('survived');
  });

  test('is open when a draw admits no positive or no finite constant', () => {
    const below: Judged = { ...scaling, constants: { c: { bounded: 'below' } } };
    for (const value of [0, -0.1]) {
      expect(judge(below, evidence(impliedOnce(value)))).toMatchObject({
        verdict: 'inconclusive',
        grade: 'suspect',
        reason: `a draw asks for c ≤ ${value}, which no positive constant is; a family with exact checks would settle it`,
      });
      expect(judge(scaling, evidence(impliedOnce(value))).verdict).toBe('survived');
    }
    expect(judge(scaling, evidence(impliedOnce(Infinity)))).toMatchObject({
      verdict: 'inconclusive',
    });
  });

  test('is inconclusive when a constant was never measured', () => {
    expect(judge(scaling, evidence(onLadder(300, () => ({}))))).toMatchObject({
      verdict: 'inconclusive',
    });
  });
});
