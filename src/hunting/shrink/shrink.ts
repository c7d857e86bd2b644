import type { Simplifier } from '../../claims/index.js';
import type { Plain } from '../../model/index.js';
import { encodeJson } from '../../model/index.js';
import type { Complexity } from './complexity.js';
import { complexityOf, isSimpler } from './complexity.js';

/** What shrinking did. */
export interface Shrinking {
  /** Whether no listed step applies any more; false where the budget ran out first, or no step is listed. */
  readonly minimal: boolean;
  /** The steps that were listed. */
  readonly listed: readonly string[];
  /** How often each step was taken. */
  readonly taken: Readonly<Record<string, number>>;
  /** Listed steps not all of whose candidates were judged on the instance as it is now; absent where there are none. */
  readonly untried?: readonly string[];
  /** Candidates that were judged. */
  readonly evaluations: number;
}

interface Shrunk<I> extends Shrinking {
  readonly instance: I;
}

const CANONICAL = 'canonical form';

/**
 * Shrinks an instance by its simplifiers until none of them applies, or the budget is spent. Greedy and
 * deterministic: the first candidate that is simpler and keeps what must be kept is taken at once.
 *
 * @param options.measure what simpler means: by default fewer and cheaper numbers
 * @param options.canonical a representative under the symmetries of the claim, tried after every round
 * @param options.keeps whether a candidate still shows the same violation; a pure function of it
 * @param options.budget most candidates that are judged
 */
export async function shrinkInstance<I>(
  start: I,
  options: {
    readonly simplifiers: readonly Simplifier<I>[];
    readonly canonical?: (instance: I) => I;
    readonly measure?: (instance: I) => Complexity;
    readonly keeps: (instance: I) => Promise<boolean>;
    readonly budget: number;
  },
): Promise<Shrunk<I>> {
  const { simplifiers, canonical, keeps, budget } = options;
  const measure = options.measure ?? ((instance: I) => complexityOf(instance as Plain));
  const state = { instance: start, evaluations: 0, spent: false };
  const judged = new Set([textOf(start)]);
  const taken: Record<string, number> = {};
  /** Steps that do not apply to the instance as it is now. */
  const done = new Set<string>();

  /** Judges a candidate, each once: what was rejected before is rejected again. */
  const take = async (candidate: I, step: string): Promise<boolean> => {
    const text = textOf(candidate);
    if (judged.has(text)) return false;
    if (state.evaluations >= budget) {
      state.spent = true;
      return false;
    }
    judged.add(text);
    state.evaluations += 1;
    if (!(await keeps(candidate))) return false;
    state.instance = candidate;
    done.clear();
    taken[step] = (taken[step] ?? 0) + 1;
    return true;
  };

  /** One pass of a simplifier: after a step it goes on at the same place of the new candidates. */
  const pass = async ({ name, candidates }: Simplifier<I>): Promise<boolean> => {
    let changed = false;
    let place = 0;
    let stepped: boolean;
    do {
      stepped = false;
      const size = measure(state.instance);
      let index = -1;
      for (const candidate of candidates(state.instance)) {
        index += 1;
        if (index < place || !isSimpler(measure(candidate), size)) continue;
        place = index;
        stepped = await take(candidate, name);
        if (stepped || state.spent) break;
      }
      changed ||= stepped;
    } while (stepped);
    if (!changed && !state.spent) done.add(name);
    return changed;
  };

  let changed: boolean;
  do {
    changed = false;
    for (const simplifier of simplifiers) {
      if (await pass(simplifier)) changed = true;
    }
    if (canonical !== undefined && !state.spent) {
      const form = canonical(state.instance);
      const larger = isSimpler(measure(state.instance), measure(form));
      if (!larger && (await take(form, CANONICAL))) changed = true;
      else if (!state.spent) done.add(CANONICAL);
    }
  } while (changed && !state.spent);
  const names = simplifiers.map(({ name }) => name);
  const listed = canonical === undefined ? names : [...names, CANONICAL];
  const untried = listed.filter((name) => !done.has(name));
  return {
    instance: state.instance,
    minimal: listed.length > 0 && untried.length === 0,
    listed,
    ...(untried.length === 0 ? {} : { untried }),
    taken,
    evaluations: state.evaluations,
  };
}

function textOf(instance: unknown): string {
  return JSON.stringify(encodeJson(instance));
}
