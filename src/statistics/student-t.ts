import { regularisedIncompleteBeta } from '../math/index.js';

/**
 * The t with P(T > t) = tail for Student's t with the given degrees of freedom, by bisection on
 * P(T > t) = ½·I_{ν/(ν+t²)}(ν/2, ½).
 *
 * @param tail in (0, ½]
 * @param degrees ν > 0
 * @throws RangeError when an argument is out of range
 */
export function studentTUpperQuantile(tail: number, degrees: number): number {
  if (!(tail > 0 && tail <= 0.5)) {
    throw new RangeError(`studentTUpperQuantile: tail must lie in (0, 0.5], got ${tail}`);
  }
  if (!(degrees > 0)) {
    throw new RangeError(`studentTUpperQuantile: degrees must be > 0, got ${degrees}`);
  }
  const exceeds = (t: number): boolean =>
    0.5 * regularisedIncompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5) > tail;
  let high = 1;
  while (exceeds(high) && high < 1e300) high *= 2;
  let low = 0;
  for (let i = 0; i < 200 && high - low > 1e-12 * high; i += 1) {
    const middle = (low + high) / 2;
    if (exceeds(middle)) low = middle;
    else high = middle;
  }
  return high;
}
