import { compare, multiply, timesPowerOfTwo } from '../../math/index.js';
import { solveLinearProgram } from '../linear-program.js';
import { affineDichotomies } from './dichotomies.js';
import { withoutCommonPower } from './integer-geometry.js';
import { signVectorCost } from './shattering-norm.js';

/** The parameters of a fat-shattering instance, with r = 0. */
export interface ShatteringInstance {
  /** Shape (sampleSize, inputDim), integers. */
  readonly points: readonly (readonly number[])[];
  /** 𝓜: steps take the values ±𝓜/2. */
  readonly magnitude: number;
  readonly outerNorm: number;
  readonly width: number;
}

/**
 * Networks that shatter the points, in integers: for the sign vector `sign` and its negative, the network
 * ±Σ_j (A·count_j/total)·f_j, f_j the step of half-space j. The sign of the last point is + nowhere
 * in the list: negation covers the rest.
 */
export interface ExactShattering {
  readonly halfSpaces: readonly { readonly normal: readonly number[]; readonly offset: number }[];
  readonly networks: readonly {
    readonly sign: number;
    readonly total: number;
    readonly terms: readonly { readonly halfSpace: number; readonly count: number }[];
  }[];
}

/** What exact arithmetic says of an `ExactShattering`. */
export interface ExactShatteringCheck {
  /** Distinct sign vectors covered, negatives included; all are 2^sampleSize. */
  readonly signVectors: number;
  /** Networks whose outer norm is at most A. */
  readonly withinNorm: number;
  /** Networks with s_i·h(x_i) ≥ γ at every point. */
  readonly reachWidth: number;
  readonly networks: number;
  readonly holds: boolean;
}

/** Denominators tried before a dyadic one: optimal mixtures have small denominators. */
const SMALL_DENOMINATORS = 240;
const DYADIC_DENOMINATOR = 2 ** 40;
const NORMAL_SCALE = 2 ** 30;

/**
 * Writes the optimal mixtures of `signVectorCost` as integers and half-spaces, and keeps them when exact
 * arithmetic accepts them. Null when the points are not shattered at this norm, or a rounding does not fit.
 *
 * @throws RangeError for points that `affineDichotomies` rejects
 */
export async function exactShattering(
  instance: ShatteringInstance,
): Promise<ExactShattering | null> {
  const { points } = instance;
  const n = points.length;
  const dichotomies = affineDichotomies(points);
  const halfSpaces: ExactShattering['halfSpaces'][number][] = [];
  const indexOf = new Map<number, number>();
  const networks: ExactShattering['networks'][number][] = [];
  for (let sign = 0; sign < 2 ** (n - 1); sign += 1) {
    const { mixture } = await signVectorCost(dichotomies, n, sign);
    const counted = integerMixture(instance, sign, mixture);
    if (counted === null) return null;
    const terms = [];
    for (const { dichotomy, count } of counted.terms) {
      let halfSpace = indexOf.get(dichotomy);
      if (halfSpace === undefined) {
        const found = await separate(points, dichotomy);
        if (found === null) return null;
        halfSpace = halfSpaces.push(found) - 1;
        indexOf.set(dichotomy, halfSpace);
      }
      terms.push({ halfSpace, count });
    }
    networks.push({ sign, total: counted.total, terms });
  }
  const shattering = { halfSpaces, networks };
  return checkExactShattering(instance, shattering).holds ? shattering : null;
}

/**
 * Checks an `ExactShattering` from its integers alone, in exact arithmetic: half-spaces are evaluated at the points,
 * norms and widths compared as fractions of the doubles 𝓜, A and γ.
 */
