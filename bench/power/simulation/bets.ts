import type { Evidence, Judged, Tally } from '../../../src/claims/index.js';
import { mergeTallies, tallyOf } from '../../../src/claims/index.js';
import type { RandomSource } from '../../../src/math/index.js';

/** The synthetic `probable` claim: its tallies hold nothing but outcomes and admitted probabilities. */
export const PROBABLE: Judged = { kind: 'probable', coverage: { sampled: {} } };

const trial = (admitted: number, violated: boolean): Tally =>
  tallyOf(PROBABLE, [
    {
      trial: 0,
      outcome: violated ? 'violated' : 'holds',
      labels: [],
      decidedBy: 'exact',
      admitted,
    },
  ]);

/** Tallies of single trials at some admitted probabilities, made once. */
export interface Stock {
  readonly admitted: readonly number[];
  readonly held: readonly Tally[];
  readonly violated: readonly Tally[];
}

/** The stock at some admitted probabilities. */
export function stockOf(admitted: readonly number[]): Stock {
  return {
    admitted,
    held: admitted.map((p) => trial(p, false)),
    violated: admitted.map((p) => trial(p, true)),
  };
}

/** n equal trials: all that a tally of single trials holds is counts and integer sums. */
function times({ wagers, ...one }: Tally, n: number): Tally {
  return {
    ...one,
    effective: n * one.effective,
    violated: n * one.violated,
    telling: n * one.telling,
    exact: n * one.exact,
    wagers: wagers && {
      placed: n * wagers.placed,
      violated: n * wagers.violated,
      idle: n * wagers.idle,
      impossible: n * wagers.impossible,
      costs: wagers.costs.map((cost) => n * cost),
    },
  };
}

/** The tally of n trials that held, at one admitted probability. */
export function heldTimes({ held }: Stock, n: number): Tally {
  return times(held[0], n);
}

/**
 * The tally of n fresh trials, each at an admitted probability drawn from the stock and violated with the
 * probability `rate` gives it.
 */
export function drawTally(
  { admitted, held, violated }: Stock,
  rate: (admitted: number) => number,
  n: number,
  random: RandomSource,
): Tally {
  const counts = admitted.map(() => [0, 0]);
  for (let t = 0; t < n; t += 1) {
    const k = admitted.length === 1 ? 0 : Math.floor(random.uniform() * admitted.length);
    counts[k][random.uniform() < rate(admitted[k]) ? 1 : 0] += 1;
  }
  const parts = counts.flatMap(([holds, fails], k) => [
    ...(holds > 0 ? [times(held[k], holds)] : []),
    ...(fails > 0 ? [times(violated[k], fails)] : []),
  ]);
  return mergeTallies(PROBABLE, parts);
}

/** What a judge looks at when nothing but the test stream speaks. */
export function evidenceOf(tally: Tally): Evidence {
  return {
    tally,
    finds: [],
    families: [],
    effort: { trials: 1, minimumEffective: 1, searches: 0, attack: 1 },
  };
}
