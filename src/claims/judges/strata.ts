import type { Suspect, TrialRecord } from '../evidence-types.js';

/** The draws of one stratum at one rung of a ladder, as the mixture of all laws gave them. */
export interface StratumTally {
  readonly path: string;
  readonly size: number;
  readonly stratum: string;
  readonly telling: number;
  readonly gaveUp: number;
  readonly violated: number;
  /** Laws of violated draws, by their seeds: the least few of them, in order. */
  readonly suspects: readonly number[];
  /** The same of draws that gave up. */
  readonly undecided: readonly number[];
}

/** Fresh draws of one suspicious stratum at one size, made for its sake alone. */
export interface RetestTally extends Suspect {
  readonly size: number;
  readonly effective: number;
  readonly gaveUp: number;
  readonly telling: number;
  readonly violated: number;
}

/** Laws that are kept of a stratum at a rung. The least seeds: seeds are hashes, so that this is a choice by chance. */
const SUSPECTS_KEPT = 8;

/** Draws of the mixture by rung and stratum, in the order of their names; discarded and trivial ones tell nothing. */
export function strataOf(trials: readonly TrialRecord[]): StratumTally[] {
  return merged(
    trials.flatMap((t): StratumTally[] => {
      const { rung, stratum, retest, law } = t;
      if (rung === undefined || stratum === undefined || retest !== undefined) return [];
      const gaveUp = Number(t.outcome === 'gave-up');
      const telling = Number(isTelling(t));
      if (gaveUp + telling === 0) return [];
      const violated = Number(telling === 1 && t.outcome === 'violated');
      const lawIf = (count: number): number[] => (count > 0 && law !== undefined ? [law] : []);
      return [
        {
          ...rung,
          stratum,
          telling,
          gaveUp,
          violated,
          suspects: lawIf(violated),
          undecided: lawIf(gaveUp),
        },
      ];
    }),
    nameOf,
    addStrata,
  );
}

/** Fresh draws by suspect and size. */
export function retestsOf(trials: readonly TrialRecord[]): RetestTally[] {
  return merged(
    trials.flatMap((t): RetestTally[] => {
      const { rung, retest, outcome } = t;
      if (rung === undefined || retest === undefined || outcome === 'discarded') return [];
      const telling = isTelling(t);
      return [
        {
          ...retest,
          size: rung.size,
          effective: Number(outcome !== 'gave-up'),
          gaveUp: Number(outcome === 'gave-up'),
          telling: Number(telling),
          violated: Number(telling && outcome === 'violated'),
        },
      ];
    }),
    nameOf,
    addRetests,
  );
}

/** Both together; the same whichever comes first. */
export function mergeStrata(
  x: readonly StratumTally[] = [],
  y: readonly StratumTally[] = [],
): StratumTally[] {
  return merged([...x, ...y], nameOf, addStrata);
}

/** Both together; the same whichever comes first. */
export function mergeRetests(
  x: readonly RetestTally[] = [],
  y: readonly RetestTally[] = [],
): RetestTally[] {
  return merged([...x, ...y], nameOf, addRetests);
}

/** Whether two suspects are one. */
export function isSuspect(a: Suspect, b: Suspect): boolean {
  return a.path === b.path && a.stratum === b.stratum && a.law === b.law;
}

function isTelling({ outcome, trivial }: TrialRecord): boolean {
  return (outcome === 'holds' || outcome === 'violated') && trivial !== true;
}

function nameOf(x: { path: string; size: number; stratum: string; law?: number | null }): string {
  return JSON.stringify([x.path, x.size, x.stratum, x.law ?? null]);
}

function addStrata(x: StratumTally, y: StratumTally): StratumTally {
  return {
    ...x,
    telling: x.telling + y.telling,
    gaveUp: x.gaveUp + y.gaveUp,
    violated: x.violated + y.violated,
    suspects: leastOf(x.suspects, y.suspects),
    undecided: leastOf(x.undecided, y.undecided),
  };
}

function leastOf(x: readonly number[], y: readonly number[]): number[] {
  return [...new Set([...x, ...y])].toSorted((a, b) => a - b).slice(0, SUSPECTS_KEPT);
}

function addRetests(x: RetestTally, y: RetestTally): RetestTally {
  return {
    ...x,
    effective: x.effective + y.effective,
    gaveUp: x.gaveUp + y.gaveUp,
    telling: x.telling + y.telling,
    violated: x.violated + y.violated,
  };
}

/** Entries of one name added up, in the order of the names. */
function merged<T>(entries: readonly T[], name: (entry: T) => string, add: (x: T, y: T) => T): T[] {
  const sums = new Map<string, T>();
  for (const entry of entries) {
    const key = name(entry);
    const before = sums.get(key);
    sums.set(key, before === undefined ? entry : add(before, entry));
  }
  return [...sums.keys()].toSorted().map((key) => sums.get(key) as T);
}
