import { describe, expect, test } from 'vitest';
import { dot, randomSource } from '../math/index.js';
import type { RandomSource } from '../math/index.js';
import type { Matrix } from '../model/index.js';
import { reluKernel, reluKernelGradient } from './population-kernel.js';
import { populationGradient, populationHessian, populationLoss } from './population-loss.js';

function rows(random: RandomSource, count: number, inputDim: number): number[][] {
  return Array.from({ length: count }, () =>
    Array.from({ length: inputDim }, () => 2 * random.uniform() - 1),
  );
}

/** Box and Muller; tests need no bits that are the same everywhere. */
function gaussian(random: RandomSource): number {
  return (
    Math.sqrt(-2 * Math.log(random.uniformPositive())) * Math.cos(2 * Math.PI * random.uniform())
  );
}

/** ½E(Σσ(w_j·x) − Σσ(w*_j·x))² in the plane: E‖x‖² = 2 and a Riemann sum over 2²⁰ angles. */
function planarLoss(student: Matrix, teacher: Matrix): number {
  const count = 2 ** 20;
  let sum = 0;
  for (let i = 0; i < count; i += 1) {
    const x = [Math.cos((2 * Math.PI * i) / count), Math.sin((2 * Math.PI * i) / count)];
    const output = (net: Matrix): number =>
      net.reduce((total, w) => total + Math.max(0, w[0] * x[0] + w[1] * x[1]), 0);
    sum += (output(student) - output(teacher)) ** 2;
  }
  return sum / count;
}

function moved(matrix: Matrix, k: number, p: number, by: number): number[][] {
  return matrix.map((row, j) => row.map((entry, q) => (j === k && q === p ? entry + by : entry)));
}

const SHAPES = [
  { width: 1, teacherWidth: 1, inputDim: 1 },
  { width: 1, teacherWidth: 1, inputDim: 2 },
  { width: 2, teacherWidth: 2, inputDim: 2 },
  { width: 3, teacherWidth: 2, inputDim: 4 },
  { width: 2, teacherWidth: 3, inputDim: 5 },
];

describe('reluKernel', () => {
  test('is half the squared norm on the diagonal and 0 for opposite vectors', () => {
    expect(reluKernel([3, 4], [3, 4])).toBeCloseTo(12.5, 14);
    expect(reluKernel([3, 4], [-3, -4])).toBeCloseTo(0, 14);
    expect(reluKernel([1, 0], [0, 1])).toBeCloseTo(1 / (2 * Math.PI), 15);
    expect(reluKernel([0, 0], [1, 2])).toBe(0);
  });

  test('has the gradient w/2 at equal arguments', () => {
    expect(reluKernelGradient([2, -6], [2, -6])).toEqual([1, -3]);
  });
});

describe('populationLoss', () => {
  test('agrees with quadrature in the plane', () => {
    const random = randomSource('planar');
    for (let trial = 0; trial < 2; trial += 1) {
      const student = rows(random, 2, 2);
      const teacher = rows(random, 3, 2);
      // The integrand has kinks, so the Riemann sum converges like 1/count².
      expect(populationLoss(student, teacher)).toBeCloseTo(planarLoss(student, teacher), 9);
    }
  });

  test('agrees with a Monte Carlo mean within five standard errors', () => {
    const random = randomSource('monte carlo');
    const student = rows(random, 2, 3);
    const teacher = rows(random, 2, 3);
    let sum = 0;
    let squares = 0;
    const count = 40_000;
    for (let i = 0; i < count; i += 1) {
      const x = [gaussian(random), gaussian(random), gaussian(random)];
      const output = (net: Matrix): number =>
        net.reduce((total, w) => total + Math.max(0, dot(w, x)), 0);
      const term = (output(student) - output(teacher)) ** 2 / 2;
      sum += term;
      squares += term * term;
    }
    const mean = sum / count;
    const standardError = Math.sqrt((squares / count - mean * mean) / count);
    expect(Math.abs(populationLoss(student, teacher) - mean)).toBeLessThan(5 * standardError);
  });

  test('is 0 at the teacher, whatever the order of its neurons', () => {
    const teacher = rows(randomSource('zero'), 3, 4);
    expect(populationLoss(teacher.toReversed(), teacher)).toBeCloseTo(0, 14);
  });

  test('names the shape that does not fit', () => {
    expect(() => populationLoss([[1, 2]], [[1]])).toThrow(
      new RangeError(
        "populationLoss: every neuron must have length 1 (that of the teacher's first), got 2",
      ),
    );
    expect(() => populationGradient([], [[1]])).toThrow(
      new RangeError(
        'populationGradient: student and teacher must have at least one neuron, got 0 and 1',
      ),
    );
    expect(() => populationHessian([[0, 0]], [[1, 0]])).toThrow(
      new RangeError('populationHessian: student[0] must not be the zero vector'),
    );
  });
});

describe.each(SHAPES)('width $width, teacher $teacherWidth, dimension $inputDim', (shape) => {
  const random = randomSource('shape', JSON.stringify(shape));
  const student = rows(random, shape.width, shape.inputDim);
  const teacher = rows(random, shape.teacherWidth, shape.inputDim);

  test('the gradient agrees with central differences of the loss', () => {
    const gradient = populationGradient(student, teacher);
    const h = 1e-5;
    for (let k = 0; k < shape.width; k += 1) {
      for (let p = 0; p < shape.inputDim; p += 1) {
        const slope =
          (populationLoss(moved(student, k, p, h), teacher) -
            populationLoss(moved(student, k, p, -h), teacher)) /
          (2 * h);
        expect(slope).toBeCloseTo(gradient[k][p], 8);
      }
    }
  });

  test('the Hessian agrees with central differences of the gradient and is symmetric', () => {
    const order = shape.width * shape.inputDim;
    const hessian = populationHessian(student, teacher);
    const h = 1e-5;
    for (let j = 0; j < shape.width; j += 1) {
      for (let q = 0; q < shape.inputDim; q += 1) {
        const up = populationGradient(moved(student, j, q, h), teacher).flat();
        const down = populationGradient(moved(student, j, q, -h), teacher).flat();
        const column = j * shape.inputDim + q;
        for (let row = 0; row < order; row += 1) {
          expect((up[row] - down[row]) / (2 * h)).toBeCloseTo(hessian[row * order + column], 6);
          expect(hessian[row * order + column]).toBeCloseTo(hessian[column * order + row], 14);
        }
      }
    }
  });
});

test('at the teacher the Hessian is E[σ′(w_j·x)σ′(w_k·x)xxᵀ]: ½ on the diagonal, ≥ 0', () => {
  const teacher = [
    [1, 0, 0],
    [1, 1e-3, 0],
  ];
  const hessian = populationHessian(teacher, teacher);
  for (let i = 0; i < 6; i += 1) expect(hessian[i * 6 + i]).toBeCloseTo(0.5, 15);
  // v = (e_3, −e_3): E[(1{w_1·x ≥ 0} − 1{w_2·x ≥ 0})²x_3²] = θ/π.
  const theta = Math.atan(1e-3);
  const form = hessian[2 * 6 + 2] + hessian[5 * 6 + 5] - 2 * hessian[2 * 6 + 5];
  expect(form).toBeCloseTo(theta / Math.PI, 15);
});
