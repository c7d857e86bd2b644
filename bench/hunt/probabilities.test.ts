import { expect, test } from 'vitest';
import type { OpaqueInstance, Tools } from '../../src/claims/index.js';
import { outcomeOf } from '../../src/claims/index.js';
import type { RandomSource } from '../../src/math/index.js';
import { normalVector, orthogonalMatrix, randomSource } from '../../src/math/index.js';
import { createJs64 } from '../../src/training/index.js';
import { BENCHMARKS } from './claims/index.js';

/** An instance with the density of the claim's law over that of the proposal it was drawn from. */
interface Weighted {
  readonly instance: unknown;
  readonly weight: number;
}

/** Draws around the violating part, to which nothing outside may belong. */
type Proposal = (random: RandomSource) => Weighted;

const density = (x: readonly number[]): number =>
  x.reduce((product, v) => (product * Math.exp((-v * v) / 2)) / Math.sqrt(2 * Math.PI), 1);

/** Uniform on a box of sides [low, high], for a normal law; `from` leads to the instance from the coordinates. */
function inBox(
  sides: readonly (readonly [low: number, high: number])[],
  from: (x: readonly number[]) => unknown = (x) => x,
): Proposal {
  const volume = sides.reduce((product, [low, high]) => product * (high - low), 1);
  return (random) => {
    const x = sides.map(([low, high]) => low + (high - low) * random.uniform());
    return { instance: from(x), weight: volume * density(x) };
  };
}

const cube = (n: number, centre: number, half: number) =>
  Array.from({ length: n }, () => [centre - half, centre + half] as const);

/** The turned coordinates y = Q·x of an instance x, which have the same law. */
function turnedBack(name: string, n: number): (y: readonly number[]) => number[] {
  const rows = orthogonalMatrix(randomSource('bench-hunt', name), n);
  return (y) => y.map((_, j) => rows.reduce((sum, row, i) => sum + row[j] * y[i], 0));
}

const backFromEllipsoid = turnedBack('ellipsoid', 10);

const PROPOSALS: Readonly<Record<string, Proposal>> = {
  'near-the-origin': inBox(cube(8, 0, Math.sqrt(0.1))),
  // Spacings of sorted uniform numbers are uniform on the simplex.
  'in-the-corner'(random) {
    const cuts = Array.from({ length: 6 }, () => random.uniform()).toSorted((a, b) => a - b);
    const gaps = cuts.map((cut, i) => cut - (i === 0 ? 0 : cuts[i - 1]));
    return { instance: gaps.map((gap) => 1 - 0.3 * gap), weight: 0.3 ** 6 / 720 };
  },
  // In x₁ and the residuals rᵢ = 10(xᵢ₊₁ − xᵢ²), of which the map to x has determinant 10⁻³.
  'bent-valley'(random) {
    const half = Math.sqrt(0.1);
    const x = [1 - half + 2 * half * random.uniform()];
    for (let i = 0; i < 3; i += 1) x.push(x[i] ** 2 + (half * (2 * random.uniform() - 1)) / 10);
    return { instance: x, weight: (2 * half) ** 4 * 1e-3 * density(x) };
  },
  // A margin of 10⁻³ on both sides of the diagonal.
  'kinked-diagonal'(random) {
    const u = random.uniform();
    const w = u + 1e-3 * (2 * random.uniform() - 1);
    const z = w + 1e-3 * (2 * random.uniform() - 1);
    const inside = w >= 0 && w < 1 && z >= 0 && z < 1;
    return { instance: [u, w, z], weight: inside ? 4e-6 : 0 };
  },
  // Uniform on a slightly larger ellipsoid; the unit ball in ten dimensions has volume π⁵/120.
  'rotated-ellipsoid'(random) {
    const direction = normalVector(random, 10);
    const radius = 1.02 * random.uniform() ** 0.1;
    const halves = direction.map((_, i) => Math.sqrt(150 / 10 ** ((6 * i) / 9)));
    const y = direction.map((d, i) => (halves[i] * radius * d) / Math.hypot(...direction));
    const volume = halves.reduce(
      (product, half) => product * half,
      1.02 ** 10 * (Math.PI ** 5 / 120),
    );
    return { instance: backFromEllipsoid(y), weight: volume * density(y) };
  },
  'rotated-box': inBox(
    [1, 3, 10, 30, 100, 1000].map((scale) => [0.5 - 1 / scale, 0.5 + 1 / scale] as const),
    turnedBack('box', 6),
  ),
  'one-integer-in-a-hundred'(random) {
    const { instance, weight } = inBox(cube(4, 1.46, Math.sqrt(0.05)))(random);
    return { instance: { k: 73, x: instance }, weight: weight / 100 };
  },
  'four-digits'(random) {
    // All digits right, and x₁ − x₂ and x₁ + x₂ − 1 within 0.02, at half the area.
    const [a, b] = [0.04 * random.uniform() - 0.02, 0.04 * random.uniform() - 0.02];
    const instance = { digits: [3, 1, 4, 1], x: [(1 + a + b) / 2, (1 + b - a) / 2] };
    return { instance, weight: (1e-4 * 0.04 ** 2) / 2 };
  },
  'sorted-and-close'(random) {
    const low = 4 * (2 * random.uniform() - 1);
    const above = Array.from({ length: 5 }, () => 0.4 * random.uniform()).toSorted((a, b) => a - b);
    const x = [low, ...above.map((a) => low + a)];
    // Sorting folds 5! orders into one.
    return { instance: x, weight: (8 * 0.4 ** 5 * density(x)) / 120 };
  },
  'cap-of-a-shell': inBox([[2.99, 3.01], ...cube(4, 0, Math.sqrt(3.01 ** 2 - 2.99 ** 2))]),
  'two-bowls': inBox(cube(3, 2.5, 0.2)),
  // Beyond 0.03 in one coordinate the cosine alone is above the floor, in this cell as in all others.
  'egg-crate': inBox(cube(3, 1.3, 0.03)),
};

const DRAWS = 60_000;
const engine = createJs64();

test.each(BENCHMARKS)(
  'the probability of a violation of $name is the stated one',
  async ({ name, falseClaim, probability }) => {
    const random = randomSource('probability', name);
    const reading = falseClaim.readings['literal'];
    const tools: Tools = { engine, attack: 1, random };
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < DRAWS; i += 1) {
      const { instance, weight } = PROPOSALS[name](random);
      const given = instance as OpaqueInstance;
      if (reading.assumptions.some(({ margin }) => !(margin(given) >= 0))) continue;
      if (outcomeOf(await reading.conclude(given, tools)) !== 'violated') continue;
      sum += weight;
      squares += weight * weight;
    }
    const mean = sum / DRAWS;
    const error = Math.sqrt(Math.max(0, squares / DRAWS - mean * mean) / DRAWS);
    // Stated to two digits; the estimate within five of its standard errors, which are small.
    expect(error).toBeLessThan(0.05 * mean);
    expect(Math.abs(mean - probability)).toBeLessThan(0.05 * probability + 5 * error);
    expect(probability).toBeLessThan(1e-6);
    expect(probability).toBeGreaterThan(1e-9);
  },
);
