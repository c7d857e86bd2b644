import type { AnyReading, OpaqueInstance, Tools, Trial } from '../../claims/index.js';
import {
  checkSameDraw,
  checkUnchanged,
  guarded,
  onDraw,
  plainInstance,
  runTrial,
  tightestClause,
} from '../../claims/index.js';
import type { Generator, Labelled } from '../../generators/index.js';
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

/** The margin of a conclusion that gave no number. */
const SILENT = 1;

/** Fresh seeds on which a violation must show again where its conclusion drew random numbers. */
const FRESH = 3;

/**
 * The hunt for a violation of a reading.
 *
 * A conclusion that decides exactly and yet drew random numbers estimates its margin: its violations count if they
 * show on fresh seeds as well. One by attack shows a student, whichever numbers led to it.
 *
 * @param generator the law that candidates come from: the reading's, or that of a rung
 * @param tools the attack of each candidate; the same randomness each time, so that margins compare
 * @param accepts which draws are hunted, by their labels; all, if left out
 * @throws ClaimFault (from `evaluate`) when the claim's own code throws
 */
export function huntProblem(
  reading: AnyReading,
  generator: Generator<OpaqueInstance>,
  tools: () => Tools,
  where: string,
  accepts: (labels: readonly string[]) => boolean = () => true,
): HuntProblem {
  const unconditional: AnyReading = { ...reading, assumptions: [] };
  let trials = 0;
  let looked = false;
  return {
    async evaluate(tape, filler) {
      const drawn = acceptedDraw(generator, tape, filler, accepts);
      if (drawn === null) return { tape, score: HOPELESS, violation: null };
      const { instance } = drawn;
      return onDraw({ stream: 'hunt', trial: 0, instance }, async () => {
        const again = (): Labelled<OpaqueInstance> => drawOnTape(generator, drawn.tape, filler);
        if (!looked) checkSameDraw(drawn, again(), where);
        const evaluation = await evaluated(drawn);
        // What counts as a violation must be what was drawn.
        if (!looked || evaluation.violation !== null) {
          checkUnchanged(plainInstance(again().instance, where), instance, where, 'conclude');
        }
        looked = true;
        return evaluation;
      });
    },
  };

  async function evaluated(drawn: TapedDraw<OpaqueInstance>): Promise<Evaluation> {
    const missed = missedBy(reading, drawn.instance, where);
    if (missed > 0) return { tape: drawn.tape, score: [missed, SILENT, SILENT], violation: null };
    const judged = async (given: Tools): Promise<Trial> =>
      runTrial(unconditional, drawn, { where, trial: trials, tools: given });
    const first = tools();
    const { random, used } = watched(first.random);
    const trial = await judged({ ...first, random });
    trials = 1;
    const [margin, others] = marginsOf(trial);
    if (trial.record.outcome !== 'violated') {
      return { tape: drawn.tape, score: [0, margin, others], violation: null };
    }
    let worst = margin;
    const confirmations = trial.record.decidedBy === 'exact' && used() ? FRESH : 0;
    for (let k = 0; k < confirmations && worst < 0; k += 1) {
      const again = await judged({ ...first, random: first.random.fork('fresh', k) });
      worst = Math.max(worst, marginsOf(again)[0]);
    }
    return { tape: drawn.tape, score: [0, worst, others], violation: worst < 0 ? trial : null };
  }
}

/** Fresh draws that are tried for one with the right labels. */
const TRIES = 200;

/** A draw with the right labels; null where the tape leads to another one, or to none. */
function acceptedDraw(
  generator: Generator<OpaqueInstance>,
  tape: Tape,
  filler: () => RandomSource,
  accepts: (labels: readonly string[]) => boolean,
): TapedDraw<OpaqueInstance> | null {
  const fresh = tape.structure.length === 0 && Object.keys(tape.data).length === 0;
  let source: RandomSource | null = null;
  const fill = (): RandomSource => (source ??= filler());
  for (let tries = 0; tries < (fresh ? TRIES : 1); tries += 1) {
    try {
      const drawn = drawOnTape(generator, tape, fill);
      if (accepts(drawn.labels)) return drawn;
    } catch {
      // Far from the law a generator may find no instance, such as a size that its parts do not fit.
    }
  }
  return null;
}

/** The source, and whether anything was drawn from it or one of its forks. */
function watched(source: RandomSource): {
  readonly random: RandomSource;
  readonly used: () => boolean;
} {
  let touched = false;
  const touching =
    <A extends readonly (string | number)[], R>(draw: (...args: A) => R) =>
    (...args: A): R => {
      touched = true;
      return draw(...args);
    };
  const random: RandomSource = {
    key: source.key,
    uniform: touching(source.uniform),
    uniformPositive: touching(source.uniformPositive),
    integer: touching(source.integer),
    sign: touching(source.sign),
    fork: touching(source.fork),
  };
  return { random, used: () => touched };
}

/** The sum over failing assumptions of 1 + how far each is from holding, squashed to below 2. */
function missedBy(reading: AnyReading, instance: OpaqueInstance, where: string): number {
  let missed = 0;
  for (const { name, margin } of reading.assumptions) {
    const value = guarded(`${where}, assumption “${name}”`, () => margin(instance));
    if (value >= 0) continue;
    missed += Number.isFinite(value) ? 1 - value / (1 - value) : 2;
  }
  return missed;
}

function marginsOf({ conclusion }: Trial): [number, number] {
  if (conclusion?.status !== 'decided') return [SILENT, SILENT];
  const tightest = tightestClause(conclusion);
  if (tightest === null) return [SILENT, SILENT];
  // Violated means that the upper end is below 0; where it knows nothing, the lower end still leads.
  const { lower, upper } = tightest.margin;
  const margin = Number.isFinite(upper) ? upper : SILENT + 1 + lower / (1 + Math.abs(lower));
  const mean =
    conclusion.clauses.reduce((sum, clause) => sum + clause.margin.lower, 0) /
    conclusion.clauses.length;
  return [Number.isNaN(margin) ? SILENT : margin, Number.isNaN(mean) ? SILENT : mean];
}
