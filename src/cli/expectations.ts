import type { Claim, Profile, Verdict } from '../claims/index.js';
import { CONFIDENCE } from '../claims/index.js';
import { fileReader } from '../files/index.js';
import type { Whereabouts } from './command-text.js';
import { commandText } from './command-text.js';
import type { ReadingOutcome } from '../running/index.js';
import { bernoulliConfidenceSequence } from '../statistics/index.js';

const VERDICTS: readonly Verdict[] = [
  'survived',
  'refuted',
  'witnessed',
  'reproduced',
  'not-reproduced',
  'inconclusive',
  'vacuous',
];

const verdictList = { type: 'array', minItems: 1, items: { enum: VERDICTS } };

const SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['schema', 'verdicts'],
  properties: {
    schema: { const: 'falsum/known-verdicts@1' },
    verdicts: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        additionalProperties: {
          type: 'object',
          additionalProperties: false,
          required: ['admissible', 'why'],
          properties: {
            admissible: {
              type: 'object',
              additionalProperties: false,
              required: ['smoke', 'ci', 'nightly'],
              properties: { smoke: verdictList, ci: verdictList, nightly: verdictList },
            },
            counterexamples: { type: 'array', items: { type: 'string' } },
            why: { type: 'string' },
          },
        },
      },
    },
  },
};

/** What is expected of one reading. */
export interface Expectation {
  readonly admissible: Readonly<Record<Profile, readonly Verdict[]>>;
  /** Ids of stored counterexamples that must be found again. */
  readonly counterexamples?: readonly string[];
  readonly why: string;
}

export type KnownVerdicts = Readonly<Record<string, Readonly<Record<string, Expectation>>>>;

const reader = fileReader<{ readonly verdicts: KnownVerdicts }>({
  schema: SCHEMA,
  isNot: 'is not a file of known verdicts',
});

/** Reads the expected verdicts. @throws InputError when the file is missing or malformed */
export function readKnownVerdicts(file: string): KnownVerdicts {
  return reader.read(file).verdicts;
}

/** What is expected of a reading; undefined where nothing is. */
export function expectationOf(
  known: KnownVerdicts,
  claim: string,
  reading: string,
): Expectation | undefined {
  const readings = Object.hasOwn(known, claim) ? known[claim] : {};
  return Object.hasOwn(readings, reading) ? readings[reading] : undefined;
}

/** Verdicts that need no explanation when nothing is expected. */
const GOOD: ReadonlySet<Verdict> = new Set(['survived', 'witnessed', 'reproduced']);

/** How an outcome compares with what was expected. */
export interface Comparison {
  readonly outcome: ReadingOutcome;
  /** Admissible verdicts; null where nothing is expected. */
  readonly expected: readonly Verdict[] | null;
  /** One line for each thing that is not as expected; empty when all is. */
  readonly surprises: readonly string[];
  /** Lines worth knowing that change no exit code: labels of the sample line without trials. */
  readonly notes: readonly string[];
}

/** One line for each expectation of a claim or reading that is not there any more. */
export function orphans(known: KnownVerdicts, claims: readonly Claim[]): string[] {
  const byId = new Map(claims.map((claim) => [claim.id, claim]));
  return Object.entries(known).flatMap(([id, readings]) =>
    Object.keys(readings)
      .filter((reading) => !Object.hasOwn(byId.get(id)?.readings ?? {}, reading))
      .map((reading) => `${id} ${reading}: has expected verdicts, and there is no such reading`),
  );
}

/** Share of draws below which killing a control means something. */
const RARE = 0.05;

/**
 * Whether some killed control is not surely violated on RARE of the draws or more: a control that is rare is called
 * common with probability 1 % at most, however often it is looked at with whatever seeds.
 */
export function hasRareControl({ controls }: Pick<ReadingOutcome, 'controls'>): boolean {
  return controls.some(
    ({ killed, violated, effective }) =>
      killed &&
      violated > 0 &&
      bernoulliConfidenceSequence(violated, effective, 1 - CONFIDENCE).lower < RARE,
  );
}

/** What to look at where a verdict rests on more than this run. */
function advice({ claim, evidence }: ReadingOutcome, looked: Whereabouts): string {
  if (evidence?.decides !== true || evidence.runs < 2) return '';
  const { properties, reports, ledger } = looked;
  const command = commandText(['evidence', claim], { properties, reports, ledger });
  return `It rests on ${evidence.trials.effective} trials of ${evidence.runs} runs: "${command}" says when it changed; a mended claim needs a new version, which starts a new line. `;
}

/** Compares final outcomes with expectations. It changes no verdict. */
export function compare(
  outcomes: readonly ReadingOutcome[],
  known: KnownVerdicts,
  profile: Profile,
  looked: Whereabouts = { properties: [] },
): Comparison[] {
  return outcomes.map((outcome) => {
    const expectation = expectationOf(known, outcome.claim, outcome.reading);
    const expected = expectation?.admissible[profile] ?? null;
    const where = `${outcome.claim} ${outcome.reading}`;
    const surprises: string[] = [];
    if (expected === null) {
      if (!GOOD.has(outcome.verdict)) {
        surprises.push(
          `${where}: ${outcome.verdict} (${outcome.reason}) ${advice(outcome, looked)}`.trim(),
        );
      }
    } else if (!expected.includes(outcome.verdict)) {
      surprises.push(
        `${where}: ${outcome.verdict}, expected ${expected.join(' or ')}: ${outcome.reason}. ${advice(outcome, looked)}If the change is right, mend the expected verdicts and say why`,
      );
    }
    for (const { id, reason } of outcome.lost) {
      surprises.push(
        `${where}: counterexample ${id} no longer reproduces (${reason}); claim, generator or engine changed`,
      );
    }
    const seen = new Set(outcome.counterexamples.map((c) => c.id));
    for (const id of expectation?.counterexamples ?? []) {
      if (!seen.has(id) && !outcome.lost.some((l) => l.id === id)) {
        surprises.push(`${where}: known counterexample ${id} is not in the corpus any more`);
      }
    }
    if (profile !== 'smoke' && outcome.trialsCut === 0) {
      for (const control of outcome.controls.filter((c) => !c.killed)) {
        surprises.push(
          `${where}: control “${control.name}” survived ${control.effective} draws; the verdict proves nothing until it is killed`,
        );
      }
      if (expected !== null && !hasRareControl(outcome)) {
        surprises.push(
          `${where}: no control is killed by violations on fewer than ${100 * RARE} % of draws; killing the others means little`,
        );
      }
    }
    const notes =
      outcome.uncovered.length === 0
        ? []
        : [`${where}: no effective trial for ${outcome.uncovered.map((l) => `“${l}”`).join(', ')}`];
    return { outcome, expected, surprises, notes };
  });
}
