import type { AnyReading, OpaqueInstance } from './claim.js';
import type { Clause, Conclusion, Decided } from './conclusion.js';
import { atMost, gaveUp } from './conclusion.js';
import type { TrialRecord } from './evidence-types.js';
import type { Control } from './reading.js';
import { leastRatio } from './tightness.js';

/** A generic change of a reading, made without any help of its claim. */
export interface Mutant {
  /** Of the change and its place, such as `drop: λ > λ_c` or `scale: 0.5`. */
  readonly id: string;
  readonly change: 'drop-assumption' | 'scale-side' | 'flip-clause' | 'change-exponent';
  /** Why it is false, where the reading says so: it then counts as a control. */
  readonly argument: string | null;
  /** The change, in the form of a control that is judged as the reading. */
  readonly control: Control<OpaqueInstance>;
  /** What the change makes of a trial's record. */
  readonly adjust: (record: TrialRecord) => TrialRecord;
}

/** Factors on the right sides. */
const FACTORS = [0.9, 0.5, 0.1] as const;
/** Clauses that are flipped, by their place in the conclusion. */
const MOST_FLIPPED = 3;
/** By how much the exponent of the size changes. */
const EXPONENTS = [0.5, 0.25] as const;

/**
 * The generic mutants of a reading: each assumption dropped, all right sides scaled, each clause flipped; for `scaling`, whose
 * clauses decide nothing, each implied constant with another exponent of the size. Existence and observations have none.
 */
export function mutantsOf(reading: AnyReading): Mutant[] {
  const declared = reading.falseMutants ?? {};
  return changesOf(reading).map((change) => ({
    ...change,
    argument: declared[change.id] ?? null,
  }));
}

function changesOf(reading: AnyReading): Mutant[] {
  switch (reading.kind) {
    case 'existential':
    case 'observation':
      return [];
    case 'scaling':
      return [...dropped(reading), ...otherExponents(reading.constants)];
    case 'identity':
      return dropped(reading);
    default:
      return [...dropped(reading), ...FACTORS.map(scaled), ...flipped()];
  }
}

function dropped({ assumptions }: AnyReading): Mutant[] {
  return assumptions.map(({ name }, dropped) =>
    mutant(`drop: ${name}`, 'drop-assumption', `The same without the assumption “${name}”.`, {
      assumptions: assumptions.filter((_, k) => k !== dropped),
      conclude: (_, original) => original(),
    }),
  );
}

function scaled(factor: number): Mutant {
  return mutant(
    `scale: ${factor}`,
    'scale-side',
    `The same with ${factor} times every right side that is positive.`,
    { conclude: changed((clause) => scaledClause(clause, factor)) },
  );
}

/**
 * Violated where lhs > factor·rhs is certain, open where no ratio of the sides is known; a right side that is not
 * positive is left alone.
 */
function scaledClause(clause: Clause, factor: number): Clause {
  if (clause.attained === null) return { ...clause, margin: { lower: -1, upper: 1 } };
  const ratio = clause.attained ?? leastRatio(clause);
  return ratio === null ? clause : atMost(clause.name, ratio, factor);
}

function flipped(): Mutant[] {
  return Array.from({ length: MOST_FLIPPED }, (_, place) =>
    mutant(
      `flip: ${place + 1}`,
      'flip-clause',
      `The same with clause ${place + 1} the other way round, left side ≥ right side.`,
      {
        conclude: async (__, original) => {
          const conclusion = await original();
          if (conclusion.status !== 'decided') return conclusion;
          const { clauses } = conclusion;
          if (clauses.length <= place) return gaveUp(`there is no clause ${place + 1}`);
          return {
            ...withoutEvidence(conclusion),
            clauses: clauses.map((clause, k) => (k === place ? flippedClause(clause) : clause)),
          };
        },
      },
    ),
  );
}

/** Sides that are bounds in the proving direction show that the other direction fails. */
function flippedClause({ name, lhs, rhs, margin }: Clause): Clause {
  return { name, lhs: rhs, rhs: lhs, margin: { lower: -margin.upper, upper: -margin.lower } };
}

function otherExponents(
  constants: Readonly<Record<string, { readonly bounded: 'above' | 'below' }>>,
): Mutant[] {
  return Object.entries(constants).flatMap(([name, { bounded }]) =>
    EXPONENTS.map((exponent) =>
      mutant(
        `exponent: ${name}, ${exponent}`,
        'change-exponent',
        `The same with a bound that is stronger by size^${exponent} along every path, in the part of ${name}.`,
        { conclude: (_, original) => original() },
        (record) => {
          const value = record.implied?.[name];
          if (value === undefined || record.rung === undefined) return record;
          const factor = record.rung.size ** (bounded === 'above' ? exponent : -exponent);
          return { ...record, implied: { ...record.implied, [name]: value * factor } };
        },
      ),
    ),
  );
}

function changed(change: (clause: Clause) => Clause): Control<OpaqueInstance>['conclude'] {
  return async (_, original): Promise<Conclusion> => {
    const conclusion = await original();
    if (conclusion.status !== 'decided') return conclusion;
    return { ...withoutEvidence(conclusion), clauses: conclusion.clauses.map(change) };
  };
}

/** What the original showed says nothing of the changed clauses. */
function withoutEvidence(conclusion: Decided): Decided {
  return { ...conclusion, witness: undefined };
}

function mutant(
  id: string,
  change: Mutant['change'],
  statement: string,
  more: Pick<Control<OpaqueInstance>, 'conclude' | 'assumptions'>,
  adjust: Mutant['adjust'] = (record) => record,
): Mutant {
  return {
    id,
    change,
    argument: null,
    adjust,
    control: { statement, argument: '', judge: 'as-reading', ...more },
  };
}
