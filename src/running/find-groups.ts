import type { GradedFind, Groups, OpaqueInstance } from '../claims/index.js';
import { guarded } from '../claims/index.js';
import type { Counterexample } from '../hunting/index.js';
import { verifyIndependently } from '../hunting/index.js';
import { decodeJson } from '../model/index.js';
import type { Found } from './find.js';
import { findCounterexample } from './find.js';
import type { Job, Settled, ViolatingTrial } from './settle.js';
import { decidedOf, firstGraded, settle } from './settle.js';

/** Groups that one run works on: those whose lowest violating trial comes first. */
const MOST_GROUPS = { smoke: 1, ci: 6, nightly: Infinity } as const;

/** Evaluations that shrinking spends in each group; the start is the smallest of many draws already. */
const MAX_SHRINKS = { smoke: 5, ci: 10, nightly: 16 } as const;

/** Violations of a group that are tried before it is given up. */
const MOST_TRIED = 5;

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
    const tried: GradedFind[] = [];
    let settled: Settled | null = null;
    for (const violation of violations.slice(0, MOST_TRIED)) {
      const outcome = await settleInGroup(job, violation, key, of, size);
      if ('counterexample' in outcome) {
        settled = outcome;
        break;
      }
      tried.push(outcome);
    }
    if (settled === null) suspects.push(...tried);
    else {
      counterexamples.push(settled.counterexample);
      example ??= decidedOf(settled.trial);
    }
  }
  return { counterexamples, suspects, example };
}

/** The counterexample of one violation, shrunk within its group; else what is suspect about it. */
async function settleInGroup(
  job: Job,
  violation: ViolatingTrial,
  key: string,
  of: (instance: OpaqueInstance) => string,
  size: (instance: OpaqueInstance) => number,
): Promise<Settled | GradedFind> {
  const { source, suspects } = firstGraded(job, [violation]);
  if (source === null) return suspects[0];
  const largest = size(source.trial.instance);
  const settled = await settle(
    job,
    source,
    MAX_SHRINKS[job.settings.profile],
    (instance) => of(instance) === key && size(instance) <= largest,
  );
  if (settled.counterexample === null) return { grade: 'suspect', clause: settled.clause };
  // Another draw of the group may have a certificate that the independent checker accepts.
  const { rejection } = verifyIndependently(settled.counterexample);
  return rejection === null
    ? settled
    : { grade: 'suspect', clause: settled.counterexample.clause, flaw: rejection };
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
