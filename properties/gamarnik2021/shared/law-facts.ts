import type { InputLaw, Matrix, Vector } from '../../../src/model/index.js';
import { secondMoment } from '../../../src/model/index.js';
import { dot, exp, log, norm, normalCdf } from '../../../src/math/index.js';
import {
  DEPTH_DIMENSION_LIMIT,
  VERTEX_DIMENSION_LIMIT,
  halfspaceDepth,
  reluMinimumMean,
} from '../../../src/solvers/index.js';
import {
  LOG_CONCAVE_HALFSPACE_MASS,
  binaryCubeHalfspaceMass,
  gaussianHalfspaceMass,
  gaussianReluMean,
  halfspaceMassFromMean,
  independentReluMeanBound,
  rademacherReluMean,
  shiftedGaussianHalfspaceMass,
  shiftedGaussianReluMean,
  signedBasisHalfspaceMass,
  signedBasisReluMean,
  sphereHalfspaceMass,
  sphereReluMean,
  studentHalfspaceMass,
  studentReluMean,
  symmetricHalfspaceMassBound,
} from '../../../src/theory/index.js';

/**
 * A positive number that inf over ‖w‖₂ = 1 of E ReLU(w·X) is at least, 0 where the infimum is 0 or no
 * bound is known, Infinity where every expectation is infinite. Exact but, in d ≥ 2, for laws with
 * independent skewed or uniform coordinates (Hölder) and for clusters (Jensen).
 */
export function minimalReluMean(law: InputLaw): number {
  const d = law.dimension;
  switch (law.name) {
    case 'gaussian':
      return gaussianReluMean(1);
    case 'gaussian-covariance':
      return gaussianReluMean(Math.min(...law.spectrum));
    case 'gaussian-shifted':
      return shiftedGaussianReluMean(norm(law.mean), 1);
    case 'sphere':
      return sphereReluMean(d, law.radius);
    case 'rademacher':
      return rademacherReluMean(d);
    case 'symmetric-cube':
      // E U² = 1/3, E U⁴ = 1/5; for d = 1 the mean is E U₊ = ¼.
      return d === 1 ? 0.25 : independentReluMeanBound(1 / 3, 1 / 5);
    case 'centred-exponential':
      // Fourth central moment 9; for d = 1 both signs give E(E − 1)₊ = 1/e.
      return d === 1 ? exp(-1) : independentReluMeanBound(1, 9);
    case 'skewed-two-point': {
      const variance = law.probability * (1 - law.probability);
      return d === 1 ? Math.sqrt(variance) : independentReluMeanBound(1, 1 / variance - 3);
    }
    case 'student-t':
      return studentReluMean(law.degrees);
    case 'scale-mixture': {
      const near = (1 - law.farProbability) * law.nearScale;
      const base = law.base === 'gaussian' ? gaussianReluMean(1) : sphereReluMean(d, Math.sqrt(d));
      return (near + law.farProbability * law.farScale) * base;
    }
    case 'atoms':
      return atomsReluMean(law.points, law.probabilities, d);
    case 'basis-atoms':
      return law.signed ? signedBasisReluMean(d, law.constant) : 0;
    case 'line':
      return d === 1 && !law.half ? gaussianReluMean(1) : 0;
    case 'clusters':
      if (d === 1) return leastOverSigns(law.centres, (t) => positivePartMean(t, law.spread));
      // E ReLU(t + sZ) is convex in t, so the mixture is at least its value at the mean of the centres.
      return shiftedGaussianReluMean(norm(meanOf(law.centres)), law.spread);
    case 'binary-cube':
    case 'unit-cube':
    case 'absolute-gaussian':
    case 'exponential':
    case 'pareto':
    case 'hyperplane':
    case 'halfspace':
      // ReLU(w·X) = 0 almost surely for w = −e_1, for ∓ the normal.
      return 0;
  }
}

/**
 * A number that inf over ‖w‖₂ = 1 of P(w·X ≥ margin) is at least; 0 where the infimum is 0 or no bound
 * is known. Exact at margin 0 but for two-point coordinates and clusters in d ≥ 2.
 */
export function minimalHalfspaceMass(law: InputLaw, margin: number): number {
  const byMean = halfspaceMassFromMean(minimalReluMean(law), largestVariance(law), margin);
  return Math.max(directHalfspaceMass(law, margin), byMean);
}

