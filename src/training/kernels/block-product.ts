/**
 * The matrix product of a layer, register-blocked. AssemblyScript.
 *
 * Layouts, in doubles:
 * - samples stand in pairs: X[pair][column][2];
 * - weights stand in blocks of four rows: W[block][column][4]; rows that only fill up a block are 0;
 * - what belongs to rows and samples stands in blocks of four rows, Z[block][pair][4 rows][2 samples],
 *   or, as samples of the next layer do, in Z[pair][row][2].
 *
 * A sum's terms are added in the order of the columns, whatever the blocking.
 */

/**
 * Z = bias + W·X for one block of `rows` ≤ 4 rows and all pairs of a panel.
 *
 * @param w the block's weights (columns, 4)
 * @param bias the block's four biases
 * @param x the panel's samples (pairs, columns, 2), pairs `stride` bytes apart
 * @param z where the block's results go (pairs, 4, 2), pairs `apart` bytes apart
 */
export function blockProduct(
  rows: i32,
  w: usize,
  bias: usize,
  x: usize,
  stride: usize,
  z: usize,
  apart: usize,
  columns: i32,
  pairs: i32,
): void {
  const end = x + stride * <usize>pairs;
  const row = (<usize>columns) << 4;
  if (rows > 2) {
    const last = x + stride * <usize>(pairs & ~1);
    while (x != last) {
      product42(w, bias, x, x + stride, x + row, z, apart);
      x += stride << 1;
      z += apart << 1;
    }
    if (x != end) product41(w, bias, x, x + row, z, apart);
    return;
  }
  const last = x + stride * <usize>(pairs & ~3);
  if (rows == 2) {
    while (x != last) {
      product24(w, bias, x, x + stride, x + (stride << 1), x + stride * 3, x + row, z, apart);
      x += stride << 2;
      z += apart << 2;
    }
  } else {
    while (x != last) {
      product14(w, bias, x, x + stride, x + (stride << 1), x + stride * 3, x + row, z, apart);
      x += stride << 2;
      z += apart << 2;
    }
  }
  while (x != end) {
    product21(w, bias, x, x + row, z, apart);
    x += stride;
    z += apart;
  }
}

/** Four rows, two pairs of samples. */
// @ts-ignore: decorator
@inline
function product42(
  w: usize,
  bias: usize,
  x: usize,
  y: usize,
  end: usize,
  z: usize,
  apart: usize,
): void {
  let a0 = v128.load_splat<f64>(bias);
  let a1 = v128.load_splat<f64>(bias, 8);
  let a2 = v128.load_splat<f64>(bias, 16);
  let a3 = v128.load_splat<f64>(bias, 24);
  let b0 = a0;
  let b1 = a1;
  let b2 = a2;
  let b3 = a3;
  while (x != end) {
    const a = v128.load(x);
    const b = v128.load(y);
    const w0 = v128.load_splat<f64>(w);
    a0 = f64x2.add(a0, f64x2.mul(w0, a));
    b0 = f64x2.add(b0, f64x2.mul(w0, b));
    const w1 = v128.load_splat<f64>(w, 8);
    a1 = f64x2.add(a1, f64x2.mul(w1, a));
    b1 = f64x2.add(b1, f64x2.mul(w1, b));
    const w2 = v128.load_splat<f64>(w, 16);
    a2 = f64x2.add(a2, f64x2.mul(w2, a));
    b2 = f64x2.add(b2, f64x2.mul(w2, b));
    const w3 = v128.load_splat<f64>(w, 24);
    a3 = f64x2.add(a3, f64x2.mul(w3, a));
    b3 = f64x2.add(b3, f64x2.mul(w3, b));
    x += 16;
    y += 16;
    w += 32;
  }
  v128.store(z, a0);
  v128.store(z, a1, 16);
  v128.store(z, a2, 32);
  v128.store(z, a3, 48);
  z += apart;
  v128.store(z, b0);
  v128.store(z, b1, 16);
  v128.store(z, b2, 32);
  v128.store(z, b3, 48);
}

