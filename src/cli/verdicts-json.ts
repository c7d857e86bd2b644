import { CONFIDENCE, ALPHA } from '../claims/index.js';
import { encodeJson } from '../model/index.js';
import type { Json } from '../model/index.js';
import type { RunSettings } from '../running/index.js';
import { FALSUM_VERSION } from '../running/index.js';
import type { Comparison } from './expectations.js';
import type { KeptFault } from './faults.js';

export const VERDICTS_SCHEMA = 'falsum/verdicts@1';

/** The machine-readable verdicts of one run (schema falsum/verdicts@1). */
export function verdictsJson(
  comparisons: readonly Comparison[],
  faults: readonly KeptFault[],
  settings: RunSettings,
  times: { readonly startedAt: string; readonly durationMs: number },
): Json {
  return plainNumbers({
    schema: VERDICTS_SCHEMA,
    seed: settings.seed,
    profile: settings.profile,
    engine: settings.engine,
    versions: {
      falsum: FALSUM_VERSION,
      node: process.versions.node,
      ...(comparisons.length === 0 ? {} : { engine: enginesOf(comparisons) }),
    },
    startedAt: times.startedAt,
    durationMs: times.durationMs,
    results: comparisons.map(({ outcome, expected }) => ({
      claim: outcome.claim,
      catalogue: outcome.catalogue,
      reading: outcome.reading,
      version: outcome.version,
      kind: outcome.kind,
      standing: outcome.standing,
      verdict: outcome.verdict,
      expected,
      grade: outcome.grade,
      decidedBy: outcome.decidedBy,
      trials: outcome.trials,
      gaveUpBecause: outcome.gaveUpBecause,
      coverage: outcome.coverage,
      worstMargin: outcome.worstMargin,
      violationRateLower: outcome.violationRateLower,
      violationRateUpper: outcome.violationRateUpper,
      minimumDetectableRate: outcome.minimumDetectableRate,
      confidence: CONFIDENCE,
      logEValue: outcome.logEValue,
      alpha: ALPHA,
      impliedConstants: outcome.impliedConstants,
      exponents: outcome.exponents,
      exponentLimits: outcome.exponentLimits,
      strata: outcome.strata,
      excludedGrowth: outcome.excludedGrowth,
      sharpness: outcome.sharpness.factor,
      sharpnessReason: outcome.sharpness.reason,
      controls: {
        killed: outcome.controls.filter((control) => control.killed).length,
        total: outcome.controls.length,
      },
      mutants: outcome.mutants && {
        killed: outcome.mutants.filter((mutant) => mutant.killed).length,
        total: outcome.mutants.length,
      },
      counterexamples: outcome.counterexamples.map((counterexample) => counterexample.id),
      checked: outcome.counterexamples
        .filter((counterexample) => counterexample.checked === true)
        .map((counterexample) => counterexample.id),
      reason: outcome.reason,
      ...(outcome.evidence === undefined ? {} : { evidence: outcome.evidence }),
      durationMs: outcome.durationMs,
    })),
    faults: faults.map(faultJson),
  });
}

/** A reading without a verdict, and why. */
export function faultJson({
  claim,
  catalogue,
  reading,
  version,
  of,
  reason,
  draw,
  file,
}: KeptFault) {
  return {
    ...{ claim, catalogue, reading, version, of },
    reason: reason.split('\n')[0],
    stream: draw?.stream ?? null,
    trial: draw?.trial ?? null,
    instance: file,
  };
}

/** What ran behind the engine's name; one description, unless worker threads found different backends. */
export function enginesOf(comparisons: readonly Comparison[]): string {
  return [...new Set(comparisons.map(({ outcome }) => outcome.engineDescription))].join('; ');
}

/** NaN and infinities as strings, as the contract has it. */
function plainNumbers(value: unknown): Json {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (Array.isArray(value)) return value.map(plainNumbers);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, plainNumbers(v)]));
  }
  return encodeJson(value);
}
