import { affinelyIndependentCount } from './affine-independence.js';
import { kernelShatteredCount } from './separation-kernel.js';
import { shatteringNorm } from './shattering-norm.js';

/** Points that are surely shattered at a given norm, and what shows it. */
export interface ShatteredCount {
  readonly status: 'solved' | 'failed';
  /** How many of the points are shattered; 0 below norm 1, where one point is not. */
  readonly count: number;
  /**
   * `line`: any distinct points, projected one to one on a line. `independent`: the first points, affinely independent, by
   * half-spaces alone. `programs`: the first points, one linear program per sign vector. `kernel`: the first points, by an
   * eigenvalue.
   */
  readonly method: 'none' | 'line' | 'independent' | 'programs' | 'kernel';
  /** The norm at which they are: the given one, or above it by the tolerance of the programs. */
  readonly norm: number;
  readonly programs: number;
  readonly message: string;
}

export interface ShatteredCountOptions {
  /** In units of the width; default 0. With a witness only programs are used. */
  readonly witness?: readonly number[];
  /** Prefixes up to this size are tried by linear programs. */
  readonly programsUpTo: number;
}

/** A norm above the given one by this share counts as the given one; the result says which it was. */
const NORM_TOLERANCE = 1e-9;

/**
 * A lower bound of the number of these points that networks of the given norm shatter (the units of
 * `shatteringNorm`: norm = 𝓜A/(2γ)), the best of four methods.
 *
 * @param points shape (sampleSize, inputDim), integers
 */
export async function shatteredCount(
  points: readonly (readonly number[])[],
  norm: number,
  options: ShatteredCountOptions,
): Promise<ShatteredCount> {
  const { witness, programsUpTo } = options;
  let best: ShatteredCount = {
    status: 'solved',
    count: 0,
    method: 'none',
    norm,
    programs: 0,
    message: '',
  };
  if (witness === undefined && norm >= 1) {
    const line = lineShatteredCount(points, norm);
    best = { ...best, count: line, method: 'line' };
    // With one coordinate the projection is the identity: the cost is known, and nothing does better.
    if (points.every((point) => point.length === 1)) return best;
    const independent = affinelyIndependentCount(points);
    if (independent > best.count) best = { ...best, count: independent, method: 'independent' };
    if (best.count === points.length) return best;
    const kernel = kernelShatteredCount(points, norm);
    if (kernel > best.count) best = { ...best, count: kernel, method: 'kernel' };
  }
  const largest = norm < 1 ? 0 : Math.min(points.length, programsUpTo);
  const stopAbove = norm * (1 + NORM_TOLERANCE);
  let programs = 0;
  // From above: a prefix that is too large shows it after few programs.
  for (let n = largest; n > best.count; n -= 1) {
    const result = await shatteringNorm(points.slice(0, n), {
      stopAbove,
      ...(witness === undefined ? {} : { witness: witness.slice(0, n) }),
    });
    programs += result.programs;
    if (result.status === 'failed') {
      return { ...best, status: 'failed', programs, message: result.message };
    }
    if (result.upper <= stopAbove) {
      best = { ...best, count: n, method: 'programs', norm: Math.max(norm, result.upper) };
    }
  }
  return { ...best, programs };
}

/**
 * The largest n ≤ number of distinct points with norm(n points on a line) ≤ norm. The affine dichotomies of a
 * one-to-one projection are among those of the points, and on a line n alternating signs cost n − 1 for even and
 * n for odd n.
 */
function lineShatteredCount(points: readonly (readonly number[])[], norm: number): number {
  const distinct = new Set(points.map((point) => point.join(' '))).size;
  const even = 2 * Math.floor((norm + 1) / 2);
  if (even <= distinct) return even;
  // Every smaller count costs at most `distinct`, an odd one exactly itself.
  return distinct % 2 === 0 || distinct <= norm ? distinct : distinct - 1;
}
