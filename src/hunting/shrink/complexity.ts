import { numberCost } from '../../math/index.js';
import type { Plain } from '../../model/index.js';
import { visit } from './structure.js';

/** How much there is to read in an instance: its numbers, then what they cost. */
export interface Complexity {
  readonly numbers: number;
  readonly cost: number;
}

export function complexityOf(instance: Plain): Complexity {
  let numbers = 0;
  let cost = 0;
  visit(instance, {
    number(_, x) {
      numbers += 1;
      cost += numberCost(x);
    },
  });
  // Words such as the name of an activation cost nothing, but a switch that is on does.
  return { numbers, cost: cost + switchesOn(instance) };
}

function switchesOn(value: Plain): number {
  if (value === true) return 1;
  if (value === null || typeof value !== 'object') return 0;
  return Object.values(value).reduce<number>((sum, entry) => sum + switchesOn(entry as Plain), 0);
}

/** Whether one is simpler: fewer numbers, else cheaper ones. */
export function isSimpler(one: Complexity, other: Complexity): boolean {
  if (one.numbers !== other.numbers) return one.numbers < other.numbers;
  return one.cost < other.cost;
}
