import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { timesPowerOfTwo } from '../../math/index.js';
import { decideCondensation } from './condensation.js';
import type { InterpolationProblem } from './interpolation-problem.js';
import type { MinimumNormResult } from './result.js';
import { solveMinimumNorm } from './solve.js';

const exponent = fc.oneof(
  fc.integer({ min: -1074, max: 1020 }),
  fc.constantFrom(-1074, -1073, -1022, -400, 0, 0, 0, 511, 1020),
);
const entry = fc.integer({ min: -2, max: 2 });

function data(dim: number, most: number): fc.Arbitrary<InterpolationProblem> {
  const row = fc.tuple(fc.array(entry, { minLength: dim, maxLength: dim }), entry);
  return fc.array(row, { minLength: 1, maxLength: most }).map((rows) => ({
    inputs: rows.map(([x]) => x),
    labels: rows.map(([, y]) => y),
  }));
}

/** Most attempts of a solve, times most rounds of one: what no data may exceed. */
const MOST_ROUNDS = 30 * 4 * 400 * (8 + 8);

/**
 * What a result says must hold for every problem, whatever the bounds are: refusals are typed, and bounds of the plane agree
 * with a network of the optimum's form, f = Σ of kinks across the inputs.
 */
function checkTyped(result: MinimumNormResult): void {
  const { status, reason, lower, upper, proved, rounds } = result;
  expect(rounds).toBeLessThan(MOST_ROUNDS);
  expect(reason).not.toBe('');
  expect(lower).toBeGreaterThanOrEqual(0);
  if (status === 'optimal' || status === 'bounded') {
    expect(proved).toBe(true);
    expect(lower).toBeLessThanOrEqual(upper);
    expect(upper).toBeLessThan(Infinity);
  } else expect(proved).toBe(false);
}

describe('minimum norms at every scale', () => {
  test('inputs and labels may have any power of two as factors, each row its own', () => {
    const by = fc.array(exponent, { minLength: 1, maxLength: 5 });
    const problems = fc.oneof(data(1, 4), data(2, 6), data(3, 5));
    fc.assert(
      fc.property(problems, by, exponent, ({ inputs, labels }, rows, k) => {
        const ordinary = solveMinimumNorm({ inputs, labels });
        checkTyped(ordinary);
        const factor = (i: number): number => rows[i % rows.length];
        const scaled = {
          inputs: inputs.map((x, i) => x.map((v) => timesPowerOfTwo(v, factor(i)))),
          labels: labels.map((y, i) => timesPowerOfTwo(y, factor(i) + k)),
        };
        // Labels that over- or underflow are another problem.
        const exact = scaled.labels.every(
          (y, i) => Number.isFinite(y) && timesPowerOfTwo(y, -factor(i) - k) === labels[i],
        );
        if (!exact) return;
        const result = solveMinimumNorm(scaled);
        checkTyped(result);
        const up = timesPowerOfTwo(ordinary.upper, k);
        if (up === Infinity || up < 2 ** -1000) {
          if (ordinary.status !== 'infeasible') expect(result.status).not.toBe('infeasible');
          return;
        }
        expect(result.status).toBe(ordinary.status);
        if (ordinary.upper === Infinity) return;
        expect(result.upper / up).toBeCloseTo(1, 8);
        expect(result.lower / up).toBeCloseTo(ordinary.lower / ordinary.upper || 0, 8);
      }),
      { seed: 5, numRuns: 250 },
    );
  });

  test('subnormal inputs that used to be divided by their own length', () => {
    const inputs = [
      [5e-309, 0],
      [0, 1],
    ];
    const { status, lower, upper } = solveMinimumNorm({ inputs, labels: [5e-309, 1] });
    expect(status).toBe('optimal');
    expect(lower).toBeCloseTo(Math.SQRT2, 8);
    expect(upper).toBeCloseTo(Math.SQRT2, 8);
    // The other label asks for 1/5e-309.
    const steep = solveMinimumNorm({ inputs, labels: [1, 1] });
    expect(steep).toMatchObject({ status: 'unresolved', proved: false, upper: Infinity });
    expect(steep.lower).toBeGreaterThan(1e308);
  });

  test('the ends of the range: any doubles end with a typed result', () => {
    const double = fc.double({ noNaN: true, noDefaultInfinity: true });
    const row = fc.tuple(fc.array(double, { minLength: 2, maxLength: 2 }), double);
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), (rows) => {
        const inputs = rows.map(([x]) => x);
        const labels = rows.map(([, y]) => y);
        checkTyped(solveMinimumNorm({ inputs, labels }));
        const reference = [{ direction: [1, 0], mass: labels[0] === 0 ? 1 : labels[0] }];
        expect(['condenses', 'fails', 'undecided']).toContain(
          decideCondensation({ inputs, labels }, reference).status,
        );
      }),
      { seed: 5, numRuns: 150 },
    );
  });
});

/**
 * The exact minimum of two inputs e = (1, 0) and (1, δ) with labels p and q: f is ⟨w, x⟩ on the cone of the two with
 * w = (p, (q − p)/δ). With q = p + sδ that is ‖(p, s)‖ where one neuron or two of the same sign have that gradient there.
 */
