import type { Matrix } from '../model/index.js';
import {
  addReluKernelHessian,
  addReluKernelMixed,
  reluKernel,
  reluKernelGradient,
} from './population-kernel.js';

/** Throws unless both matrices have rows, all of one length. */
function checkShapes(where: string, student: Matrix, teacher: Matrix): void {
  if (student.length === 0 || teacher.length === 0) {
    throw new RangeError(
      `${where}: student and teacher must have at least one neuron, got ${student.length} and ${teacher.length}`,
    );
  }
  const inputDim = teacher[0].length;
  for (const row of [...student, ...teacher]) {
    if (row.length !== inputDim) {
      throw new RangeError(
        `${where}: every neuron must have length ${inputDim} (that of the teacher's first), got ${row.length}`,
      );
    }
  }
}

/** ΣΣF over all pairs of rows. */
function cross(left: Matrix, right: Matrix): number {
  let sum = 0;
  for (const u of left) for (const v of right) sum += reluKernel(u, v);
  return sum;
}

/**
 * L(W) = ½E(Σ_jσ(w_j·x) − Σ_jσ(w*_j·x))² for ReLU and x ~ N(0, I), in closed form [zhang2019, (3.1)].
 * Rounding error: a few units in the last place of (Σ‖w_j‖ + Σ‖w*_j‖)².
 *
 * @param student rows w_j, shape (width, inputDim)
 * @param teacher rows w*_j, shape (any width, inputDim)
 * @throws RangeError when shapes do not fit
 */
export function populationLoss(student: Matrix, teacher: Matrix): number {
  checkShapes('populationLoss', student, teacher);
  const own = cross(student, student) + cross(teacher, teacher);
  return (own - 2 * cross(student, teacher)) / 2;
}

/**
 * ∇L(W): row k is Σ_j∇_uF(w_k, w_j) − Σ_j∇_uF(w_k, w*_j), the term j = k included (∇_uF(w, w) = w/2).
 * Rounding error of an entry: a few units in the last place of Σ‖w_j‖ + Σ‖w*_j‖.
 *
 * @param student rows w_j, shape (width, inputDim)
 * @param teacher rows w*_j, shape (any width, inputDim)
 * @returns shape (width, inputDim)
 * @throws RangeError when shapes do not fit
 */
export function populationGradient(student: Matrix, teacher: Matrix): number[][] {
  checkShapes('populationGradient', student, teacher);
  return student.map((u) => {
    const sum = u.map(() => 0);
    const add = (v: readonly number[], sign: number): void => {
      const part = reluKernelGradient(u, v);
      for (let p = 0; p < sum.length; p += 1) sum[p] += sign * part[p];
    };
    for (const v of student) add(v, 1);
    for (const v of teacher) add(v, -1);
    return sum;
  });
}

/**
 * ∇²L(W), row-major of order width·inputDim, neuron by neuron: block (k, k) is
 * ½I + Σ_{j≠k}h1(w_k, w_j) − Σ_jh1(w_k, w*_j), block (k, j) is h2(w_k, w_j), with h1 = ∂²F/∂u² and
 * h2 = ∂²F/∂u∂v. Rounding error of an entry: a few units in the last place of
 * 1 + Σ(‖w_j‖ + ‖w*_j‖)/min‖w_k‖.
 *
 * @throws RangeError when shapes do not fit or a neuron is 0, where the Hessian does not exist
 */
export function populationHessian(student: Matrix, teacher: Matrix): Float64Array {
  checkShapes('populationHessian', student, teacher);
  for (const [k, row] of student.entries()) {
    if (row.every((entry) => entry === 0)) {
      throw new RangeError(`populationHessian: student[${k}] must not be the zero vector`);
    }
  }
  const inputDim = teacher[0].length;
  const order = student.length * inputDim;
  const hessian = new Float64Array(order * order);
  student.forEach((u, k) => {
    const adder =
      (j: number, sign: number) =>
      (p: number, q: number, value: number): void => {
        hessian[(k * inputDim + p) * order + j * inputDim + q] += sign * value;
      };
    for (let p = 0; p < inputDim; p += 1) adder(k, 1)(p, p, 0.5);
    student.forEach((v, j) => {
      if (j === k) return;
      addReluKernelHessian(u, v, adder(k, 1));
      addReluKernelMixed(u, v, adder(j, 1));
    });
    for (const v of teacher) {
      if (v.some((entry) => entry !== 0)) addReluKernelHessian(u, v, adder(k, -1));
    }
  });
  return hessian;
}
