/**
 * The number of affine dichotomies of n points in general position of R^d: 2·Σ_{k≤d} C(n−1, k)
 * [cover1965], as a logarithm, which does not overflow.
 */
export function logAffineDichotomyCount(sampleSize: number, inputDim: number): number {
  let binomial = 1;
  let sum = 0;
  let shift = 0;
  for (let k = 0; k <= Math.min(inputDim, sampleSize - 1); k += 1) {
    sum += binomial;
    binomial = (binomial * (sampleSize - 1 - k)) / (k + 1);
    if (sum > 1e200) {
      sum *= 1e-200;
      binomial *= 1e-200;
      shift += 200;
    }
  }
  return Math.log(2 * sum) + shift * Math.LN10;
}

/**
 * The fat-shattering dimension at width γ of H(A) over non-decreasing σ: R → [−𝓜/2, 𝓜/2] for d = 1, exactly:
 * 2·⌊(u + 1)/2⌋ with u = 𝓜A/(2γ), and 0 for u < 1.
 *
 * On a line x_1 < … < x_n a function h costs (Σ|h_{i+1} − h_i| + |h_1 + h_n|)/𝓜: jumps are thresholds, the rest a
 * constant. With s_i·h_i ≥ γ, k sign changes cost 2γ(k + [k even])/𝓜 at least, and h = γ·s attains it; the most
 * changes, n − 1, cost 2γ/𝓜 times n − 1 for even and n for odd n. Spacing does not matter, and no witness helps.
 *
 * @param ratio 𝓜A/γ > 0
 */
export function lineFatShatteringDimension(ratio: number): number {
  const norm = ratio / 2;
  return norm < 1 ? 0 : 2 * Math.floor((norm + 1) / 2);
}

/**
 * An explicit upper bound of the fat-shattering dimension for every d: the largest n with
 * n ≤ 2u²·ln(2·Σ_{k≤d} C(n−1, k)), u = 𝓜A/(2γ).
 *
 * If n points are shattered, h_s shows γn ≤ Σ s_i·h_s(x_i) ≤ (𝓜A/2)·max_v ⟨s, v⟩ over dichotomies v for every s;
 * averaging over s and Massart's lemma give γn ≤ (𝓜A/2)·sqrt(2n·ln|D|). This is the bound with one logarithm and an
 * explicit constant. Chaining with Haussler's packing numbers [haussler1995] instead of
 * Massart's lemma removes the logarithm at the price of a larger absolute constant.
 *
 * @param ratio 𝓜A/γ > 0
 */
export function fatShatteringUpperBound(inputDim: number, ratio: number): number {
  const norm = ratio / 2;
  if (norm < 1) return 0;
  const fits = (n: number): boolean => n <= 2 * norm * norm * logAffineDichotomyCount(n, inputDim);
  // ln|D(n)| is concave beyond n = d + 1, where the inequality holds: it fails for good once it fails.
  let low = inputDim + 1;
  while (fits(2 * low)) low *= 2;
  let high = 2 * low;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}