export function checkExactShattering(
  instance: ShatteringInstance,
  shattering: ExactShattering,
): ExactShatteringCheck {
  const { points } = instance;
  const n = points.length;
  const sides = shattering.halfSpaces.map(({ normal, offset }) =>
    points.map((point) => {
      let value = BigInt(offset);
      for (const [c, entry] of point.entries()) value += BigInt(normal[c]) * BigInt(entry);
      return value > 0n ? 1n : value < 0n ? -1n : 0n;
    }),
  );
  const signVectors = new Set<number>();
  let withinNorm = 0;
  let reachWidth = 0;
  for (const { sign, total, terms } of shattering.networks) {
    signVectors.add(sign);
    signVectors.add(2 ** n - 1 - sign);
    let used = 0n;
    for (const { count } of terms) used += BigInt(Math.abs(count));
    if (used <= BigInt(total) && total > 0) withinNorm += 1;
    const reaches = points.every((_, i) => {
      let value = 0n;
      for (const { halfSpace, count } of terms) {
        // A step has no value at a point on its boundary that this check would rely on.
        if (sides[halfSpace][i] === 0n) return false;
        value += BigInt(count) * sides[halfSpace][i];
      }
      return reachesWidth(instance, (sign >> i) & 1 ? value : -value, total);
    });
    if (reaches) reachWidth += 1;
  }
  const networks = shattering.networks.length;
  return {
    signVectors: signVectors.size,
    withinNorm,
    reachWidth,
    networks,
    holds: signVectors.size === 2 ** n && withinNorm === networks && reachWidth === networks,
  };
}

/** A·(𝓜/2)·value/total ≥ γ, exactly. */
function reachesWidth(instance: ShatteringInstance, value: bigint, total: number): boolean {
  const range = multiply(instance.outerNorm, instance.magnitude);
  return compare(multiply(range, value), multiply(instance.width, 2n * BigInt(total))) >= 0;
}

function integerMixture(
  instance: ShatteringInstance,
  sign: number,
  mixture: readonly { readonly dichotomy: number; readonly weight: number }[],
): { total: number; terms: { dichotomy: number; count: number }[] } | null {
  let sum = 0;
  for (const { weight } of mixture) sum += weight;
  for (let k = 1; k <= SMALL_DENOMINATORS + 1; k += 1) {
    const total = k <= SMALL_DENOMINATORS ? k : DYADIC_DENOMINATOR;
    const terms = mixture
      .map(({ dichotomy, weight }) => ({
        dichotomy,
        count: Math.floor((weight / sum) * total + 0.5),
      }))
      .filter(({ count }) => count > 0);
    const used = terms.reduce((all, { count }) => all + count, 0);
    const fits =
      used <= total &&
      instance.points.every((_, i) => {
        let value = 0;
        for (const { dichotomy, count } of terms) {
          value += ((dichotomy ^ sign) >> i) & 1 ? -count : count;
        }
        return reachesWidth(instance, BigInt(value), total);
      });
    if (fits) return { total, terms };
  }
  return null;
}

/** An integer half-space with exactly this dichotomy, by the widest margin in a box. */
async function separate(
  given: readonly (readonly number[])[],
  dichotomy: number,
): Promise<{ normal: number[]; offset: number } | null> {
  const { points, exponent } = withoutCommonPower(given);
  const inputDim = points[0].length;
  const { status, primal } = await solveLinearProgram({
    objective: [...Array.from({ length: inputDim + 1 }, () => 0), 1],
    maximise: true,
    variables: [
      ...points[0].map(() => ({ lower: -1, upper: 1 })),
      { lower: -Infinity, upper: Infinity },
      { lower: -Infinity, upper: 1 },
    ],
    constraints: points.map((point, i) => {
      const side = (dichotomy >> i) & 1 ? 1 : -1;
      return { coefficients: [...point.map((x) => side * x), side, -1], lower: 0 };
    }),
  });
  if (status !== 'optimal') return null;
  const normal = primal.slice(0, inputDim).map((entry) => Math.round(entry * NORMAL_SCALE));
  const offset = Math.round(primal[inputDim] * NORMAL_SCALE);
  const separates = points.every((point, i) => {
    let value = BigInt(offset);
    for (const [c, entry] of point.entries()) value += BigInt(normal[c]) * BigInt(entry);
    return (dichotomy >> i) & 1 ? value > 0n : value < 0n;
  });
  if (!separates) return null;
  if (exponent === 0) return { normal, offset };
  // 2^k times the points lie on the sides that the points have of an offset 2^k times smaller.
  const [[...small], [least]] = withoutCommonPower([normal, [offset]]).points;
  const moved = timesPowerOfTwo(least, exponent);
  return Number.isFinite(moved) ? { normal: small, offset: moved } : null;
}
