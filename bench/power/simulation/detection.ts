import { judge, mergeTallies } from '../../../src/claims/index.js';
import type { RandomSource } from '../../../src/math/index.js';
import { randomSource } from '../../../src/math/index.js';
import { median } from '../../shared/median.js';
import { PROBABLE, drawTally, evidenceOf, heldTimes, stockOf } from './bets.js';

/** An alternative: trials admit p and are violated with probability q. */
export interface Alternative {
  readonly admitted: number;
  readonly rate: number;
  readonly alpha: number;
}

export interface Detection extends Alternative {
  readonly ratio: number;
  readonly histories: number;
  /** Median number of trials until the judge refutes. */
  readonly median: number;
  /** 2·ln(1/α)/KL(q‖p). */
  readonly bound: number;
}

const RATIOS = [1.2, 1.5, 2, 3, 5, 10] as const;

/** q/p from 1.2 to 10 at three p, as far as q < 1, at two levels. */
export const ALTERNATIVES: readonly Alternative[] = [0.05, 1e-6].flatMap((alpha) =>
  [0.01, 0.05, 0.3].flatMap((admitted) =>
    RATIOS.map((ratio) => ({ admitted, rate: ratio * admitted, alpha })).filter(
      ({ rate }) => rate < 1,
    ),
  ),
);

/** KL(q‖p) of Bernoulli laws, in nats. */
export function divergence(q: number, p: number): number {
  return q * Math.log(q / p) + (1 - q) * Math.log((1 - q) / (1 - p));
}

/** The median number of trials until the judge of `probable`, who looks after every trial, refutes. */
export function detection(alternative: Alternative, histories: number): Detection {
  const { admitted, rate, alpha } = alternative;
  const times = Array.from({ length: histories }, (_, history) =>
    timeToRefute(alternative, randomSource('power', 'detection', admitted, rate, alpha, history)),
  );
  return {
    ...alternative,
    ratio: rate / admitted,
    histories,
    median: median(times),
    bound: (2 * Math.log(1 / alpha)) / divergence(rate, admitted),
  };
}

function timeToRefute({ admitted, rate, alpha }: Alternative, random: RandomSource): number {
  const stock = stockOf([admitted]);
  let tally = mergeTallies(PROBABLE, []);
  for (;;) {
    // The e-value rises at violations only: a look in between can refute nothing that the last did not.
    let held = 0;
    while (random.uniform() >= rate) held += 1;
    const batch = [
      tally,
      ...(held > 0 ? [heldTimes(stock, held)] : []),
      drawTally(stock, () => 1, 1, random),
    ];
    tally = mergeTallies(PROBABLE, batch);
    const levels = { alpha, confidence: 0.99 };
    if (judge(PROBABLE, evidenceOf(tally), levels).verdict === 'refuted') return tally.effective;
  }
}
