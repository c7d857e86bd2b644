import type { GradedFind, Groups, OpaqueInstance } from '../claims/index.js';
import { guarded } from '../claims/index.js';
import type { Counterexample } from '../hunting/index.js';
import { decodeJson } from '../model/index.js';
import type { Found } from './find.js';
import { findCounterexample } from './find.js';
import type { Job, ViolatingTrial } from './settle.js';
import { decidedOf, firstGraded, settle } from './settle.js';

/** Groups that one run works on: those whose lowest violating trial comes first. */
const MOST_GROUPS = { smoke: 1, ci: 6, nightly: Infinity } as const;

/** Evaluations that shrinking spends in each group; the start is the smallest of many draws already. */
const MAX_SHRINKS = { smoke: 5, ci: 10, nightly: 16 } as const;

interface Group {
  readonly key: string;
  /** Smallest first, then lowest trial first. */
  readonly violations: readonly ViolatingTrial[];
}

/**
 * One counterexample in each group: of its smallest violating trial that grades, shrunk within the group. Groups of
 * which `stored` holds one at least as small are passed over.
 *
 * @param stored counterexamples of the reading that this run recomputed
 */
export async function findInGroups(
  job: Job,
  groups: Groups<OpaqueInstance>,
  stored: readonly Counterexample[],
): Promise<Found> {
  if (job.violations.length === 0) return findCounterexample(job);
  const where = `${job.claim.id}, reading ${job.readingId}, groups`;
  const of = (instance: OpaqueInstance): string => guarded(where, () => groups.of(instance));
  const size = (instance: OpaqueInstance): number => guarded(where, () => groups.size(instance));
  const known = new Map<string, number>();
  for (const { form, instance: encoded } of stored) {
    if (form !== 'instance') continue;
    const instance = decodeJson(encoded) as unknown as OpaqueInstance;
    const key = of(instance);
    known.set(key, Math.min(size(instance), known.get(key) ?? Infinity));
  }
  const open = groupsOf(job.violations, of, size).filter(
    ({ key, violations: [smallest] }) =>
      size(smallest.trial.instance) < (known.get(key) ?? Infinity),
  );
  const counterexamples: Counterexample[] = [];
  const suspects: GradedFind[] = [];
  let example: Found['example'] = null;
  for (const { key, violations } of open.slice(0, MOST_GROUPS[job.settings.profile])) {
    const graded = firstGraded(job, violations);
    if (graded.source === null) {
      suspects.push(...graded.suspects);
      continue;
    }
    const largest = size(graded.source.trial.instance);
    const settled = await settle(
      job,
      graded.source,
      MAX_SHRINKS[job.settings.profile],
      (instance) => of(instance) === key && size(instance) <= largest,
    );
    if (settled.counterexample === null) {
      suspects.push({ grade: 'suspect', clause: settled.clause });
      continue;
    }
    counterexamples.push(settled.counterexample);
    example ??= decidedOf(settled.trial);
  }
  return { counterexamples, suspects, example };
}

/** Groups by their lowest violating trial. */
function groupsOf(
  violations: readonly ViolatingTrial[],
  of: (instance: OpaqueInstance) => string,
  size: (instance: OpaqueInstance) => number,
): Group[] {
  const groups = new Map<string, ViolatingTrial[]>();
  for (const violation of violations) {
    const key = of(violation.trial.instance);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [violation]);
    else group.push(violation);
  }
  return [...groups].map(([key, members]) => ({
    key,
    // A stable sort keeps the order of trials among equals.
    violations: members.toSorted((a, b) => size(a.trial.instance) - size(b.trial.instance)),
  }));
}
