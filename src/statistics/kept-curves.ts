import type { QuantileEvidence } from './quantile-curve.js';

/** How finely exponents are found; they are rounded outward. */
export const RESOLUTION = 1 / 1024;
/** Exponents from here on are called infinite. */
const STEEPEST = 64;

/** The exponents of the curves that a ladder's draws do not reject. */
export interface KeptCurves {
  /**
   * The outermost exponent e with |e| < 64 for which some µ keeps the curve x_j = µ + e·u_j + factor_j, rounded
   * outward; infinite from 64 on; null where there is none beyond `beyond`. No kept exponent is further out, and
   * curves within 1/1024 of the exponent and a few thousandths of the height count as kept.
   */
  readonly outermost: (
    factors: readonly number[],
    direction: 1 | -1,
    beyond: number,
  ) => number | null;
}

/**
 * The curves against which the evidence of all sizes together, an e-value, is below a threshold. The search is
 * exhaustive: no kept curve has an exponent further out than the one that is found. It halves rectangles of
 * exponents and heights (at the mean size) as long as the least evidence that the sizes allow there, each on
 * its own, is below the threshold. What does not depend on a curve is found once, since a ladder is asked about
 * hundreds of shapes.
 *
 * @param logSizes u_j, for each of the rungs
 * @param threshold of the logarithm of the e-value
 */
export function keptCurves(
  rungs: readonly QuantileEvidence[],
  logSizes: readonly number[],
  threshold: number,
): KeptCurves {
  const n = rungs.length;
  const least = rungs.reduce((sum, rung) => sum + rung.least, 0);
  // Where one size does not reject a value, whatever the others say.
  const ranges = rungs.map((rung) => rung.within(threshold - least + rung.least));
  if (n === 0 || least >= threshold || ranges.includes(null)) return { outermost: () => null };
  const lows = Float64Array.from(ranges, (range) => range?.low ?? -Infinity);
  const highs = Float64Array.from(ranges, (range) => range?.high ?? Infinity);
  const first = Math.min(0, ...rungs.flatMap(({ lows, highs }) => [lows, highs].map(firstFinite)));
  const last = Math.max(0, ...rungs.flatMap(({ lows, highs }) => [lows, highs].map(lastFinite)));
  const mean = logSizes.reduce((sum, u) => sum + u, 0) / n;
  const widest = Math.max(...logSizes.map((u) => Math.abs(u - mean)));
  const coarsest = RESOLUTION * Math.max(widest, 1);
  // From here on e is the exponent in a direction, w_j = ±(u_j − mean), and the curve is h + e·w_j + s_j.
  const w = new Float64Array(n);
  let s: readonly number[] = [];

  /** The largest kept exponent in a rectangle; −∞ without any. */
  const search = (e1: number, e2: number, below: number, above: number): number => {
    let h1 = below;
    let h2 = above;
    for (let j = 0; j < n; j += 1) {
      const a = e1 * w[j];
      const b = e2 * w[j];
      const lowest = lows[j] - s[j] - (a > b ? a : b);
      const highest = highs[j] - s[j] - (a > b ? b : a);
      if (lowest > h1) h1 = lowest;
      if (highest < h2) h2 = highest;
    }
    if (h1 > h2) return -Infinity;
    let bound = 0;
    for (let j = 0; j < n; j += 1) {
      const a = e1 * w[j];
      const b = e2 * w[j];
      bound += rungs[j].leastBetween(h1 + s[j] + (a > b ? b : a), h2 + s[j] + (a > b ? a : b));
    }
    if (bound >= threshold) return -Infinity;
    const exponents = e2 - e1;
    const heights = h2 - h1;
    if (exponents <= RESOLUTION && heights <= coarsest) return e2;
    if (exponents > RESOLUTION && (heights <= coarsest || exponents * widest >= heights)) {
      const middle = (e1 + e2) / 2;
      const outer = search(middle, e2, h1, h2);
      return outer === -Infinity ? search(e1, middle, h1, h2) : outer;
    }
    const middle = (h1 + h2) / 2;
    const lower = search(e1, e2, h1, middle);
    return lower >= e2 ? lower : Math.max(lower, search(Math.max(e1, lower), e2, middle, h2));
  };

  const outermost: KeptCurves['outermost'] = (factors, direction, beyond) => {
    s = factors;
    for (let j = 0; j < n; j += 1) w[j] = direction * (logSizes[j] - mean);
    // Two sizes alone bound the exponent: h + e·w_j + s_j ≥ low_j and h + e·w_k + s_k ≤ high_k.
    let from = Math.max(direction * beyond, -STEEPEST);
    let to = STEEPEST;
    for (let j = 0; j < n; j += 1) {
      for (let k = 0; k < n; k += 1) {
        const rise = highs[k] - s[k] - lows[j] + s[j];
        const run = w[k] - w[j];
        if (run > 0 ? rise < to * run : run < 0 && rise < from * run) {
          if (run > 0) to = rise / run;
          else from = rise / run;
          if (from > to) return null;
        }
      }
    }
    // Beyond all steps the evidence is constant.
    const reach = 1 + STEEPEST * widest + Math.max(...s.map(Math.abs));
    const found = search(from, to, first - reach, last + reach);
    if (found === -Infinity) return null;
    return direction * (found >= STEEPEST ? Infinity : found);
  };
  return { outermost };
}

function firstFinite(ends: Float64Array): number {
  return ends.find(Number.isFinite) ?? Infinity;
}

function lastFinite(ends: Float64Array): number {
  return ends.findLast(Number.isFinite) ?? -Infinity;
}
