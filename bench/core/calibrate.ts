/** How long a measurement should be, and what it may cost at most, in seconds. */
export interface Lengths {
  /** A measurement takes at least about this long. */
  readonly target: number;
  /** At least this many steps, where they fit into `most`. */
  readonly fewest: number;
  readonly most: number;
}

/**
 * Fewest steps however long they take: engines evaluate once more than they step, so that a single step
 * would be charged twice its time.
 */
const LEAST_STEPS = 4;

/** Growth at once: a first call that compiles says little about the next. */
const MOST_GROWTH = 20;

/**
 * The number of steps that makes a measurement long enough.
 *
 * @param seconds measures a number of steps
 */
export async function calibrate(
  seconds: (steps: number) => Promise<number>,
  { target, fewest, most }: Lengths,
): Promise<number> {
  let steps = 1;
  let elapsed = await seconds(steps);
  for (;;) {
    const next = Math.min(MOST_GROWTH * steps, wantedSteps());
    if (next <= steps) return Math.max(steps, LEAST_STEPS);
    steps = next;
    elapsed = await seconds(steps);
  }

  function wantedSteps(): number {
    // A tenth more, for the faster rounds must reach the target too.
    const long = elapsed < target ? Math.ceil((1.1 * target * steps) / elapsed) : 0;
    const many = Math.min(fewest, Math.floor((most * steps) / elapsed));
    return Math.max(long, many);
  }
}
