import type { Judged, RungTally, Tally } from './tally.js';

/** The rungs of a tally that belong to the ladder itself. */
export function ladderAlone({ extended = [] }: Judged, { rungs }: Tally): RungTally[] {
  return rungs.filter(
    (rung) => !extended.some(({ path, size }) => path === rung.path && size === rung.size),
  );
}

/**
 * The same judge without the demand for larger sizes: for variants that are false by an argument. Their
 * refutation shows what the ladder can detect; the extension is there to protect what may be true.
 */
export function onLadderAlone(judged: Judged): Judged {
  return { ...judged, alone: true };
}

/**
 * Whether a path needs no larger sizes, or has some and effective draws at each of them; with a name, draws that measured this
 * implied constant.
 */
export function confirmedBeyond(
  { extended = [], alone = false }: Judged,
  { rungs }: Tally,
  path: string,
  name?: string,
): boolean {
  if (alone) return true;
  const beyond = extended.filter((rung) => rung.path === path);
  return (
    beyond.length > 0 &&
    beyond.every(({ size }) =>
      rungs.some((rung) => rung.path === path && rung.size === size && says(rung, name)),
    )
  );
}

function says({ effective, constants }: RungTally, name: string | undefined): boolean {
  return name === undefined ? effective > 0 : (constants[name]?.extreme ?? null) !== null;
}
