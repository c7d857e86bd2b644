import { describe, expect, it } from 'vitest';
import { randomSource } from '../../math/index.js';
import { solveLinearProgram } from '../linear-program.js';
import { affineDichotomies } from './dichotomies.js';
import { shatteringNorm, signVectorCost } from './shattering-norm.js';

/** One joint program over all sign vectors and the witness: the smallest norm over all witnesses. */
async function normWithFreeWitness(points: readonly (readonly number[])[]): Promise<number> {
  const n = points.length;
  const dichotomies = affineDichotomies(points);
  const blocks = 2 ** n;
  const width = dichotomies.length;
  // Variables: the norm, the witness, then one block of weights per sign vector.
  const variables = [
    { lower: 0, upper: Infinity },
    ...points.map(() => ({ lower: -Infinity, upper: Infinity })),
    ...Array.from({ length: blocks * width }, () => ({ lower: 0, upper: Infinity })),
  ];
  const constraints = [];
  for (let sign = 0; sign < blocks; sign += 1) {
    const offset = 1 + n + sign * width;
    const columns = dichotomies.map((_, k) => offset + k);
    for (let i = 0; i < n; i += 1) {
      const s = (sign >> i) & 1 ? 1 : -1;
      constraints.push({
        coefficients: {
          indices: [...columns, 1 + i],
          values: [...dichotomies.map((v) => ((v >> i) & 1 ? s : -s)), -s],
        },
        lower: 1,
      });
    }
    constraints.push({
      coefficients: { indices: [...columns, 0], values: [...columns.map(() => 1), -1] },
      upper: 0,
    });
  }
  const { objective } = await solveLinearProgram({
    objective: variables.map((_, j) => (j === 0 ? 1 : 0)),
    constraints,
    variables,
  });
  return objective;
}

function randomPoints(key: string, n: number, d: number): number[][] {
  const random = randomSource('shattering', key, n, d);
  return Array.from({ length: n }, () => Array.from({ length: d }, () => random.integer(101) - 50));
}

describe('shatteringNorm', () => {
  it('is n − 1 for even and n for odd n on a line, whatever the spacing and the dimension', async () => {
    for (const n of [1, 2, 3, 4, 5, 6]) {
      const expected = n % 2 === 0 ? n - 1 : n;
      const line = Array.from({ length: n }, (_, i) => [i * i]);
      const lifted = line.map(([x]) => [3 * x, -x, 7]);
      for (const points of [line, lifted]) {
        const { status, upper, lower } = await shatteringNorm(points);
        expect(status).toBe('solved');
        expect(upper).toBeCloseTo(expected, 9);
        expect(lower).toBeCloseTo(expected, 9);
      }
    }
  });

  it('is ⌊n/2⌋ for n points in convex position in the plane', async () => {
    for (const n of [4, 5, 6, 7]) {
      const { upper, lower } = await shatteringNorm(
        Array.from({ length: n }, (_, i) => [i, i * i]),
      );
      expect(upper).toBeCloseTo(Math.floor(n / 2), 9);
      expect(lower).toBeCloseTo(Math.floor(n / 2), 9);
    }
  });

  it('is 1 for affinely independent points and (d + 2)/d for one more in general position', async () => {
    for (const d of [1, 2, 3, 4, 5]) {
      const simplex = await shatteringNorm(randomPoints('simplex', d + 1, d));
      expect(simplex).toMatchObject({ status: 'solved', upper: 1, lower: 1, programs: 0 });
      const radon = await shatteringNorm(randomPoints('radon', d + 2, d));
      expect(radon.programs).toBe(1);
      expect(radon.upper).toBeCloseTo(d === 1 ? 3 : (d + 2) / d, 9);
    }
  });

  it('is not lowered by any witness: the joint program over witnesses has the same optimum', async () => {
    for (const [n, d] of [
      [3, 1],
      [4, 2],
      [5, 2],
      [5, 3],
    ]) {
      const points = randomPoints('witness', n, d);
      const { upper } = await shatteringNorm(points);
      expect(await normWithFreeWitness(points)).toBeCloseTo(upper, 8);
      const random = randomSource('shattering', 'given witness', n, d);
      for (let k = 0; k < 3; k += 1) {
        const witness = points.map(() => (random.integer(17) - 8) / 8);
        const moved = await shatteringNorm(points, { witness });
        expect(moved.status).toBe('solved');
        expect(moved.lower).toBeGreaterThanOrEqual(upper - 1e-9);
        expect(moved.upper).toBeCloseTo(moved.lower, 7);
      }
    }
  });

  it('is not lowered by a sigmoid in place of the step', async () => {
    const points = randomPoints('sigmoid', 6, 2);
    const random = randomSource('shattering', 'sigmoid weights');
    const dichotomies = affineDichotomies(points);
    const sigmoids = [
      (z: number): number => 2 / (1 + Math.exp(-z)) - 1,
      (z: number): number => Math.max(-1, Math.min(1, z)),
      (z: number): number => (2 / Math.PI) * Math.atan(z),
      (z: number): number => (z < 0 ? -0.5 : 1),
    ];
    for (const sigma of sigmoids) {
      const features = Array.from({ length: 300 }, () => {
        const scale = 10 ** (2 * random.uniform() - 2);
        const [a, b] = [scale * (random.uniform() - 0.5), scale * (random.uniform() - 0.5)];
        const shift = 100 * scale * (random.uniform() - 0.5);
        return points.map(([x, y]) => sigma(a * x + b * y + shift));
      });
      for (const sign of [0b010101, 0b001011, 0b011010]) {
        const step = await signVectorCost(dichotomies, 6, sign);
        const smooth = await solveLinearProgram({
          objective: [...features, ...features].map(() => 1),
          constraints: points.map((_, i) => {
            const s = (sign >> i) & 1 ? 1 : -1;
            return {
              coefficients: [...features.map((f) => s * f[i]), ...features.map((f) => -s * f[i])],
              lower: 1,
            };
          }),
        });
        expect(smooth.status).toBe('optimal');
        expect(smooth.objective).toBeGreaterThanOrEqual(step.lower - 1e-9);
      }
    }
  });

  it('stops early above a limit, and says when two points coincide', async () => {
    const line = [[0], [1], [2], [3], [4]];
    const above = await shatteringNorm(line, { stopAbove: 2.5 });
    expect(above).toMatchObject({ status: 'above', upper: Infinity, programs: 1 });
    expect(above.message).toBe('sign vector 10 alone costs more than 2.5');
    const twins = await shatteringNorm([
      [1, 2],
      [1, 2],
      [0, 0],
    ]);
    expect(twins).toMatchObject({ status: 'above', lower: Infinity });
    await expect(shatteringNorm(line, { witness: [1] })).rejects.toThrow(
      'shatteringNorm: witness must have length 5 (number of points), got 1',
    );
  });
});
