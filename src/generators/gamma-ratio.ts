/**
 * Γ(x+½)/Γ(x) for x > 0, to a relative error below 1e-13: the series
 * √x·(1 − 1/(8x) + 1/(128x²) + 5/(1024x³) − 21/(32768x⁴) − 399/(262144x⁵) + …) at x ≥ 64, where its next
 * term is below 4e-15, and Γ(x+½)/Γ(x) = Γ(x+3/2)/Γ(x+1) · x/(x+½) below. Only basic arithmetic, so
 * the bits are the same on every machine. Source of the series: Tricomi and Erdélyi 1951, Pacific J. Math. 1.
 *
 * @throws RangeError unless x is finite and > 0
 */
export function gammaRatio(x: number): number {
  if (!(x > 0 && x < Infinity)) {
    throw new RangeError(`gammaRatio: x must be positive and finite, got ${x}`);
  }
  let factor = 1;
  let y = x;
  for (; y < 64; y += 1) factor *= y / (y + 0.5);
  const t = 1 / y;
  const series =
    1 + t * (-1 / 8 + t * (1 / 128 + t * (5 / 1024 + t * (-21 / 32768 + t * (-399 / 262144)))));
  return factor * Math.sqrt(y) * series;
}
