import type { Simplifier } from '../../claims/index.js';
import type { Plain } from '../../model/index.js';
import { encodeJson } from '../../model/index.js';
import { complexityOf, isSimpler } from './complexity.js';

/** What shrinking did. */
export interface Shrinking {
  /** Whether no listed step applies any more; false where the budget ran out first. */
  readonly minimal: boolean;
  /** The steps that were listed. */
  readonly listed: readonly string[];
  /** How often each step was taken. */
  readonly taken: Readonly<Record<string, number>>;
  /** Candidates that were judged. */
  readonly evaluations: number;
}

export interface Shrunk<I> extends Shrinking {
  readonly instance: I;
}

const CANONICAL = 'canonical form';

/**
 * Shrinks an instance by its simplifiers until none of them applies, or the budget is spent. Greedy and
 * deterministic: the first candidate that is simpler and keeps what must be kept is taken at once.
 *
 * @param options.canonical a representative under the symmetries of the claim, tried after every round
 * @param options.keeps whether a candidate still shows the same violation; a pure function of it
 * @param options.budget most candidates that are judged
 */
export async function shrinkInstance<I>(
  start: I,
  options: {
    readonly simplifiers: readonly Simplifier<I>[];
    readonly canonical?: (instance: I) => I;
    readonly keeps: (instance: I) => Promise<boolean>;
    readonly budget: number;
  },
): Promise<Shrunk<I>> {
  const { simplifiers, canonical, keeps, budget } = options;
  let instance = start;
  let evaluations = 0;
  const judged = new Set([textOf(start)]);
  const taken: Record<string, number> = {};
  let spent = false;

  /** Judges a candidate, each once: what was rejected before is rejected again. */
  const take = async (candidate: I, step: string): Promise<boolean> => {
    const text = textOf(candidate);
    if (judged.has(text)) return false;
    if (evaluations >= budget) {
      spent = true;
      return false;
    }
    judged.add(text);
    evaluations += 1;
    if (!(await keeps(candidate))) return false;
    instance = candidate;
    taken[step] = (taken[step] ?? 0) + 1;
    return true;
  };

  /** One pass of a simplifier: after a step it goes on at the same place of the new candidates. */
  const pass = async ({ name, candidates }: Simplifier<I>): Promise<boolean> => {
    let changed = false;
    for (let place = 0; !spent;) {
      let stepped = false;
      const size = complexityOf(instance as Plain);
      let index = -1;
      for (const candidate of candidates(instance)) {
        index += 1;
        if (index < place || !isSimpler(complexityOf(candidate as Plain), size)) continue;
        place = index;
        stepped = await take(candidate, name);
        if (stepped || spent) break;
      }
      if (!stepped) break;
      changed = true;
    }
    return changed;
  };

  for (let changed = true; changed && !spent;) {
    changed = false;
    for (const simplifier of simplifiers) changed = (await pass(simplifier)) || changed;
    if (canonical !== undefined && !spent) {
      const form = canonical(instance);
      const larger = isSimpler(complexityOf(instance as Plain), complexityOf(form as Plain));
      if (!larger && (await take(form, CANONICAL))) changed = true;
    }
  }
  const names = simplifiers.map(({ name }) => name);
  return {
    instance,
    minimal: !spent,
    listed: canonical === undefined ? names : [...names, CANONICAL],
    taken,
    evaluations,
  };
}

function textOf(instance: unknown): string {
  return JSON.stringify(encodeJson(instance));
}
