/**
 * How often values fell into bins of the positive doubles that are at most 0.8 % wide: counts, so that
 * merging is exact in any order. Values that have no logarithm are counted apart.
 */
export interface LogHistogram {
  /** Values ≤ 0. */
  readonly nonPositive: number;
  /** Bins with their counts, by increasing bin. */
  readonly bins: readonly (readonly [bin: number, count: number])[];
  readonly infinite: number;
  readonly nan: number;
}

/** The histogram of no value. */
export const EMPTY_HISTOGRAM: LogHistogram = { nonPositive: 0, bins: [], infinite: 0, nan: 0 };

/** Bits of the significand that name a bin: 128 bins an octave. */
const BITS = 7;

const VIEW = new DataView(new ArrayBuffer(8));

/** The bin of a positive finite value: its exponent and the first seven bits of its significand. */
function binOf(value: number): number {
  VIEW.setFloat64(0, value);
  return VIEW.getUint32(0) >>> (20 - BITS);
}

/** The smallest value of a bin. The bin ends below the smallest value of the next. */
export function binStart(bin: number): number {
  VIEW.setUint32(0, bin << (20 - BITS));
  VIEW.setUint32(4, 0);
  return VIEW.getFloat64(0);
}

/** The histogram of some values. */
export function histogramOf(values: Iterable<number>): LogHistogram {
  let [nonPositive, infinite, nan] = [0, 0, 0];
  const counts = new Map<number, number>();
  for (const value of values) {
    if (Number.isNaN(value)) nan += 1;
    else if (value <= 0) nonPositive += 1;
    else if (value === Infinity) infinite += 1;
    else counts.set(binOf(value), (counts.get(binOf(value)) ?? 0) + 1);
  }
  return { nonPositive, bins: sorted(counts), infinite, nan };
}

/** The histogram of both sets of values together. */
export function addHistograms(x: LogHistogram, y: LogHistogram): LogHistogram {
  const counts = new Map(x.bins);
  for (const [bin, count] of y.bins) counts.set(bin, (counts.get(bin) ?? 0) + count);
  return {
    nonPositive: x.nonPositive + y.nonPositive,
    bins: sorted(counts),
    infinite: x.infinite + y.infinite,
    nan: x.nan + y.nan,
  };
}

function sorted(counts: ReadonlyMap<number, number>): [number, number][] {
  return [...counts].sort((a, b) => a[0] - b[0]);
}
