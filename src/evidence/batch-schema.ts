import { tallySchema } from './tally-schema.js';

/** Numbers of trials and seeds are safe integers: their neighbours are numbers too. */
const most = Number.MAX_SAFE_INTEGER;
const count = { type: 'integer', minimum: 0, maximum: most };

/** JSON Schema of a batch of evidence; published as docs/schemas/evidence.schema.json. */
export const batchSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'falsum/evidence@1',
  title: 'A batch of test-stream trials of one reading, judged by Falsum',
  type: 'object',
  additionalProperties: false,
  required: [
    'schema',
    'claim',
    'reading',
    'version',
    'draws',
    'precision',
    'engine',
    'seed',
    'stream',
    'from',
    'to',
    'attack',
    'tally',
    'origin',
  ],
  properties: {
    schema: { const: 'falsum/evidence@1' },
    claim: { type: 'string', pattern: '^[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9-]*$' },
    reading: { type: 'string', pattern: '^[a-z0-9][a-z0-9-]*$' },
    version: { type: 'integer', minimum: 1, maximum: most },
    draws: {
      description: 'Hash of 64 pinned draws: which law the trials come from.',
      type: 'string',
      pattern: '^[0-9a-f]{16}$',
    },
    precision: { enum: ['float64', 'float32'] },
    engine: { type: 'string', pattern: '^[a-z0-9-]+$' },
    seed: count,
    stream: {
      description:
        'The test stream, the draws at a size beyond the ladder, or those of a suspicious stratum.',
      type: 'string',
      pattern: '^(?:test|(?:beyond|stratum) .+)$',
    },
    from: { ...count, description: 'The first trial.' },
    to: { type: 'integer', minimum: 1, maximum: most, description: 'One past the last trial.' },
    attack: { type: 'number', exclusiveMinimum: 0 },
    tally: { ...tallySchema, description: 'Sufficient statistics of the trials.' },
    origin: {
      type: 'object',
      additionalProperties: false,
      required: ['falsum', 'commit', 'startedAt', 'profile'],
      properties: {
        falsum: { type: 'string' },
        commit: { type: ['string', 'null'], pattern: '^[0-9a-f]{7,64}$' },
        startedAt: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d' },
        profile: { type: 'string' },
      },
    },
  },
} as const;
