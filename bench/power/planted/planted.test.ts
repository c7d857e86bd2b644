import { describe, expect, test } from 'vitest';
import { PLANTED, originalsOf } from './catalogue.js';
import { chosen } from './index.js';
import { judgeOriginal, judgePlanted, originalRows } from './judge.js';
import { plantedClaim } from './variant.js';

describe('the catalogue of planted false claims', () => {
  test('holds at least forty, each with its own id and an argument, half of them near the truth', () => {
    expect(PLANTED.length).toBeGreaterThanOrEqual(40);
    expect(new Set(PLANTED.map(({ id }) => id)).size).toBe(PLANTED.length);
    expect(PLANTED.every(({ argument }) => argument.length > 20)).toBe(true);
    const near = PLANTED.filter(({ distance }) => distance === 'near').length;
    expect(near).toBeGreaterThanOrEqual(PLANTED.length / 2);
  });

  test('makes claims that keep the generator and the effort of their originals', () => {
    for (const planted of PLANTED) {
      const original = planted.original.readings[planted.reading];
      const { planted: variant } = plantedClaim(planted).readings;
      expect(variant.effort).toEqual(original.effort);
      if (variant.kind === original.kind) expect(variant.instances).toBe(original.instances);
      if ('ladder' in variant && 'ladder' in original) {
        expect(variant.ladder).toMatchObject(original.ladder);
      }
    }
  });
});

describe('the choice among them', () => {
  test('is by the name of the part, of a planted claim or of an original', () => {
    expect(chosen('normal', 'planted')).toEqual(PLANTED);
    expect(chosen('normal', 'convergence-rate-0-19').map(({ id }) => id)).toEqual([
      'convergence-rate-0-19',
    ]);
    expect(chosen('normal', 'zhang2019').every(({ id }) => id.startsWith('convergence'))).toBe(
      true,
    );
    expect(chosen('normal', 'nothing-of-the-kind')).toEqual([]);
  });
});

describe('a handful of them', () => {
  const handful = chosen('quick', null);

  test.each(handful.map((planted) => [planted.id, planted] as const))(
    '%s is refuted by the profile ci',
    async (_, planted) => {
      expect(await judgePlanted(planted, 1)).toMatchObject({ killed: true, verdict: 'refuted' });
    },
  );

  test('an exponent 3/2 in the place of 2, which the profile cannot refute, does not survive', async () => {
    const [planted] = chosen('normal', 'fat-shattering-literal-exponent-three-halves');
    const { verdict, reason } = await judgePlanted(planted, 1);
    expect(verdict).toBe('inconclusive');
    expect(reason).toContain('d = 5, spread points the exponent');
  });

  test.each(
    originalsOf(handful).map((original) => [`${original.claim.id} ${original.reading}`, original]),
  )('%s, which is true, is not', async (_, original) => {
    if (typeof original === 'string') throw new TypeError('original must be a reading');
    const runs = [await judgeOriginal(original, 1), await judgeOriginal(original, 2)];
    const [{ verdicts, others }] = originalRows(runs);
    expect(verdicts.refuted ?? 0).toBe(0);
    // Left open where the ladder excludes no growth that matters, as the expected verdicts say.
    for (const { reason } of others) expect(reason).toContain('d = 5, spread points the exponent');
  });
});
