/** Where the asymptotic series takes over: its first omitted term is below 1e-15 there. */
const SERIES_FROM = 64;

/**
 * Γ(x + ½)/Γ(x) for x > 0, to about 1e-14 relative: the series √x(1 − 1/(8x) + 1/(128x²) + …) at an
 * argument shifted above 64 by Γ(x + 1) = xΓ(x).
 *
 * @throws RangeError unless x > 0
 */
export function halfStepGammaRatio(x: number): number {
  if (!(x > 0)) throw new RangeError(`halfStepGammaRatio: x must be > 0, got ${x}`);
  let factor = 1;
  let shifted = x;
  while (shifted < SERIES_FROM) {
    factor *= shifted / (shifted + 0.5);
    shifted += 1;
  }
  const t = 1 / shifted;
  const series = 1 + t * (-1 / 8 + t * (1 / 128 + t * (5 / 1024 + t * (-21 / 32768))));
  return factor * Math.sqrt(shifted) * series;
}
