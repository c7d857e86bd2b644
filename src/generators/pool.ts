import fc from 'fast-check';

/** An inclusive range of integers; a number is the range that holds it alone. */
export type IntegerRange = number | { readonly min: number; readonly max: number };

/**
 * The range as bounds.
 *
 * @throws RangeError unless min and max are integers with least ≤ min ≤ max
 */
export function bounds(
  caller: string,
  argument: string,
  range: IntegerRange,
  least: number,
): { readonly min: number; readonly max: number } {
  const { min, max } = typeof range === 'number' ? { min: range, max: range } : range;
  if (!Number.isInteger(min) || !Number.isInteger(max) || min < least || max < min) {
    throw new RangeError(
      `${caller}: ${argument} must be integers with ${least} ≤ min ≤ max, got ${min}…${max}`,
    );
  }
  return { min, max };
}

/**
 * The integers of the range, uniform without bias, from `atLeast` on; null when none is left. Pools
 * use it for members that need a certain size, such as two dimensions for a hyperplane.
 */
export function integersFrom(
  range: { readonly min: number; readonly max: number },
  atLeast: number,
): fc.Arbitrary<number> | null {
  if (range.max < atLeast) return null;
  return fc.integer({ min: Math.max(range.min, atLeast), max: range.max });
}

/**
 * Draws one of the chosen members, each with the same probability, and shrinks towards the member
 * listed first. A member whose arbitrary is null cannot be had at the sizes asked for: it is left
 * out of the default choice, and an error where it was chosen by name.
 *
 * @param table the members, simplest first
 * @param chosen names of members; all that can be had by default
 * @throws RangeError when a chosen member is unknown or cannot be had, or none is left
 */
export function oneOfMembers<N extends string, T>(
  caller: string,
  table: Readonly<Record<N, fc.Arbitrary<T> | null>>,
  chosen?: readonly N[],
): fc.Arbitrary<T> {
  const names = Object.keys(table) as N[];
  for (const name of chosen ?? []) {
    if (!names.includes(name)) {
      throw new RangeError(`${caller}: members must be among ${names.join(', ')}, got ${name}`);
    }
    if (table[name] === null) {
      throw new RangeError(`${caller}: members must fit the sizes asked for, got ${name}`);
    }
  }
  const arbitraries: fc.Arbitrary<T>[] = names
    .filter((name) => chosen?.includes(name) ?? true)
    .flatMap((name) => table[name] ?? []);
  if (arbitraries.length === 0) {
    throw new RangeError(`${caller}: members must name at least one member, got none`);
  }
  return fc.oneof({ withCrossShrink: true }, ...arbitraries);
}

/** A seed for data that is part of an instance: uniform, unbiased, and not shrunk. */
export const dataSeeds: fc.Arbitrary<number> = fc.noBias(
  fc.noShrink(fc.integer({ min: 0, max: 0x7fffffff })),
);

/** The number 1, 2 or 5 times a power of ten, `step` places after 1 in that series: −1 gives 0.5. */
export function oneTwoFiveAt(step: number): number {
  const exponent = Math.floor(step / 3);
  return Number(`${[1, 2, 5][step - 3 * exponent]}e${exponent}`);
}

/**
 * The numbers 1, 2, 5 times powers of ten from 10^min to 10^max, each with the same probability: a
 * logarithmic scale of short decimals, equal on every machine. Shrinks towards 1.
 */
export function oneTwoFive(min: number, max: number): fc.Arbitrary<number> {
  const steps = Array.from({ length: 3 * (max - min) + 1 }, (_, i) => 3 * min + i);
  const outwards = steps.sort((a, b) => Math.abs(a) - Math.abs(b) || b - a);
  return fc.constantFrom(...outwards.map(oneTwoFiveAt));
}
