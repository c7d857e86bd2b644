import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { batchSchema } from '../evidence/index.js';
import { counterexampleSchema } from '../hunting/index.js';
import { PACKAGE_ROOT } from '../running/index.js';
import { verdictsSchema } from './verdicts-schema.js';
import { verdictsJson } from './verdicts-json.js';

const published = [
  ['verdicts', verdictsSchema],
  ['counterexample', counterexampleSchema],
  ['evidence', batchSchema],
] as const;

describe('published JSON Schemas', () => {
  test.each(published)('docs/schemas/%s.schema.json is the schema in force', (name, schema) => {
    const file = join(PACKAGE_ROOT, 'docs', 'schemas', `${name}.schema.json`);
    if (process.env['UPDATE_SCHEMAS'] === '1') {
      writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`);
    }
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(schema)));
  });

  test('the verdicts of a run satisfy their schema, special numbers included', () => {
    const json = verdictsJson(
      [
        {
          expected: ['survived'],
          surprises: [],
          notes: [],
          outcome: {
            claim: 'a/b',
            catalogue: null,
            title: 't',
            reading: 'literal',
            version: 1,
            kind: 'scaling',
            standing: 'theorem',
            engine: 'js64',
            engineDescription: 'plain TypeScript, float64',
            verdict: 'refuted',
            grade: 'certified',
            decidedBy: 'exact',
            reason: 'r',
            trials: { effective: 1, discarded: 0, gaveUp: 0, violated: 1 },
            gaveUpBecause: null,
            trialsPlanned: 1,
            trialsCut: 0,
            coverage: { x: 1 },
            worstMargin: -Infinity,
            violationRateUpper: 1,
            violationRateLower: null,
            minimumDetectableRate: null,
            exponentLimits: { c: { lower: -Infinity, upper: 0.3 } },
            excludedGrowth: { c: { from: Infinity, needed: 0.5 } },
            logEValue: null,
            impliedConstants: { c: Infinity },
            exponents: { c: NaN },
            rungs: [],
            strata: null,
            controls: [],
            mutants: null,
            counterexamples: [],
            lost: [],
            uncovered: [],
            histograms: [],
            sharpness: { factor: Infinity, clause: 'c', reason: null },
            figure: null,
            durationMs: 3,
          },
        },
      ],
      [
        {
          ...{ claim: 'a/b', catalogue: null, reading: 'intended', version: 1, of: 'claim' },
          reason: 'b.ts:1:1: conclude: threw Error: on purpose',
          draw: { stream: 'test', trial: 17, instance: { value: 1 } },
          file: 'reports/faults/a/b/intended/test-17.json',
        },
      ],
      {
        seed: 1,
        profile: 'ci',
        engine: 'js64',
        readings: null,
        budgetMsPerReading: null,
        corpus: '',
        found: '',
      },
      { startedAt: '2026-01-01T00:00:00.000Z', durationMs: 5 },
    );
    const validate = new Ajv({ strict: false }).compile(verdictsSchema);
    expect(validate(json), JSON.stringify(validate.errors)).toBe(true);
    expect(json).toMatchObject({
      engine: 'js64',
      versions: { engine: 'plain TypeScript, float64' },
      results: [{ worstMargin: '-Infinity', impliedConstants: { c: 'Infinity' } }],
      faults: [{ reading: 'intended', stream: 'test', trial: 17 }],
    });
    const broken = { ...(json as object), seed: 'x' };
    expect(validate(broken)).toBe(false);
  });
});
