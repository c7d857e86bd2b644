import { bernoulliConfidenceSequence } from '../../statistics/index.js';
import type { Certificate, Grade } from '../certificate.js';
import type { DecidedBy } from '../conclusion.js';
import type { TrialRecord } from '../evidence-types.js';
import type { Effort, Reading, Rung } from '../reading.js';
import type { Judgement, RungSummary, Verdict } from '../verdict.js';
import { CONFIDENCE } from '../verdict.js';

/** A graded violation that some stream found. */
export interface GradedFind {
  readonly grade: Grade;
  readonly clause: string;
}

/** A family's certificate, recomputed in this run. */
export interface VerifiedFamily {
  readonly id: string;
  readonly certificate: Certificate;
  readonly holds: boolean;
}

/** Everything a judge may look at. `trials` are of the test stream alone. */
export interface Evidence {
  readonly trials: readonly TrialRecord[];
  readonly finds: readonly GradedFind[];
  readonly families: readonly VerifiedFamily[];
  readonly effort: Effort;
}

/** The part of a reading that its judge needs; controls are judged through it too. */
export type Judged = Pick<Reading<never>, 'kind' | 'coverage'> & {
  readonly tolerance?: number;
  readonly rungs?: readonly Rung[];
  readonly constants?: Readonly<Record<string, { readonly bounded: 'above' | 'below' }>>;
  readonly reported?: { readonly name: string; readonly value: number; readonly repeats: number };
};

/** Share of given-up trials above which nothing is concluded. */
const GAVE_UP_LIMIT = 0.2;

/** Counts, coverage and margins that every judgement carries. */
export function summarise(judged: Judged, evidence: Evidence) {
  const { trials } = evidence;
  const decidedTrials = trials.filter((t) => t.outcome === 'holds' || t.outcome === 'violated');
  const violated = decidedTrials.filter((t) => t.outcome === 'violated').length;
  const discarded = trials.filter((t) => t.outcome === 'discarded').length;
  const gaveUp = trials.filter((t) => t.outcome === 'gave-up').length;
  const coverage = Object.fromEntries(
    Object.keys(judged.coverage.sampled).map((label) => [
      label,
      decidedTrials.filter((t) => t.labels.includes(label)).length,
    ]),
  );
  let worstMargin: number | null = null;
  for (const { margin } of decidedTrials) {
    if (margin && (worstMargin === null || margin.lower < worstMargin)) worstMargin = margin.lower;
  }
  const decidedBy: DecidedBy | null =
    decidedTrials.length === 0
      ? null
      : decidedTrials.every((t) => t.decidedBy === 'exact')
        ? 'exact'
        : 'attack';
  const attempted = decidedTrials.length + gaveUp;
  // Rungs have laws of their own: a rate over all of them together is a rate of nothing.
  const oneLaw = judged.rungs === undefined;
  return {
    decidedTrials,
    trials: { effective: decidedTrials.length, discarded, gaveUp, violated },
    coverage,
    worstMargin,
    decidedBy,
    violationRateUpper:
      attempted === 0 || !oneLaw
        ? null
        : bernoulliConfidenceSequence(violated + gaveUp, attempted, 1 - CONFIDENCE).upper,
    rungs: summariseRungs(judged, trials),
  };
}

export type Summary = ReturnType<typeof summarise>;

function summariseRungs(judged: Judged, trials: readonly TrialRecord[]): RungSummary[] {
  return (judged.rungs ?? []).map(({ path, size }) => {
    const here = trials.filter((t) => t.rung?.path === path && t.rung.size === size);
    const effective = here.filter((t) => t.outcome === 'holds' || t.outcome === 'violated');
    const violated = effective.filter((t) => t.outcome === 'violated' && t.trivial !== true).length;
    const gaveUp = here.filter((t) => t.outcome === 'gave-up').length;
    // A draw on which the claim says nothing is no evidence that it is rarely violated.
    const telling = effective.filter((t) => t.trivial !== true).length;
    const attempted = telling + gaveUp;
    const low = bernoulliConfidenceSequence(violated, attempted, 1 - CONFIDENCE);
    const high = bernoulliConfidenceSequence(violated + gaveUp, attempted, 1 - CONFIDENCE);
    return {
      path,
      size,
      effective: effective.length,
      gaveUp,
      violated,
      rateLower: low.lower,
      rateUpper: high.upper,
      implied: extremeConstants(judged, effective),
    };
  });
}

