import type { BigNumber } from 'mathjs';
import { bigNumber, dotExact } from '../../../src/math/index.js';
import type { Violation } from '../../../src/claims/index.js';
import type { GrowthBound, LossProblem } from '../../../src/theory/index.js';
import { supremaBig } from './suprema-big.js';
import { toBig } from './thresholds.js';

/** The constants of the growth bound with 64 digits. */
export interface BigGrowthBound {
  readonly gradient: BigNumber;
  readonly inner: BigNumber;
  readonly laplacian: BigNumber;
  readonly laplacianSlope: BigNumber;
}

/** G, K, D₀ and D₁ of `villaniGrowthBound` recomputed in decimal arithmetic, from their formulas. */
export function bigGrowthBound(problem: LossProblem): BigGrowthBound {
  const { activation, outer, dataset, lambda, scale } = problem;
  const sup = supremaBig(activation);
  const c = bigNumber(1).div(bigNumber(dataset.labels.length * (scale === 'mean' ? 1 : 2)));
  const squares = dataset.inputs.map((x) => toBig(dotExact(x, x)));
  const outerSquare = toBig(dotExact(outer, outer));
  const outerSum = sum(outer.map((a) => bigNumber(Math.abs(a))));
  const defect = sup.homogeneityDefect;
  const level = outerSum.times(defect ?? sup.value ?? bigNumber(0));
  const reaches = dataset.labels.map((y) => bigNumber(Math.abs(y)).plus(level));
  const slopes = outerSquare.sqrt().times(sup.slope);
  const bend = outerSum.times(sup.curvature);
  const flat = squares.map((square, i) =>
    square.times(slopes.times(slopes).plus(bend.times(reaches[i]))),
  );
  const dimension = bigNumber(outer.length * dataset.inputDim);
  return {
    gradient:
      defect === null
        ? c
            .times(2)
            .times(slopes)
            .times(sum(squares.map((s, i) => s.sqrt().times(reaches[i]))))
        : bigNumber(0),
    inner: defect === null ? bigNumber(0) : c.div(2).times(sum(reaches.map((q) => q.times(q)))),
    laplacian: c.times(2).times(sum(flat)).plus(bigNumber(lambda).times(dimension)),
    laplacianSlope:
      defect === null
        ? bigNumber(0)
        : c
            .times(2)
            .times(outerSquare.sqrt())
            .times(bend)
            .times(sum(squares.map((s) => s.times(s.sqrt())))),
  };
}

/** The growth bound that a conclusion gives as its witness; null when it gives none. */
export function witnessedBound({ conclusion }: Violation): GrowthBound | null {
  const { bound } = (conclusion.witness ?? {}) as { readonly bound?: GrowthBound };
  return bound ?? null;
}

/** Whether the constants that a conclusion rests on are not below their 64-digit values. */
export function usesUpperBounds(problem: LossProblem, violation: Violation): boolean {
  const used = witnessedBound(violation);
  return used !== null && boundsFromAbove(problem, used);
}

/** Whether the constants G, K, D₀ and D₁ of a bound are not below their 64-digit values. */
export function boundsFromAbove(problem: LossProblem, used: GrowthBound): boolean {
  const exact = bigGrowthBound(problem);
  return (Object.keys(exact) as (keyof BigGrowthBound)[]).every((name) =>
    exact[name].lte(bigNumber(used[name])),
  );
}

function sum(terms: readonly BigNumber[]): BigNumber {
  return terms.reduce((total, term) => total.plus(term), bigNumber(0));
}
