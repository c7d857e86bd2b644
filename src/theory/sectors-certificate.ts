import { balanceRows, dot, norm, timesPowerOfTwo, unitVector } from '../math/index.js';
import type { Matrix, Vector } from '../model/index.js';
import type { UnitTeacher } from './sectors-teacher.js';
import { teacherLines } from './sectors-teacher.js';
import { sideOf } from './sectors.js';

interface Wall {
  /** Unit vector along the wall. */
  readonly along: Vector;
  /** Exact vector along the wall. */
  readonly exact: Vector;
  /** Sign of the jump of the gradient across it. */
  readonly sign: number;
}

/**
 * A dual certificate that the teacher has the smallest norm among all interpolants, for inputs of the plane
 * with three distinct ones in each closed sector: λ with |g| ≤ 1, g(b_k/‖b_k‖) = sign a_k.
 *
 * In kink space: with f'' + f = ν on the circle, Σλ_if(x_i) = ∫η dν for η'' + η = Σλ_iδ_{x_i}. A neuron of
 * direction φ and mass a has ν = a(δ_{φ+π/2} + δ_{φ−π/2}), so g(φ) = ½(η(φ+π/2) + η(φ−π/2)) with 2λ in
 * place of λ, and |η| ≤ 1 suffices. From each wall η starts as ±cos of the angle to it (slope 0 at the wall, the
 * sign of the jump there). Between the first and last of three inputs of a sector the two cosines are joined
 * by sinusoids through a lower value at the middle input when the signs agree, and by a single sinusoid when
 * they differ; both stay strictly inside ±1. The kinks of η sit at inputs and are the λ. This proves
 * [song2022], Theorem 5.2, for teachers with distinct lines, independently of the perimeter argument there.
 *
 * @param inputs shape (sampleSize, 2), any lengths
 * @param drop how far below the cosines the middle value lies, as a share of what is possible, in (0, 1)
 * @returns λ for f as a function of the inputs given, or null when some sector has too few inputs, two neurons
 *   of the teacher share a line, or a λ overflows
 */
export function sectorCertificate(
  teacher: UnitTeacher,
  inputs: Matrix,
  drop = 0.25,
): number[] | null {
  const lines = teacherLines(teacher);
  if (teacher.inputDim !== 2 || lines.some(({ members }) => members.length > 1)) return null;
  const walls: Wall[] = lines
    .flatMap(({ first }) => {
      const [x, y] = teacher.directions[first];
      return [
        [-y, x],
        [y, -x],
      ].map((exact) => ({
        exact,
        along: unitVector(exact),
        sign: teacher.signs[first],
      }));
    })
    .sort((a, b) => Math.atan2(a.along[1], a.along[0]) - Math.atan2(b.along[1], b.along[0]));
  const dual = inputs.map(() => 0);
  for (const [k, start] of walls.entries()) {
    const end = walls[(k + 1) % walls.length];
    if (!addSector(dual, inputs, start, end, drop)) return null;
  }
  return dual.every(Number.isFinite) ? dual : null;
}

interface Placed {
  readonly index: number;
  readonly unit: Vector;
  readonly angle: number;
}

/** Adds the kinks of one sector to the dual; false when it holds too few distinct inputs. */
function addSector(dual: number[], inputs: Matrix, start: Wall, end: Wall, drop: number): boolean {
  const inside = inputs
    .map((input, index): Placed => {
      const unit = unitVector(input);
      return { index, unit, angle: angleFrom(start.along, unit) };
    })
    // Left of the first wall or on it, and right of the second or on it.
    .filter(
      ({ index }) => side(start.exact, inputs[index]) >= 0 && side(inputs[index], end.exact) >= 0,
    )
    .sort((a, b) => a.angle - b.angle)
    .filter((placed, k, all) => k === 0 || separation(all[k - 1].unit, placed.unit) > 1e-13);
  if (inside.length < 3) return false;
  const kink = (at: Placed, size: number): void => {
    // Of subnormal inputs the norm itself has few digits.
    const { rows, exponents } = balanceRows([inputs[at.index]]);
    dual[at.index] += timesPowerOfTwo(size / (2 * norm(rows[0])), -exponents[0]);
  };
  if (start.sign === end.sign) {
    const [first, middle, last] = bestTriple(inside, start, end);
    const fromStart = dot(middle.unit, start.along);
    const fromEnd = dot(middle.unit, end.along);
    const lower = Math.min(fromStart, fromEnd);
    const near = Math.min(separation(first.unit, middle.unit), separation(middle.unit, last.unit));
    const value = lower - drop * Math.min(0.5 * (1 + lower), near);
    const left = fromStart - value;
    const right = fromEnd - value;
    const sinLeft = separation(first.unit, middle.unit);
    const sinRight = separation(middle.unit, last.unit);
    const cosLeft = dot(first.unit, middle.unit);
    const cosRight = dot(middle.unit, last.unit);
    const slopes = separation(start.along, middle.unit) + separation(middle.unit, end.along);
    kink(first, (-start.sign * left) / sinLeft);
    kink(last, (-start.sign * right) / sinRight);
    kink(
      middle,
      start.sign * (slopes + (left * cosLeft) / sinLeft + (right * cosRight) / sinRight),
    );
    return true;
  }
  const first = inside[0];
  const last = inside[inside.length - 1];
  const fall = dot(last.unit, start.along) + dot(last.unit, end.along);
  const sine = separation(first.unit, last.unit);
  kink(first, (-start.sign * fall) / sine);
  const slope = separation(start.along, last.unit) - separation(last.unit, end.along);
  kink(last, start.sign * (slope + (fall * dot(first.unit, last.unit)) / sine));
  return true;
}

/** First and last input, with the middle one that keeps the kinks smallest: nearest to where the cosines cross. */
function bestTriple(inside: readonly Placed[], start: Wall, end: Wall): [Placed, Placed, Placed] {
  let best = 1;
  let bestScore = -Infinity;
  for (let k = 1; k + 1 < inside.length; k += 1) {
    const { unit } = inside[k];
    const near = Math.min(
      separation(inside[0].unit, unit),
      separation(unit, inside[inside.length - 1].unit),
    );
    const score = near - Math.abs(dot(unit, start.along) - dot(unit, end.along));
    if (score > bestScore) {
      best = k;
      bestScore = score;
    }
  }
  return [inside[0], inside[best], inside[inside.length - 1]];
}

/** Sine of the angle from a to b, counted counterclockwise, without cancellation (both products exact). */
function separation(a: Vector, b: Vector): number {
  const first = twoProduct(a[0], b[1]);
  const second = twoProduct(a[1], b[0]);
  return first.high - second.high + (first.low - second.low);
}

/** −1, 0 or 1: whether b is to the right of a, on its line or to the left, exactly. */
function side(a: Vector, b: Vector): -1 | 0 | 1 {
  return sideOf([-a[1], a[0]], b);
}

function angleFrom(start: Vector, unit: Vector): number {
  return Math.atan2(separation(start, unit), dot(start, unit));
}

/** x·y = high + low exactly (Dekker 1971, doi:10.1007/BF01397083). */
function twoProduct(x: number, y: number): { high: number; low: number } {
  const high = x * y;
  const [xh, xl] = split(x);
  const [yh, yl] = split(y);
  return { high, low: xl * yl - (high - xh * yh - xl * yh - xh * yl) };
}

function split(x: number): [number, number] {
  const shifted = 134217729 * x;
  const high = shifted - (shifted - x);
  return [high, x - high];
}
