import type {
  Certificate,
  Conclusion,
  Confirmation,
  Control,
  ExactCheck,
  Tools,
  Violation,
} from '../../../src/claims/index.js';
import { atMost, decided, gaveUp, settling } from '../../../src/claims/index.js';
import type { Expression } from '../../../src/math/index.js';
import {
  HIGH_PRECISION_DIGITS,
  bigNumber,
  compare,
  divide,
  formatRational,
  multiply,
  rational,
} from '../../../src/math/index.js';
import type { ExactShattering } from '../../../src/solvers/index.js';
import {
  checkExactShattering,
  exactShattering,
  shatteredCount,
} from '../../../src/solvers/index.js';
import { fatShatteringUpperBound, lineFatShatteringDimension } from '../../../src/theory/index.js';
import { check } from './exact-check.js';
import {
  ADMITTED_WIDTH,
  ASSUMPTIONS,
  LARGE_NORM,
  POSITIVE_MAGNITUDE,
} from './fat-shattering-assumptions.js';
import type { Convention, FatShatteringInstance } from './fat-shattering-instances.js';
import { sidesOf } from './fat-shattering-instances.js';

/** The factor that the reading puts in the place of the tilde of Õ, and the constant that its clause tests. */
export interface BoundReading {
  /** The printed right side with the reading's logarithm and a constant C, over C, M, A, d, gamma. */
  readonly bound: Expression<'C' | 'M' | 'A' | 'd' | 'gamma'>;
  /** Exponent of log(𝓜A/γ). */
  readonly logPower: 0 | 1 | 2;
  /**
   * The claim leaves the constant open. The clause uses this one, ours: just above what d = 1, n = 2, γ = 𝓜A/2 attains.
   */
  readonly constant: number;
  readonly convention: Convention;
}

/** The clause's name; controls change its right side. */
export const CLAUSE = 'certified dimension ≤ C·𝓜²A²d/γ²·log factor';

/** Prefixes up to this many points are solved by programs, per dimension ≤ 3 and above. */
const PROGRAM_POINTS = { low: 8, high: 9 } as const;

/** Certificates list every sign vector: not for more points than this. */
const CERTIFIED_POINTS = 6;

interface Shown {
  readonly count: number;
  readonly shattering: ExactShattering | null;
}

/**
 * Certifies a lower bound n of the fat-shattering dimension at the instance's width and compares it with the bound.
 * For d = 1 the dimension itself is known, and n reaches it.
 */
export async function concludeBound(
  reading: BoundReading,
  instance: FatShatteringInstance,
  tools: Pick<Tools, 'attack'>,
): Promise<Conclusion> {
  const { inputDim, points, magnitude, outerNorm, width, witness } = instance;
  const ratio = (magnitude * outerNorm) / width;
  const reach = width / sidesOf(reading.convention);
  const norm = (magnitude * outerNorm) / (2 * reach);
  const moved = witness.some((r) => r !== 0);
  const { low, high } = PROGRAM_POINTS;
  const found = await shatteredCount(points, norm, {
    // Affinely independent points need no program at all.
    programsUpTo: Math.max(inputDim + 1, (inputDim <= 3 ? low : high) + (tools.attack > 1 ? 1 : 0)),
    ...(moved ? { witness: witness.map((r) => r / reach) } : {}),
  });
  if (found.status === 'failed') return gaveUp(`a linear program failed: ${found.message}`);
  const n = found.count;
  checkLowerBound(n, inputDim, 2 * found.norm);
  // What is certified holds at this outer norm, equal to the instance's up to the programs' tolerance.
  const certifiedNorm = outerNorm * (found.norm / norm);
  const scope = { M: magnitude, A: certifiedNorm, d: inputDim, gamma: width };
  const rhs = reading.bound.evaluate({ ...scope, C: reading.constant });
  const perUnit = reading.bound.evaluate({ ...scope, C: 1 });
  const clause = atMost(CLAUSE, n, rhs);
  const violated = clause.margin.upper < 0;
  return decided(
    inputDim === 1 && n === lineFatShatteringDimension(2 * norm) ? 'exact' : 'attack',
    [clause],
    {
      trivial: n === 0,
      // Where the logarithm is 0 no constant helps.
      ...(n > 0 ? { implied: { c: perUnit > 0 ? n / perUnit : Infinity } } : {}),
      measurements: {
        n,
        ratio,
        d: inputDim,
        provedUpperBound: fatShatteringUpperBound(inputDim, 2 * norm),
        programs: found.programs,
      },
      ...(violated ? { witness: await shown({ ...instance, width: reach }, n) } : {}),
    },
  );
}

/**
 * Checks a certified lower bound of the dimension against what is proved of it: the dimension itself for d = 1, the
 * bound by Massart's lemma for every d.
 *
 * @param ratio 𝓜A/γ of the convention with γ on either side
 * @throws Error when the lower bound is above: one of the two is computed wrongly
 */
