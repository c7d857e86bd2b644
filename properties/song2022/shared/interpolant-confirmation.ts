import type { Confirmation } from '../../../src/claims/index.js';
import { HIGH_PRECISION_DIGITS, bigNumber } from '../../../src/math/index.js';
import type { Vector } from '../../../src/model/index.js';
import type { Atom } from '../../../src/solvers/index.js';
import type { CondensationInstance } from './condensation-instance.js';
import { teacherWidth } from './condensation-instance.js';
import type { CertifiedAssumptions } from './interpolant-certificate.js';
import {
  assumptionChecks,
  completedDirections,
  recheckedAssumptions,
} from './interpolant-certificate.js';
import { offKinks, openChecks } from './open-violation.js';

type Big = ReturnType<typeof bigNumber>;

function big(vector: Vector): Big[] {
  return vector.map((entry) => bigNumber(entry));
}

function dotBig(x: readonly Big[], y: readonly Big[]): Big {
  return x.reduce((sum, entry, k) => sum.plus(entry.times(y[k])), bigNumber(0));
}

/**
 * The same in decimals of 64 digits: Gaussian elimination for the masses of the completed interpolant, then norm and
 * assumptions. Null where the inputs are so special that the columns span less than R^N.
 */
export function confirmInterpolant(
  instance: CondensationInstance,
  atoms: readonly Atom[],
  assumed: CertifiedAssumptions,
  clause: string,
): Confirmation | null {
  if (!assumed.distinctLines) return confirmAtoms(instance, atoms, assumed, clause);
  let confirmed: Confirmation | null = null;
  for (const moved of offKinks(instance.inputs, atoms)) {
    const next = confirmAtoms(instance, moved, assumed, clause);
    if (next?.violated === true) return next;
    confirmed ??= next;
  }
  return confirmed;
}

function confirmAtoms(
  instance: CondensationInstance,
  atoms: readonly Atom[],
  assumed: CertifiedAssumptions,
  clause: string,
): Confirmation | null {
  const { teacher, inputs } = instance;
  const directions = completedDirections(teacher, inputs, atoms);
  if (directions === null || directions.length !== inputs.length) return null;
  const zero = bigNumber(0);
  const relu = (value: Big): Big => (value.gt(0) ? value : zero);
  const points = inputs.map(big);
  const students = directions.map(big);
  const teachers = teacher.directions.map(big);
  const rows = points.map((x) => {
    const label = teachers.reduce((sum, b, k) => {
      const unit = relu(dotBig(b, x)).div(bigNumber(teacher.lengths[k]));
      return sum.plus(unit.times(teacher.signs[k]));
    }, zero);
    return [...students.map((w) => relu(dotBig(w, x))), label];
  });
  const masses = eliminateBig(rows);
  if (masses === null) return null;
  const total = masses.reduce(
    (sum, mass, j) => sum.plus(mass.abs().times(dotBig(students[j], students[j]).sqrt())),
    zero,
  );
  const size = teacherWidth(instance);
  const neurons = directions.filter((_, j) => masses[j].abs().gt('1e-40'));
  const isOpen =
    !assumed.distinctLines || openChecks(instance, neurons).every(({ holds }) => holds);
  return {
    method: `interpolation solved anew by Gaussian elimination in decimals${assumed.distinctLines ? '; that the violation is open, by signs and a rank in exact arithmetic' : ''}`,
    digits: HIGH_PRECISION_DIGITS,
    clause,
    lhs: String(size),
    rhs: total.toString(),
    violated: total.lt(size) && neurons.length <= instance.width && isOpen,
    assumptions: recheckedAssumptions(assumptionChecks(instance, assumed)),
  };
}

function eliminateBig(rows: Big[][]): Big[] | null {
  const n = rows.length;
  for (let k = 0; k < n; k += 1) {
    let pivot = k;
    for (let i = k + 1; i < n; i += 1) {
      if (rows[i][k].abs().gt(rows[pivot][k].abs())) pivot = i;
    }
    [rows[k], rows[pivot]] = [rows[pivot], rows[k]];
    if (rows[k][k].isZero()) return null;
    for (let i = k + 1; i < n; i += 1) {
      if (rows[i][k].isZero()) continue;
      const factor = rows[i][k].div(rows[k][k]);
      for (let j = k; j <= n; j += 1) rows[i][j] = rows[i][j].minus(factor.times(rows[k][j]));
    }
  }
  const x: Big[] = Array.from({ length: n }, () => bigNumber(0));
  for (let k = n - 1; k >= 0; k -= 1) {
    let sum = rows[k][n];
    for (let j = k + 1; j < n; j += 1) sum = sum.minus(rows[k][j].times(x[j]));
    x[k] = sum.div(rows[k][k]);
  }
  return x;
}
