import type { Timing } from './rounds.js';
import type { Shape } from './shapes.js';
import { operationsPerStep } from './shapes.js';

/** The contestants that the others' times are divided by. */
export const REFERENCES = { own: 'wasm64', peer: 'torch float64' } as const;

/** A line of the table. */
export interface Row extends Timing {
  /** Time over that of wasm64; null where it did not take part. */
  readonly toOwn: number | null;
  /** Time over that of PyTorch in float64 with autograd; null where it did not take part. */
  readonly toPeer: number | null;
  /** 4·N·d·m operations a step. */
  readonly gigaflops: number;
}

/** Timings with their ratios and rates. */
export function summarise(shape: Shape, timings: readonly Timing[]): readonly Row[] {
  const timeOf = (name: string): number | undefined =>
    timings.find(({ contestant }) => contestant === name)?.minimum;
  const over = (time: number, reference: number | undefined): number | null =>
    reference === undefined ? null : time / reference;
  return timings.map((timing) => ({
    ...timing,
    toOwn: over(timing.minimum, timeOf(REFERENCES.own)),
    toPeer: over(timing.minimum, timeOf(REFERENCES.peer)),
    gigaflops: operationsPerStep(shape) / timing.minimum / 1e9,
  }));
}
