import type { Attempt } from './attempts.js';
import { LIMIT, drawn, hunted } from './attempts.js';
import type { Benchmark } from './benchmark.js';

/** All attempts at one benchmark. */
export interface BenchmarkResult extends Attempts {
  readonly benchmark: Benchmark;
}

/** The attempts as plain data. */
export interface Attempts {
  readonly hunts: readonly Attempt[];
  readonly draws: readonly Attempt[];
  /** Hunts for the true twin: none may find anything. */
  readonly twins: readonly Attempt[];
  /** Evaluations a second of processor time, of the hunts of claim and twin together. */
  readonly perSecond: number;
}

/** Seeds of the draws and of the twins' hunts, which are as long as a hunt that finds nothing. */
const BESIDE = 3;

/** Runs every attempt at a benchmark, one after the other. */
export async function attemptAll(benchmark: Benchmark, seeds: number): Promise<Attempts> {
  const { falseClaim, trueTwin } = benchmark;
  const hunts: Attempt[] = [];
  const twins: Attempt[] = [];
  const draws: Attempt[] = [];
  const before = process.cpuUsage();
  for (let seed = 1; seed <= seeds; seed += 1) hunts.push(await hunted(falseClaim, seed));
  for (let seed = 1; seed <= BESIDE; seed += 1) twins.push(await hunted(trueTwin, seed));
  const { user, system } = process.cpuUsage(before);
  for (let seed = 1; seed <= BESIDE; seed += 1) draws.push(await drawn(falseClaim, seed));
  const evaluations = [...hunts, ...twins].reduce((sum, attempt) => sum + attempt.evaluations, 0);
  return { hunts, draws, twins, perSecond: (1e6 * evaluations) / (user + system) };
}

/** The probability that draws at random hit within the limit. */
export function chanceOfDraws({ probability }: Benchmark): number {
  return -Math.expm1(LIMIT * Math.log1p(-probability));
}

/** Attempts that met a violation. */
export function hits(attempts: readonly Attempt[]): number {
  return attempts.filter(({ hit }) => hit !== null).length;
}

/** Median evaluations to a violation, a miss counted as more than the limit; null where half or more missed. */
export function medianHit(attempts: readonly Attempt[]): number | null {
  const sorted = attempts.map(({ hit }) => hit ?? Infinity).toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const value = (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
  return Number.isFinite(value) ? value : null;
}

/** What a full run has to show: at least nine hits in ten, and none of a twin. */
export function succeeds({ hunts, twins }: BenchmarkResult): boolean {
  return hits(hunts) >= 0.9 * hunts.length && hits(twins) === 0;
}
