import {
  checkIntegerPoints,
  hyperplaneThrough,
  independentCoordinates,
  withoutCommonPower,
} from './integer-geometry.js';

/** Sign vectors are bit masks: bit i is 1 where the sign of point i is +. */
const LARGEST_SET = 24;

/**
 * All affine dichotomies of integer points: the sign vectors (sign(w·x_i + w0))_i without zeros, as bit masks in
 * increasing order, exactly.
 *
 * Every dichotomy that is not constant agrees off some hyperplane spanned by points with its sides, and on
 * the hyperplane with a dichotomy of the points there (an extreme ray of the cone of weakly separating (w, w0));
 * conversely every such pattern is realised by tilting. So the enumeration recurses over spanned flats, and
 * degenerate sets (cubes, lines, repeated points) need no special case. In general position there are
 * 2·Σ_{k≤d} C(n−1, k) [cover1965].
 *
 * @param given points, shape (sampleSize, inputDim), integers; sampleSize 1…24
 * @throws RangeError when a coordinate is no integer or determinants would not be exact in doubles
 */
export function affineDichotomies(given: readonly (readonly number[])[]): number[] {
  if (given.length < 1 || given.length > LARGEST_SET) {
    throw new RangeError(
      `affineDichotomies: points must hold 1…${LARGEST_SET} points, got ${given.length}`,
    );
  }
  const { points } = withoutCommonPower(given);
  checkIntegerPoints('affineDichotomies', points, points[0].length);
  const coordinates = independentCoordinates(points);
  const spanning = points.map((point) => coordinates.map((c) => point[c]));
  return [...spannedDichotomies(spanning)].toSorted((a, b) => a - b);
}

/** Dichotomies of points that affinely span their space. */
function spannedDichotomies(points: readonly (readonly number[])[]): Set<number> {
  const n = points.length;
  const d = points[0].length;
  const all = 2 ** n - 1;
  const found = new Set<number>([0, all]);
  if (d === 0) return found;
  if (d === 1) {
    for (const [threshold] of points) {
      let above = 0;
      for (const [i, [x]] of points.entries()) if (x >= threshold) above |= 1 << i;
      found.add(above);
      found.add(all & ~above);
    }
    return found;
  }
  const seen = new Set<number>();
  forEachSubset(n, d, (subset) => {
    const plane = hyperplaneThrough(subset.map((i) => points[i]));
    if (plane === null) return;
    let on = 0;
    let above = 0;
    for (const [i, point] of points.entries()) {
      let value = plane[d];
      for (let c = 0; c < d; c += 1) value += plane[c] * point[c];
      if (value === 0) on |= 1 << i;
      else if (value > 0) above |= 1 << i;
    }
    if (seen.has(on)) return;
    seen.add(on);
    const below = all & ~on & ~above;
    const indices = [...points.keys()].filter((i) => (on >> i) & 1);
    // Leaving out a coordinate that the normal does not annihilate maps the hyperplane one to one.
    const dropped = plane.findIndex((entry) => entry !== 0);
    const flat = indices.map((i) => points[i].filter((_, c) => c !== dropped));
    const within = indices.length === d ? everyMask(d) : spannedDichotomies(flat);
    for (const small of within) {
      let mask = 0;
      for (const [k, i] of indices.entries()) if ((small >> k) & 1) mask |= 1 << i;
      found.add(above | mask);
      found.add(below | mask);
    }
  });
  return found;
}

function* everyMask(bits: number): Generator<number> {
  for (let mask = 0; mask < 2 ** bits; mask += 1) yield mask;
}

/** Calls `visit` with every k-subset of {0, …, n−1} in lexicographic order. */
function forEachSubset(n: number, k: number, visit: (subset: readonly number[]) => void): void {
  const subset = Array.from({ length: k }, (_, i) => i);
  if (k > n) return;
  for (;;) {
    visit(subset);
    let i = k - 1;
    while (i >= 0 && subset[i] === n - k + i) i -= 1;
    if (i < 0) return;
    subset[i] += 1;
    for (let j = i + 1; j < k; j += 1) subset[j] = subset[j - 1] + 1;
  }
}
