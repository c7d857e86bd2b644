/**
 * Σ_i matrix[row + i]·vector[from + i] over `size` entries, in four interleaved partial sums: one sum would wait for
 * each addition before the next.
 */
export function rowProduct(
  matrix: Float64Array,
  row: number,
  vector: Float64Array,
  from: number,
  size: number,
): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let i = 0;
  for (const end = size - 3; i < end; i += 4) {
    a += matrix[row + i] * vector[from + i];
    b += matrix[row + i + 1] * vector[from + i + 1];
    c += matrix[row + i + 2] * vector[from + i + 2];
    d += matrix[row + i + 3] * vector[from + i + 3];
  }
  for (; i < size; i += 1) a += matrix[row + i] * vector[from + i];
  return a + b + (c + d);
}

/** target[at + i] += amount·source[from + i] over `size` entries. */
export function addMultiple(
  target: Float64Array,
  at: number,
  amount: number,
  source: Float64Array,
  from: number,
  size: number,
): void {
  let i = 0;
  for (const end = size - 3; i < end; i += 4) {
    target[at + i] += amount * source[from + i];
    target[at + i + 1] += amount * source[from + i + 1];
    target[at + i + 2] += amount * source[from + i + 2];
    target[at + i + 3] += amount * source[from + i + 3];
  }
  for (; i < size; i += 1) target[at + i] += amount * source[from + i];
}
