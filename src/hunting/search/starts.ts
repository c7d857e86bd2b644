import type { RandomSource } from '../../math/index.js';
import type { Candidate } from './candidate.js';
import { WORST, between, isHopeless, sameShape } from './candidate.js';
import { degenerate, otherStructure, stretched } from './moves.js';
import type { Evaluation } from './problem.js';
import { nearer } from './problem.js';
import type { Recipe } from './recipes.js';
import type { Tape } from './tape.js';
import { EMPTY_TAPE, entriesOf } from './tape.js';

/** The part of an episode that looks for a start. */
export interface Search {
  /** The start so far. */
  readonly best: Candidate;
  /** A draw that misses the assumptions, for a start at their boundary. */
  readonly current: Candidate;
  /** Whether a start apart from the known ends was found. */
  readonly apart: boolean;
}

/** Where a segment to a known end is tested for a ridge. */
const PROBES = [0.2, 0.4, 0.6];

/** The tapes that are judged next. */
export function startTapes(
  { start }: Recipe,
  { best, current }: Search,
  known: Candidate | null,
  ends: readonly Candidate[],
  random: RandomSource,
): Tape[] {
  if (start === 'best' && known !== null) return [known.tape];
  if (start === 'mutated' && known !== null) return [otherStructure(known.tape, random)];
  // The first draw shows how long the tape is.
  if (isHopeless(best)) return [EMPTY_TAPE];
  switch (start) {
    case 'degenerate':
      return [degenerate(best.tape, random)];
    case 'wide':
      return [stretched(best.tape, random)];
    case 'apart': {
      const tape = stretched(best.tape, random);
      const end = nearestEnd(tape, ends);
      return end === null
        ? [tape]
        : [tape, ...PROBES.map((share) => between(tape, end.tape, share))];
    }
    case 'boundary':
      return [meets(best, current) ? between(best.tape, current.tape, 0.5) : EMPTY_TAPE];
    default:
      return [EMPTY_TAPE];
  }
}

/** Whether one candidate meets the assumptions that the other misses, and there is a segment between them. */
function meets(best: Candidate, current: Candidate): boolean {
  return (
    best.score[0] === 0 &&
    current.score[0] > 0 &&
    !isHopeless(current) &&
    sameShape(best.tape, current.tape)
  );
}

/** The end of the same shape with the least distance. */
function nearestEnd(tape: Tape, ends: readonly Candidate[]): Candidate | null {
  const point = entriesOf(tape);
  let nearest: Candidate | null = null;
  let least = Infinity;
  for (const end of ends) {
    if (!sameShape(tape, end.tape)) continue;
    const distance = entriesOf(end.tape).reduce((sum, x, i) => sum + (x - point[i]) ** 2, 0);
    if (distance < least) {
      least = distance;
      nearest = end;
    }
  }
  return nearest;
}

/** The search for a start after its tapes were judged. */
export function afterStart<S extends Search>(
  recipe: Recipe,
  search: S,
  evaluations: readonly Evaluation[],
): S {
  const { best, current } = search;
  // Islands are plain data, trials are not.
  const judged = evaluations.map(({ tape, score }): Candidate => ({ tape, score }));
  const [first] = judged;
  switch (recipe.start) {
    // A wide start is left where it fell: the nearest of several would lie where most draws lie.
    case 'wide':
      return { ...search, best: nearestOf(judged, WORST) };
    case 'apart': {
      if (isHopeless(best)) return { ...search, best: first };
      // A worse point on the way to the end is a ridge between two basins (Ursem 1999, doi:10.1109/CEC.1999.785501).
      const parted = judged.slice(1).some(({ score }) => nearer(first.score, score));
      return {
        ...search,
        best: isHopeless(first) ? best : first,
        apart: !isHopeless(first) && (judged.length === 1 || parted),
      };
    }
    case 'boundary': {
      if (meets(best, current)) {
        // The bisection keeps one on either side.
        return first.score[0] === 0 ? { ...search, best: first } : { ...search, current: first };
      }
      const nearest = nearestOf(judged, best);
      const misses = first.score[0] > 0 && !isHopeless(first);
      return { ...search, best: nearest, current: misses ? first : current };
    }
    default:
      return { ...search, best: nearestOf(judged, best) };
  }
}

/** The nearest of candidates. */
export function nearestOf(judged: readonly Candidate[], best: Candidate): Candidate {
  let nearest = best;
  for (const { tape, score } of judged) {
    if (nearer(score, nearest.score)) nearest = { tape, score };
  }
  return nearest;
}
