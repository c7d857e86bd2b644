/**
 * How one episode of a hunt goes: a start, then stages, each from the best of the one before. The bandit of an island
 * divides its evaluations among these.
 */
export interface Recipe {
  readonly name: string;
  /**
   * A fresh draw; one with its entries stretched, which reaches where the law seldom goes; a stretched one that a ridge
   * parts from where earlier episodes ended; a tape of few different entries; a draw that meets the assumptions by a hair;
   * the best known with its structure changed; the best known itself.
   */
  readonly start: 'fresh' | 'wide' | 'apart' | 'degenerate' | 'boundary' | 'mutated' | 'best';
  /** Evaluations that look for the start: of fresh and degenerate ones the nearest is taken. */
  readonly explore: number;
  /** Evaluations of hill climbing on the tape; `heat` accepts steps that lose so much margin, at first. */
  readonly climb: number;
  readonly heat: number;
  /** Most steps of a descent along differences. */
  readonly descent: number;
  /** The first step size of the covariance-adapting stage; 0 leaves the stage out. */
  readonly sigma: number;
  /** Its population, as a multiple of the default; doubled from episode to episode, up to 8 times, where it grows. */
  readonly population: number;
  readonly grows: boolean;
  /** Whether it moves the structure's entries too. */
  readonly whole: boolean;
}

const plain = {
  start: 'fresh',
  explore: 1,
  climb: 0,
  heat: 0,
  descent: 0,
  population: 1,
  grows: false,
  whole: false,
} as const;

export const RECIPES: readonly Recipe[] = [
  { ...plain, name: 'random', explore: 200, sigma: 0 },
  { ...plain, name: 'covariance', sigma: 1 },
  { ...plain, name: 'wide, covariance', start: 'wide', explore: 2, sigma: 0.5 },
  { ...plain, name: 'wide, near', start: 'wide', explore: 2, climb: 60, sigma: 0.1 },
  { ...plain, name: 'apart', start: 'apart', explore: 200, sigma: 0.2 },
  { ...plain, name: 'best of 30, covariance', explore: 30, sigma: 0.3 },
  { ...plain, name: 'climb, covariance', explore: 30, climb: 400, sigma: 0.3, population: 2 },
  { ...plain, name: 'anneal, covariance', explore: 100, climb: 1500, heat: 0.05, sigma: 0.1 },
  { ...plain, name: 'descent', explore: 10, descent: 30, sigma: 0.1 },
  { ...plain, name: 'growing population', sigma: 1, population: 4, grows: true },
  { ...plain, name: 'with structure', explore: 30, sigma: 0.5, population: 3, whole: true },
  { ...plain, name: 'degenerate', start: 'degenerate', explore: 10, climb: 400, sigma: 0.3 },
  { ...plain, name: 'boundary', start: 'boundary', explore: 80, climb: 200, sigma: 0.1 },
  { ...plain, name: 'best, other structure', start: 'mutated', climb: 400, sigma: 0.3 },
  { ...plain, name: 'best, polished', start: 'best', sigma: 0.03, population: 2 },
];
