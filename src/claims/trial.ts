import { PreconditionFailure } from 'fast-check';
import type { Labelled } from '../generators/index.js';
import type { AnyReading, OpaqueInstance } from './claim.js';
import { checkConclusion } from './check-conclusion.js';
import type { FaultyDraw } from './claim-fault.js';
import { ClaimFault } from './claim-fault.js';
import type { Conclusion, Decided } from './conclusion.js';
import { outcomeOf, tightestClause } from './conclusion.js';
import type { Suspect, TrialRecord } from './evidence-types.js';
import type { Assumption, Control, Kind, Rung, Tools } from './reading.js';
import { misfit } from './reported.js';
import { stratumOf } from './stratum.js';
import { tightnessOf } from './tightness.js';
import { drawing, entering } from './watch.js';

/** Does something with one draw; a fault of the claim's code carries it. */
export async function onDraw<T>(draw: FaultyDraw, run: () => Promise<T>): Promise<T> {
  drawing(draw.stream, draw.trial);
  try {
    return await run();
  } catch (error) {
    throw withDraw(error, draw);
  }
}

/** The error, with the draw if it is a fault of the claim's code that carries none yet. */
export function withDraw(error: unknown, draw: FaultyDraw): unknown {
  if (error instanceof ClaimFault) error.draw ??= draw;
  return error;
}

/** One instance, pushed through assumptions and conclusion. */
export interface Trial {
  readonly record: TrialRecord;
  readonly instance: OpaqueInstance;
  /** Null when discarded. */
  readonly conclusion: Conclusion | null;
}

export interface TrialContext {
  /** Names the trial in error messages. */
  readonly where: string;
  readonly trial: number;
  readonly rung?: Rung;
  /** The fast-check seed of the draw, where its structure is a law. */
  readonly law?: number;
  /** The suspicious stratum that the draw was made for. */
  readonly retest?: Suspect;
  readonly tools: Tools;
}

/** What a record says of where its draw comes from. */
function placeOf(
  reading: AnyReading,
  { rung, law, retest, where }: TrialContext,
  labels: readonly string[],
): Pick<TrialRecord, 'rung' | 'stratum' | 'law' | 'retest'> {
  if (rung === undefined) return {};
  if (reading.kind !== 'limit') return { rung };
  const stratum = guarded(`${where}, stratum`, () => stratumOf(reading, labels));
  return {
    rung,
    ...(stratum === null ? {} : { stratum }),
    ...(law === undefined ? {} : { law }),
    ...(retest === undefined ? {} : { retest }),
  };
}

/** The first assumption that fails, or the one nearest to failing; null when there are none. */
export function nearestAssumption<I>(
  assumptions: readonly Assumption<I>[],
  instance: I,
  where: string,
): { readonly name: string; readonly margin: number; readonly holds: boolean } | null {
  let nearest: { name: string; margin: number; holds: boolean } | null = null;
  for (const { name, margin: marginOf } of assumptions) {
    const margin = guarded(`${where}, assumption “${name}”`, () => marginOf(instance));
    if (typeof margin !== 'number' || Number.isNaN(margin)) {
      throw new ClaimFault(
        `${where}, assumption “${name}”: margin must be a number, got ${String(margin)}`,
      );
    }
    if (nearest === null || margin < nearest.margin) nearest = { name, margin, holds: margin >= 0 };
  }
  return nearest;
}

/** Runs a claim's own code; what it throws becomes a ClaimFault that says where. */
export function guarded<T>(where: string, run: () => T): T {
  entering(where);
  try {
    return run();
  } catch (error) {
    throw asFault(where, error);
  }
}

function asFault(where: string, error: unknown): ClaimFault {
  if (error instanceof ClaimFault) return error;
  return new ClaimFault(`${where}: ${thrown(error)}`, { cause: error });
}

/** What was thrown, in words that are never empty. */
function thrown(error: unknown): string {
  if (PreconditionFailure.isFailure(error)) {
    return 'calls fc.pre, which discards runs of fast-check alone; list the condition under assumptions, or draw what meets it';
  }
  if (!(error instanceof Error)) return `threw ${textOf(error)}, which is no Error`;
  return `threw ${error.name || 'Error'}${error.message.trim() === '' ? ' without a message' : `: ${error.message}`}`;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  try {
    return String(value);
  } catch {
    return 'a value without a text';
  }
}

/** Checks the assumptions of one instance and, if they hold, its conclusion. */
export async function runTrial(
  reading: AnyReading,
  drawn: Labelled<OpaqueInstance>,
  context: TrialContext,
): Promise<Trial> {
  const { instance, labels } = drawn;
  const { trial, tools, where } = context;
  checkLabels(drawn, where);
  const place = placeOf(reading, context, labels);
  const nearest = nearestAssumption(reading.assumptions, instance, where);
  if (nearest && !nearest.holds) {
    return {
      instance,
      conclusion: null,
      record: { trial, outcome: 'discarded', labels, ...place, reason: nearest.name },
    };
  }
  let conclusion: Conclusion;
  entering(`${where}, conclude`);
  try {
    conclusion = await reading.conclude(instance, tools);
  } catch (error) {
    throw asFault(`${where}, conclude`, error);
  }
  checkConclusion(conclusion, `${where}, conclude`);
  checkMeasurement(reading, conclusion, `${where}, conclude`);
  return {
    instance,
    conclusion,
    record: {
      ...recordOf(conclusion, reading.kind),
      trial,
      labels,
      ...place,
      ...admittedOf(reading, instance, where),
    },
  };
}

