/** Trials [from, to): whole numbers, from < to. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Whether two ranges share a trial. */
export function overlap(a: Range, b: Range): boolean {
  return a.from < b.to && b.from < a.to;
}

/** The number of trials in disjoint ranges. */
export function sizeOf(ranges: readonly Range[]): number {
  return ranges.reduce((sum, { from, to }) => sum + to - from, 0);
}

/** Ranges in order, those that touch or overlap joined. */
export function union(ranges: readonly Range[]): Range[] {
  const joined: Range[] = [];
  for (const { from, to } of ranges.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last.to) {
      joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, to) };
    } else joined.push({ from, to });
  }
  return joined;
}

/** The lowest `count` trials that none of the ranges holds, as ranges in order. */
export function firstUnused(used: readonly Range[], count: number): Range[] {
  const free: Range[] = [];
  let left = count;
  let at = 0;
  for (const { from, to } of [...union(used), { from: Infinity, to: Infinity }]) {
    const end = Math.min(from, at + left);
    if (end > at) {
      free.push({ from: at, to: end });
      left -= end - at;
    }
    if (left === 0) break;
    at = to;
  }
  return free;
}

/**
 * Cuts ranges into batches: at the multiples of `size`, so that batches do not depend on where a run
 * began, and at the ends of the ranges in `seams`, so that a range that is run again gives the batches
 * that are stored.
 */
export function batchesOf(
  ranges: readonly Range[],
  size: number,
  seams: readonly Range[] = [],
): Range[] {
  const ends = new Set(seams.flatMap(({ from, to }) => [from, to]));
  return ranges.flatMap(({ from, to }) => {
    const cuts = [...ends].filter((end) => end > from && end < to);
    for (let cut = (Math.floor(from / size) + 1) * size; cut < to; cut += size) {
      const inside = seams.some((seam) => seam.from < cut && cut < seam.to);
      if (!inside) cuts.push(cut);
    }
    const points = [from, ...[...new Set(cuts)].toSorted((a, b) => a - b), to];
    return points.slice(1).map((end, i) => ({ from: points[i], to: end }));
  });
}
