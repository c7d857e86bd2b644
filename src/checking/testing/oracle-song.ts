import type { ExactCheck } from '../../claims/index.js';
import type { Rational } from '../../math/index.js';
import {
  absolute,
  add,
  compare,
  dotExact,
  encloseRational,
  fromDouble,
  multiply,
  parseRational,
  randomSource,
  rational,
  sign,
  sqrtInterval,
  sumExact,
} from '../../math/index.js';
import type { Json } from '../../model/index.js';
import { decodeJson } from '../../model/index.js';
import type { UnitTeacher } from '../../theory/index.js';
import { countPerCell, teacherLines, teacherValueExact } from '../../theory/index.js';
import type { Stated } from './oracle.js';

/** The claim's code for open violations; like the claims, it is loaded by its place. */
const { openChecks } = (await import(
  new URL('../../../properties/song2022/shared/open-violation.ts', import.meta.url).href
)) as {
  readonly openChecks: (
    instance: Instance,
    directions: readonly (readonly Rational[])[],
  ) => readonly ExactCheck[];
};

interface Instance {
  readonly teacher: UnitTeacher;
  readonly width: number;
  readonly inputs: readonly (readonly number[])[];
}

function exact(value: unknown): Rational {
  return typeof value === 'string' ? parseRational(value) : fromDouble(value as number);
}

function exactRows(value: unknown): Rational[][] {
  return (value as readonly (readonly unknown[])[]).map((row) => row.map(exact));
}

/** Shapes that the assumptions do not look at. */
function isWellFormed({ teacher, width }: Instance, dimension?: number): boolean {
  const { inputDim, directions, lengths, signs } = teacher;
  return (
    Number.isInteger(width) &&
    lengths.every((length) => length > 0) &&
    directions.every((row) => row.length === inputDim) &&
    directions.length === signs.length &&
    lengths.length === signs.length &&
    signs.every((s) => Math.abs(s) === 1) &&
    (dimension === undefined || inputDim === dimension)
  );
}

function planeOf({ claim }: Stated): number | undefined {
  return claim.endsWith('circle') ? 2 : undefined;
}

/** Σ_j masses[j]·max(0, ⟨directions[j], x⟩). */
function network(
  directions: readonly Rational[][],
  masses: readonly Rational[],
  x: readonly Rational[],
): Rational {
  return sumExact(
    directions.map((row, j) => {
      const along = dotExact(row, x);
      return sign(along) > 0 ? multiply(masses[j], along) : rational(0n);
    }),
  );
}

/** An upper bound of Σ|mass|·‖direction‖. */
function normAbove(directions: readonly Rational[][], masses: readonly Rational[]): number {
  let sum = 0;
  for (const [j, row] of directions.entries()) {
    const length = sqrtInterval(encloseRational(dotExact(row, row))).upper;
    sum += encloseRational(absolute(masses[j])).upper * length;
  }
  return sum * (1 + 1e-14);
}

export function interpolantHolds(stated: Stated): boolean {
  const instance = decodeJson(stated.instance) as unknown as Instance;
  const { teacher, inputs, width } = instance;
  if (!isWellFormed(instance, planeOf(stated)) || inputs.length === 0) return false;
  const directions = exactRows(stated.certificate.data['directions']);
  const masses = (stated.certificate.data['masses'] as readonly Json[]).map(exact);
  return (
    directions.length === masses.length &&
    masses.filter((mass) => sign(mass) !== 0).length <= width &&
    normAbove(directions, masses) < teacher.signs.length &&
    fits(directions, masses, teacher, inputs) &&
    (!excludesNullSets(stated) || openChecksOf(stated).every(({ holds }) => holds))
  );
}

/** Whether the reading is about almost every teacher and placement. */
function excludesNullSets({ reading }: Stated): boolean {
  return reading === 'map' || reading.endsWith('intended');
}

/** That the violation is open, by the claim's code, of the network in the file. */
export function openChecksOf({ instance, certificate: { data } }: Stated): readonly ExactCheck[] {
  const masses = (data['masses'] as readonly Json[]).map(exact);
  const neurons = exactRows(data['directions']).filter((_, j) => sign(masses[j]) !== 0);
  return openChecks(decodeJson(instance) as unknown as Instance, neurons);
}

function fits(
  directions: readonly Rational[][],
  masses: readonly Rational[],
  teacher: UnitTeacher,
  inputs: readonly (readonly number[])[],
): boolean {
  return inputs.every(
    (x) =>
      compare(network(directions, masses, x.map(fromDouble)), teacherValueExact(teacher, x)) === 0,
  );
}

