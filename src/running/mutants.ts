import type {
  AnyReading,
  Effort,
  Judged,
  Mutant,
  Trial,
  TrialContext,
  TrialRecord,
} from '../claims/index.js';
import {
  ClaimFault,
  judge,
  mutantsOf,
  onLadderAlone,
  runControlTrial,
  tallyOf,
} from '../claims/index.js';
import type { ControlOutcome, MutantOutcome } from './outcome.js';
import { REFUTED_BY_INSTANCE } from './find.js';

/** Draws outside an assumption on which the conclusion is computed for its mutant: they cost as much as a trial. */
const MOST_OUTSIDE = 200;

/** A mutant with its records so far. */
interface MutantRun {
  readonly mutant: Mutant;
  readonly records: TrialRecord[];
  outside: number;
}

/** The mutants of a reading while its trials run. */
export interface MutantRuns {
  /** Judges one draw by every mutant. */
  readonly see: (trial: Trial, context: TrialContext) => Promise<void>;
  /** Mutants that count as controls, as the reading declares them false. */
  readonly controls: (judged: Judged, effort: Effort) => ControlOutcome[];
  /** The others, which decide nothing, as far as any trial says something of them. */
  readonly others: (judged: Judged, effort: Effort) => MutantOutcome[];
}

/** Starts the mutants of a reading. */
export function startMutants(reading: AnyReading): MutantRuns {
  const runs = mutantsOf(reading).map((mutant): MutantRun => ({ mutant, records: [], outside: 0 }));
  return {
    async see(trial, context) {
      for (const run of runs) {
        if (trial.conclusion === null && run.outside >= MOST_OUTSIDE) continue;
        const record = await recordOf(reading, run.mutant, trial, context);
        if (trial.conclusion === null && record.outcome !== 'discarded') run.outside += 1;
        run.records.push(run.mutant.adjust(record));
      }
    },
    controls: (judged, effort) =>
      runs.flatMap((run) => {
        const { argument, id, control } = run.mutant;
        if (argument === null) return [];
        const { killed, violated, effective } = outcomeOf(run, judged, effort);
        const { statement, judge: how } = control;
        return [{ name: id, statement, argument, judge: how, killed, violated, effective }];
      }),
    others: (judged, effort) =>
      runs
        .filter(({ mutant }) => mutant.argument === null)
        .map((run) => outcomeOf(run, judged, effort))
        // Such as a third clause where there is one.
        .filter(({ effective }) => effective > 0),
  };
}

/** The record of one draw; outside its assumptions a claim's code may throw, which decides nothing. */
async function recordOf(
  reading: AnyReading,
  { control, id }: Mutant,
  trial: Trial,
  context: TrialContext,
): Promise<TrialRecord> {
  try {
    return await runControlTrial(control, id, reading, trial, context);
  } catch (error) {
    if (!(error instanceof ClaimFault) || trial.conclusion !== null) throw error;
    return {
      trial: context.trial,
      outcome: 'gave-up',
      labels: trial.record.labels,
      reason: 'the conclusion is not defined outside the assumptions',
      ...(context.rung === undefined ? {} : { rung: context.rung }),
    };
  }
}

function outcomeOf({ mutant, records }: MutantRun, judged: Judged, effort: Effort): MutantOutcome {
  const effective = records.filter((r) => r.outcome === 'holds' || r.outcome === 'violated');
  const violated = effective.filter((r) => r.outcome === 'violated').length;
  const evidence = { tally: tallyOf(judged, records), finds: [], families: [], effort };
  return {
    id: mutant.id,
    change: mutant.change,
    statement: mutant.control.statement,
    killed: REFUTED_BY_INSTANCE.has(judged.kind)
      ? violated > 0
      : judge(onLadderAlone(judged), evidence).verdict === 'refuted',
    violated,
    effective: effective.length,
  };
}