/** The implied constant that is hardest on the claim, by name; NaN when one is NaN. */
export function extremeConstants(
  judged: Judged,
  trials: readonly TrialRecord[],
): Record<string, number> {
  const extremes: Record<string, number> = {};
  for (const [name, { bounded }] of Object.entries(judged.constants ?? {})) {
    const values = trials.map((t) => t.implied?.[name]).filter((value) => value !== undefined);
    if (values.length > 0) {
      extremes[name] = bounded === 'above' ? Math.max(...values) : Math.min(...values);
    }
  }
  return extremes;
}

/** The judgement with the summary's counts and everything that does not apply left null. */
export function judgement(
  summary: Summary,
  verdict: Verdict,
  reason: string,
  more: Partial<Judgement> = {},
): Judgement {
  return {
    verdict,
    reason,
    grade: null,
    decidedBy: summary.decidedBy,
    trials: summary.trials,
    coverage: summary.coverage,
    worstMargin: summary.worstMargin,
    violationRateUpper: summary.violationRateUpper,
    logEValue: null,
    impliedConstants: null,
    exponents: null,
    rungs: summary.rungs,
    ...more,
  };
}

/**
 * What keeps the evidence from deciding anything: unmet assumptions, too few effective trials, a
 * solver that keeps giving up, trivial bounds. Null when the evidence is healthy.
 */
export function unhealthy(summary: Summary, evidence: Evidence): Judgement | null {
  const { effective, discarded, gaveUp } = summary.trials;
  const { minimumEffective } = evidence.effort;
  if (effective === 0 && gaveUp === 0 && discarded >= minimumEffective) {
    return judgement(
      summary,
      'vacuous',
      `no draw satisfies the assumptions: all ${discarded} were discarded`,
    );
  }
  if (gaveUp > GAVE_UP_LIMIT * (effective + gaveUp)) {
    const why = mostFrequent(
      evidence.trials.filter((t) => t.outcome === 'gave-up').map((t) => t.reason ?? ''),
    );
    return judgement(
      summary,
      'inconclusive',
      `${gaveUp} of ${effective + gaveUp} trials gave up (most often: ${why}); a solver that decides them would settle it`,
    );
  }
  if (effective < minimumEffective) {
    return judgement(
      summary,
      'inconclusive',
      `${effective} effective trials of the ${minimumEffective} that this profile demands (${discarded} discarded, ${gaveUp} gave up); more trials would settle it`,
    );
  }
  const telling = summary.decidedTrials.filter((t) => t.trivial !== true).length;
  if (telling === 0) {
    return judgement(
      summary,
      'vacuous',
      `the claim says nothing on any of its ${effective} effective trials (trivial bound or empty set)`,
    );
  }
  if (telling < minimumEffective) {
    return judgement(
      summary,
      'inconclusive',
      `the claim says something on ${telling} trials of the ${minimumEffective} that this profile demands (${effective - telling} trivial); more trials would settle it`,
    );
  }
  return null;
}

function mostFrequent(texts: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  let best = '';
  for (const [text, count] of counts) if (count > (counts.get(best) ?? 0)) best = text;
  return best;
}

/** The refutation by the best-graded find or family, if there is one that counts. */
export function refutation(summary: Summary, evidence: Evidence): Judgement | null {
  const family = evidence.families.find((f) => f.holds);
  if (family) {
    return judgement(summary, 'refuted', `family ${family.id}: ${family.certificate.statement}`, {
      grade: 'certified',
      decidedBy: 'exact',
    });
  }
  const order: readonly Grade[] = ['certified', 'confirmed'];
  for (const grade of order) {
    const find = evidence.finds.find((f) => f.grade === grade);
    if (find) {
      return judgement(
        summary,
        'refuted',
        `a ${grade} counterexample violates the clause “${find.clause}”`,
        { grade },
      );
    }
  }
  return null;
}

/** The sentence about floating-point violations that did not survive confirmation. */
export function suspects(summary: Summary, evidence: Evidence): Judgement | null {
  const count = evidence.finds.filter((f) => f.grade === 'suspect').length;
  if (count === 0) return null;
  return judgement(
    summary,
    'inconclusive',
    `${count === 1 ? 'a violation was' : `${count} violations were`} seen in floating point and not confirmed; a confirmation at higher precision would settle it`,
    { grade: 'suspect' },
  );
}
