/**
 * A factor beside a pure power that changes neither boundedness nor the asymptotic exponent: its
 * logarithm as a function of u = ln(size / smallest size), 0 at u = 0.
 */
export type GrowthShape = (u: number) => number;

/** No factor: size^e itself. */
export const PURE_POWER: GrowthShape = () => 0;

const LOG_RATES = [0.25, 0.5, 1, 2, 4] as const;
const LOG_POWERS = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2] as const;

/** Exponents of the part that dies away, and what is left of the limit at the smallest size. */
const DECAYS = [0.25, 0.35, 0.5, 0.7, 1, 1.4, 2] as const;
const STARTS = [
  0.75, 0.55, 0.4, 0.3, 0.22, 0.16, 0.12, 0.09, 0.065, 0.05, 0.035, 0.026, 0.019, 0.014, 0.01,
] as const;

/** a·ln(size/smallest) + 1 for a of some range, and ln(size)/ln(smallest), where that has a meaning. */
function logRates(logSmallest: number): readonly number[] {
  return logSmallest >= 0.25 ? [...LOG_RATES, 1 / logSmallest] : LOG_RATES;
}

/** Powers of a logarithm, (1 + a ln(size/smallest))^b. */
function logFactors(sign: 1 | -1, rates: readonly number[]): GrowthShape[] {
  return rates.flatMap((a) => LOG_POWERS.map((b) => (u: number) => sign * b * Math.log1p(a * u)));
}

/** Transients, 1 − ρ(size/smallest)^−c: from the fraction 1 − ρ of the limit up to the limit, or down from its inverse. */
function transients(sign: 1 | -1): GrowthShape[] {
  return DECAYS.flatMap((c) =>
    STARTS.map((start) => {
      const rest = sign === 1 ? start - 1 : 1 / start - 1;
      return (u: number) => Math.log1p(rest * Math.exp(-c * u)) - Math.log1p(rest);
    }),
  );
}

const TRANSIENTS: readonly GrowthShape[] = [...transients(1), ...transients(-1)];

/**
 * Everything that may hide in a finite ladder beside a power: nothing (first), a logarithm's power, a
 * transient.
 *
 * @param logSmallest the logarithm of the smallest size
 */
export function growthShapes(logSmallest: number): GrowthShape[] {
  const rates = logRates(logSmallest);
  return [PURE_POWER, ...logFactors(1, rates), ...logFactors(-1, rates), ...TRANSIENTS];
}

/** Factors that tend to 0 like 1/log. */
export function vanishingLogarithms(logSmallest: number): GrowthShape[] {
  return logRates(logSmallest).map((a) => (u: number) => -Math.log1p(a * u));
}

/** The shapes at the sizes of the ladders that were looked at last: a ladder is looked at again and again. */
const TABLES = new Map<string, readonly (readonly number[])[]>();
const MOST_TABLES = 64;

/** The logarithm of each of `growthShapes` at each size. */
export function shapesAt(
  logSmallest: number,
  sizes: readonly number[],
): readonly (readonly number[])[] {
  const key = [logSmallest, ...sizes].join();
  const known = TABLES.get(key);
  if (known !== undefined) return known;
  if (TABLES.size === MOST_TABLES) TABLES.clear();
  const table = growthShapes(logSmallest).map((shape) => sizes.map(shape));
  TABLES.set(key, table);
  return table;
}
