import type { RandomSource } from '../../math/index.js';
import { balanceTogether, dot, norm, normalise } from '../../math/index.js';
import type { Matrix, Vector } from '../../model/index.js';

/** How far a direction search goes. */
export interface DirectionSearchEffort {
  readonly starts: number;
  readonly steps: number;
}

/**
 * Unit directions at which the mean of ReLU(w·x_i) is small, best first: no certificate, only an upper
 * bound on the infimum and neurons for an adversarial student.
 *
 * Normalised subgradient steps on the sphere from random directions, from −mean and from the axes, then
 * a slide: the direction is projected onto the complement of the inputDim − 1 inputs nearest to its
 * hyperplane, where the extreme rays of the arrangement lie.
 *
 * @param inputs shape (sampleSize, inputDim), any dimension
 */
export function smallMeanDirections(
  inputs: Matrix,
  inputDim: number,
  random: RandomSource,
  effort: DirectionSearchEffort,
): Vector[] {
  // A common factor moves no direction.
  return search(balanceTogether(inputs).rows, inputDim, random, effort);
}

function search(
  inputs: Matrix,
  inputDim: number,
  random: RandomSource,
  effort: DirectionSearchEffort,
): Vector[] {
  const size = inputs.length;
  const flat = Float64Array.from(inputs.flat());
  const evaluate = (w: Vector, gradient: number[] | null): number => {
    if (gradient) gradient.fill(0);
    let total = 0;
    for (let i = 0, at = 0; i < size; i += 1, at += inputDim) {
      let product = 0;
      for (let k = 0; k < inputDim; k += 1) product += w[k] * flat[at + k];
      if (product <= 0) continue;
      total += product;
      if (gradient) for (let k = 0; k < inputDim; k += 1) gradient[k] += flat[at + k];
    }
    return total / size;
  };
  const found: { w: Vector; value: number }[] = [];
  const record = (w: Vector): void => {
    found.push({ w, value: evaluate(w, null) });
  };
  for (const start of starts(inputs, inputDim, random, effort.starts)) {
    let w = start;
    let best = w;
    let bestValue = Infinity;
    const gradient = Array<number>(inputDim).fill(0);
    for (let step = 0; step < effort.steps; step += 1) {
      const value = evaluate(w, gradient);
      if (value < bestValue) {
        bestValue = value;
        best = w;
      }
      const radial = dot(gradient, w);
      const tangent = gradient.map((entry, k) => entry - radial * w[k]);
      const length = norm(tangent);
      if (!(length > 0)) break;
      const stride = 0.7 / Math.sqrt(step + 1) / length;
      const next = w.map((entry, k) => entry - stride * tangent[k]);
      if (!(norm(next) > 0)) break;
      w = normalise(next);
    }
    record(best);
    const slid = slide(best, inputs, inputDim);
    if (slid !== null) {
      record(slid);
      record(slid.map((entry) => -entry));
    }
  }
  return found.sort((a, b) => a.value - b.value).map(({ w }) => w);
}

function starts(inputs: Matrix, inputDim: number, random: RandomSource, count: number): Vector[] {
  const list: Vector[] = [];
  const mean = Array.from(
    { length: inputDim },
    (_, k) => -inputs.reduce((sum, x) => sum + x[k], 0) / inputs.length,
  );
  if (norm(mean) > 0) list.push(normalise(mean));
  while (list.length < count) {
    const w = Array.from({ length: inputDim }, () => 2 * random.uniform() - 1);
    if (norm(w) > 0) list.push(normalise(w));
  }
  return list;
}

/** The projection of w onto the complement of its inputDim − 1 nearest hyperplanes' normals. */
function slide(w: Vector, inputs: Matrix, inputDim: number): Vector | null {
  const nearest = inputs
    .map((x) => ({ x, length: norm(x) }))
    .filter(({ length }) => length > 0)
    .map(({ x, length }) => ({ unit: x.map((e) => e / length), gap: Math.abs(dot(w, x)) / length }))
    .sort((a, b) => a.gap - b.gap);
  const basis: Vector[] = [];
  for (const { unit } of nearest) {
    if (basis.length === inputDim - 1) break;
    let rest: Vector = unit;
    for (let pass = 0; pass < 2; pass += 1) {
      for (const b of basis) {
        const product = dot(rest, b);
        rest = rest.map((entry, k) => entry - product * b[k]);
      }
    }
    const length = norm(rest);
    if (length > 1e-8) basis.push(rest.map((entry) => entry / length));
  }
  let rest = w;
  for (let pass = 0; pass < 2; pass += 1) {
    for (const b of basis) {
      const product = dot(rest, b);
      rest = rest.map((entry, k) => entry - product * b[k]);
    }
  }
  return norm(rest) > 1e-8 ? normalise(rest) : null;
}
