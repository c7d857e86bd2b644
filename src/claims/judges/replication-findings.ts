import { parseRational, toDouble } from '../../math/index.js';
import {
  bernoulliConfidenceSequence,
  boundedMeanConfidenceSequence,
  equalDrawsNeeded,
  fewestForRanks,
  meanAndVariance,
  momentShape,
  predictedBoundedMean,
  predictedSuccesses,
  predictionHalfWidth,
  surelyAmongLowest,
} from '../../statistics/index.js';
import type { RateInterval } from '../../statistics/index.js';
import { reportedInterval, reportedSuccesses, reportedText } from '../reported.js';
import type { Reported, ReportedMean } from '../reported.js';
import type { Replications } from './replications.js';

/** Whether the reported number is where our replications predict it; null where they do not decide. */
export interface Finding {
  readonly reproduced: boolean | null;
  readonly reason: string;
}

/** Of the error probability, the part that goes to our own draws; the rest is the source's repeats'. */
const OWN_SHARE = 0.1;

/**
 * The comparison of each statistic with its replications, at an error probability of at most alpha over all looks: that
 * a number which was drawn by our law is ever called not reproduced.
 */
export function findingOf(reported: Reported, all: Replications, alpha: number): Finding {
  const { count } = all.moments;
  if (count === 0) return undecided(`no replication measured ${reported.name}`);
  switch (reported.statistic) {
    case 'share':
      return shareFinding(reported, all, alpha);
    case 'replicate':
      return rankFinding(reported, all, alpha);
    default:
      if (isShare(reported, all)) return undeclaredShareFinding(reported, all, alpha);
      return reported.range === undefined
        ? normalFinding(reported, all, alpha)
        : boundedFinding(reported, all, alpha, reported.range);
  }
}

const undecided = (reason: string): Finding => ({ reproduced: null, reason });
const shown = (value: number): string => String(Number(value.toPrecision(4)));
const percent = (alpha: number): string => `${Number((100 * (1 - alpha)).toPrecision(6))} %`;
const missingText = ({ missing }: Replications): string =>
  missing === 0 ? '' : `, ${missing} more without a number may have had any`;

/** A mean of zeros and ones is a share; what the source printed must not speak against it. */
function isShare(reported: ReportedMean, { binary, moments }: Replications): boolean {
  const { lower, upper } = reportedInterval(reported);
  return binary === moments.count && lower <= 1 && upper >= 0;
}

/**
 * Shares: a confidence sequence of the success probability from our draws, and for each probability in it the exact
 * binomial limits of the source's repeats. Nothing is assumed but that both draw by one law.
 */
function shareFinding(reported: Reported, all: Replications, alpha: number): Finding {
  const { repeats } = reported;
  const printed = reportedSuccesses(reported);
  const { count } = all.moments;
  const { missing } = all;
  if (all.binary < count) {
    return undecided(`${count - all.binary} of ${count} replications measured neither 0 nor 1`);
  }
  if (printed.upper < printed.lower) {
    return undecided(
      `reported ${reportedText(reported)}, which no number of successes among ${repeats} repeats gives: its rounding is to be declared`,
    );
  }
  const successes = toDouble(parseRational(all.moments.sum));
  const own = alpha * OWN_SHARE;
  const tried = count + missing;
  const rate = {
    lower: bernoulliConfidenceSequence(successes, tried, own).lower,
    upper: bernoulliConfidenceSequence(successes + missing, tried, own).upper,
  };
  const predictedBy = (interval: RateInterval) =>
    predictedSuccesses(interval, repeats, alpha - own);
  const predicted = predictedBy(rate);
  const replications = `${successes} of ${count} replications${missingText(all)}`;
  if (predicted.lower === 0 && predicted.upper === repeats) {
    const share = successes / count;
    const limit = predictedBy({ lower: share, upper: share });
    const never = limit.lower === 0 && limit.upper === repeats;
    return undecided(
      `${replications} exclude no share of ${repeats} repeats; ${never ? `no number of trials would, as long as their share stays near ${shown(share)}` : 'more trials would settle it'}`,
    );
  }
  return {
    reproduced: printed.upper >= predicted.lower && printed.lower <= predicted.upper,
    reason: `reported ${reportedText(reported)}, which is ${rangeText(printed)} of ${repeats} repeats; ${replications} predict ${predicted.lower} … ${predicted.upper} (exact, ${percent(alpha)} over all looks)`,
  };
}

/**
 * A mean whose replications all measured 0 or 1, as far as seen. That the source's repeats did too is predicted by so
 * many draws only; half of alpha goes to that.
 */
function undeclaredShareFinding(reported: ReportedMean, all: Replications, alpha: number): Finding {
  const finding = shareFinding(reported, all, alpha / 2);
  const needed = equalDrawsNeeded(reported.repeats, alpha / 2);
  if (finding.reproduced !== false || all.moments.count >= needed) return finding;
  return undecided(
    `${finding.reason}; that repeats measure 0 or 1 and nothing else is to be declared (statistic share), or predicted by ${needed} replications`,
  );
}

function rangeText({ lower, upper }: RateInterval): string {
  return lower === upper ? String(lower) : `${lower} … ${upper}`;
}