function nearPair(angle: number, slope: number): { problem: InterpolationProblem; norm: number } {
  return {
    problem: {
      inputs: [
        [1, 0],
        [1, angle],
      ],
      labels: [1, 1 + slope * angle],
    },
    norm: Math.hypot(1, slope),
  };
}

describe('inputs near one another', () => {
  // Powers of two, so that labels 1 + s·δ are exact.
  test.each([-20, -27, -33, -40, -44, -47, -50, -52])(
    'two inputs 2^%i apart: the minimum lies in the bounds, or the refusal is typed',
    (k) => {
      for (const slope of [0, 1, -1, 3]) {
        const { problem, norm } = nearPair(2 ** k, slope);
        const result = solveMinimumNorm(problem);
        checkTyped(result);
        // One neuron along w has value ⟨w, x⟩ > 0 at both inputs.
        expect(result.lower).toBeLessThanOrEqual(norm * (1 + 1e-12));
        if (result.proved) expect(result.upper).toBeGreaterThanOrEqual(norm * (1 - 1e-12));
        if (2 ** k > 1e-11) expect(result.proved).toBe(true);
        expect(result.status).not.toBe('infeasible');
      }
    },
  );

  test('1e-14 apart: neither optimal nor infeasible', () => {
    const inputs = [
      [1, 0],
      [1, 1e-14],
      [0, 1],
    ];
    for (const second of [1, 1 + 1e-14, 1 + 3e-13, 1.5, -4]) {
      const result = solveMinimumNorm({ inputs, labels: [1, second, 0.5] });
      checkTyped(result);
      expect(result.status).toBe('unresolved');
      expect(result.reason).toContain('inputs 0 and 1');
      expect(result.lower).toBeLessThanOrEqual(Math.abs(second - 1) * 1e14 + 2);
    }
  });

  test('opposite inputs 1e-14 and less off: neither optimal nor infeasible', () => {
    for (const tilt of [1e-14, 1e-16, 1e-200]) {
      const inputs = [
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
        [1, 1],
        [-1, -1 + tilt],
        [-1, -1 - 4 * tilt],
      ];
      const result = solveMinimumNorm({ inputs, labels: [1, 2, 3, 4, 5, 6, 7] });
      checkTyped(result);
      expect(['unresolved', 'infeasible']).toContain(result.status);
      if (1 - tilt !== 1) expect(result.status).toBe('unresolved');
    }
  });

  test('the same direction with labels that fit, at other lengths, is proved', () => {
    const inputs = [
      [1, 2],
      [3, 6],
      [2 ** -700, 2 ** -699],
      [-1, 1],
    ];
    const labels = [5, 15, 5 * 2 ** -700, 1];
    expect(solveMinimumNorm({ inputs, labels })).toMatchObject({ status: 'optimal', proved: true });
    const rounded = solveMinimumNorm({ inputs, labels: [5, 15.000000000000002, labels[2], 1] });
    expect(rounded).toMatchObject({ status: 'unresolved', proved: false });
    expect(solveMinimumNorm({ inputs, labels: [5, 16, labels[2], 1] }).status).toBe('infeasible');
  });

  test('angles from 1e-6 to 1e-17, duplicates, opposite and zero inputs: never a wrong word', () => {
    const angle = fc.integer({ min: -17, max: -6 }).map((k) => 10 ** k);
    const kind = fc.constantFrom('near', 'same', 'opposite', 'twice', 'zero');
    const base = fc.array(fc.tuple(entry, entry), { minLength: 1, maxLength: 4 });
    const added = fc.array(fc.tuple(kind, angle, entry, fc.nat(3)), { minLength: 1, maxLength: 3 });
    const w = [0.75, -0.5];
    const teacher = ([x, y]: readonly number[]): number => Math.max(0, w[0] * x + w[1] * y);
    fc.assert(
      fc.property(base, added, (start, more) => {
        const inputs = start.map((x) => [...x]);
        const labels = inputs.map(teacher);
        for (const [how, by, shift, at] of more) {
          const [x, y] = start[at % start.length];
          const made = {
            near: [x - by * y, y + by * x],
            same: [x, y],
            opposite: [-x, -y],
            twice: [3 * x, 3 * y],
            zero: [0, 0],
          }[how];
          inputs.push(made);
          labels.push(teacher(made) + (how === 'near' ? shift * by : 0));
        }
        const result = solveMinimumNorm({ inputs, labels });
        checkTyped(result);
        // Labels of a near input are those of a kink there: some network always meets them, unless rows coincide.
        const plain = more.every(([how, , shift]) => how !== 'near' || shift === 0);
        if (plain && result.status !== 'unresolved') {
          expect(['optimal', 'bounded']).toContain(result.status);
          // Rounding of a label of size 1 costs 1e-16/by.
          const least = Math.min(...more.map(([how, by]) => (how === 'near' ? by : 1)));
          expect(result.lower).toBeLessThanOrEqual(Math.hypot(...w) + 1e-15 / least + 1e-9);
        }
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});
