import type { Problem } from './problems.js';
import type { Shape } from './shapes.js';

/** What takes part: an engine of ours in this process, or a variant of a peer in its own. */
export interface Contestant {
  readonly name: string;
  /** What computes, with its version. */
  readonly description: string;
  readonly precision: 'float64' | 'float32';
  /** Seconds that `steps` steps of the shape take, of every problem of its batch. */
  readonly seconds: (shape: Shape, steps: number) => Promise<number>;
  /** The objectives after `steps` steps, of all problems at once where `batch`. */
  readonly objectives: (
    problems: readonly Problem[],
    settings: { readonly stepSize: number; readonly steps: number; readonly batch: boolean },
  ) => Promise<readonly number[]>;
}