/** Four rows, one pair. */
// @ts-ignore: decorator
@inline
function product41(w: usize, bias: usize, x: usize, end: usize, z: usize, apart: usize): void {
  let a0 = v128.load_splat<f64>(bias);
  let a1 = v128.load_splat<f64>(bias, 8);
  let a2 = v128.load_splat<f64>(bias, 16);
  let a3 = v128.load_splat<f64>(bias, 24);
  while (x != end) {
    const a = v128.load(x);
    const w0 = v128.load_splat<f64>(w);
    a0 = f64x2.add(a0, f64x2.mul(w0, a));
    const w1 = v128.load_splat<f64>(w, 8);
    a1 = f64x2.add(a1, f64x2.mul(w1, a));
    const w2 = v128.load_splat<f64>(w, 16);
    a2 = f64x2.add(a2, f64x2.mul(w2, a));
    const w3 = v128.load_splat<f64>(w, 24);
    a3 = f64x2.add(a3, f64x2.mul(w3, a));
    x += 16;
    w += 32;
  }
  v128.store(z, a0);
  v128.store(z, a1, 16);
  v128.store(z, a2, 32);
  v128.store(z, a3, 48);
}

/** Two rows, four pairs. */
// @ts-ignore: decorator
@inline
function product24(
  w: usize,
  bias: usize,
  x: usize,
  y: usize,
  u: usize,
  v: usize,
  end: usize,
  z: usize,
  apart: usize,
): void {
  let a0 = v128.load_splat<f64>(bias);
  let a1 = v128.load_splat<f64>(bias, 8);
  let b0 = a0;
  let b1 = a1;
  let c0 = a0;
  let c1 = a1;
  let d0 = a0;
  let d1 = a1;
  while (x != end) {
    const a = v128.load(x);
    const b = v128.load(y);
    const c = v128.load(u);
    const d = v128.load(v);
    const w0 = v128.load_splat<f64>(w);
    a0 = f64x2.add(a0, f64x2.mul(w0, a));
    b0 = f64x2.add(b0, f64x2.mul(w0, b));
    c0 = f64x2.add(c0, f64x2.mul(w0, c));
    d0 = f64x2.add(d0, f64x2.mul(w0, d));
    const w1 = v128.load_splat<f64>(w, 8);
    a1 = f64x2.add(a1, f64x2.mul(w1, a));
    b1 = f64x2.add(b1, f64x2.mul(w1, b));
    c1 = f64x2.add(c1, f64x2.mul(w1, c));
    d1 = f64x2.add(d1, f64x2.mul(w1, d));
    x += 16;
    y += 16;
    u += 16;
    v += 16;
    w += 32;
  }
  v128.store(z, a0);
  v128.store(z, a1, 16);
  z += apart;
  v128.store(z, b0);
  v128.store(z, b1, 16);
  z += apart;
  v128.store(z, c0);
  v128.store(z, c1, 16);
  z += apart;
  v128.store(z, d0);
  v128.store(z, d1, 16);
}

/** One row, four pairs. */
// @ts-ignore: decorator
@inline
function product14(
  w: usize,
  bias: usize,
  x: usize,
  y: usize,
  u: usize,
  v: usize,
  end: usize,
  z: usize,
  apart: usize,
): void {
  let a0 = v128.load_splat<f64>(bias);
  let b0 = a0;
  let c0 = a0;
  let d0 = a0;
  while (x != end) {
    const a = v128.load(x);
    const b = v128.load(y);
    const c = v128.load(u);
    const d = v128.load(v);
    const w0 = v128.load_splat<f64>(w);
    a0 = f64x2.add(a0, f64x2.mul(w0, a));
    b0 = f64x2.add(b0, f64x2.mul(w0, b));
    c0 = f64x2.add(c0, f64x2.mul(w0, c));
    d0 = f64x2.add(d0, f64x2.mul(w0, d));
    x += 16;
    y += 16;
    u += 16;
    v += 16;
    w += 32;
  }
  v128.store(z, a0);
  z += apart;
  v128.store(z, b0);
  z += apart;
  v128.store(z, c0);
  z += apart;
  v128.store(z, d0);
}

/** Up to two rows, one pair. */
// @ts-ignore: decorator
@inline
function product21(w: usize, bias: usize, x: usize, end: usize, z: usize, apart: usize): void {
  let a0 = v128.load_splat<f64>(bias);
  let a1 = v128.load_splat<f64>(bias, 8);
  while (x != end) {
    const a = v128.load(x);
    const w0 = v128.load_splat<f64>(w);
    a0 = f64x2.add(a0, f64x2.mul(w0, a));
    const w1 = v128.load_splat<f64>(w, 8);
    a1 = f64x2.add(a1, f64x2.mul(w1, a));
    x += 16;
    w += 32;
  }
  v128.store(z, a0);
  v128.store(z, a1, 16);
}
