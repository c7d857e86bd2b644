/**
 * Sums of products over samples, register-blocked. AssemblyScript.
 *
 * Layouts as in `block-product.ts`; sums stand in S[block][column][4 rows][2]: even and odd samples
 * apart. The terms of a panel are added in the order of the samples, then the panel to the sum, whatever
 * the blocking. One pair of samples an iteration keeps the loops within sixteen registers: with two, the
 * optimiser loads ahead and spills, and the speed falls by a third.
 */

/**
 * sums += H·Xᵀ for one block of `rows` ≤ 4 rows over the pairs of a panel.
 *
 * @param h the block's factors (pairs, 4, 2), pairs `apart` bytes apart
 * @param x the panel's samples (pairs, columns, 2), pairs `stride` bytes apart
 * @param sums the block's sums (columns, 4, 2)
 */
export function blockOuterProduct(
  rows: i32,
  h: usize,
  apart: usize,
  x: usize,
  stride: usize,
  sums: usize,
  columns: i32,
  pairs: i32,
): void {
  const end = h + apart * <usize>pairs;
  let column = 0;
  if (rows > 2) {
    for (; column + 1 < columns; column += 2) {
      outer42(h, end, x, stride, sums, apart);
      x += 32;
      sums += 128;
    }
    if (column < columns) outer41(h, end, x, stride, sums, apart);
    return;
  }
  if (rows == 2) {
    for (; column + 3 < columns; column += 4) {
      outer24(h, end, x, stride, sums, apart);
      x += 64;
      sums += 256;
    }
  } else {
    for (; column + 3 < columns; column += 4) {
      outer14(h, end, x, stride, sums, apart);
      x += 64;
      sums += 256;
    }
  }
  for (; column < columns; column += 1) {
    outer21(h, end, x, stride, sums, apart);
    x += 16;
    sums += 64;
  }
}

// @ts-ignore: decorator
@inline
function addTo(at: usize, sum: v128): void {
  v128.store(at, f64x2.add(v128.load(at), sum));
}

/** Four rows, two columns. */
// @ts-ignore: decorator
@inline
function outer42(h: usize, end: usize, x: usize, stride: usize, sums: usize, apart: usize): void {
  let a0 = f64x2.splat(0);
  let a1 = a0;
  let a2 = a0;
  let a3 = a0;
  let b0 = a0;
  let b1 = a0;
  let b2 = a0;
  let b3 = a0;
  while (h != end) {
    const a = v128.load(x);
    const b = v128.load(x, 16);
    const h0 = v128.load(h);
    a0 = f64x2.add(a0, f64x2.mul(h0, a));
    b0 = f64x2.add(b0, f64x2.mul(h0, b));
    const h1 = v128.load(h, 16);
    a1 = f64x2.add(a1, f64x2.mul(h1, a));
    b1 = f64x2.add(b1, f64x2.mul(h1, b));
    const h2 = v128.load(h, 32);
    a2 = f64x2.add(a2, f64x2.mul(h2, a));
    b2 = f64x2.add(b2, f64x2.mul(h2, b));
    const h3 = v128.load(h, 48);
    a3 = f64x2.add(a3, f64x2.mul(h3, a));
    b3 = f64x2.add(b3, f64x2.mul(h3, b));
    h += apart;
    x += stride;
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
function outer41(h: usize, end: usize, x: usize, stride: usize, sums: usize, apart: usize): void {
  let a0 = f64x2.splat(0);
  let a1 = a0;
  let a2 = a0;
  let a3 = a0;
  while (h != end) {
    const a = v128.load(x);
    const h0 = v128.load(h);
    a0 = f64x2.add(a0, f64x2.mul(h0, a));
    const h1 = v128.load(h, 16);
    a1 = f64x2.add(a1, f64x2.mul(h1, a));
    const h2 = v128.load(h, 32);
    a2 = f64x2.add(a2, f64x2.mul(h2, a));
    const h3 = v128.load(h, 48);
    a3 = f64x2.add(a3, f64x2.mul(h3, a));
    h += apart;
    x += stride;
  }
  addTo(sums, a0);
  addTo(sums + 16, a1);
  addTo(sums + 32, a2);
  addTo(sums + 48, a3);
}

/** Two rows, four columns. */
// @ts-ignore: decorator
@inline
function outer24(h: usize, end: usize, x: usize, stride: usize, sums: usize, apart: usize): void {
  let a0 = f64x2.splat(0);
  let a1 = a0;
  let b0 = a0;
  let b1 = a0;
  let c0 = a0;
  let c1 = a0;
  let d0 = a0;
  let d1 = a0;
  while (h != end) {
    const a = v128.load(x);
    const b = v128.load(x, 16);
    const c = v128.load(x, 32);
    const d = v128.load(x, 48);
    const h0 = v128.load(h);
    a0 = f64x2.add(a0, f64x2.mul(h0, a));
    b0 = f64x2.add(b0, f64x2.mul(h0, b));
    c0 = f64x2.add(c0, f64x2.mul(h0, c));
    d0 = f64x2.add(d0, f64x2.mul(h0, d));
    const h1 = v128.load(h, 16);
    a1 = f64x2.add(a1, f64x2.mul(h1, a));
    b1 = f64x2.add(b1, f64x2.mul(h1, b));
    c1 = f64x2.add(c1, f64x2.mul(h1, c));
    d1 = f64x2.add(d1, f64x2.mul(h1, d));
    h += apart;
    x += stride;
  }
  addTo(sums, a0);
  addTo(sums + 16, a1);
  addTo(sums + 64, b0);
  addTo(sums + 80, b1);
  addTo(sums + 128, c0);
  addTo(sums + 144, c1);
  addTo(sums + 192, d0);
  addTo(sums + 208, d1);
}

/** One row, four columns. */
// @ts-ignore: decorator
@inline
function outer14(h: usize, end: usize, x: usize, stride: usize, sums: usize, apart: usize): void {
  let a0 = f64x2.splat(0);
  let b0 = a0;
  let c0 = a0;
  let d0 = a0;
  while (h != end) {
    const a = v128.load(x);
    const b = v128.load(x, 16);
    const c = v128.load(x, 32);
    const d = v128.load(x, 48);
    const h0 = v128.load(h);
    a0 = f64x2.add(a0, f64x2.mul(h0, a));
    b0 = f64x2.add(b0, f64x2.mul(h0, b));
    c0 = f64x2.add(c0, f64x2.mul(h0, c));
    d0 = f64x2.add(d0, f64x2.mul(h0, d));
    h += apart;
    x += stride;
  }
  addTo(sums, a0);
  addTo(sums + 64, b0);
  addTo(sums + 128, c0);
  addTo(sums + 192, d0);
}

/** Up to two rows, one column. */
// @ts-ignore: decorator
@inline
function outer21(h: usize, end: usize, x: usize, stride: usize, sums: usize, apart: usize): void {
  let a0 = f64x2.splat(0);
  let a1 = a0;
  while (h != end) {
    const a = v128.load(x);
    const h0 = v128.load(h);
    a0 = f64x2.add(a0, f64x2.mul(h0, a));
    const h1 = v128.load(h, 16);
    a1 = f64x2.add(a1, f64x2.mul(h1, a));
    h += apart;
    x += stride;
  }
  addTo(sums, a0);
  addTo(sums + 16, a1);
}
