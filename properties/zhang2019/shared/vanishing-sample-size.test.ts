import { describe, expect, test } from 'vitest';
import { certifies } from '../../../src/claims/index.js';
import {
  formatRational,
  multiply,
  parseRational,
  rational,
  toDouble,
} from '../../../src/math/index.js';
import { demandedSampleSize, demandedSampleSizePrinted } from '../../../src/theory/index.js';
import { createJs64 } from '../../../src/training/index.js';
import { sumOfNeurons } from './convergence-problems.js';
import { exactDistance2, exactStep } from './one-column-descent.js';
import {
  overshootingChecks,
  overshootingStep,
  overshootingStepPositive,
} from './overshooting-step.js';
import { SAMPLE_CONSTANTS, oneSample, oneSampleChecks } from './vanishing-sample-size.js';

/** The number behind "d = " in a check. */
const dimensionOf = (what: string): bigint => BigInt(/d = (\d+)/.exec(what)?.[1] ?? '0');

describe.each([oneSample, overshootingStep, overshootingStepPositive])(
  'the family $id',
  (family) => {
    test('has exact checks for three choices of the constants, and all hold', () => {
      const checks = family.verify();
      expect(new Set(checks.map(({ what }) => what.split(':')[0])).size).toBe(3);
      expect(certifies({ kind: 'family', statement: '', argument: '', checks })).toBe(true);
    });
  },
);

test('every choice of constants is answered by a larger dimension', () => {
  const [gentle] = SAMPLE_CONSTANTS;
  const d = (c4: string, c5: string): bigint => {
    const chosen = { ...gentle, c4: parseRational(c4), c5: parseRational(c5) };
    const checks = overshootingChecks(chosen, 'zero');
    expect(checks.every(({ holds }) => holds)).toBe(true);
    return dimensionOf(checks[0].what);
  };
  expect(d('1', '1')).toBeLessThan(d('1e9', '1'));
  expect(d('1', '1')).toBeLessThan(d('1', '1e60'));
  const largeC5 = { ...gentle, c5: parseRational('1e30') };
  expect(dimensionOf(oneSampleChecks(largeC5)[0].what)).toBe(1024n);
});

test('the start is compared with the admitted radius of the chosen c, not with itself', () => {
  for (const [k, chosen] of SAMPLE_CONSTANTS.entries()) {
    const name = `(c, c₁, …, c₅) = (${formatRational(chosen.c)},`;
    for (const family of [oneSample, overshootingStep]) {
      const at = family.verify().find(({ what }) => what.includes(name) && /radius/.test(what));
      const sigma = dimensionOf(at?.what ?? '');
      const radius = multiply(chosen.c, sigma);
      expect([k, at?.right]).toEqual([k, formatRational(multiply(radius, radius))]);
    }
  }
});

test('the members meet the printed demand and not the one with log(e + x)', () => {
  for (const [smallest, d, N] of [
    [4, 4, 1],
    [512, 512, 2],
    [(512 * 512) / 513, 512, 2],
  ] as const) {
    const scope = { c1: 1, d, K: 1, kappa: 1, lambda: 1, smallest, norm2: smallest ** 2, noise: 1 };
    expect(demandedSampleSizePrinted.evaluate(scope)).toBeLessThanOrEqual(N);
    expect(demandedSampleSize.evaluate(scope)).toBeGreaterThan(d);
  }
});

test('the exact steps are those of the training engine', () => {
  const stepSize = parseRational('1/2');
  const teacher = [8, 0, 0];
  const start = [8, 1, 0];
  const inputs = [
    [2, -1, 4],
    [-1, 0.5, -1],
  ];
  const labels = [17, 1];
  const exact = inputs.map((input, i) => ({
    input: input.map((entry) => rational(entry)),
    label: rational(labels[i]),
  }));
  const first = exactStep(
    start.map((entry) => rational(entry)),
    exact,
    stepSize,
  );
  const second = exactStep(first, exact, stepSize);
  const { network } = createJs64().train({
    initial: sumOfNeurons([start]),
    dataset: { inputDim: 3, inputs, labels },
    objective: { scale: 'half-mean', derivativeAtKink: 1 },
    optimiser: { kind: 'gradient-descent', stepSize: 0.5 },
    trainable: { outer: false },
    budget: { maxSteps: 2 },
  });
  // Dyadic numbers of few digits: float64 makes no error here.
  expect(network.inner[0]).toEqual(second.map(toDouble));
  const distance2 = exactDistance2(
    second,
    teacher.map((entry) => rational(entry)),
  );
  expect(toDouble(distance2)).toBeGreaterThan(10 * toDouble(rational(1)));
});
