import type { InterpolationProblem } from '../../src/solvers/index.js';
import type { Contestant, Solved } from './contestant.js';

/** How much is measured of one kind of problem. */
export interface Effort {
  readonly problems: number;
  readonly rounds: number;
  /** A contestant starts no further problem after so much processor time; it solves one at least. */
  readonly seconds: number;
}

/** What a contestant did with the problems it came to: a prefix of them. */
export interface Timing {
  readonly contestant: string;
  readonly peer: boolean;
  /** The least time of each problem over the rounds, and its bounds. */
  readonly solved: readonly Solved[];
}

/**
 * Times the contestants on the same problems: on each problem of each round all take turns, so that a disturbance of the
 * machine hits all of them alike. Slow ones come to fewer problems.
 */
export async function timeProblems(
  contestants: readonly Contestant[],
  problems: readonly InterpolationProblem[],
  { rounds, seconds }: Effort,
  onTurn: (contestant: string, what: string) => void = () => undefined,
): Promise<readonly Timing[]> {
  const runners = contestants.map((contestant) => ({
    contestant,
    spent: 0,
    solved: [] as Solved[],
  }));
  for (let round = 0; round < rounds; round += 1) {
    for (const [k, problem] of problems.entries()) {
      for (const runner of runners) {
        const { contestant, solved } = runner;
        const before = solved[k];
        const left = runner.spent < seconds || solved.length === 0;
        // Problems are taken in order: one that was not reached in the first round is never reached.
        if (!left || (before === undefined && (round > 0 || k > solved.length))) continue;
        onTurn(contestant.name, `round ${round + 1}, problem ${k + 1}`);
        const now = await contestant.solve(problem);
        runner.spent += now.seconds;
        solved[k] = { ...now, seconds: Math.min(now.seconds, before?.seconds ?? Infinity) };
      }
    }
  }
  return runners.map(({ contestant, solved }) => ({
    contestant: contestant.name,
    peer: contestant.peer,
    solved,
  }));
}
