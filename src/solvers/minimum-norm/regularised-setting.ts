import { addScaled, norm, unitVector } from '../../math/index.js';
import type { Vector } from '../../model/index.js';
import type { InterpolationProblem } from './balanced-problem.js';
import { inFrame, outOfFrame, spanningFrame } from './interpolation-problem.js';
import type { Pricer } from './pricer.js';
import { createPricer } from './pricer.js';

/** The inputs as the regularised problem is solved with them. */
export interface Setting {
  /** Inputs in the frame, zeros included. */
  readonly rows: readonly Vector[];
  readonly pricer: Pricer;
  readonly frame: readonly Vector[] | null;
  /** Unit input of each row, −1 for zeros, and its length. */
  readonly unitOf: readonly number[];
  readonly lengths: Vector;
  /** How far unit inputs may be from those priced: twins, and distances to the frame. */
  readonly tilt: number;
}

export function prepare({ inputs }: InterpolationProblem): Setting | null {
  const unit: Vector[] = [];
  const lengths = inputs.map(norm);
  let apart = 0;
  const unitOf = inputs.map((input, i) => {
    if (lengths[i] === 0) return -1;
    const direction = unitVector(input);
    // As in `prepareProblem`: float64 does not tell these directions apart.
    const twin = unit.findIndex((other) => norm(addScaled(direction, -1, other)) <= 1e-13);
    if (twin < 0) return unit.push(direction) - 1;
    apart = Math.max(apart, norm(addScaled(direction, -1, unit[twin])));
    return twin;
  });
  if (unit.length === 0) return null;
  const found = spanningFrame(unit);
  const frame = found.length === inputs[0].length ? null : found;
  const inside = (x: Vector): Vector => (frame === null ? x : inFrame(frame, x));
  const off = unit.map((x) =>
    frame === null ? 0 : norm(addScaled(outOfFrame(frame, inFrame(frame, x)), -1, x)),
  );
  return {
    rows: inputs.map(inside),
    pricer: createPricer(unit.map(inside)),
    frame,
    unitOf,
    lengths,
    tilt: apart + 2 * Math.max(...off),
  };
}

/** Prices a residual: leaves candidates in the pricer and returns a bound of |g|, where that is not below 1. */
export function price({ pricer, unitOf, lengths }: Setting, misfit: Vector, beta: number): number {
  const dual = new Float64Array(pricer.size);
  for (const [i, k] of unitOf.entries()) if (k >= 0) dual[k] += (misfit[i] * lengths[i]) / beta;
  const { largest } = pricer.price(dual, false);
  return pricer.bounding ? largest : pricer.priceFinely(dual).largest;
}
