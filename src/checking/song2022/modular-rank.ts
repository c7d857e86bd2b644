/** A prime: what is independent modulo it is independent. */
const PRIME = (1n << 61n) - 1n;

/** The rank of an integer matrix modulo a prime, which is never above its rank. */
export function rankModuloPrime(matrix: readonly (readonly bigint[])[]): number {
  const rows = matrix.map((row) => row.map((entry) => ((entry % PRIME) + PRIME) % PRIME));
  const columns = rows.at(0)?.length ?? 0;
  let rank = 0;
  for (let k = 0; k < columns && rank < rows.length; k += 1) {
    const pivot = rows.findIndex((row, i) => i >= rank && row[k] !== 0n);
    if (pivot < 0) continue;
    [rows[rank], rows[pivot]] = [rows[pivot], rows[rank]];
    const inverse = inverseModulo(rows[rank][k]);
    for (let i = rank + 1; i < rows.length; i += 1) {
      const factor = (rows[i][k] * inverse) % PRIME;
      if (factor === 0n) continue;
      rows[i] = rows[i].map((entry, j) => (entry + (PRIME - factor) * rows[rank][j]) % PRIME);
    }
    rank += 1;
  }
  return rank;
}

/** x^(p − 2) modulo the prime p. */
function inverseModulo(x: bigint): bigint {
  let [result, base, exponent] = [1n, x % PRIME, PRIME - 2n];
  for (; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % PRIME;
    base = (base * base) % PRIME;
  }
  return result;
}
