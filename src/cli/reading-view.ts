import { relative } from 'node:path';
import type { Claim } from '../claims/index.js';
import { CONFIDENCE, growthLines } from '../claims/index.js';
import type { Counterexample } from '../hunting/index.js';
import { counterexampleFile, counterexampleText } from '../hunting/index.js';
import type { Json } from '../model/index.js';
import type { ReadingView } from '../reporting/index.js';
import type { RunSettings } from '../running/index.js';
import { DEFAULT_ENGINE } from '../running/index.js';
import type { Whereabouts } from './command-text.js';
import { commandText } from './command-text.js';
import { accumulatedText } from './evidence-text.js';
import type { Comparison } from './expectations.js';

/** What the report shows of one reading: the outcome beside what the claim says of itself. */
export function readingView(
  claim: Claim,
  { outcome, expected }: Comparison,
  settings: RunSettings,
  where: Whereabouts,
): ReadingView {
  const reading = claim.readings[outcome.reading];
  const { kind, note, bound, assumptions, instances, coverage } = reading;
  return {
    claim: {
      id: claim.id,
      catalogue: claim.catalogue,
      title: claim.title,
      statement: claim.statement,
      source: claim.source,
      standing: claim.standing,
    },
    reading: {
      id: outcome.reading,
      kind,
      note,
      bound: bound ?? null,
      assumptions: assumptions.map(({ name, tex }) => ({ name, tex })),
      law: instances.law,
      coverage: Object.fromEntries(
        Object.entries(coverage.sampled).map(([label, meaning]) => [
          label,
          { meaning, count: outcome.coverage[label] ?? 0 },
        ]),
      ),
      histograms: outcome.histograms,
      unsampled: coverage.unsampled ?? {},
    },
    verdict: outcome.verdict,
    expected,
    grade: outcome.grade,
    decidedBy: outcome.decidedBy,
    trials: outcome.trials,
    worstMargin: outcome.worstMargin,
    violationRateUpper: outcome.violationRateUpper,
    confidence: CONFIDENCE,
    logEValue: outcome.logEValue,
    minimumDetectableRate: outcome.minimumDetectableRate,
    impliedConstants: outcome.impliedConstants,
    growth: growthLines(outcome.evidence?.decides === true ? outcome.evidence : outcome),
    sharpness: outcome.sharpness,
    reason: outcome.reason,
    controls: outcome.controls,
    mutants: outcome.mutants,
    counterexamples: outcome.counterexamples.map((c) => counterexampleView(c, settings, where)),
    rungs: outcome.rungs,
    figure: outcome.figure,
    seed: settings.seed,
    profile: settings.profile,
    engine: outcome.engine,
    engineDescription: outcome.engineDescription,
    ...(outcome.evidence === undefined ? {} : { ledger: accumulatedText(outcome.evidence) }),
    command: commandText(
      [
        ...['falsify', claim.id, '--reading', outcome.reading],
        ...['--profile', settings.profile, '--seed', String(settings.seed)],
        ...(settings.trials === undefined ? [] : ['--trials', String(settings.trials)]),
        ...(outcome.evidence?.ranges[0] === undefined
          ? []
          : ['--from', String(outcome.evidence.ranges[0].from)]),
        ...(settings.engine === DEFAULT_ENGINE ? [] : ['--engine', settings.engine]),
      ],
      where,
    ),
  };
}

function counterexampleView(
  counterexample: Counterexample,
  settings: RunSettings,
  { properties, reports, corpus }: Whereabouts,
): ReadingView['counterexamples'][number] {
  const { id, form, clause, lhs, rhs, margin, grade, certificate, confirmation } = counterexample;
  const { nearestAssumption, explanation = null } = counterexample;
  return {
    id,
    file: relative(process.cwd(), counterexampleFile(settings.found, counterexample)),
    json: counterexampleText(counterexample),
    form,
    clause,
    lhs: lhs === null ? null : shown(lhs),
    rhs: rhs === null ? null : shown(rhs),
    margin: margin && { lower: shown(margin.lower), upper: shown(margin.upper) },
    grade,
    checked: counterexample.checked ?? null,
    certificate,
    confirmation,
    nearestAssumption: nearestAssumption && {
      name: nearestAssumption.name,
      margin: shown(nearestAssumption.margin),
    },
    explanation: explanation && {
      ...explanation,
      assumptions: explanation.assumptions.map(({ name, margin: slack }) => ({
        name,
        margin: shown(slack),
      })),
    },
    replay: commandText(['replay', id], { properties, reports, corpus }),
  };
}

/** A lossless JSON number as it is shown. */
function shown(value: Json): number | string {
  if (typeof value === 'number') return value;
  if (typeof value === 'object' && value !== null && '$number' in value) {
    return String((value as { $number: Json }).$number);
  }
  return JSON.stringify(value);
}
