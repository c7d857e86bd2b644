import { dotExact, sign } from '../../../src/math/index.js';
import type { Matrix, Vector } from '../../../src/model/index.js';
import type { CondensationInstance } from './condensation-instance.js';
import { primitive } from './condensation-symmetries.js';

/** A prime below 2²⁶, so that products of residues are exact doubles. */
const PRIME = 67_108_859;

/**
 * Whether inputs lie as those of a density do with probability 1: none on a wall of the teacher, and every d of them
 * linearly independent. Determinants are taken modulo a prime, so that a dependence is never missed; one independent
 * choice in some 10⁷ is taken for dependent.
 */
export function isInGeneralPosition({ teacher, inputs }: CondensationInstance): boolean {
  const offWalls = inputs.every((input) =>
    teacher.directions.every((direction) => sign(dotExact(direction, input)) !== 0),
  );
  if (!offWalls) return false;
  return areInGeneralPosition(inputs, teacher.inputDim);
}

/** Whether every choice of `dim` or fewer vectors is linearly independent, by determinants modulo the prime. */
export function areInGeneralPosition(vectors: Matrix, dim: number): boolean {
  return isIndependent(
    vectors.map((vector) => primitive(vector).map(residue)),
    0,
    [],
    dim,
  );
}

/**
 * The rank of a matrix whose row i consists of blocks, each the vector i or 0. Modulo the prime, so that it is never
 * above the true rank.
 *
 * @param blocks which blocks of each row hold the vector
 */
export function rankOfBlocks(vectors: Matrix, blocks: readonly (readonly boolean[])[]): number {
  const reduced: Vector[] = [];
  for (const [i, vector] of vectors.entries()) {
    const residues = primitive(vector).map(residue);
    const zeros = residues.map(() => 0);
    const row = eliminate(
      blocks[i].flatMap((isThere) => (isThere ? residues : zeros)),
      reduced,
    );
    if (row !== null) reduced.push(row);
  }
  return reduced.length;
}

/** Whether every choice of `dim` rows, the first of them reduced already, is independent. */
function isIndependent(rows: Matrix, from: number, reduced: Matrix, dim: number): boolean {
  if (reduced.length === dim) return true;
  for (let k = from; k < rows.length; k += 1) {
    const row = eliminate(rows[k], reduced);
    if (row === null || !isIndependent(rows, k + 1, [...reduced, row], dim)) return false;
  }
  return true;
}

/** The row without the leading entries of the others, with leading entry 1; null where nothing is left. */
function eliminate(row: Vector, reduced: Matrix): Vector | null {
  let rest = row;
  for (const other of reduced) {
    const lead = other.findIndex((entry) => entry !== 0);
    const factor = rest[lead];
    if (factor !== 0) rest = rest.map((entry, k) => modulo(entry - modulo(factor * other[k])));
  }
  const lead = rest.find((entry) => entry !== 0);
  if (lead === undefined) return null;
  const inverse = power(lead, PRIME - 2);
  return rest.map((entry) => modulo(entry * inverse));
}

function modulo(value: number): number {
  return ((value % PRIME) + PRIME) % PRIME;
}

function power(base: number, exponent: number): number {
  let result = 1;
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = modulo(result * square);
    square = modulo(square * square);
  }
  return result;
}

/** Of a double m·2^−k: m·2^{−k} modulo the prime. */
function residue(entry: number): number {
  let whole = entry;
  let halvings = 0;
  while (!Number.isInteger(whole)) {
    whole *= 2;
    halvings += 1;
  }
  const top = Number(BigInt(whole) % BigInt(PRIME));
  return modulo(modulo(top) * power((PRIME + 1) / 2, halvings));
}
