import type { Labels } from './instances.js';

/** A kind of problem. */
export interface Case {
  readonly inputDim: number;
  readonly sampleSize: number;
  readonly labels: Labels;
}

/** Sizes of the comparison: those of the claims' draws and the largest that runs in an inner loop. */
const SHAPES: readonly (readonly [inputDim: number, sampleSize: number])[] = [
  [2, 18],
  [2, 40],
  [3, 32],
  [3, 64],
];

/** Sample sizes of the figure of cost. */
const SIZES: Readonly<Record<number, readonly number[]>> = {
  2: [6, 9, 12, 18, 27, 40, 60],
  3: [6, 9, 12, 18, 27, 40],
};

const LABELS = ['teacher', 'random'] as const;

export const CASES: readonly Case[] = SHAPES.flatMap(([inputDim, sampleSize]) =>
  LABELS.map((labels) => ({ inputDim, sampleSize, labels })),
);

export const COST_CASES: readonly Case[] = Object.entries(SIZES).flatMap(([inputDim, sizes]) =>
  LABELS.flatMap((labels) =>
    sizes.map((sampleSize) => ({ inputDim: Number(inputDim), sampleSize, labels })),
  ),
);

export function caseName({ inputDim, sampleSize, labels }: Case): string {
  return `d=${inputDim} N=${sampleSize}, ${labels} labels`;
}
