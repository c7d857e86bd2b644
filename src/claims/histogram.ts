import type { Features } from './features.js';

/** One bar: values in [from, to), in the last bar also `to` itself. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** What one number of the instances was, over the effective trials. */
export interface Histogram {
  readonly name: string;
  /** What it stands for, where the reading says so. */
  readonly meaning: string | null;
  /** Trials that have the number, finite. */
  readonly count: number;
  readonly least: number;
  readonly median: number;
  readonly greatest: number;
  /** `values`: every bin is one value. `log`: so is a first bin for 0, where there are zeros. */
  readonly scale: 'values' | 'linear' | 'log';
  readonly bins: readonly Bin[];
  /** Bins of a declared range that no trial is in, in words; empty where no range was declared. */
  readonly empty: readonly string[];
}

/** A range that a reading means to visit, of a number of its instances. */
export interface NumericRange {
  readonly meaning: string;
  readonly from: number;
  readonly to: number;
  /** Default: linear. */
  readonly scale?: 'linear' | 'log';
  /** Equal bins in the scale. Default: 8. */
  readonly bins?: number;
}

/** Values that are equal but for rounding are one. */
const DIGITS = 12;

/** Distinct values up to which each has a bar of its own. */
const MOST_VALUES = 12;
const DEFAULT_BINS = 8;
/** From this ratio of the largest to the smallest value on the bins are logarithmic, where the median is far below the middle too. */
const LOG_RATIO = 50;
const SKEW = 0.2;

/**
 * The histograms of all numbers that the instances have, by name; those with a declared range over that range, and first.
 * Numbers that are the same on every trial make one bar.
 */
export function histogramsOf(
  instances: readonly Features[],
  ranges: Readonly<Record<string, NumericRange>> = {},
): Histogram[] {
  const values = new Map<string, number[]>(Object.keys(ranges).map((name) => [name, []]));
  for (const features of instances) {
    for (const [name, exact] of Object.entries(features)) {
      if (!Number.isFinite(exact)) continue;
      const value = Number(exact.toPrecision(DIGITS));
      const list = values.get(name);
      if (list === undefined) values.set(name, [value]);
      else list.push(value);
    }
  }
  return [...values].flatMap(([name, list]) => {
    const range = ranges[name];
    if (range === undefined && list.length === 0) return [];
    return [
      histogram(
        name,
        list.toSorted((a, b) => a - b),
        range ?? null,
      ),
    ];
  });
}

function histogram(name: string, sorted: readonly number[], range: NumericRange | null): Histogram {
  const { scale, bins } =
    range === null
      ? chosenBins(sorted)
      : { scale: range.scale ?? 'linear', bins: declared(range, sorted) };
  return {
    name,
    meaning: range?.meaning ?? null,
    count: sorted.length,
    least: sorted[0] ?? NaN,
    median: sorted[sorted.length >> 1] ?? NaN,
    greatest: sorted.at(-1) ?? NaN,
    scale,
    bins,
    empty:
      range === null
        ? []
        : bins
            .filter(({ count }) => count === 0)
            .map(({ from, to }) => `${name} in ${short(from)}…${short(to)}`),
  };
}

function chosenBins(sorted: readonly number[]): Pick<Histogram, 'scale' | 'bins'> {
  const distinct = [...new Set(sorted)];
  if (distinct.length <= MOST_VALUES) {
    const bins = distinct.map((value) => ({
      from: value,
      to: value,
      count: sorted.filter((other) => other === value).length,
    }));
    return { scale: 'values', bins };
  }
  const least = sorted[0];
  const greatest = sorted[sorted.length - 1];
  const positive = sorted.filter((value) => value > 0);
  const median = sorted[sorted.length >> 1];
  if (least >= 0 && greatest > LOG_RATIO * positive[0] && median < SKEW * greatest) {
    const zeros = sorted.length - positive.length;
    return {
      scale: 'log',
      bins: [
        ...(zeros > 0 ? [{ from: 0, to: 0, count: zeros }] : []),
        ...counted(edgesOf(positive[0], greatest, 'log', DEFAULT_BINS), positive),
      ],
    };
  }
  return {
    scale: 'linear',
    bins: counted(edgesOf(least, greatest, 'linear', DEFAULT_BINS), sorted),
  };
}

/** The declared bins; values outside the range are in none. */
function declared(range: NumericRange, sorted: readonly number[]): Bin[] {
  const { from, to, scale = 'linear', bins = DEFAULT_BINS } = range;
  return counted(edgesOf(from, to, scale, bins), sorted);
}

function edgesOf(from: number, to: number, scale: 'linear' | 'log', bins: number): number[] {
  return Array.from({ length: bins + 1 }, (_, k) => {
    if (k === 0) return from;
    if (k === bins) return to;
    return scale === 'log' ? from * (to / from) ** (k / bins) : from + ((to - from) * k) / bins;
  });
}

function counted(edges: readonly number[], sorted: readonly number[]): Bin[] {
  return edges.slice(1).map((to, k) => {
    const last = k === edges.length - 2;
    const count = sorted.filter((v) => v >= edges[k] && (v < to || (last && v === to))).length;
    return { from: edges[k], to, count };
  });
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
