/**
 * What the ReLU network saves: r·σ'(z) is r where z > 0 and 0 elsewhere, so backwards it takes masks in
 * the place of products, and the outer gradient follows from the inner sums. AssemblyScript.
 */

/** outputs += Σ_row a·max(z, 0), for one block; NaN stays NaN. */
export function reluOutputs(
  rows: i32,
  a: usize,
  z: usize,
  apart: usize,
  to: usize,
  pairs: i32,
): void {
  const zero = f64x2.splat(0);
  const end = to + ((<usize>pairs) << 4);
  const a0 = v128.load_splat<f64>(a);
  const a1 = v128.load_splat<f64>(a, 8);
  const a2 = v128.load_splat<f64>(a, 16);
  const a3 = v128.load_splat<f64>(a, 24);
  if (rows == 4) {
    for (; to != end; to += 16, z += apart) {
      let f = f64x2.add(v128.load(to), f64x2.mul(a0, f64x2.pmax(v128.load(z), zero)));
      f = f64x2.add(f, f64x2.mul(a1, f64x2.pmax(v128.load(z, 16), zero)));
      f = f64x2.add(f, f64x2.mul(a2, f64x2.pmax(v128.load(z, 32), zero)));
      f = f64x2.add(f, f64x2.mul(a3, f64x2.pmax(v128.load(z, 48), zero)));
      v128.store(to, f);
    }
    return;
  }
  for (; to != end; to += 16, z += apart) {
    let f = f64x2.add(v128.load(to), f64x2.mul(a0, f64x2.pmax(v128.load(z), zero)));
    if (rows > 1) f = f64x2.add(f, f64x2.mul(a1, f64x2.pmax(v128.load(z, 16), zero)));
    if (rows > 2) f = f64x2.add(f, f64x2.mul(a2, f64x2.pmax(v128.load(z, 32), zero)));
    v128.store(to, f);
  }
}

/**
 * `blockProduct` and `reluOutputs` at once for two columns and a block of three or four rows: the same
 * operations in the same order.
 */
export function reluProduct2(
  w: usize,
  bias: usize,
  a: usize,
  x: usize,
  stride: usize,
  z: usize,
  to: usize,
  pairs: i32,
): void {
  // Two rows at a time keep all weights in registers.
  reluRows2(w, bias, a, x, stride, z, to, pairs);
  reluRows2(w + 16, bias + 16, a + 16, x, stride, z + 32, to, pairs);
}

// @ts-ignore: decorator
@inline
function reluRows2(
  w: usize,
  bias: usize,
  a: usize,
  x: usize,
  stride: usize,
  z: usize,
  to: usize,
  pairs: i32,
): void {
  const zero = f64x2.splat(0);
  const end = to + ((<usize>pairs) << 4);
  const u0 = v128.load_splat<f64>(w);
  const v0 = v128.load_splat<f64>(w, 32);
  const u1 = v128.load_splat<f64>(w, 8);
  const v1 = v128.load_splat<f64>(w, 40);
  const b0 = v128.load_splat<f64>(bias);
  const b1 = v128.load_splat<f64>(bias, 8);
  const a0 = v128.load_splat<f64>(a);
  const a1 = v128.load_splat<f64>(a, 8);
  for (; to != end; to += 16, z += 64, x += stride) {
    const first = v128.load(x);
    const second = v128.load(x, 16);
    const z0 = f64x2.add(f64x2.add(b0, f64x2.mul(u0, first)), f64x2.mul(v0, second));
    const z1 = f64x2.add(f64x2.add(b1, f64x2.mul(u1, first)), f64x2.mul(v1, second));
    v128.store(z, z0);
    v128.store(z, z1, 16);
    let f = f64x2.add(v128.load(to), f64x2.mul(a0, f64x2.pmax(z0, zero)));
    f = f64x2.add(f, f64x2.mul(a1, f64x2.pmax(z1, zero)));
    v128.store(to, f);
  }
}

/** to[pair][column] = r[pair]·x[pair][column]. */
export function scaleSamples(
  x: usize,
  stride: usize,
  r: usize,
  to: usize,
  columns: i32,
  pairs: i32,
): void {
  const end = r + ((<usize>pairs) << 4);
  for (; r != end; r += 16, x += stride) {
    const residual = v128.load(r);
    for (let k: usize = 0; k < (<usize>columns) << 4; k += 16) {
      v128.store(to, f64x2.mul(residual, v128.load(x + k)));
      to += 16;
    }
  }
}

/**
 * sums += Σ 1{z > 0}·scaled for one block, or 1{z ≥ 0} where `kink` is 1: what `blockOuterProduct` gives
 * for masked residuals.
 *
 * @param scaled residual times sample (pairs, columns, 2), pairs `stride` bytes apart
 */