/** Means of bounded repeats: as shares, with limits that hold for any law in the range. */
function boundedFinding(
  reported: ReportedMean,
  all: Replications,
  alpha: number,
  [from, to]: readonly [number, number],
): Finding {
  const { repeats } = reported;
  const { moments, missing } = all;
  const tried = moments.count + missing;
  const sum = (toDouble(parseRational(moments.sum)) - moments.count * from) / (to - from);
  const inUnit = (value: number): number => Math.min(Math.max(value, 0), tried);
  const own = alpha * OWN_SHARE;
  const mean = {
    lower: boundedMeanConfidenceSequence(inUnit(sum), tried, own).lower,
    upper: boundedMeanConfidenceSequence(inUnit(sum + missing), tried, own).upper,
  };
  const predictedBy = (interval: RateInterval) =>
    predictedBoundedMean(interval, repeats, alpha - own);
  const predicted = predictedBy(mean);
  const back = (unit: number): number => from + unit * (to - from);
  if (predicted.lower <= 0 && predicted.upper >= 1) {
    const centre = inUnit(sum) / tried;
    const limit = predictedBy({ lower: centre, upper: centre });
    const never = limit.lower <= 0 && limit.upper >= 1;
    return undecided(
      `${moments.count} replications${missingText(all)} exclude no mean of ${repeats} repeats in ${from} … ${to}; ${never ? 'no number of trials would, at so few repeats' : 'more trials would settle it'}`,
    );
  }
  return {
    reproduced: overlaps(reported, back(predicted.lower), back(predicted.upper)),
    reason: `reported ${reportedText(reported)}, our prediction interval at ${repeats} repeats is ${shown(back(predicted.lower))} … ${shown(back(predicted.upper))} (${moments.count} replications${missingText(all)}; for any law on ${from} … ${to}, ${percent(alpha)} over all looks)`,
  };
}

function overlaps(reported: Reported, low: number, high: number): boolean {
  const { lower, upper } = reportedInterval(reported);
  return upper >= low && lower <= high;
}

/** What a source computes from all its repeats: its rank among numbers that we computed alike. */
function rankFinding(reported: Reported, all: Replications, alpha: number): Finding {
  const { moments, missing, below, above } = all;
  const draws = moments.count + missing;
  const needed = fewestForRanks(alpha);
  if (draws < needed) {
    return undecided(
      `${draws} replications: by ranks ${needed} are the fewest that could call it not reproduced`,
    );
  }
  // What ties with the printed number, or is not known, may be on either side.
  const extreme =
    surelyAmongLowest(draws - above, draws, alpha) ||
    surelyAmongLowest(draws - below, draws, alpha);
  return {
    reproduced: !extreme,
    reason: `reported ${reportedText(reported)}: of ${moments.count} replications${missingText(all)} ${below} are smaller and ${above} larger (by ranks, for any law, ${percent(alpha)} over all looks)`,
  };
}

/** From here on the mean of so many draws is too far from normal for a verdict that rests on it. */
const LARGEST_SKEWNESS = 0.5;
const LARGEST_KURTOSIS = 1;

/**
 * Means of repeats whose range is unknown. The prediction interval is that of normal draws, and only as good as the
 * means are normal; what is skewed or heavy-tailed at these numbers of draws is called not reproduced by no verdict.
 */
function normalFinding(reported: ReportedMean, all: Replications, alpha: number): Finding {
  const { repeats } = reported;
  const { moments, missing } = all;
  const { count } = moments;
  const { mean, variance } = meanAndVariance(moments);
  if (count < 3) {
    return undecided(`${count} replications measured ${reported.name}; at least 3 are needed`);
  }
  if (variance === 0) return equalFinding(reported, all, alpha, mean);
  const half = predictionHalfWidth(count, variance, repeats, alpha);
  if (half === Infinity) {
    return undecided(
      `${count} replications do not bound a prediction yet; more trials would settle it`,
    );
  }
  const interval = `reported ${reportedText(reported)}, our prediction interval at ${repeats} repeats is ${shown(mean - half)} … ${shown(mean + half)} (${count} replications, ${percent(alpha)} over all looks if means of ${Math.min(count, repeats)} are about normal)`;
  if (overlaps(reported, mean - half, mean + half)) return { reproduced: true, reason: interval };
  const why = notNormal(all, repeats);
  if (why !== null) {
    return undecided(
      `${interval}; ${why}: a range of single repeats, or trials that repeat the source's whole computation (statistic replicate), would settle it`,
    );
  }
  return missing === 0
    ? { reproduced: false, reason: interval }
    : undecided(`${interval}; ${missing} more trials measured no number and may have had any`);
}

/** Why means of repeats are not about normal; null where nothing speaks against it. */
function notNormal({ moments }: Replications, repeats: number): string | null {
  const draws = Math.min(moments.count, repeats);
  const { skewness, kurtosis } = momentShape(moments);
  if (Math.abs(skewness) / Math.sqrt(draws) > LARGEST_SKEWNESS) {
    return `but the replications have skewness ${shown(skewness)}, too much for means of ${draws}`;
  }
  return kurtosis / draws > LARGEST_KURTOSIS
    ? `but the replications have excess kurtosis ${shown(kurtosis)}, too much for means of ${draws}`
    : null;
}

/**
 * Replications that are all equal tell no spread. So many of them predict that the source's repeats are equal too; what
 * then decides is the rounding of the printed number, and nothing does where that is 0.
 */
function equalFinding(
  reported: ReportedMean,
  all: Replications,
  alpha: number,
  value: number,
): Finding {
  const { count } = all.moments;
  const said = `reported ${reportedText(reported)}; all ${count} replications measured ${shown(value)}`;
  const needed = equalDrawsNeeded(reported.repeats, alpha);
  if (reportedInterval(reported).rounding === 0) {
    return undecided(`${said}, and a prediction without any width decides nothing`);
  }
  if (count < needed || all.missing > 0) {
    return undecided(
      `${said}${missingText(all)}; ${needed} that are equal would predict ${reported.repeats} equal repeats`,
    );
  }
  return {
    reproduced: overlaps(reported, value, value),
    reason: `${said}, so the ${reported.repeats} repeats of the source are equal too (for any law, ${percent(alpha)})`,
  };
}
