import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { falsum, folder, put } from './testing/sandbox.js';

/** σ₁ ≤ C·d^e for Gaussian matrices, where e = ½ is true, on sizes that exclude nothing. */
const claimText = `import fc from 'fast-check';
import { cite, claim, decided, generator, normalVector, scaling, spectralNorm } from 'falsum';
import type { Rung } from 'falsum';
type Instance = { matrix: number[][] };
const at = ({ size }: Rung) => generator({
  law: 'independent N(0, 1)',
  structure: fc.constant({ size }),
  build: ({ size }, random): Instance => ({ matrix: Array.from({ length: size }, () => normalVector(random, size)) }),
  labels: () => ['all'],
});
const rung = (size: number): Rung => ({ path: 'square', size });
const reading = (exponent: number) => {
  const conclude = (e: number) => ({ matrix }: Instance) =>
    decided('exact', [], { implied: { C: spectralNorm(matrix) / matrix.length ** e } });
  return scaling({
    note: 'An exponent.', instances: at(rung(4)), assumptions: [], conclude: conclude(exponent),
    ladder: { rungs: [4, 8, 16, 32].map(rung), extended: [rung(64)], at },
    constants: { C: { meaning: 'the norm over d^e', bounded: 'above' } },
    effort: { ci: { trials: 240 } },
    controls: {
      slower: { statement: 'less', argument: 'it grows', judge: 'as-reading', conclude: conclude(exponent - 1) },
    },
    coverage: { sampled: { all: 'everything' } },
  });
};
export default claim({
  id: 'toy/norm', version: 1, catalogue: null, source: cite('toy', 'nowhere'), standing: 'lemma',
  title: 'A norm', statement: 'x', readings: { half: reading(0.5), slow: reading(0.4) },
});
`;

const LIMITS =
  /C along square: exponent −?\d\.\d\d in \[−\d\.\d\d, \d\.\d\d\], growth like size\^\d\.\d\d or faster is excluded, size\^0\.50 must be/;

describe('a ladder that excludes nothing', () => {
  test('is open, and table, report, show and JSON give the limits and what would decide', () => {
    const file = put('norm.ts', claimText);
    const run = falsum(
      'falsify',
      '--properties',
      file,
      '--reports',
      'norm',
      '--no-report',
      '--json',
      'norm.json',
    );
    expect(run.status).toBe(1);
    const text = run.stdout.replaceAll(/\s+/g, ' ');
    expect(text).toMatch(
      /half inconclusive .* no number of draws on these sizes decides: sizes to \d+/,
    );
    expect(text).toMatch(/slow inconclusive /);
    expect(text).toMatch(LIMITS);
    const { results } = JSON.parse(readFileSync(join(folder, 'norm.json'), 'utf8')) as {
      results: {
        exponentLimits: Record<string, { upper: number }>;
        excludedGrowth: Record<string, { from: number; needed: number }>;
      }[];
    };
    expect(results).toHaveLength(2);
    for (const { exponentLimits, excludedGrowth } of results) {
      const { upper } = exponentLimits['C along square'];
      expect(excludedGrowth['C along square']).toEqual({ from: upper, needed: 0.5 });
    }
    const shown = falsum('show', 'toy/norm', '--properties', file, '--reports', 'norm');
    expect(shown.stdout).toMatch(LIMITS);
  });
});
