/** The largest prime below 2²⁶: products of residues are exact in doubles. */
const PRIME = 67_108_859;

/**
 * How many of the points, in their order, are surely affinely independent: x_2 − x_1, x_3 − x_1, … are so over the
 * integers modulo a prime, and a determinant that is not 0 there is not 0. All their sign vectors are half-spaces.
 *
 * @param points shape (sampleSize, inputDim), integers
 */
export function affinelyIndependentCount(points: readonly (readonly number[])[]): number {
  if (points.length === 0) return 0;
  const [origin, ...others] = points;
  // Reduced rows with their pivot columns; each new row is cleared by those before.
  const rows: { readonly pivot: number; readonly entries: Float64Array }[] = [];
  for (const point of others.slice(0, origin.length)) {
    const row = Float64Array.from(point, (entry, c) => residue(entry - origin[c]));
    for (const { pivot, entries } of rows) {
      const factor = row[pivot];
      if (factor === 0) continue;
      for (let c = 0; c < row.length; c += 1) {
        if (entries[c] !== 0) row[c] = residue(row[c] - ((factor * entries[c]) % PRIME));
      }
    }
    const pivot = row.findIndex((entry) => entry !== 0);
    if (pivot === -1) break;
    const inverse = inverseOf(row[pivot]);
    rows.push({ pivot, entries: row.map((entry) => (entry * inverse) % PRIME) });
  }
  return rows.length + 1;
}

function residue(value: number): number {
  const rest = value % PRIME;
  return rest < 0 ? rest + PRIME : rest;
}

/** By the extended Euclidean algorithm. */
function inverseOf(value: number): number {
  let [a, b, x, y] = [value, PRIME, 1, 0];
  while (b !== 0) {
    const quotient = Math.floor(a / b);
    [a, b] = [b, a - quotient * b];
    [x, y] = [y, x - quotient * y];
  }
  return residue(x);
}
