import type {
  AnyReading,
  Claim,
  Control,
  Kind,
  Ladder,
  LimitReading,
  ScalingReading,
  UniversalReading,
} from '../../../src/claims/index.js';
import {
  atMost,
  cite,
  claim,
  decided,
  limit,
  scaling,
  universal,
} from '../../../src/claims/index.js';

/** A false claim that is a variant of a flagship reading. */
export interface Planted {
  /** In words, with hyphens. */
  readonly id: string;
  /** The original, which survives. */
  readonly original: Claim;
  readonly reading: string;
  /** `near`: false by a little, on few instances or in the limit alone. */
  readonly distance: 'near' | 'far';
  readonly statement: string;
  /** Why it is false. */
  readonly argument: string;
  readonly variant: AnyReading;
  /** Why the profile ci cannot refute it; absent for those that it must. */
  readonly beyond?: string;
}

const NEVER: Control<unknown> = {
  statement: '1 ≤ 0.',
  argument: '1 is larger.',
  judge: 'every-draw',
  conclude: () => decided('exact', [atMost('1 ≤ 0', 1, 0)]),
};

type Judgeable<I> = UniversalReading<I> | LimitReading<I> | ScalingReading<I>;

/** The reading of a claim, its instance type as the claim's own module has it. */
export function originalOf<R extends { readonly kind: Kind }>(of: Claim, reading: string): R {
  const found = Object.hasOwn(of.readings, reading) ? of.readings[reading] : undefined;
  if (found === undefined) {
    throw new RangeError(`originalOf: reading must be one of ${of.id}, got "${reading}"`);
  }
  return found as unknown as R;
}

/** What a variant may change; the generator, its ladder and the effort stay. */
export type Changes<I> = Partial<
  Pick<UniversalReading<I>, 'assumptions' | 'conclude' | 'confirm' | 'certify' | 'instances'>
>;

/**
 * The variant of a reading. Its only control is false on every draw, so that the verdict is that of the planted claim alone;
 * families, groups and figures of the original are about the original.
 *
 * @param kind the kind that the variant is judged by; `universal` takes "with high probability" away
 */
export function variantOf<I>(
  original: Judgeable<I>,
  kind: 'universal' | 'limit' | 'scaling',
  { statement }: Pick<Planted, 'statement'>,
  changes: Changes<I>,
): AnyReading {
  const common = {
    note: statement,
    instances: original.instances,
    assumptions: original.assumptions,
    conclude: original.conclude,
    controls: { never: NEVER },
    coverage: { sampled: original.coverage.sampled },
    ...(original.confirm === undefined ? {} : { confirm: original.confirm }),
    ...(original.certify === undefined ? {} : { certify: original.certify }),
    ...(original.effort === undefined ? {} : { effort: original.effort }),
    ...changes,
  };
  switch (kind) {
    case 'universal':
      return universal<I>(common);
    case 'limit': {
      const { ladder, tolerance, law, stratum } = ladderOf(original, 'limit');
      return limit<I>({
        ...common,
        ladder: extended(ladder),
        tolerance,
        quantity: statement,
        ...(law === undefined ? {} : { law }),
        ...(stratum === undefined ? {} : { stratum }),
      });
    }
    case 'scaling': {
      const { ladder, constants, decides } = ladderOf(original, 'scaling');
      return scaling<I>({
        ...common,
        ladder: extended(ladder),
        constants,
        ...(decides === undefined ? {} : { decides }),
      });
    }
  }
}

/** The ladder with the largest size of each path doubled, where it has no larger sizes of its own: draws there come before a refutation. */
function extended<I>(ladder: Ladder<I>): Ladder<I> {
  const paths = [...new Set(ladder.rungs.map(({ path }) => path))];
  const beyond = paths.map((path) => ({
    path,
    size: 2 * Math.max(...ladder.rungs.filter((rung) => rung.path === path).map((r) => r.size)),
  }));
  return { extended: beyond, ...ladder };
}

function ladderOf<I, K extends 'limit' | 'scaling'>(original: Judgeable<I>, kind: K) {
  if (original.kind !== kind) {
    throw new TypeError(`variantOf: the original must be a ${kind} reading, got ${original.kind}`);
  }
  return original as Extract<Judgeable<I>, { kind: K }>;
}

/** A planted claim, as something that can be judged. */
export function plantedClaim({ id, original, reading, statement, variant }: Planted): Claim {
  return claim({
    id: `planted/${id}`,
    version: 1,
    catalogue: null,
    source: cite(original.source.key, `false variant of ${original.id}, reading ${reading}`),
    standing: original.standing,
    title: statement,
    statement,
    readings: { planted: variant },
  });
}
