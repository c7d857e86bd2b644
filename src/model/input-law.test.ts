import { describe, expect, it } from 'vitest';
import { checkInputLaw } from './input-law-check.js';
import { hasDensity, isSymmetric, secondMoment } from './input-law-facts.js';
import type { InputLaw } from './input-law.js';

// That the moments and symmetries are those of the drawn inputs is tested where they are drawn.

function atoms(points: number[][], probabilities: number[]): InputLaw {
  return { name: 'atoms', dimension: 2, points, probabilities };
}

function mixture(
  base: 'gaussian' | 'sphere',
  nearScale: number,
  farScale: number,
  farProbability: number,
): InputLaw {
  return { name: 'scale-mixture', dimension: 2, base, nearScale, farScale, farProbability };
}

describe('isSymmetric', () => {
  it('depends on the parameters where they decide', () => {
    expect(isSymmetric(atoms([[0, 0]], [1]))).toBe(true);
    expect(isSymmetric(atoms([[1, 0]], [1]))).toBe(false);
    const opposite = [
      [1, 2],
      [-1, -2],
    ];
    expect(isSymmetric(atoms(opposite, [0.5, 0.5]))).toBe(true);
    expect(isSymmetric(atoms(opposite, [0.25, 0.75]))).toBe(false);
    // The same point twice carries its mass twice.
    expect(isSymmetric(atoms([[1, 2], ...opposite], [0.25, 0.25, 0.5]))).toBe(true);
    expect(isSymmetric({ name: 'gaussian-shifted', dimension: 2, mean: [0, -0] })).toBe(true);
    expect(isSymmetric({ name: 'gaussian-shifted', dimension: 2, mean: [0, 1e-9] })).toBe(false);
    expect(isSymmetric({ name: 'skewed-two-point', dimension: 2, probability: 0.5 })).toBe(true);
    expect(isSymmetric({ name: 'hyperplane', dimension: 2, normal: [1, 0], offset: 0 })).toBe(true);
    expect(isSymmetric({ name: 'line', dimension: 2, direction: [1, 0], half: true })).toBe(false);
    expect(isSymmetric({ name: 'clusters', dimension: 2, centres: opposite, spread: 1 })).toBe(
      true,
    );
  });
});

describe('hasDensity', () => {
  it('fails for laws with atoms or on null sets', () => {
    const laws: readonly (readonly [InputLaw, boolean])[] = [
      [{ name: 'gaussian', dimension: 2 }, true],
      [{ name: 'student-t', dimension: 2, degrees: 1 }, true],
      [{ name: 'gaussian-covariance', dimension: 2, spectrum: [1, 1e-6], rotationSeed: 3 }, true],
      [{ name: 'gaussian-covariance', dimension: 2, spectrum: [1, 0], rotationSeed: 3 }, false],
      [{ name: 'sphere', dimension: 2, radius: 1 }, false],
      [{ name: 'rademacher', dimension: 2 }, false],
      [{ name: 'line', dimension: 1, direction: [1], half: false }, true],
      [{ name: 'line', dimension: 2, direction: [1, 0], half: false }, false],
      [{ name: 'clusters', dimension: 1, centres: [[0]], spread: 0 }, false],
      [{ name: 'clusters', dimension: 1, centres: [[0]], spread: 0.1 }, true],
    ];
    for (const [law, dense] of laws) expect([law, hasDensity(law)]).toEqual([law, dense]);
  });

  it('fails for a scale mixture with a component on 0 or on spheres', () => {
    expect(hasDensity(mixture('gaussian', 1, 10, 0.1))).toBe(true);
    expect(hasDensity(mixture('gaussian', 0, 10, 0.1))).toBe(false);
    expect(hasDensity(mixture('gaussian', 0, 10, 1))).toBe(true);
    expect(hasDensity(mixture('gaussian', 1, 0, 0))).toBe(true);
    expect(hasDensity(mixture('sphere', 1, 10, 0.1))).toBe(false);
  });
});

describe('secondMoment', () => {
  it('is infinite exactly where the tail says so', () => {
    expect(secondMoment({ name: 'pareto', dimension: 2, tail: 2 })).toBe(Infinity);
    expect(secondMoment({ name: 'pareto', dimension: 2, tail: 3 })).toBe(6);
    expect(secondMoment({ name: 'student-t', dimension: 2, degrees: 2 })).toBe(Infinity);
    expect(secondMoment({ name: 'student-t', dimension: 2, degrees: 3 })).toBe(6);
  });

  it('is E‖X‖² for laws on few points', () => {
    expect(
      secondMoment({
        name: 'atoms',
        dimension: 2,
        points: [
          [3, 4],
          [0, 0],
        ],
        probabilities: [0.25, 0.75],
      }),
    ).toBe(6.25);
    expect(secondMoment({ name: 'basis-atoms', dimension: 5, constant: 2, signed: true })).toBe(10);
  });
});

describe('checkInputLaw', () => {
  it.each<readonly [InputLaw, string]>([
    [{ name: 'gaussian', dimension: 0 }, 'dimension must be an integer ≥ 1, got 0'],
    [
      { name: 'gaussian-shifted', dimension: 2, mean: [1] },
      'mean must have length 2 (dimension), got 1',
    ],
    [{ name: 'gaussian-shifted', dimension: 1, mean: [NaN] }, 'mean must be finite, got NaN'],
    [
      { name: 'gaussian-covariance', dimension: 1, spectrum: [-1], rotationSeed: null },
      'spectrum must be ≥ 0 and finite, got -1',
    ],
    [{ name: 'sphere', dimension: 1, radius: 0 }, 'radius must be positive and finite, got 0'],
    [{ name: 'pareto', dimension: 1, tail: -1 }, 'tail must be positive and finite, got -1'],
    [
      { name: 'student-t', dimension: 1, degrees: Infinity },
      'degrees must be positive and finite, got Infinity',
    ],
    [{ name: 'skewed-two-point', dimension: 1, probability: 1 }, 'probability must be < 1, got 1'],
    [
      {
        name: 'scale-mixture',
        dimension: 1,
        base: 'gaussian',
        nearScale: 1,
        farScale: 1,
        farProbability: 1.5,
      },
      'farProbability must be ≤ 1, got 1.5',
    ],
    [
      { name: 'atoms', dimension: 1, points: [], probabilities: [] },
      'points must hold at least one point, got 0',
    ],
    [
      { name: 'atoms', dimension: 1, points: [[0], [1]], probabilities: [1] },
      'probabilities must have length 2 (number of points), got 1',
    ],
    [
      { name: 'atoms', dimension: 1, points: [[0], [1]], probabilities: [0.5, 0.4] },
      'probabilities must sum to 1, got 0.9',
    ],
    [
      { name: 'basis-atoms', dimension: 1, constant: -1, signed: true },
      'constant must be ≥ 0 and finite, got -1',
    ],
    [
      { name: 'line', dimension: 2, direction: [1, 1], half: true },
      'direction must be a unit vector, got squared norm 2',
    ],
    [
      { name: 'hyperplane', dimension: 1, normal: [1], offset: Infinity },
      'offset must be finite, got Infinity',
    ],
    [
      { name: 'halfspace', dimension: 1, normal: [1], margin: -0.5 },
      'margin must be ≥ 0 and finite, got -0.5',
    ],
    [
      { name: 'clusters', dimension: 1, centres: [], spread: 1 },
      'centres must hold at least one point, got 0',
    ],
  ])('rejects %j', (law, message) => {
    expect(() => checkInputLaw(law)).toThrow(new RangeError(`checkInputLaw: ${message}`));
  });
});
