import { certificateSchema, confirmationSchema } from './certificate-schema.js';

/** JSON Schema of a stored counterexample; published as docs/schemas/counterexample.schema.json. */
export const counterexampleSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'falsum/counterexample@1',
  title: 'A counterexample found by Falsum',
  type: 'object',
  additionalProperties: false,
  required: [
    'schema',
    'id',
    'claim',
    'reading',
    'version',
    'grade',
    'form',
    'instance',
    'clause',
    'lhs',
    'rhs',
    'margin',
    'witness',
    'nearestAssumption',
    'certificate',
    'confirmation',
    'found',
    'engine',
    'falsum',
  ],
  properties: {
    schema: { const: 'falsum/counterexample@1' },
    id: { type: 'string', pattern: '^[0-9a-f]{16}$' },
    claim: { type: 'string', pattern: '^[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9-]*$' },
    reading: { type: 'string', pattern: '^[a-z0-9][a-z0-9-]*$' },
    version: { type: 'integer', minimum: 1 },
    grade: { enum: ['certified', 'confirmed', 'statistical', 'suspect'] },
    form: { enum: ['instance', 'family'] },
    instance: {},
    clause: { type: 'string' },
    lhs: { oneOf: [{ type: 'null' }, { $ref: '#/definitions/number' }] },
    rhs: { oneOf: [{ type: 'null' }, { $ref: '#/definitions/number' }] },
    margin: {
      oneOf: [
        { type: 'null' },
        {
          type: 'object',
          additionalProperties: false,
          required: ['lower', 'upper'],
          properties: {
            lower: { $ref: '#/definitions/number' },
            upper: { $ref: '#/definitions/number' },
          },
        },
      ],
    },
    witness: {},
    nearestAssumption: {
      oneOf: [
        { type: 'null' },
        {
          type: 'object',
          additionalProperties: false,
          required: ['name', 'margin'],
          properties: { name: { type: 'string' }, margin: { $ref: '#/definitions/number' } },
        },
      ],
    },
    certificate: { oneOf: [{ type: 'null' }, certificateSchema] },
    confirmation: { oneOf: [{ type: 'null' }, confirmationSchema] },
    found: {
      type: 'object',
      additionalProperties: false,
      required: ['stream', 'seed', 'trial', 'shrinks'],
      properties: {
        stream: { enum: ['test', 'search', 'family'] },
        seed: { type: 'integer' },
        trial: { type: 'integer' },
        shrinks: { type: 'integer', minimum: 0 },
        attack: { type: 'number', exclusiveMinimum: 0, maximum: 1000 },
      },
    },
    engine: { type: 'string' },
    checked: { type: ['boolean', 'null'] },
    shrinking: {
      type: 'object',
      additionalProperties: false,
      required: ['minimal', 'listed', 'taken', 'evaluations'],
      properties: {
        minimal: { type: 'boolean' },
        listed: { type: 'array', items: { type: 'string' } },
        untried: { type: 'array', items: { type: 'string' } },
        taken: { type: 'object', additionalProperties: { type: 'integer', minimum: 1 } },
        evaluations: { type: 'integer', minimum: 0 },
      },
    },
    explanation: {
      type: 'object',
      additionalProperties: false,
      required: ['parts', 'assumptions', 'slices'],
      properties: {
        parts: {
          type: 'array',
          items: {
            type: 'object',
            additionalProperties: false,
            required: ['part', 'tried', 'violated', 'held', 'outside'],
            properties: {
              part: { type: 'string' },
              tried: { type: 'integer', minimum: 1 },
              violated: { type: 'integer', minimum: 0 },
              held: { type: 'integer', minimum: 0 },
              outside: { type: 'integer', minimum: 0 },
            },
          },
        },
        assumptions: {
          type: 'array',
          items: {
            type: 'object',
            additionalProperties: false,
            required: ['name', 'margin'],
            properties: { name: { type: 'string' }, margin: { $ref: '#/definitions/number' } },
          },
        },
        slices: {
          type: 'array',
          items: {
            type: 'object',
            additionalProperties: false,
            required: ['number', 'values', 'margins'],
            properties: {
              number: { type: 'string' },
              values: { type: 'array', items: { type: 'number' } },
              margins: { type: 'array', items: { type: ['number', 'null'] } },
            },
          },
        },
      },
    },
    falsum: { type: 'string' },
  },
  definitions: {
    number: {
      anyOf: [
        { type: 'number' },
        {
          type: 'object',
          additionalProperties: false,
          required: ['$number'],
          properties: { $number: { enum: ['-0', 'NaN', 'Infinity', '-Infinity'] } },
        },
      ],
    },
  },
} as const;
