import type { Rational } from '../rational.js';
import { cannotCheck } from '../rejection.js';
import type { Loss } from './loss.js';

/** Sums over products of grids: coarse to find where the law lives, then fine on that box. */
const COARSE = { 1: 4001, 2: 201 } as const;
const FINE = { 1: 4001, 2: 401 } as const;

/** Weights below e^{−45} of the largest are left out. */
const NEGLIGIBLE = 45;

type Point = readonly number[];

/**
 * E L̃ − min L̃ under the law proportional to exp(−2L̃/s), for SoftPlus and one or two inner weights: sums over a grid
 * in floating point, which converge faster than any power of its width. An estimate, not a proof.
 */
export function gibbsExcess(loss: Loss, step: Rational): number {
  const dimension = loss.outer.length * loss.inputDim;
  if (dimension !== 1 && dimension !== 2) cannotCheck('the excess in more than two dimensions');
  const value = floatLoss(loss);
  const s = toNumber(step);
  // exp(−2(L̃ − min L̃)/s) < e^{−45} where (λ/2)‖W‖² > L̃(0) + 23s.
  const reach = Math.sqrt((2 * (value([0, 0]) + NEGLIGIBLE * s)) / toNumber(loss.lambda));
  const box = Array.from({ length: dimension }, () => [-reach, reach] as const);
  const [coarse] = scan(value, box, COARSE[dimension], s);
  // Twice, so that a law far narrower than the first grid is met too.
  const [finer] = scan(value, coarse, COARSE[dimension], s);
  return scan(value, finer, FINE[dimension], s)[1];
}

type Box = readonly (readonly [number, number])[];

/** The part of a box that carries weight, with a cell around it, and the excess on the box's grid. */
function scan(
  value: (at: Point) => number,
  box: Box,
  count: number,
  s: number,
): readonly [Box, number] {
  const axes = box.map(([from, to]) =>
    Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1)),
  );
  const points: Point[] =
    axes.length === 1
      ? axes[0].map((x) => [x])
      : axes[0].flatMap((x) => axes[1].map((y) => [x, y]));
  const values = points.map(value);
  const best = values.reduce((low, it, i) => (it < values[low] ? i : low), 0);
  const cells = box.map(([from, to]) => (to - from) / (count - 1));
  const least = leastNear(value, points[best], Math.max(...cells));
  let [weight, moment] = [0, 0];
  const kept: (readonly [number, number])[] = box.map(() => [Infinity, -Infinity]);
  for (const [i, at] of points.entries()) {
    const excess = values[i] - least;
    if ((2 * excess) / s > NEGLIGIBLE) continue;
    const w = Math.exp((-2 * excess) / s);
    weight += w;
    moment += w * excess;
    for (const [k, x] of at.entries()) {
      kept[k] = [Math.min(kept[k][0], x), Math.max(kept[k][1], x)];
    }
  }
  const narrowed = kept.map(([from, to], k): readonly [number, number] => [
    from - cells[k],
    to + cells[k],
  ]);
  return [narrowed, moment / weight];
}

/** The least value near a grid's best point: steps along the axes, halved until they change nothing. */
function leastNear(value: (at: Point) => number, start: Point, cell: number): number {
  let [here, least] = [start, value(start)];
  for (let step = cell; step > 1e-9 * cell;) {
    const moves = here.flatMap((_, k) =>
      [step, -step].map((move) => here.map((x, j) => (j === k ? x + move : x))),
    );
    const next = moves.find((move) => value(move) < least);
    if (next === undefined) step /= 2;
    else [here, least] = [next, value(next)];
  }
  return least;
}

/** L̃ in floating point; weights by rows. */
function floatLoss({ activation, inputs, labels, outer, lambda, inputDim, scale }: Loss) {
  const beta = toNumber(activation.parameter ?? { top: 1n, bottom: 1n });
  const softplus = (u: number): number =>
    Math.max(u, 0) + Math.log1p(Math.exp(-beta * Math.abs(u))) / beta;
  const x = inputs.map((row) => row.map(toNumber));
  const [y, a] = [labels.map(toNumber), outer.map(toNumber)];
  const factor = 1 / (y.length * (scale === 'mean' ? 1 : 2));
  const decay = toNumber(lambda) / 2;
  return (w: Point): number => {
    let sum = 0;
    for (const [i, row] of x.entries()) {
      let output = 0;
      for (const [j, weight] of a.entries()) {
        let u = 0;
        for (const [k, entry] of row.entries()) u += w[j * inputDim + k] * entry;
        output += weight * softplus(u);
      }
      sum += (y[i] - output) ** 2;
    }
    return factor * sum + decay * w.reduce((square, entry) => square + entry * entry, 0);
  };
}

/** A rational that came from a double, as that double. */
function toNumber({ top, bottom }: Rational): number {
  return Number(top) / Number(bottom);
}
