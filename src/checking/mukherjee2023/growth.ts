import { ARGUMENTS } from '../arguments.js';
import { ASSUMED } from '../assumptions.js';
import type { Enclosure } from '../enclosure.js';
import type { Evidence, Finding } from '../finding.js';
import type { Rational } from '../rational.js';
import {
  ONE,
  ZERO,
  fraction,
  inner,
  integer,
  magnitude,
  order,
  plus,
  power,
  signOf,
  times,
  total,
} from '../rational.js';
import { double, exact, record } from '../read.js';
import { demand } from '../rejection.js';
import type { Statement } from '../statement.js';
import { compared, settling } from '../statement.js';
import type { Loss, LossSetting } from './loss.js';
import { activationStatement, largestSquare, normalisation, readLoss } from './loss.js';
import { supremaOf } from './suprema.js';

/** Upper bounds of the activation's suprema as the certificate uses them; null as in `Suprema`. */
interface Bounds {
  readonly value: Rational | null;
  readonly slope: Rational;
  readonly curvature: Rational;
  readonly defect: Rational | null;
  /** A lower bound of sup|σ′|, for λ_c. */
  readonly slopeBelow: Rational;
}

/** Reads the bounds and holds them against the closed forms. */
function readBounds(value: unknown, loss: Loss): Bounds {
  const where = 'certificate.data.suprema';
  const data = record(value, where, ['value', 'slope', 'curvature', 'defect', 'slopeBelow']);
  const suprema = supremaOf(loss.activation);
  const above = (name: 'value' | 'slope' | 'curvature' | 'defect', of: Enclosure): Rational => {
    const bound = exact(data[name], `${where}.${name}`);
    demand(order(of.upper, bound) <= 0, `${where}.${name} must not be below the supremum`);
    return bound;
  };
  const slopeBelow = exact(data.slopeBelow, `${where}.slopeBelow`);
  demand(
    signOf(slopeBelow) >= 0 && order(slopeBelow, suprema.slope.lower) <= 0,
    `${where}.slopeBelow must be ≥ 0 and not above sup|σ′|`,
  );
  demand(
    (data.value === null) === (suprema.value === null) &&
      (data.defect === null) === (suprema.defect === null),
    `${where} must bound sup|σ|, or the defect of an unbounded σ`,
  );
  return {
    value: suprema.value && above('value', suprema.value),
    slope: above('slope', suprema.slope),
    curvature: above('curvature', suprema.curvature),
    defect: suprema.defect && above('defect', suprema.defect),
    slopeBelow,
  };
}

/** The radius from which the growth is shown, and doubles not below ‖a‖ and B_x. */
interface Part {
  readonly radius: number;
  readonly outerNorm: Rational;
  readonly inputNorm: Rational;
}

function readPart(value: unknown, where: string): Part {
  const part = record(value, where, ['radius', 'outerNorm', 'inputNorm']);
  const radius = double(part.radius, `${where}.radius`);
  demand(radius > 0, `${where}.radius must be > 0`);
  const [outerNorm, inputNorm] = [part.outerNorm, part.inputNorm].map((it) => exact(it, where));
  demand(signOf(outerNorm) >= 0 && signOf(inputNorm) >= 0, `${where}: norms must be ≥ 0`);
  return { radius, outerNorm, inputNorm };
}

/**
 * ‖∇L̃‖ ≥ λR − G − K/R and ΔL̃ ≤ D₀ + D₁R on ‖W‖ = R. With ρ_i = |y_i| + ‖a‖₁·sup|σ| for bounded σ:
 * G = 2c‖a‖M_D·B_x·Σρ_i and K = D₁ = 0. For SoftPlus, ρ_i = |y_i| + ‖a‖₁·ln 2/β: G = 0, K = (c/2)Σρ_i²,
 * D₁ = 2cn·B_x³‖a‖‖a‖₁M′_D. Both: D₀ = 2cB_x²(n‖a‖²M_D² + ‖a‖₁M′_D·Σρ_i) + λpd.
 */
function constantsOf(loss: Loss, bounds: Bounds, { outerNorm, inputNorm }: Part) {
  const { outer, labels, lambda, inputDim, scale } = loss;
  const n = integer(labels.length);
  const twice = fraction(scale === 'mean' ? 2n : 1n, n.top);
  const outerSum = total(outer.map(magnitude));
  const level = times(outerSum, bounds.defect ?? bounds.value ?? ZERO);
  const reaches = labels.map((y) => plus(magnitude(y), level));
  const slopes = times(outerNorm, bounds.slope);
  const bend = times(outerSum, bounds.curvature);
  const isBounded = bounds.defect === null;
  const squares = plus(times(n, slopes, slopes), times(bend, total(reaches)));
  return {
    gradient: isBounded ? times(twice, slopes, inputNorm, total(reaches)) : ZERO,
    inner: isBounded ? ZERO : times(twice, inner(reaches, reaches), fraction(1n, 4n)),
    laplacian: plus(
      times(twice, inputNorm, inputNorm, squares),
      times(lambda, integer(outer.length * inputDim)),
    ),
    laplacianSlope: isBounded ? ZERO : times(twice, n, power(inputNorm, 3), outerNorm, bend),
  };
}

