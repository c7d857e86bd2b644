import type { Benchmark } from '../benchmark.js';
import { assumed } from './assumed.js';
import { decoys } from './decoys.js';
import { mixed } from './mixed.js';
import { ridge } from './ridge.js';
import { rotated } from './rotated.js';
import { smooth } from './smooth.js';

/** Two of each difficulty; the second of each pair was left alone while the search was tuned. */
export const BENCHMARKS: readonly Benchmark[] = [
  ...smooth,
  ...ridge,
  ...rotated,
  ...mixed,
  ...assumed,
  ...decoys,
];