/** What coverage needs of every draw. */
function checkLabels(drawn: Labelled<OpaqueInstance>, where: string): void {
  const labels: unknown = drawn.labels;
  if (!Array.isArray(labels) || labels.some((label) => typeof label !== 'string')) {
    throw new ClaimFault(
      `${where}, instances: labels must be an array of strings, got ${JSON.stringify(labels)}`,
    );
  }
}

function admittedOf(
  reading: AnyReading,
  instance: OpaqueInstance,
  where: string,
): { readonly admitted?: number } {
  if (reading.kind !== 'probable') return {};
  const admitted = guarded(`${where}, admitted`, () => reading.admitted(instance));
  if (!(admitted >= 0 && admitted <= 1)) {
    throw new ClaimFault(`${where}: admitted must lie in [0, 1], got ${String(admitted)}`);
  }
  return { admitted };
}

/** The limits of an observation hold for measurements of the declared kind alone. */
function checkMeasurement(reading: AnyReading, conclusion: Conclusion, where: string): void {
  if (reading.kind !== 'observation' || conclusion.status !== 'decided') return;
  const measured: unknown = conclusion.measurements?.[reading.reported.name];
  if (measured !== undefined && typeof measured !== 'number') {
    throw new ClaimFault(
      `${where}: “${reading.reported.name}” must be a number, got ${String(measured)}`,
    );
  }
  const why = measured === undefined ? null : misfit(reading.reported, measured);
  if (why !== null) throw new ClaimFault(`${where}: ${why}`);
}

/** Kinds that are judged by their clauses: without one that can fail, a trial says nothing. */
const JUDGED_BY_CLAUSES: ReadonlySet<Kind> = new Set([
  'identity',
  'universal',
  'probable',
  'limit',
  'existential',
]);

/** Whether a conclusion says nothing: as declared, or because no finite bound is in it. */
function isTrivial({ trivial, clauses, implied }: Decided, kind: Kind): boolean | undefined {
  if (trivial !== undefined) return trivial;
  const empty = clauses.every(({ lhs, rhs }) => lhs === -Infinity || rhs === Infinity);
  const silent = JUDGED_BY_CLAUSES.has(kind)
    ? empty
    : kind === 'scaling' && empty && implied === undefined;
  return silent ? true : undefined;
}

function undecided({ clauses }: Decided): string {
  return clauses.some(({ margin }) => Number.isNaN(margin.lower) || Number.isNaN(margin.upper))
    ? 'a margin is NaN'
    : 'the enclosure of a margin contains 0';
}

function recordOf(conclusion: Conclusion, kind: Kind): Omit<TrialRecord, 'trial' | 'labels'> {
  const { measurements } = conclusion;
  const measured = measurements === undefined ? {} : { measurements };
  if (conclusion.status === 'gave-up') {
    return { outcome: 'gave-up', reason: conclusion.reason, ...measured };
  }
  const clause = tightestClause(conclusion);
  const { decidedBy, implied } = conclusion;
  const trivial = isTrivial(conclusion, kind);
  const outcome = outcomeOf(conclusion);
  const tightness = tightnessOf(conclusion);
  return {
    outcome,
    decidedBy,
    ...(outcome === 'gave-up' ? { reason: undecided(conclusion) } : {}),
    ...(clause === null ? {} : { margin: clause.margin, clause: clause.name }),
    ...(tightness === null ? {} : { tightness }),
    ...(implied === undefined ? {} : { implied }),
    ...(trivial === undefined ? {} : { trivial }),
    ...measured,
  };
}

/** Judges one draw by a control: the reading's own trial, with the control's change. */
export async function runControlTrial(
  control: Control<OpaqueInstance>,
  name: string,
  reading: AnyReading,
  base: Trial,
  context: TrialContext,
): Promise<TrialRecord> {
  const { trial, tools, where } = context;
  const { labels } = base.record;
  const place = placeOf(reading, context, labels);
  const here = `${where}, control “${name}”`;
  const nearest = nearestAssumption(
    control.assumptions ?? reading.assumptions,
    base.instance,
    here,
  );
  if (nearest && !nearest.holds) {
    return { trial, outcome: 'discarded', labels, ...place, reason: nearest.name };
  }
  const original = async (): Promise<Conclusion> =>
    base.conclusion ?? (await reading.conclude(base.instance, tools));
  entering(here);
  try {
    const conclusion = await control.conclude(base.instance, original, tools);
    checkConclusion(conclusion, `${here}, conclude`);
    checkMeasurement(reading, conclusion, `${here}, conclude`);
    return {
      ...recordOf(conclusion, reading.kind),
      trial,
      labels,
      ...place,
      ...admittedOf(reading, base.instance, here),
    };
  } catch (error) {
    throw asFault(here, error);
  }
}