function directHalfspaceMass(law: InputLaw, margin: number): number {
  const d = law.dimension;
  switch (law.name) {
    case 'gaussian':
      return gaussianHalfspaceMass(1, margin);
    case 'gaussian-covariance':
      return gaussianHalfspaceMass(Math.min(...law.spectrum), margin);
    case 'gaussian-shifted':
      return shiftedGaussianHalfspaceMass(norm(law.mean), 1, margin);
    case 'sphere':
      return sphereHalfspaceMass(d, law.radius, margin);
    case 'rademacher':
      return d === 1 && margin <= 1 ? 0.5 : symmetricHalfspaceMassBound(1, 3, margin);
    case 'symmetric-cube':
      return symmetricHalfspaceMassBound(1 / 3, 1 / 3, margin);
    case 'centred-exponential':
      return margin === 0 ? LOG_CONCAVE_HALFSPACE_MASS : 0;
    case 'skewed-two-point':
      return d === 1 ? twoPointMass(law.probability, margin) : 0;
    case 'student-t':
      return studentHalfspaceMass(law.degrees, margin);
    case 'scale-mixture': {
      const base = (scale: number): number => {
        if (scale === 0) return margin === 0 ? 1 : 0;
        return law.base === 'gaussian'
          ? gaussianHalfspaceMass(1, margin / scale)
          : sphereHalfspaceMass(d, Math.sqrt(d), margin / scale);
      };
      return (
        (1 - law.farProbability) * base(law.nearScale) + law.farProbability * base(law.farScale)
      );
    }
    case 'atoms':
      return margin === 0 ? atomsDepth(law.points, law.probabilities, d) : 0;
    case 'basis-atoms':
      // Without signs, w = −(1, …, 1)/√d has w·X < 0.
      return law.signed ? signedBasisHalfspaceMass(d, law.constant, margin) : 0;
    case 'line':
      if (law.half) return 0;
      return d === 1 ? gaussianHalfspaceMass(1, margin) : gaussianHalfspaceMass(0, margin);
    case 'hyperplane':
      if (law.offset !== 0 || margin > 0) return 0;
      return d === 1 ? 1 : 0.5;
    case 'clusters': {
      const { centres, spread } = law;
      if (d === 1) return leastOverSigns(centres, (t) => upperMass(t - margin, spread));
      return centres.reduce(
        (sum, centre) => sum + upperMass(-norm(centre) - margin, spread) / centres.length,
        0,
      );
    }
    case 'binary-cube':
      return binaryCubeHalfspaceMass(d, margin);
    case 'unit-cube':
    case 'absolute-gaussian':
    case 'exponential':
    case 'pareto':
    case 'halfspace':
      return 0;
  }
}

function twoPointMass(p: number, margin: number): number {
  const up = margin <= Math.sqrt((1 - p) / p) ? p : 0;
  const down = margin <= Math.sqrt(p / (1 - p)) ? 1 - p : 0;
  return Math.min(up, down);
}

/** An upper bound on E(w·X)² over unit w: E‖X‖², or the largest eigenvalue where it is known. */
function largestVariance(law: InputLaw): number {
  switch (law.name) {
    case 'gaussian':
    case 'rademacher':
    case 'centred-exponential':
    case 'skewed-two-point':
      return 1;
    case 'gaussian-covariance':
      return Math.max(...law.spectrum);
    case 'gaussian-shifted':
      return 1 + dot(law.mean, law.mean);
    case 'sphere':
    case 'symmetric-cube':
    case 'student-t':
    case 'scale-mixture':
    case 'basis-atoms':
      return secondMoment(law) / law.dimension;
    default:
      return secondMoment(law);
  }
}

/** The smaller of the means of value(c_k) and of value(−c_k): the infimum over w = ±1. */
function leastOverSigns(centres: Matrix, value: (t: number) => number): number {
  const over = (w: number): number =>
    centres.reduce((sum, [c]) => sum + value(w * c), 0) / centres.length;
  return Math.min(over(1), over(-1));
}

/** P(t + s·Z ≥ 0). */
function upperMass(t: number, s: number): number {
  if (s === 0) return t >= 0 ? 1 : 0;
  return normalCdf(t / s);
}

/** E ReLU(t + s·Z) = t₊ + s·(φ(u) − uΦ(−u)), u = |t|/s. */
function positivePartMean(t: number, s: number): number {
  return Math.max(0, t) + shiftedGaussianReluMean(Math.abs(t), s);
}

function meanOf(points: Matrix): Vector {
  return points[0].map((_, k) => points.reduce((sum, point) => sum + point[k], 0) / points.length);
}

/** Σp_k ReLU(w·x_k) = Σ ReLU(w·p_k x_k): the exact minimum for d ≤ 4, 0 above. */
function atomsReluMean(points: Matrix, probabilities: Vector, dimension: number): number {
  if (dimension > VERTEX_DIMENSION_LIMIT) return 0;
  const weighted = points.map((point, i) => point.map((entry) => probabilities[i] * entry));
  return points.length * reluMinimumMean(weighted, dimension).lower;
}

function atomsDepth(points: Matrix, probabilities: Vector, dimension: number): number {
  if (dimension > DEPTH_DIMENSION_LIMIT) return 0;
  return halfspaceDepth(points, dimension, probabilities).count;
}

/**
 * The exponent κ in P(‖X‖² > Cd) ≤ e^{−κd} for some C that does not depend on d, along a ladder d → ∞ of
 * the same member of P-X: Infinity for bounded ‖X‖²/d and for Gaussian tails (C can be raised), −ln q/d
 * for a far component of probability q, and 0 for tails that a single coordinate or a common factor
 * makes slower than exponential in d: exponential and Pareto coordinates, multivariate t.
 */
export function normTailExponent(law: InputLaw): number {
  switch (law.name) {
    case 'exponential':
    case 'centred-exponential':
    case 'pareto':
    case 'student-t':
      return 0;
    case 'scale-mixture':
      return -log(law.farProbability) / law.dimension;
    default:
      return Infinity;
  }
}
