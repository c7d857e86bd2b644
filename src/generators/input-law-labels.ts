import type { InputLaw, Vector } from '../model/index.js';

/** The members of the pool P-X, simplest first, with a phrase each. */
export const INPUT_LAW_MEMBERS = {
  gaussian: 'N(0, I)',
  'ill-conditioned-gaussian': 'N(0, Σ), condition number of Σ from 10 to 1e6',
  'singular-gaussian': 'N(0, Σ), Σ singular',
  'shifted-gaussian': 'N(b, I), ‖b‖ from 0.1 to 10',
  'sqrt-d-sphere': 'uniform on the sphere of radius √d',
  'unit-sphere': 'uniform on the unit sphere',
  rademacher: 'uniform on {−1, 1}^d',
  'binary-cube': 'uniform on {0, 1}^d',
  'unit-cube': 'uniform on [0, 1)^d',
  'symmetric-cube': 'uniform on [−1, 1)^d',
  'absolute-gaussian': '|N(0, I)| coordinate by coordinate',
  exponential: 'independent Exp(1) coordinates',
  pareto: 'independent Pareto coordinates, tail index from ½ to 6',
  'centred-exponential': 'independent Exp(1) − 1 coordinates',
  'skewed-two-point': 'independent centred two-point coordinates, skewed',
  'student-t': 'multivariate t, degrees of freedom from 1 to 20',
  'scale-mixture': 'scale mixture with a far component of probability e^{−d} or 2^{−d}',
  'one-atom': 'one atom',
  'two-atoms': 'two atoms',
  'few-atoms': 'three to five atoms',
  'rare-far-atom': 'atoms at e_i, and one far on the other side of probability 1e-4 to 0.01',
  'basis-atoms': 'uniform on √(Cd)·e_i',
  'signed-basis-atoms': 'uniform on ±√(Cd)·e_i',
  line: 'a Gaussian on a line through 0',
  'half-line': '|N(0, 1)| on a half-line',
  hyperplane: 'a Gaussian on a hyperplane, through 0 or not',
  halfspace: 'a Gaussian folded into a halfspace, with a margin or without',
  clusters: 'two to four Gaussian clusters',
} as const;

export type InputLawMember = keyof typeof INPUT_LAW_MEMBERS;
export type InputLawLabel = `input:${InputLawMember}`;

/** The coverage label of a law, `input:` and the member of P-X that it is. */
export function inputLawLabel(law: InputLaw): InputLawLabel {
  return `input:${memberOf(law)}`;
}

/** Coverage labels of the pool with a phrase each, for `coverage.sampled`. */
export function inputLawPhrases(
  members: readonly InputLawMember[] = Object.keys(INPUT_LAW_MEMBERS) as InputLawMember[],
): Record<string, string> {
  return Object.fromEntries(
    members.map((member) => [`input:${member}`, `X: ${INPUT_LAW_MEMBERS[member]}`]),
  );
}

/** The largest probability of a rare atom; other atoms of the pool have 1/17 or more. */
const RARE = 0.01;

function memberOf(law: InputLaw): InputLawMember {
  switch (law.name) {
    case 'gaussian-covariance':
      return law.spectrum.includes(0) ? 'singular-gaussian' : 'ill-conditioned-gaussian';
    case 'gaussian-shifted':
      return 'shifted-gaussian';
    case 'sphere':
      return law.radius === 1 ? 'unit-sphere' : 'sqrt-d-sphere';
    case 'atoms': {
      if (Math.min(...law.probabilities.filter((p) => p > 0)) <= RARE) return 'rare-far-atom';
      const atoms = new Set(supported(law.points, law.probabilities).map(String)).size;
      if (atoms <= 1) return 'one-atom';
      return atoms === 2 ? 'two-atoms' : 'few-atoms';
    }
    case 'basis-atoms':
      return law.signed ? 'signed-basis-atoms' : 'basis-atoms';
    case 'line':
      return law.half ? 'half-line' : 'line';
    default:
      return law.name;
  }
}

function supported(points: readonly Vector[], probabilities: Vector): Vector[] {
  return points.filter((_, i) => probabilities[i] > 0);
}