/** Equality is tried at 40 points with random coordinates of eight bits: functions that differ differ on some. */
export function everywhereStudentHolds(stated: Stated): boolean {
  const instance = decodeJson(stated.instance) as unknown as Instance;
  const { teacher, width } = instance;
  if (!isWellFormed(instance, planeOf(stated))) return false;
  const { how, masses, residual } = stated.certificate.data as Readonly<Record<string, Json>>;
  const lines = teacherLines(teacher);
  const pairs = exactRows(masses);
  const r = (residual as readonly Json[]).map(exact);
  if (pairs.length !== lines.length || r.length !== teacher.inputDim) return false;
  const directions: Rational[][] = [];
  const own: Rational[] = [];
  for (const [l, { first }] of lines.entries()) {
    const row = teacher.directions[first].map(fromDouble);
    const length = fromDouble(teacher.lengths[first]);
    const inverse = { numerator: length.denominator, denominator: length.numerator };
    const flipped = row.map((entry) => multiply(-1n, entry));
    directions.push(row, flipped);
    own.push(...pairs[l].map((mass) => multiply(mass, inverse)));
  }
  const hasPair = r.some((entry) => sign(entry) !== 0);
  if (hasPair) {
    directions.push(
      r,
      r.map((entry) => multiply(-1n, entry)),
    );
    own.push(rational(1n), rational(-1n));
  }
  const random = randomSource('checker oracle');
  for (let trial = 0; trial < 40; trial += 1) {
    const x = Array.from({ length: teacher.inputDim }, () => random.integer(256) - 128);
    const value = network(directions, own, x.map(fromDouble));
    if (compare(value, teacherValueExact(teacher, x)) !== 0) return false;
  }
  const size = teacher.signs.length;
  const total = sumExact(pairs.flat().map(absolute));
  const rest = hasPair ? 2 * Math.sqrt(Number(encloseRational(dotExact(r, r)).upper)) : 0;
  const shared = lines.some(
    ({ members }, l) =>
      members.length > 1 && pairs[l].some((mass) => compare(absolute(mass), 1n) > 0),
  );
  const sum = encloseRational(total).upper + rest;
  const neurons = own.filter((mass) => sign(mass) !== 0).length;
  const isBelow = how === 'smaller' ? sum < size : sum <= size && shared;
  return neurons <= width && isBelow;
}

/** The claim's placement near the plane, from its formula, in doubles. */
function placed(size: number, perCell: number, tilt: number): number[][] {
  const parts = [
    [1, 1],
    [-1, 1],
    [-1, -1],
    [1, -1],
  ].slice(0, size === 1 ? 2 : 4);
  return parts.flatMap(([x, y], q) =>
    Array.from({ length: perCell }, (_, j) => {
      const t = Math.round((64 * (2 * j + 1)) / perCell) / 128;
      return [x * (1 - t * t), y * 2 * t, (((j * j + 3 * j + 5 * q) % 11) - 5) * tilt];
    }),
  );
}

function tilted(size: number): UnitTeacher {
  const directions = [
    [3, 0, 4],
    [0, 3, 4],
  ].slice(0, size);
  return {
    inputDim: 3,
    signs: directions.map(() => 1),
    directions,
    lengths: directions.map(() => 5),
  };
}

/** Null for other families. */
export function planarFamilyHolds(data: Readonly<Record<string, Json>>): boolean | null {
  const members = data['members'] as readonly Readonly<Record<string, Json>>[];
  if (data['type'] === 'inputs-in-a-plane') {
    // The projected neurons fit by ⟨b, x⟩ = ⟨Pb, x⟩, with norm 3/5 each: only the placement is left.
    return members.every(({ size, perCell }) => {
      const [m0, k] = [size as number, perCell as number];
      if (m0 !== 1 && m0 !== 2) return false;
      return countPerCell(tilted(m0), placed(m0, k, 0), false).fewest >= k;
    });
  }
  if (data['type'] !== 'inputs-near-a-plane') return null;
  return members.every(({ perCell, tilt, network: student }) => {
    const k = perCell as number;
    const teacher = tilted(1);
    const inputs = placed(1, k, Number(add(exact(tilt), 0n).numerator) / 2 ** 20);
    const { directions, masses } = student as Readonly<Record<string, Json>>;
    const rows = exactRows(directions);
    const weights = (masses as readonly Json[]).map(exact);
    const touches = rows.some((row) =>
      inputs.some((x) => sign(dotExact(row, x.map(fromDouble))) === 0),
    );
    return (
      tilt === '1/1048576' &&
      rows.length === inputs.length &&
      weights.length === rows.length &&
      !touches &&
      countPerCell(teacher, inputs, false).fewest >= k &&
      normAbove(rows, weights) < 1 &&
      fits(rows, weights, teacher, inputs) &&
      isRegular(rows, inputs)
    );
  });
}

/** Gaussian elimination in floating point: the matrices of the family are far from singular. */
function isRegular(rows: readonly Rational[][], inputs: readonly (readonly number[])[]): boolean {
  const matrix = inputs.map((x) =>
    rows.map((row) => {
      const along = dotExact(row, x.map(fromDouble));
      return sign(along) > 0 ? encloseRational(along).upper : 0;
    }),
  );
  for (let k = 0; k < matrix.length; k += 1) {
    let pivot = k;
    for (let i = k; i < matrix.length; i += 1) {
      if (Math.abs(matrix[i][k]) > Math.abs(matrix[pivot][k])) pivot = i;
    }
    [matrix[k], matrix[pivot]] = [matrix[pivot], matrix[k]];
    if (Math.abs(matrix[k][k]) < 1e-10) return false;
    for (let i = k + 1; i < matrix.length; i += 1) {
      const factor = matrix[i][k] / matrix[k][k];
      for (let j = k; j < matrix.length; j += 1) matrix[i][j] -= factor * matrix[k][j];
    }
  }
  return true;
}
