import type { Control } from '../../../src/claims/index.js';
import { atMost, decided, gaveUp } from '../../../src/claims/index.js';
import type { CondensationInstance } from './condensation-instance.js';
import { distinctLines, teacherWidth } from './condensation-instance.js';

/** Violated where the lines are distinct and a fitting student has less than the given share of the norm m₀. */
export function normAtLeast(share: number, argument: string): Control<CondensationInstance> {
  const statement = `For teachers with distinct lines, fitting students have a norm of at least ${share}·m₀.`;
  return {
    statement,
    argument,
    judge: 'every-draw',
    conclude: async (instance, original) => {
      const { measurements } = await original();
      const least = measurements?.upper ?? measurements?.lower;
      if (least === undefined) return gaveUp('no bound on this draw');
      const applies = distinctLines.margin(instance) >= 0;
      return decided('exact', [
        atMost(statement, applies ? share : 0, least / teacherWidth(instance) + 1e-5, 1e-6),
      ]);
    },
  };
}

/** Violated on every draw that is decided. */
export const shorterControl: Control<CondensationInstance> = {
  statement: 'Fitting students have a norm of at least 1.1·m₀.',
  argument: 'The teacher fits, with the norm m₀ (or less).',
  judge: 'every-draw',
  conclude: async (instance, original) => {
    const { measurements } = await original();
    const least = measurements?.upper ?? measurements?.lower;
    if (least === undefined) return gaveUp('no bound on this draw');
    return decided('exact', [
      atMost('norm at least 1.1·m₀', 1.1, least / teacherWidth(instance), 1e-6),
    ]);
  },
};
