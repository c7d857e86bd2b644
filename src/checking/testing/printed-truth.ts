import { compare, parseRational, toDouble } from '../../math/index.js';
import type { Json } from '../../model/index.js';
import type { Stated } from './oracle.js';
import { certificateOf } from './oracle.js';
import { openChecksOf } from './oracle-song.js';

type Fields = Readonly<Record<string, Json>>;
type Check = Readonly<Record<'what' | 'left' | 'relation' | 'right', string>>;

/** Certificates whose sides are computed from bounds of an activation’s suprema. */
const SUPREMA_TYPES: ReadonlySet<unknown> = new Set(['gibbs-excess', 'villani-growth']);

/** Bounds of numbers, which may be printed looser: the families whose sides are no exact numbers. */
const BOUND_TYPES: ReadonlySet<unknown> = new Set(['one-atom', 'rare-far-atom']);

/**
 * Whether what a changed file prints is true, given that the unchanged file is: texts are the same, checks are the same or
 * weaker (an enclosure widened, a bound loosened), or they are those that the claim's own code gives for the changed
 * instance, and both sides are the same numbers to nine digits.
 */
export function printsTruth(original: Json, changed: Json): boolean {
  const [before, now] = [original as Fields, changed as Fields];
  const [old, fresh] = [before['certificate'] as Fields, now['certificate'] as Fields];
  const texts = ['statement', 'argument', 'kind'].every((key) => old[key] === fresh[key]);
  if (!texts || before['clause'] !== now['clause'] || now['grade'] !== 'certified') return false;
  if (!sidesAgree(before, now)) return false;
  if (JSON.stringify(before['instance']) !== JSON.stringify(now['instance'])) {
    const recomputed = certificateOf(changed)?.checks;
    if (JSON.stringify(recomputed) === JSON.stringify(fresh['checks'])) return true;
    if (recomputed !== undefined && sameData(old, fresh, 'interpolant')) {
      return printsSameNetwork(
        old['checks'] as unknown as readonly Check[],
        fresh['checks'] as unknown as readonly Check[],
        recomputed,
        openChecksOf(now as unknown as Stated),
      );
    }
    // Sides that rest on bounds of suprema (the oracle holds these against 64 digits) fit neighbouring β too.
    return (
      SUPREMA_TYPES.has((old['data'] as Fields)['type']) &&
      recomputed !== undefined &&
      (fresh['checks'] as unknown as readonly Check[]).every((check, i) =>
        (['left', 'right'] as const).every((side) => isClose(check[side], recomputed[i][side])),
      )
    );
  }
  const loose = BOUND_TYPES.has((old['data'] as Fields)['type']);
  const [printed, checks] = [fresh['checks'], old['checks']] as unknown as (readonly Check[])[];
  return (
    printed.length === checks.length &&
    printed.every((check, i) => isImplied(checks[i], check, loose))
  );
}

function sameData(old: Fields, fresh: Fields, type: string): boolean {
  const [before, now] = [old['data'] as Fields, fresh['data'] as Fields];
  return before['type'] === type && JSON.stringify(before) === JSON.stringify(now);
}

/**
 * For a changed instance the claim's code may complete the interpolant with other columns. The network of the file fits as
 * the oracle says, and its norm and number of neurons do not depend on the instance; that its violation is open is
 * checked of it, and all else is what the claim's code prints.
 */
function printsSameNetwork(
  before: readonly Check[],
  now: readonly Check[],
  recomputed: readonly Check[],
  open: readonly Check[],
): boolean {
  const ofNetwork = (what: string): boolean =>
    what.startsWith('norm ') || what.startsWith('neurons ');
  const ofFile = new Map(open.map((check) => [check.what, check]));
  const expected = recomputed.map((check, i) =>
    ofNetwork(check.what) ? { ...check, left: before[i].left } : (ofFile.get(check.what) ?? check),
  );
  return JSON.stringify(expected) === JSON.stringify(now);
}

/** Equal to twelve digits. */
function isClose(x: string, y: string): boolean {
  const [a, b] = [x, y].map((text) => toDouble(parseRational(text)));
  return Math.abs(a - b) <= 1e-12 * Math.abs(a);
}

function sidesAgree(before: Fields, now: Fields): boolean {
  if (before['form'] === 'family') return now['lhs'] === null && now['rhs'] === null;
  const close = (key: string): boolean => {
    const [x, y] = [before[key] as number, now[key] as number];
    return Math.abs(x - y) <= 1e-9 * Math.max(Math.abs(x), 1e-3);
  };
  if (!close('lhs') || !close('rhs')) return false;
  const [lhs, rhs] = [now['lhs'] as number, now['rhs'] as number];
  const { lower, upper } = now['margin'] as { lower: number; upper: number };
  const slack = (rhs - lhs) / (Math.abs(rhs) + Math.abs(lhs));
  return lower <= slack + 1e-15 && slack - 1e-15 <= upper && upper < 0;
}

function isImplied(before: Check, now: Check, loose: boolean): boolean {
  if (before.what !== now.what || before.relation !== now.relation) return false;
  const isGreater = before.relation === '>' || before.relation === '≥';
  return (
    sideIsImplied(before.left, now.left, loose ? (isGreater ? -1 : 1) : 0) &&
    sideIsImplied(before.right, now.right, loose ? (isGreater ? 1 : -1) : 0)
  );
}

/** `way`: the direction in which a bound may move, 0 for a number. */
function sideIsImplied(before: string, now: string, way: -1 | 0 | 1): boolean {
  if (before === now) return true;
  const ends = (text: string): number[] | null =>
    /^\[(\S+), (\S+)\]$/.exec(text)?.slice(1).map(Number) ?? null;
  const [outer, inside] = [ends(now), ends(before)];
  if (outer !== null && inside !== null) return outer[0] <= inside[0] && inside[1] <= outer[1];
  if (outer !== null || inside !== null) return false;
  const moved = compare(parseRational(now), parseRational(before));
  return moved === 0 || moved === way;
}
