import { regularisedIncompleteBeta } from '../../../src/math/index.js';

/** A number of histories among all, with a confidence limit of the probability behind it. */
export interface Fraction {
  readonly count: number;
  readonly of: number;
  /** Lower 99 % confidence limit [clopper1934]. */
  readonly lower: number;
}

/** The fraction count/of with its lower limit: the p with P(Bin(of, p) ≥ count) = 1 %. */
export function fraction(count: number, of: number): Fraction {
  if (count === 0) return { count, of, lower: 0 };
  let [low, high] = [0, 1];
  for (let i = 0; i < 50; i += 1) {
    const p = (low + high) / 2;
    if (regularisedIncompleteBeta(p, count, of - count + 1) < 0.01) low = p;
    else high = p;
  }
  return { count, of, lower: low };
}

/** The cumulated fraction of histories by night, from the night of the event in each; null where none. */
export function byNight(
  events: readonly (number | null)[],
  nights: number,
): readonly (readonly [night: number, fraction: number])[] {
  const points: [number, number][] = [];
  let count = 0;
  for (let night = 1; night <= nights; night += 1) {
    const here = events.filter((event) => event === night).length;
    count += here;
    if (here > 0 || night === 1 || night === nights) points.push([night, count / events.length]);
  }
  return points;
}
