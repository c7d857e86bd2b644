/**
 * One way to make an instance smaller or simpler. Shrinking tries the candidates in order and keeps one where every
 * assumption stays true and the same clause is violated, graded no worse; a simplifier need not know when that is so.
 */
export interface Simplifier<I> {
  /** What it does, in words: “fewer neurons”. */
  readonly name: string;
  /** Simpler variants, the boldest first; a pure function of the instance. */
  readonly candidates: (instance: I) => Iterable<I>;
}

/**
 * Leaves out entries along one axis (neurons, samples, dimensions): halves of them, quarters, …, single ones.
 *
 * @param size how many entries the instance has
 * @param keeping the instance with these entries alone, in ascending order
 * @param least fewest entries that may be left
 */
export function dropping<I>(
  name: string,
  size: (instance: I) => number,
  keeping: (instance: I, kept: readonly number[]) => I,
  least = 1,
): Simplifier<I> {
  return {
    name,
    *candidates(instance) {
      const total = size(instance);
      for (let chunk = Math.max(1, Math.floor(total / 2)); ; chunk = Math.floor(chunk / 2)) {
        for (let from = 0; from < total; from += chunk) {
          const kept = Array.from({ length: total }, (_, k) => k).filter(
            (k) => k < from || k >= from + chunk,
          );
          if (kept.length >= least && kept.length < total) yield keeping(instance, kept);
        }
        if (chunk <= 1) return;
      }
    },
  };
}
