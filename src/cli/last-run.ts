import { join } from 'node:path';
import type { Range } from '../evidence/index.js';
import { fileReader, readTextIfAny } from '../files/index.js';

/** What is read back of the last run. Infinities are written as text. */
export interface LastRun {
  readonly seed: number;
  readonly engine: string;
  readonly results: readonly LastResult[];
}

export interface LastResult {
  readonly claim: string;
  readonly reading: string;
  readonly version: number;
  readonly verdict: string;
  readonly worstMargin: number | string | null;
  readonly trials: { readonly effective: number };
  readonly evidence?: { readonly ranges: readonly Range[] };
  readonly sharpness?: number | string | null;
  readonly sharpnessReason?: string | null;
}

const count = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
const number = {
  anyOf: [{ type: ['number', 'null'] }, { enum: ['NaN', 'Infinity', '-Infinity'] }],
};

/** Looser than the published schema in what is not read, so that verdicts of other versions can be shown. */
const reader = fileReader<LastRun>({
  schema: {
    type: 'object',
    required: ['schema', 'seed', 'engine', 'results'],
    properties: {
      schema: { const: 'falsum/verdicts@1' },
      seed: count,
      engine: { type: 'string' },
      results: {
        type: 'array',
        items: {
          type: 'object',
          required: ['claim', 'reading', 'version', 'verdict', 'worstMargin', 'trials'],
          properties: {
            claim: { type: 'string' },
            reading: { type: 'string' },
            version: { type: 'integer', minimum: 1 },
            verdict: { type: 'string', pattern: '^[a-z-]+$' },
            worstMargin: number,
            trials: { type: 'object', required: ['effective'], properties: { effective: count } },
            evidence: {
              type: 'object',
              required: ['ranges'],
              properties: {
                ranges: {
                  type: 'array',
                  items: {
                    type: 'object',
                    required: ['from', 'to'],
                    properties: { from: count, to: count },
                  },
                },
              },
            },
            sharpness: number,
            sharpnessReason: { type: ['string', 'null'] },
          },
        },
      },
    },
  },
  isNot: 'is not a file of verdicts',
  mend: 'delete it, and "falsum falsify" writes it again',
});

/** The last run of a reports folder; null where there is none. @throws InputError when its file is broken */
export function lastRun(reports: string): LastRun | null {
  const file = join(reports, 'verdicts.json');
  const text = readTextIfAny(file);
  return text === null ? null : reader.parse(file, text);
}