export function checkLowerBound(n: number, inputDim: number, ratio: number): void {
  const proved = fatShatteringUpperBound(inputDim, ratio);
  const limit = inputDim === 1 ? Math.min(proved, lineFatShatteringDimension(ratio)) : proved;
  if (n > limit) {
    throw new Error(
      `concludeBound: the certified dimension must be at most ${limit}, which is proved for d = ${inputDim} and 𝓜A/γ = ${ratio}, got ${n}`,
    );
  }
}

async function shown(instance: FatShatteringInstance, count: number): Promise<Shown> {
  if (count > CERTIFIED_POINTS) return { count, shattering: null };
  const shattering = await exactShattering({
    ...instance,
    points: instance.points.slice(0, count),
  });
  return { count, shattering };
}

function checkedShattering(
  { convention }: BoundReading,
  instance: FatShatteringInstance,
  violation: Violation,
) {
  const { count, shattering } = violation.conclusion.witness as Shown;
  if (shattering === null) return null;
  const width = instance.width / sidesOf(convention);
  const prefix = { ...instance, width, points: instance.points.slice(0, count) };
  return { count, check: checkExactShattering(prefix, shattering) };
}

/** Recomputes both sides: the left from the integer networks, the right with 64 digits. */
export function confirmBound(
  reading: BoundReading,
  instance: FatShatteringInstance,
  violation: Violation,
): Confirmation | null {
  const exact = checkedShattering(reading, instance, violation);
  if (exact === null || !exact.check.holds) return null;
  const { magnitude, outerNorm, width, inputDim } = instance;
  const rhs = reading.bound.evaluateBig({
    C: reading.constant,
    M: magnitude,
    A: outerNorm,
    d: inputDim,
    gamma: width,
  });
  return {
    method: 'integer networks for all sign vectors; the bound with BigNumbers',
    digits: HIGH_PRECISION_DIGITS,
    clause: CLAUSE,
    lhs: String(exact.count),
    rhs: rhs.toString(),
    violated: bigNumber(exact.count).gt(rhs),
    assumptions: ASSUMPTIONS.map(({ name, margin }) => {
      // Differences and products of the dyadic parameters are exact in doubles or far from 0.
      const value = margin(instance);
      return { name, margin: String(value), holds: value >= 0 };
    }),
  };
}

function equal(what: string, left: number, right: number): ExactCheck {
  return { what, left: String(left), relation: '=', right: String(right), holds: left === right };
}

/** The same in exact rationals, for the reading without logarithm; the assumptions are among the checks. */
export function certifyBound(
  reading: BoundReading,
  instance: FatShatteringInstance,
  violation: Violation,
): Certificate | null {
  const { magnitude, outerNorm, width, inputDim } = instance;
  if (width === 0) return null;
  const scale = divide(multiply(magnitude, outerNorm), width);
  // The logarithm is rational at 𝓜A = γ alone, where it is 0.
  if (reading.logPower !== 0 && compare(scale, 1) !== 0) return null;
  const exact = checkedShattering(reading, instance, violation);
  if (exact === null) return null;
  const { count, check: found } = exact;
  const perUnit = reading.logPower === 0 ? multiply(multiply(scale, scale), inputDim) : 0n;
  const bound = multiply(perUnit, reading.constant);
  return {
    kind: 'instance',
    statement: `${count} points of R^${inputDim} are shattered at width ${width} by networks of outer norm ${outerNorm}, more than ${formatRational(bound)}`,
    argument:
      'For every sign vector an explicit network of steps ±𝓜/2 over integer half-spaces has outer norm ≤ A and reaches the width at every point, s_i·h(x_i) ≥ γ, or γ/2 where γ is the total width (witness r = 0), so the fat-shattering dimension is at least the number of points.',
    checks: [
      settling(POSITIVE_MAGNITUDE, check('𝓜', rational(magnitude), '>', rational(0n))),
      settling(LARGE_NORM, check('A', rational(outerNorm), '≥', rational(1n))),
      settling(ADMITTED_WIDTH, check('γ', rational(width), '>', rational(0n))),
      settling(
        ADMITTED_WIDTH,
        check('γ against 𝓜A', rational(width), '≤', multiply(magnitude, outerNorm)),
      ),
      equal('sign vectors with a network', found.signVectors, 2 ** count),
      equal('networks with outer norm ≤ A', found.withinNorm, found.networks),
      equal('networks that reach width γ at every point', found.reachWidth, found.networks),
      check('number of points against the bound', rational(BigInt(count)), '>', bound),
    ],
  };
}

/**
 * A control that compares the certified dimension with another right side, per unit of its constant, and traces the
 * constant that this one would need.
 */
export function otherBound(
  judge: Control<FatShatteringInstance>['judge'],
  statement: string,
  argument: string,
  constant: number,
  perUnit: (instance: FatShatteringInstance) => number,
): Control<FatShatteringInstance> {
  return {
    judge,
    statement,
    argument,
    async conclude(instance, original) {
      const conclusion = await original();
      if (conclusion.status !== 'decided') return conclusion;
      const [{ lhs }] = conclusion.clauses;
      const unit = perUnit(instance);
      const implied = lhs > 0 && unit > 0 ? { implied: { c: lhs / unit } } : {};
      return decided(conclusion.decidedBy, [atMost(statement, lhs, constant * unit)], implied);
    },
  };
}
