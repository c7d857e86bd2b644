import type { LadderSample } from '../../statistics/index.js';
import { binStart, exponentLimits, quantileSlope, surelyRises } from '../../statistics/index.js';
import type { Judged, RungTally, Tally } from './tally.js';

/**
 * A trend below this exponent is not called a divergence: a logarithm over two decades of sizes looks
 * like a power of about a fifth.
 */
export const SMALLEST_EXPONENT = 0.2;

/**
 * Growth of an implied constant that must be excluded before a reading survives, unless the reading says otherwise: the
 * exponents of theorems go in halves. Much less than that no feasible ladder excludes: beside a transient a constant
 * over two and a half decades of sizes may be a power of a half, and one over eight decades a power of a fifth.
 */
const GROWTH_THAT_MATTERS = 0.5;

/**
 * The quantiles of an implied constant that are traced, of its hardness: a claim with a constant C
 * bounds every quantile at every size by C, so that one of them that diverges refutes it. Extremes are
 * no functional of the law: they grow with the number of draws.
 */
const QUANTILES = [0.5, 0.9] as const;

/** An implied constant along a path. Exponents are those of its hardness: > 0 where the claim suffers. */
export interface Trace {
  readonly name: string;
  readonly path: string;
  readonly bounded: 'above' | 'below';
  /** Least-squares exponent of the sample median. */
  readonly median: number;
  /** The largest least-squares exponent of the traced quantiles. */
  readonly steepest: number;
  /**
   * The same of those quantiles whose growth shows, by more than its standard error, and does not level off on the
   * larger half of the sizes; −∞ without any.
   */
  readonly lasting: number;
  /** The quantile that it is of; the median without any. */
  readonly lastingTau: number;
  /** The largest lower limit of an exponent, over the traced quantiles that still grow at the last size. */
  readonly surely: number;
  /** The same over those that surely still grow there: a bound that is reached before the last size shows there. */
  readonly sustained: number;
  /** The growth that the path must exclude; null where it does not decide. */
  readonly needed: number | null;
  /** Limits of the median's exponent at the reported confidence; infinite where no curve explains the draws. */
  readonly limits: { readonly lower: number; readonly upper: number };
  /** Whether some curve does. */
  readonly fits: boolean;
  /** The draws. */
  readonly samples: readonly LadderSample[];
}

/**
 * Traces every implied constant along every path that measured it at three sizes or more. The error
 * probability alpha is shared among constants, paths and quantiles.
 */
export function traces(
  judged: Judged,
  tally: Tally,
  rungs: readonly RungTally[],
  levels: { readonly alpha: number; readonly confidence: number },
): Trace[] {
  const names = Object.entries(judged.constants ?? {});
  const paths = [...new Set(tally.rungs.map((rung) => rung.path))];
  const share = shareOf(judged, tally, levels.alpha);
  return names.flatMap(([name, { bounded }]) =>
    paths.flatMap((path) => {
      const samples = samplesAlong(
        rungs.filter((rung) => rung.path === path),
        name,
        bounded,
      );
      if (samples.length < 3) return [];
      const lines = QUANTILES.map((tau) => quantileSlope(samples, tau));
      const slopes = lines.map(({ slope }) => slope);
      const later = samples.slice(Math.min(Math.floor(samples.length / 2), samples.length - 3));
      const lasting = QUANTILES.map((tau, i) =>
        slopes[i] - lines[i].standardError > SMALLEST_EXPONENT &&
        quantileSlope(later, tau).slope > SMALLEST_EXPONENT
          ? slopes[i]
          : -Infinity,
      );
      // No shape of the family has a bend as sharp as a bound that is reached at the last size.
      const rising = (tau: number): boolean =>
        quantileSlope(samples.slice(-2), tau).slope > SMALLEST_EXPONENT;
      const surely = QUANTILES.map((tau, i) =>
        slopes[i] > SMALLEST_EXPONENT && rising(tau)
          ? exponentLimits(samples, tau, share).lower
          : -Infinity,
      );
      const sustained = QUANTILES.map((tau, i) =>
        surely[i] > SMALLEST_EXPONENT &&
        surelyRises([samples[samples.length - 2], samples[samples.length - 1]], tau, share)
          ? surely[i]
          : -Infinity,
      );
      const { lower, upper, fits } = exponentLimits(samples, QUANTILES[0], 1 - levels.confidence);
      return [
        {
          name,
          path,
          bounded,
          median: slopes[0],
          steepest: Math.max(...slopes),
          lasting: Math.max(...lasting),
          lastingTau: QUANTILES[lasting.indexOf(Math.max(...lasting))],
          surely: Math.max(...surely),
          sustained: Math.max(...sustained),
          needed: neededGrowth(judged, path),
          limits: fits ? { lower, upper } : { lower: -Infinity, upper: Infinity },
          fits,
          samples,
        },
      ];
    }),
  );
}

/** The part of an error probability that each constant, path and quantile has. */
export function shareOf({ constants = {} }: Judged, { rungs }: Tally, alpha: number): number {
  const paths = new Set(rungs.map(({ path }) => path));
  return alpha / (Object.keys(constants).length * paths.size * QUANTILES.length);
}

/** The growth that a path must exclude before the reading survives; null where it does not decide. */
function neededGrowth({ decides }: Judged, path: string): number | null {
  if (decides === undefined) return GROWTH_THAT_MATTERS;
  return Object.hasOwn(decides, path) ? (decides[path].growth ?? GROWTH_THAT_MATTERS) : null;
}

/** The hardness of a constant at the sizes that measured it: ±ln of its value, by increasing size. */
function samplesAlong(
  rungs: readonly RungTally[],
  name: string,
  bounded: 'above' | 'below',
): LadderSample[] {
  const measured = rungs
    .filter((rung) => (rung.constants[name]?.extreme ?? null) !== null)
    .toSorted((a, b) => a.size - b.size);
  return measured.map((rung) => {
    const { nonPositive, bins, infinite, nan } = rung.constants[name].histogram;
    const ranges = [
      ...(nonPositive > 0 ? [{ low: -Infinity, high: -Infinity, count: nonPositive }] : []),
      ...bins.map(([bin, count]) => ({
        low: Math.log(binStart(bin)),
        high: Math.log(binStart(bin + 1)),
        count,
      })),
      ...(infinite > 0 ? [{ low: Infinity, high: Infinity, count: infinite }] : []),
    ];
    return {
      logSize: Math.log(rung.size),
      bins:
        bounded === 'above'
          ? ranges
          : ranges.map(({ low, high, count }) => ({ low: -high, high: -low, count })).toReversed(),
      // A draw that gave up may have had any value.
      unknown: nan + rung.gaveUp,
    };
  });
}
