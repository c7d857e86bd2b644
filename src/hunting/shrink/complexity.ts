import { numberCost } from '../../math/index.js';
import type { Plain } from '../../model/index.js';
import type { Path } from './places.js';
import { visit } from './places.js';

/** How much there is to read in an instance: its numbers, then all of its values, then what they cost. */
export interface Complexity {
  readonly numbers: number;
  readonly values: number;
  readonly cost: number;
  /** What breaks ties: costs of the numbers as they stand; empty where their order means nothing. */
  readonly order: readonly number[];
}

/** What single values cost to read. */
export interface Costs {
  readonly number: (x: number, path: Path) => number;
  readonly word: (word: string, path: Path) => number;
  /** Whether of two arrangements of the same numbers the one with the cheaper numbers first is simpler. */
  readonly ordered: boolean;
}

/** Words such as the name of an activation cost nothing. */
const PLAIN: Costs = { number: numberCost, word: () => 0, ordered: false };

export function complexityOf(instance: Plain, costs: Costs = PLAIN): Complexity {
  let values = 0;
  const order: number[] = [];
  const others: number[] = [];
  visit(instance, {
    value(path, value) {
      values += 1;
      if (typeof value === 'number') order.push(costs.number(value, path));
      // A switch that is on costs something.
      else if (value === true) others.push(1);
      else if (typeof value === 'string') others.push(costs.word(value, path));
    },
  });
  // Summed in ascending order, so that a rearrangement costs the same to the last bit.
  const ascending = [...order, ...others].sort((a, b) => a - b);
  const cost = ascending.reduce((sum, it) => sum + it, 0);
  return { numbers: order.length, values, cost, order: costs.ordered ? order : [] };
}

/** Whether one is simpler: fewer numbers, else fewer values, else cheaper ones, else the cheaper ones first. */
export function isSimpler(one: Complexity, other: Complexity): boolean {
  if (one.numbers !== other.numbers) return one.numbers < other.numbers;
  if (one.values !== other.values) return one.values < other.values;
  if (one.cost !== other.cost) return one.cost < other.cost;
  const k = one.order.findIndex((cost, at) => cost !== other.order[at]);
  return k >= 0 && one.order[k] < other.order[k];
}
