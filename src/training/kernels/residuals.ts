/** Residuals of a panel of samples. AssemblyScript. */

/**
 * Turns outputs into residuals f − y and returns `sum` plus their squares, even and odd samples apart.
 *
 * @param missing whether the last pair has only one sample
 */
// @ts-ignore: decorator
@inline
export function residuals(at: usize, y: usize, pairs: i32, missing: bool, sum: v128): v128 {
  for (let p = 0; p < pairs; p += 1) {
    let r = f64x2.sub(v128.load(at), v128.load(y));
    if (missing && p + 1 == pairs) r = f64x2.replace_lane(r, 1, 0);
    v128.store(at, r);
    sum = f64x2.add(sum, f64x2.mul(r, r));
    at += 16;
    y += 16;
  }
  return sum;
}
