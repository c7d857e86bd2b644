import type { Contestant } from './contestant.js';
import type { Lengths } from './calibrate.js';
import { calibrate } from './calibrate.js';
import type { Shape } from './shapes.js';
import { problemsOf } from './shapes.js';
import { median } from '../shared/median.js';

/** How much is measured. */
export interface Effort {
  readonly lengths: Lengths;
  readonly rounds: number;
  /** A contestant has fewer rounds where they would take longer than this, but at least `fewestRounds`. */
  readonly seconds: number;
  readonly fewestRounds: number;
}

/** Fewest steps of a batch, where they fit: engines pack each of its problems first, the time of ten steps. */
const FEWEST_OF_BATCH = 100;

/** What a contestant took on a shape. */
export interface Timing {
  readonly contestant: string;
  /** Steps of one measurement. */
  readonly steps: number;
  readonly rounds: number;
  /** Of one step of one problem, in seconds. */
  readonly minimum: number;
  readonly median: number;
}

/**
 * Times the contestants on a shape: within each round all take turns, so that a disturbance of the machine
 * hits all of them alike.
 */
export async function timeShape(
  contestants: readonly Contestant[],
  shape: Shape,
  effort: Effort,
  onTurn: (contestant: string, what: string) => void = () => undefined,
): Promise<readonly Timing[]> {
  const { lengths } = effort;
  const fewest = shape.batch === undefined ? lengths.fewest : FEWEST_OF_BATCH;
  const runners = [];
  for (const contestant of contestants) {
    onTurn(contestant.name, 'calibrating');
    const steps = await calibrate((n) => contestant.seconds(shape, n), { ...lengths, fewest });
    runners.push({ contestant, steps, times: [] as number[] });
  }
  for (let round = 0; round < effort.rounds; round += 1) {
    for (const { contestant, steps, times } of runners) {
      if (round >= roundsFor(times, effort)) continue;
      onTurn(contestant.name, `round ${round + 1}`);
      times.push(await contestant.seconds(shape, steps));
    }
  }
  return runners.map(({ contestant, steps, times }) => {
    const perStep = times.map((seconds) => seconds / (steps * problemsOf(shape)));
    return {
      contestant: contestant.name,
      steps,
      rounds: times.length,
      minimum: Math.min(...perStep),
      median: median(perStep),
    };
  });
}

/** How many rounds a contestant has, judged by its fastest so far. */
function roundsFor(times: readonly number[], { rounds, seconds, fewestRounds }: Effort): number {
  const fitting = Math.floor(seconds / Math.min(...times));
  return times.length === 0 ? rounds : Math.min(rounds, Math.max(fewestRounds, fitting));
}
