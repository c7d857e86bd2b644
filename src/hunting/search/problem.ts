import type { AnyReading, OpaqueInstance, Tools, Trial } from '../../claims/index.js';
import { guarded, runTrial, tightestClause } from '../../claims/index.js';
import type { Generator } from '../../generators/index.js';
import type { RandomSource } from '../../math/index.js';
import type { Tape, TapedDraw } from './tape.js';
import { drawOnTape } from './tape.js';

/**
 * How far a candidate is from violating the claim. Scores compare entry by entry, the smaller the nearer: how far the
 * assumptions are missed (0 where all hold), the margin of the tightest clause, the mean margin of all clauses.
 */
export type Score = readonly [missed: number, margin: number, others: number];

/** The worst score: a draw that could not be made. */
export const HOPELESS: Score = [Number.MAX_VALUE, 1, 1];

/** Whether a score is nearer to a violation than another. */
export function nearer(a: Score, b: Score): boolean {
  if (a[0] !== b[0]) return a[0] < b[0];
  if (a[1] !== b[1]) return a[1] < b[1];
  return a[2] < b[2];
}

/** A candidate with what judging it gave. */
export interface Evaluation {
  readonly tape: Tape;
  readonly score: Score;
  /** The trial, where it is violated. */
  readonly violation: Trial | null;
}

/** What is hunted: judges candidates of one reading. Lives in one process; islands are plain data. */
export interface HuntProblem {
  /** The filler goes on where the tape ends. */
  readonly evaluate: (tape: Tape, filler: () => RandomSource) => Promise<Evaluation>;
}

/** The margin, over its certain part where it is decided, of a conclusion that gave no number. */
const SILENT = 1;

/**
 * The hunt for a violation of a reading.
 *
 * @param generator the law that candidates come from: the reading's, or that of a rung
 * @param tools the attack of each candidate; the same randomness each time, so that margins compare
 * @throws ClaimFault (from `evaluate`) when the claim's own code throws
 */
export function huntProblem(
  reading: AnyReading,
  generator: Generator<OpaqueInstance>,
  tools: () => Tools,
  where: string,
): HuntProblem {
  const unconditional: AnyReading = { ...reading, assumptions: [] };
  let trials = 0;
  return {
    async evaluate(tape, filler) {
      let drawn: TapedDraw<OpaqueInstance>;
      try {
        drawn = drawOnTape(generator, tape, filler);
      } catch {
        // Far from the law a generator may find no instance, such as a size that its parts do not fit.
        return { tape, score: HOPELESS, violation: null };
      }
      const missed = missedBy(reading, drawn.instance, where);
      if (missed > 0) return { tape: drawn.tape, score: [missed, SILENT, SILENT], violation: null };
      const trial = await runTrial(unconditional, drawn, { where, trial: trials, tools: tools() });
      trials = 1;
      return {
        tape: drawn.tape,
        score: [0, ...marginsOf(trial)],
        violation: trial.record.outcome === 'violated' ? trial : null,
      };
    },
  };
}

/** The sum over failing assumptions of 1 + how far each is from holding, squashed to below 2. */
function missedBy(reading: AnyReading, instance: OpaqueInstance, where: string): number {
  let missed = 0;
  for (const { name, margin } of reading.assumptions) {
    const value = guarded(`${where}, assumption “${name}”`, () => margin(instance));
    if (!(value >= 0)) missed += Number.isNaN(value) ? 2 : 1 - value / (1 - value);
  }
  return missed;
}

function marginsOf({ conclusion }: Trial): [number, number] {
  if (conclusion?.status !== 'decided') return [SILENT, SILENT];
  const tightest = tightestClause(conclusion);
  if (tightest === null) return [SILENT, SILENT];
  // Violated means that the upper end is below 0; its middle is finer than either end near 0.
  const { lower, upper } = tightest.margin;
  const margin = (lower + upper) / 2;
  const mean =
    conclusion.clauses.reduce((sum, clause) => sum + clause.margin.lower, 0) /
    conclusion.clauses.length;
  return [Number.isNaN(margin) ? SILENT : margin, Number.isNaN(mean) ? SILENT : mean];
}
