/** An exact check; `settles` names the assumption that it is about. */
const check = {
  type: 'object',
  additionalProperties: false,
  required: ['what', 'left', 'relation', 'right', 'holds'],
  properties: {
    what: { type: 'string' },
    left: { type: 'string' },
    relation: { enum: ['=', '≤', '<', '≥', '>'] },
    right: { type: 'string' },
    holds: { type: 'boolean' },
    settles: { type: 'string' },
  },
} as const;

/** JSON Schema of a certificate, as claims return it and files hold it. */
export const certificateSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['kind', 'statement', 'argument', 'checks'],
  properties: {
    kind: { enum: ['instance', 'family'] },
    statement: { type: 'string' },
    argument: { type: 'string' },
    assumptions: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'argument'],
        properties: { name: { type: 'string' }, argument: { type: 'string', minLength: 1 } },
      },
    },
    data: {
      type: 'object',
      required: ['type'],
      properties: { type: { type: 'string' } },
    },
    checks: { type: 'array', items: check },
  },
} as const;

/** JSON Schema of a confirmation, as claims return it and files hold it. */
export const confirmationSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['method', 'digits', 'clause', 'lhs', 'rhs', 'violated', 'assumptions'],
  properties: {
    method: { type: 'string' },
    digits: { type: 'integer', minimum: 16 },
    clause: { type: 'string' },
    lhs: { type: 'string' },
    rhs: { type: 'string' },
    violated: { type: 'boolean' },
    assumptions: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'margin', 'holds'],
        properties: {
          name: { type: 'string' },
          margin: { type: 'string' },
          holds: { type: 'boolean' },
        },
      },
    },
  },
} as const;