export function maskedOuterProduct(
  rows: i32,
  kink: i32,
  z: usize,
  apart: usize,
  scaled: usize,
  stride: usize,
  sums: usize,
  columns: i32,
  pairs: i32,
): void {
  const end = z + apart * <usize>pairs;
  let column = 0;
  if (rows > 2) {
    for (; column + 1 < columns; column += 2) {
      if (kink) masked42(true, z, end, apart, scaled, stride, sums);
      else masked42(false, z, end, apart, scaled, stride, sums);
      scaled += 32;
      sums += 128;
    }
    if (column == columns) return;
    if (kink) masked41(true, z, end, apart, scaled, stride, sums);
    else masked41(false, z, end, apart, scaled, stride, sums);
    return;
  }
  for (; column < columns; column += 1) {
    if (kink) masked21(true, z, end, apart, scaled, stride, sums);
    else masked21(false, z, end, apart, scaled, stride, sums);
    scaled += 16;
    sums += 64;
  }
}

// @ts-ignore: decorator
@inline
function mask(kink: bool, z: v128, zero: v128): v128 {
  return kink ? f64x2.ge(z, zero) : f64x2.gt(z, zero);
}

// @ts-ignore: decorator
@inline
function addTo(at: usize, sum: v128): void {
  v128.store(at, f64x2.add(v128.load(at), sum));
}

/** Four rows, two columns. */
// @ts-ignore: decorator
@inline
function masked42(
  kink: bool,
  z: usize,
  end: usize,
  apart: usize,
  x: usize,
  stride: usize,
  sums: usize,
): void {
  const zero = f64x2.splat(0);
  let a0 = zero;
  let a1 = zero;
  let a2 = zero;
  let a3 = zero;
  let b0 = zero;
  let b1 = zero;
  let b2 = zero;
  let b3 = zero;
  for (; z != end; z += apart, x += stride) {
    const a = v128.load(x);
    const b = v128.load(x, 16);
    const m0 = mask(kink, v128.load(z), zero);
    a0 = f64x2.add(a0, v128.and(m0, a));
    b0 = f64x2.add(b0, v128.and(m0, b));
    const m1 = mask(kink, v128.load(z, 16), zero);
    a1 = f64x2.add(a1, v128.and(m1, a));
    b1 = f64x2.add(b1, v128.and(m1, b));
    const m2 = mask(kink, v128.load(z, 32), zero);
    a2 = f64x2.add(a2, v128.and(m2, a));
    b2 = f64x2.add(b2, v128.and(m2, b));
    const m3 = mask(kink, v128.load(z, 48), zero);
    a3 = f64x2.add(a3, v128.and(m3, a));
    b3 = f64x2.add(b3, v128.and(m3, b));
  }
  addTo(sums, a0);
  addTo(sums + 16, a1);
  addTo(sums + 32, a2);
  addTo(sums + 48, a3);
  addTo(sums + 64, b0);
  addTo(sums + 80, b1);
  addTo(sums + 96, b2);
  addTo(sums + 112, b3);
}

/** Four rows, one column. */
// @ts-ignore: decorator
@inline
function masked41(
  kink: bool,
  z: usize,
  end: usize,
  apart: usize,
  x: usize,
  stride: usize,
  sums: usize,
): void {
  const zero = f64x2.splat(0);
  let a0 = zero;
  let a1 = zero;
  let a2 = zero;
  let a3 = zero;
  for (; z != end; z += apart, x += stride) {
    const a = v128.load(x);
    a0 = f64x2.add(a0, v128.and(mask(kink, v128.load(z), zero), a));
    a1 = f64x2.add(a1, v128.and(mask(kink, v128.load(z, 16), zero), a));
    a2 = f64x2.add(a2, v128.and(mask(kink, v128.load(z, 32), zero), a));
    a3 = f64x2.add(a3, v128.and(mask(kink, v128.load(z, 48), zero), a));
  }
  addTo(sums, a0);
  addTo(sums + 16, a1);
  addTo(sums + 32, a2);
  addTo(sums + 48, a3);
}

/** Up to two rows, one column. */
// @ts-ignore: decorator
@inline
function masked21(
  kink: bool,
  z: usize,
  end: usize,
  apart: usize,
  x: usize,
  stride: usize,
  sums: usize,
): void {
  const zero = f64x2.splat(0);
  let a0 = zero;
  let a1 = zero;
  for (; z != end; z += apart, x += stride) {
    const a = v128.load(x);
    a0 = f64x2.add(a0, v128.and(mask(kink, v128.load(z), zero), a));
    a1 = f64x2.add(a1, v128.and(mask(kink, v128.load(z, 16), zero), a));
  }
  addTo(sums, a0);
  addTo(sums + 16, a1);
}
