import type { Labelled } from '../generators/index.js';
import type { AnyReading, OpaqueInstance } from './claim.js';
import type { Conclusion } from './conclusion.js';
import { outcomeOf, tightestClause } from './conclusion.js';
import type { TrialRecord } from './evidence-types.js';
import type { Assumption, Control, Rung, Tools } from './reading.js';

/** An error thrown by a claim's own code, with the place in the claim. */
export class ClaimFault extends Error {
  override readonly name = 'ClaimFault';
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
  readonly tools: Tools;
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

function guarded<T>(where: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw asFault(where, error);
  }
}

function asFault(where: string, error: unknown): ClaimFault {
  if (error instanceof ClaimFault) return error;
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new ClaimFault(`${where}: threw ${text}`, { cause: error });
}

/** Checks the assumptions of one instance and, if they hold, its conclusion. */
export async function runTrial(
  reading: AnyReading,
  drawn: Labelled<OpaqueInstance>,
  context: TrialContext,
): Promise<Trial> {
  const { instance, labels } = drawn;
  const { trial, rung, tools, where } = context;
  const place = rung === undefined ? {} : { rung };
  const nearest = nearestAssumption(reading.assumptions, instance, where);
  if (nearest && !nearest.holds) {
    return {
      instance,
      conclusion: null,
      record: { trial, outcome: 'discarded', labels, ...place, reason: nearest.name },
    };
  }
  let conclusion: Conclusion;
  try {
    conclusion = await reading.conclude(instance, tools);
  } catch (error) {
    throw asFault(`${where}, conclude`, error);
  }
  checkConclusion(conclusion, where);
  const admitted =
    reading.kind === 'probable'
      ? { admitted: guarded(`${where}, admitted`, () => reading.admitted(instance)) }
      : {};
  return {
    instance,
    conclusion,
    record: { ...recordOf(conclusion), trial, labels, ...place, ...admitted },
  };
}

function checkConclusion(conclusion: Conclusion, where: string): void {
  const status: unknown = (conclusion as Conclusion | null | undefined)?.status;
  if (status === 'gave-up') return;
  if (status !== 'decided' || !Array.isArray((conclusion as { clauses?: unknown }).clauses)) {
    throw new ClaimFault(
      `${where}, conclude: must return decided(…) or gaveUp(…), got ${JSON.stringify(conclusion) ?? 'undefined'}`,
    );
  }
}

function recordOf(conclusion: Conclusion): Omit<TrialRecord, 'trial' | 'labels'> {
  const { measurements } = conclusion;
  const measured = measurements === undefined ? {} : { measurements };
  if (conclusion.status === 'gave-up') {
    return { outcome: 'gave-up', reason: conclusion.reason, ...measured };
  }
  const clause = tightestClause(conclusion);
  const { decidedBy, implied, trivial } = conclusion;
  const outcome = outcomeOf(conclusion);
  return {
    outcome,
    decidedBy,
    ...(outcome === 'gave-up' ? { reason: 'the enclosure of a margin contains 0' } : {}),
    ...(clause === null ? {} : { margin: clause.margin, clause: clause.name }),
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
  const { trial, rung, tools, where } = context;
  const { labels } = base.record;
  const place = rung === undefined ? {} : { rung };
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
  try {
    const conclusion = await control.conclude(base.instance, original, tools);
    checkConclusion(conclusion, here);
    return { ...recordOf(conclusion), trial, labels, ...place };
  } catch (error) {
    throw asFault(here, error);
  }
}
