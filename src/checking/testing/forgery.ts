import type { Json } from '../../model/index.js';
import { recompute } from '../check.js';
import { fingerprint, readCounterexample } from '../counterexample.js';
import type { Rounded } from '../finding.js';
import type { Rational } from '../rational.js';
import { written } from '../rational.js';
import type { Side } from '../statement.js';

type Fields = Readonly<Record<string, Json>>;

/** The file with the id that its content has. */
export function withId(json: Json): Json {
  const { claim, reading, instance } = json as Fields;
  return { ...(json as Fields), id: fingerprint(JSON.stringify([claim, reading, instance])) };
}

/**
 * The file as a forger would print it who knows the checker: whatever instance and data show stands in the checks, all
 * marked as holding, with statement, clause, sides and margin to match. Null where the checker computes nothing from them.
 */
export function forged(json: Json): Json | null {
  // Twice: a statement may quote the left side.
  const first = printedAnew(json);
  return first === null || (first as Fields)['form'] === 'family' ? first : printedAnew(first);
}

function printedAnew(json: Json): Json | null {
  const file = withId(json) as Fields;
  const certificate = file['certificate'] as Fields;
  let finding: ReturnType<typeof recompute>;
  try {
    finding = recompute(readCounterexample(file));
  } catch {
    return null;
  }
  const { clause, statement, statements, sides } = finding;
  const checks = statements.map(({ what, left, relation, right, settles }) => ({
    what,
    left: printed(left),
    relation,
    right: printed(right),
    holds: true,
    ...(settles === undefined ? {} : { settles }),
  }));
  return {
    ...file,
    clause,
    ...(sides === null ? {} : printedSides(sides)),
    certificate: { ...certificate, statement, checks },
  };
}

function printed(side: Side): string {
  switch (side.kind) {
    case 'exact':
      return written(side.value);
    case 'enclosed':
      return `[${outside(side.within.lower, -1)}, ${outside(side.within.upper, 1)}]`;
    default:
      return written(side.bound);
  }
}

function printedSides({ lhs, rhs }: { readonly lhs: Rounded; readonly rhs: Rounded }): Fields {
  const [left, right] = [middle(lhs), middle(rhs)];
  const slack = (right - left) / (Math.abs(right) + Math.abs(left));
  return {
    lhs: left,
    rhs: right,
    margin: { lower: slack - 1e-9, upper: Math.min(slack + 1e-9, -1e-12) },
  };
}

function middle({ lower, upper }: Rounded): number {
  return (toNumber(lower) + toNumber(upper)) / 2;
}

/** A double on the given side of a rational. */
function outside(x: Rational, side: -1 | 1): number {
  const near = toNumber(x);
  return near + side * Math.max(Math.abs(near) * 2 ** -50, Number.MIN_VALUE);
}

function toNumber({ top, bottom }: Rational): number {
  const digits = 40n;
  const scale = 10n ** digits;
  return Number(`${(top * scale) / bottom}e-${digits}`);
}