/** All checks of one part. */
function growthStatements(
  prefix: string,
  loss: Loss,
  bounds: Bounds,
  part: Part,
  setting: LossSetting,
): Statement[] {
  const { lambda, outer, steps } = loss;
  const radius = exact(part.radius, 'radius');
  const constants = constantsOf(loss, bounds, part);
  const outerSquare = inner(outer, outer);
  const inputSquare = largestSquare(loss);
  const threshold =
    setting.threshold ??
    times(integer(2), bounds.slopeBelow, bounds.slopeBelow, inputSquare, outerSquare);
  const lambdaRadius = times(lambda, radius);
  const square = times(lambdaRadius, lambdaRadius);
  const losses = times(integer(32), steps[steps.length - 1]);
  const { outerNorm, inputNorm } = part;
  const eight = integer(8);
  return [
    activationStatement(loss, setting, prefix),
    settling(ASSUMED.below, compared(`${prefix}λ > 0`, lambda, '>', ZERO)),
    settling(
      ASSUMED.below,
      compared(`${prefix}λ below a lower bound on λ_c`, lambda, '<', threshold),
    ),
    ...(setting.normalised ? [normalisation(loss, prefix)] : []),
    compared(`${prefix}‖a‖² ≤ a square`, outerSquare, '≤', times(outerNorm, outerNorm)),
    compared(`${prefix}B_x² ≤ a square`, inputSquare, '≤', times(inputNorm, inputNorm)),
    compared(`${prefix}8G ≤ λR`, times(eight, constants.gradient), '≤', lambdaRadius),
    compared(`${prefix}8K ≤ λR²`, times(eight, constants.inner), '≤', times(lambdaRadius, radius)),
    compared(`${prefix}32s·D₀ ≤ λ²R²`, times(losses, constants.laplacian), '≤', square),
    compared(
      `${prefix}32s·D₁R ≤ λ²R²`,
      times(losses, constants.laplacianSlope, radius),
      '≤',
      square,
    ),
  ];
}

/**
 * All of Villani's conditions hold at a λ in (0, λ_c), on the instance and on p = d = n = 1, x = a = 1, y = 0, s = 1. Data:
 * the radii, bounds of ‖a‖ and B_x, and bounds of the activation's suprema.
 */
export function growthFinding({ instance, data }: Evidence, setting: LossSetting): Finding {
  const where = 'certificate.data';
  const { found, simplest, suprema } = record(data, where, ['found', 'simplest', 'suprema']);
  const loss = readLoss(instance, setting);
  const bounds = readBounds(suprema, loss);
  const foundPart = readPart(found, `${where}.found`);
  const { lambda, ...rest } = record(simplest, `${where}.simplest`, [
    'lambda',
    'radius',
    'outerNorm',
    'inputNorm',
  ]);
  const simple: Loss = {
    ...loss,
    inputDim: 1,
    inputs: [[ONE]],
    labels: [ZERO],
    outer: [ONE],
    lambda: exact(lambda, `${where}.simplest.lambda`),
    steps: [ONE],
  };
  const step = (instance as { steps: readonly unknown[] }).steps.at(-1);
  const half = times(loss.lambda, fraction(1n, 2n));
  return {
    clause: 'some condition fails: the growth coefficient of (2)–(4) is ≤ 0',
    statement: `0 < λ < λ_c, and L̃ satisfies all of Villani's conditions (1)–(4): −ΔL̃ + ‖∇L̃‖²/s ≥ λ²‖W‖²/(2s) for ‖W‖ ≥ ${foundPart.radius} and s ≤ ${double(step, 's')}`,
    argument: setting.normalised ? ARGUMENTS.growthNormalised : ARGUMENTS.growth,
    statements: [
      ...growthStatements('found instance: ', loss, bounds, foundPart, setting),
      ...growthStatements(
        'simplest instance: ',
        simple,
        bounds,
        readPart(rest, `${where}.simplest`),
        setting,
      ),
    ],
    facts: [
      `σ is ${loss.activation.name}, which is smooth; the bounds on sup|σ|, sup|σ′|, sup|σ″| hold by closed forms`,
    ],
    argued: [
      '‖∇L̃‖ ≥ λR − G − K/R and ΔL̃ ≤ D₀ + D₁R, so the checks at one radius give condition (4) at every larger one and every smaller s',
      'conditions (2) and (3) follow from L̃ ≥ (λ/2)‖W‖²',
    ],
    // λ/2 is exact in float64 unless it underflows.
    sides: { lhs: { lower: half, upper: half }, rhs: { lower: ZERO, upper: ZERO } },
  };
}
