import { ALPHA, CONFIDENCE } from '../verdict.js';

/** Error probabilities of a judge. */
export interface Levels {
  /** Of the reading's test, over all looks at its evidence. */
  readonly alpha: number;
  /** 1 − that of each reported limit, over all looks. */
  readonly confidence: number;
}

export const DEFAULT_LEVELS: Levels = { alpha: ALPHA, confidence: CONFIDENCE };
