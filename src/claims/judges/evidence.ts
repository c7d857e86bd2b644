import { bernoulliConfidenceSequence } from '../../statistics/index.js';
import type { Certificate, Grade } from '../certificate.js';
import type { DecidedBy } from '../conclusion.js';
import type { Effort } from '../reading.js';
import type { Judgement, RungSummary, Verdict } from '../verdict.js';
import type { Levels } from './levels.js';
import type { Judged, RungTally, Tally } from './tally.js';

/** A graded violation that some stream found. */
export interface GradedFind {
  readonly grade: Grade;
  readonly clause: string;
  /** Of a suspect: why its certificate or confirmation does not back it; absent where it has neither. */
  readonly flaw?: string | null;
}

/** A family's certificate, recomputed in this run. */
export interface VerifiedFamily {
  readonly id: string;
  readonly certificate: Certificate;
  readonly holds: boolean;
}

/** Everything a judge may look at. The tally is of the test stream alone. */
export interface Evidence {
  readonly tally: Tally;
  readonly finds: readonly GradedFind[];
  readonly families: readonly VerifiedFamily[];
  readonly effort: Effort;
}

/** Share of given-up trials above which nothing is concluded. */
const GAVE_UP_LIMIT = 0.2;

/** Counts, coverage and margins that every judgement carries. */
export function summarise(judged: Judged, { tally }: Evidence, { confidence }: Levels) {
  const { effective, discarded, gaveUp, violated, exact, coverage, worstMargin } = tally;
  const attempted = effective + gaveUp;
  // Rungs have laws of their own: a rate over all of them together is a rate of nothing.
  const oneLaw = judged.rungs === undefined;
  const rate = (count: number) => bernoulliConfidenceSequence(count, attempted, 1 - confidence);
  const decidedBy: DecidedBy | null =
    effective === 0 ? null : exact === effective ? 'exact' : 'attack';
  return {
    trials: { effective, discarded, gaveUp, violated },
    gaveUpBecause: gaveUp === 0 ? null : mostFrequent(tally.reasons) || null,
    coverage,
    worstMargin,
    decidedBy,
    ...(attempted === 0 || !oneLaw
      ? { violationRateLower: null, violationRateUpper: null }
      : {
          violationRateLower: rate(violated).lower,
          violationRateUpper: rate(violated + gaveUp).upper,
        }),
    rungs: tally.rungs
      .filter((rung) => onLadder(judged, rung) || rung.effective + rung.gaveUp > 0)
      .map((rung) => summariseRung(rung, confidence)),
  };
}

export type Summary = ReturnType<typeof summarise>;

function onLadder({ rungs = [] }: Judged, { path, size }: RungTally): boolean {
  return rungs.some((rung) => rung.path === path && rung.size === size);
}

function summariseRung(rung: RungTally, confidence: number): RungSummary {
  const { path, size, effective, gaveUp, telling, violated, constants } = rung;
  const attempted = telling + gaveUp;
  const low = bernoulliConfidenceSequence(violated, attempted, 1 - confidence);
  const high = bernoulliConfidenceSequence(violated + gaveUp, attempted, 1 - confidence);
  return {
    path,
    size,
    effective,
    gaveUp,
    violated,
    rateLower: low.lower,
    rateUpper: high.upper,
    implied: Object.fromEntries(
      Object.entries(constants).flatMap(([name, { extreme }]) =>
        extreme === null ? [] : [[name, extreme] as const],
      ),
    ),
  };
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
    gaveUpBecause: summary.gaveUpBecause,
    coverage: summary.coverage,
    worstMargin: summary.worstMargin,
    violationRateLower: summary.violationRateLower,
    violationRateUpper: summary.violationRateUpper,
    logEValue: null,
    minimumDetectableRate: null,
    impliedConstants: null,
    exponents: null,
    exponentLimits: null,
    excludedGrowth: null,
    rungs: summary.rungs,
    strata: null,
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
    return judgement(
      summary,
      'inconclusive',
      `${gaveUp} of ${effective + gaveUp} trials gave up (most often: ${summary.gaveUpBecause ?? 'no reason given'}); a solver that decides them would settle it`,
    );
  }
  if (effective < minimumEffective) {
    return judgement(
      summary,
      'inconclusive',
      `${effective} effective trials of the ${minimumEffective} that this profile demands (${discarded} discarded, ${gaveUp} gave up); more trials would settle it`,
    );
  }
  const { telling } = evidence.tally;
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

/** The text that was counted most often; the first by alphabet of several. */
function mostFrequent(counts: Readonly<Record<string, number>>): string {
  let best = '';
  for (const text of Object.keys(counts).sort()) {
    if (counts[text] > (counts[best] ?? 0)) best = text;
  }
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
  const suspect = evidence.finds.filter((f) => f.grade === 'suspect');
  const count = suspect.length;
  if (count === 0) return null;
  const flaw = suspect.find((find) => (find.flaw ?? null) !== null)?.flaw;
  return judgement(
    summary,
    'inconclusive',
    `${count === 1 ? 'a violation was' : `${count} violations were`} seen in floating point and not confirmed${flaw === undefined ? '; a confirmation at higher precision would settle it' : `: ${flaw}`}`,
    { grade: 'suspect' },
  );
}
