import type { Profile } from '../claims/index.js';

const orNull = (schema: object): object => ({ anyOf: [schema, { type: 'null' }] });
/** A number; NaN and infinities as strings, fractions as "p/q". */
const number = { type: ['number', 'string'] };
const numbers = { type: 'object', additionalProperties: number };
const count = { type: 'integer', minimum: 0 };
const PROFILES: readonly Profile[] = ['smoke', 'ci', 'nightly'];
const verdict = {
  enum: [
    'survived',
    'refuted',
    'witnessed',
    'reproduced',
    'not-reproduced',
    'inconclusive',
    'vacuous',
  ],
};

/** Entries that are absent where they do not apply. */
const OPTIONAL: ReadonlySet<string> = new Set(['evidence', 'excludedGrowth', 'faults']);

const object = (properties: Record<string, object>): object => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties).filter((name) => !OPTIONAL.has(name)),
  properties,
});

const excludedGrowth = {
  description:
    'Growth of the hardness of each implied constant along each path that the ladder excludes: like size to the power `from` or faster. `needed` is the power that must be excluded before the reading survives; null on paths that do not decide.',
  ...orNull({
    type: 'object',
    additionalProperties: object({ from: number, needed: orNull(number) }),
  }),
};

const trials = object({ effective: count, discarded: count, gaveUp: count, violated: count });

/** What the ledger holds of the reading, this run included. */
const evidence = {
  description:
    'The accumulated evidence of the ledger, this run included; absent without a ledger. Everything outside it is this run’s alone, but for the verdict, its grade, its reason and its strata where `decides` is true.',
  ...object({
    trials,
    batches: count,
    runs: count,
    ranges: { type: 'array', items: object({ from: count, to: count }) },
    worstMargin: orNull(number),
    violationRate: orNull(object({ lower: number, upper: number })),
    logEValue: orNull(number),
    minimumDetectableRate: orNull(number),
    impliedConstants: orNull(numbers),
    exponents: orNull(numbers),
    exponentLimits: orNull({
      type: 'object',
      additionalProperties: object({ lower: number, upper: number }),
    }),
    excludedGrowth,
    decides: { type: 'boolean' },
  }),
};

/** A stratum at the end of a path. */
const stratum = object({
  path: { type: 'string' },
  size: { type: 'number' },
  stratum: { type: 'string' },
  law: {
    description: 'The seed whose structure is the law; null for all of the stratum.',
    ...orNull({ type: 'integer' }),
  },
  retested: { type: 'boolean' },
  draws: count,
  gaveUp: count,
  violated: count,
  rateLower: number,
  rateUpper: number,
});

/** Readings without a verdict. */
const faults = {
  description:
    'Readings without a verdict, and why: the claim’s own code throws, ends its thread or loops beyond the budget, or a file of the user’s or Falsum itself is at fault.',
  type: 'array',
  items: object({
    claim: { type: 'string' },
    catalogue: orNull({ type: 'string' }),
    reading: { type: 'string' },
    version: { type: 'integer', minimum: 1 },
    of: { enum: ['claim', 'input', 'falsum'] },
    reason: { type: 'string' },
    stream: {
      description: 'The stream of the draw that is at fault.',
      ...orNull({ type: 'string' }),
    },
    trial: { description: 'Its number in the stream.', ...orNull(count) },
    instance: { description: 'The file that holds it.', ...orNull({ type: 'string' }) },
  }),
};

/** JSON Schema of `falsify --json`; published as docs/schemas/verdicts.schema.json. */
export const verdictsSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'falsum/verdicts@1',
  title: 'The verdicts of one run of Falsum',
  ...object({
    schema: { const: 'falsum/verdicts@1' },
    seed: count,
    profile: { enum: PROFILES },
    engine: { type: 'string' },
    versions: { type: 'object', additionalProperties: { type: 'string' } },
    startedAt: { type: 'string' },
    durationMs: count,
    results: {
      type: 'array',
      items: object({
        claim: { type: 'string' },
        catalogue: orNull({ type: 'string' }),
        reading: { type: 'string' },
        version: { type: 'integer', minimum: 1 },
        kind: {
          enum: [
            'identity',
            'universal',
            'probable',
            'scaling',
            'limit',
            'existential',
            'observation',
          ],
        },
        standing: { type: 'string' },
        verdict,
        expected: orNull({ type: 'array', items: verdict }),
        grade: { enum: ['certified', 'confirmed', 'statistical', 'suspect', null] },
        decidedBy: { enum: ['exact', 'attack', null] },
        trials,
        gaveUpBecause: {
          description: 'The reason that trials gave up for most often; null where none did.',
          ...orNull({ type: 'string' }),
        },
        coverage: { type: 'object', additionalProperties: count },
        worstMargin: orNull(number),
        violationRateLower: orNull(number),
        violationRateUpper: orNull(number),
        minimumDetectableRate: orNull(number),
        confidence: { type: 'number' },
        logEValue: orNull(number),
        alpha: { type: 'number' },
        impliedConstants: orNull(numbers),
        exponents: orNull(numbers),
        exponentLimits: orNull({
          type: 'object',
          additionalProperties: object({ lower: number, upper: number }),
        }),
        strata: {
          description:
            'For limit readings, how the strata of the mixture of laws fare at the ends of the paths; the worst decides.',
          ...orNull(
            object({
              seen: count,
              judged: { ...count, description: 'Those with draws enough to be judged apart.' },
              worst: orNull(stratum),
              retested: {
                description: 'Suspicious ones, by the fresh draws of them alone.',
                type: 'array',
                items: stratum,
              },
              thin: {
                description: 'Those with too few draws to be judged apart.',
                type: 'array',
                items: object({
                  path: { type: 'string' },
                  stratum: { type: 'string' },
                  draws: count,
                }),
              },
            }),
          ),
        },
        excludedGrowth,
        sharpness: {
          description:
            'The smallest factor that the right side of the bound can be multiplied by before the test stream refutes it; for limit readings, with which they still survive on the mixture of their laws.',
          ...orNull(number),
        },
        sharpnessReason: {
          description: 'Why there is no such factor.',
          ...orNull({ type: 'string' }),
        },
        controls: object({ killed: count, total: count }),
        mutants: {
          description: 'Generic mutants that are not controls; null where none ran.',
          ...orNull(object({ killed: count, total: count })),
        },
        counterexamples: { type: 'array', items: { type: 'string' } },
        checked: {
          description: 'Counterexamples whose certificates the independent checker accepts.',
          type: 'array',
          items: { type: 'string' },
        },
        reason: { type: 'string' },
        evidence,
        durationMs: count,
      }),
    },
    faults,
  }),
};
