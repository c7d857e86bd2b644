/** Counts stay exact as doubles. */
const count = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
const counts = { type: 'object', additionalProperties: count };
/** A number; −0, NaN and infinities as {"$number": "…"}. */
const number = {
  anyOf: [
    { type: 'number' },
    {
      type: 'object',
      additionalProperties: false,
      required: ['$number'],
      properties: { $number: { enum: ['-0', 'NaN', 'Infinity', '-Infinity'] } },
    },
  ],
};
const orNull = (schema: object): object => ({ anyOf: [{ type: 'null' }, schema] });
const object = (
  properties: Record<string, object>,
  optional: Record<string, object> = {},
): object => ({
  type: 'object',
  required: Object.keys(properties),
  properties: { ...properties, ...optional },
});
/** Sums of fourth powers of doubles have at most 2,600 digits on either side of the bar. */
const fraction = { type: 'string', maxLength: 6000, pattern: '^-?\\d+(?:/[1-9]\\d*)?$' };

/** The seed of a law. */
const law = {
  type: 'integer',
  minimum: Number.MIN_SAFE_INTEGER,
  maximum: Number.MAX_SAFE_INTEGER,
};

/** Draws of a stratum at a size; `limit` readings have them, and batches that are older than they lack them. */
const strataSchemas = {
  strata: {
    type: 'array',
    items: object({
      path: { type: 'string' },
      size: { type: 'number' },
      stratum: { type: 'string' },
      telling: count,
      gaveUp: count,
      violated: count,
      suspects: { type: 'array', items: law },
      undecided: { type: 'array', items: law },
    }),
  },
  retests: {
    type: 'array',
    items: object({
      path: { type: 'string' },
      size: { type: 'number' },
      stratum: { type: 'string' },
      law: orNull(law),
      effective: count,
      gaveUp: count,
      telling: count,
      violated: count,
    }),
  },
};

/** JSON Schema of the sufficient statistics in a batch. */
export const tallySchema = object(
  {
    discarded: count,
    gaveUp: count,
    effective: count,
    violated: count,
    telling: count,
    exact: count,
    coverage: counts,
    worstMargin: orNull(number),
    tightest: orNull(object({ clause: { type: 'string' }, factor: orNull(number) })),
    reasons: counts,
    witness: orNull(count),
    wagers: orNull(
      object({
        placed: count,
        violated: count,
        idle: count,
        impossible: count,
        // One for each bettor: other bettors would need another schema, for old costs are not theirs.
        costs: { type: 'array', items: count, minItems: 13, maxItems: 13 },
      }),
    ),
    rungs: {
      type: 'array',
      items: object({
        path: { type: 'string' },
        size: { type: 'number' },
        effective: count,
        gaveUp: count,
        telling: count,
        violated: count,
        constants: {
          type: 'object',
          additionalProperties: object({
            histogram: object({
              nonPositive: count,
              bins: {
                type: 'array',
                items: { type: 'array', items: count, minItems: 2, maxItems: 2 },
              },
              infinite: count,
              nan: count,
            }),
            extreme: orNull(number),
          }),
        },
      }),
    },
    extremes: { type: 'object', additionalProperties: number },
    replications: orNull(
      object({
        moments: object({
          count,
          sum: fraction,
          sumOfSquares: fraction,
          sumOfCubes: fraction,
          sumOfFourths: fraction,
        }),
        binary: count,
        missing: count,
        against: { type: 'array', items: number, minItems: 2, maxItems: 2 },
        below: count,
        above: count,
      }),
    ),
  },
  strataSchemas,
);
