import type { ScalingReading } from '../../../src/claims/index.js';
import convergence from '../../../properties/zhang2019/gradient-descent-converges-linearly.property.js';
import type { ConvergenceProblem } from '../../../properties/zhang2019/shared/convergence-problems.js';
import { scopeOf } from '../../../properties/zhang2019/shared/convergence-problems.js';
import type { Planted } from './variant.js';
import { originalOf, variantOf } from './variant.js';

type Reading = ScalingReading<ConvergenceProblem>;

interface Change {
  readonly id: string;
  readonly distance: Planted['distance'];
  readonly constant: 'c3' | 'c4';
  readonly statement: string;
  readonly argument: string;
  /** What the change multiplies the implied constant by. */
  readonly factor: (scope: ReturnType<typeof scopeOf>, sampleSize: number) => number;
}

const WEDGE =
  'Two columns of singular values (κ, 1) along their sum and difference enclose an angle θ ≈ 2/κ; moving them against each other changes the outputs only in the wedge between their hyperplanes, so the Hessian is of order θ³ there and λκ²(1 − ρ)/η tends to a positive constant (λ = κ)';
const FLOOR = 'The error of one column tends to a multiple of dν²/N';

const CHANGES: readonly Change[] = [
  {
    id: 'kappa-for-its-square',
    distance: 'far',
    constant: 'c3',
    statement: 'The rate 1 − c₃η/(λκ).',
    argument: `${WEDGE}: with κ in the place of κ² it falls like 1/κ.`,
    factor: ({ kappa }) => 1 / kappa,
  },
  {
    id: 'kappa-to-the-three-halves',
    distance: 'near',
    constant: 'c3',
    statement: 'The rate 1 − c₃η/(λκ^{3/2}).',
    argument: `${WEDGE}: with κ^{3/2} in the place of κ² it falls like κ^{−1/2}.`,
    factor: ({ kappa }) => kappa ** -0.5,
  },
  {
    id: 'without-lambda',
    distance: 'far',
    constant: 'c3',
    statement: 'The rate 1 − c₃η/κ².',
    argument: `${WEDGE}: without λ it falls like 1/κ.`,
    factor: ({ lambda }) => 1 / lambda,
  },
  {
    id: 'root-of-lambda',
    distance: 'near',
    constant: 'c3',
    statement: 'The rate 1 − c₃η/(λ^{1/2}κ²).',
    argument: `${WEDGE}: with λ^{1/2} in the place of λ it falls like κ^{−1/2}.`,
    factor: ({ lambda }) => lambda ** -0.5,
  },
  {
    id: 'without-the-dimension',
    distance: 'far',
    constant: 'c4',
    statement: 'The statistical term without d.',
    argument: `${FLOOR}: the implied c₄ grows like d.`,
    factor: ({ d }) => d,
  },
  {
    id: 'root-of-the-dimension',
    distance: 'near',
    constant: 'c4',
    statement: 'The statistical term with √d in the place of d.',
    argument: `${FLOOR}: the implied c₄ grows like √d.`,
    factor: ({ d }) => Math.sqrt(d),
  },
  {
    id: 'square-of-the-sample-size',
    distance: 'far',
    constant: 'c4',
    statement: 'The statistical term with N² in the place of N.',
    argument: `${FLOOR}: the implied c₄ grows like N/log N.`,
    factor: (_, sampleSize) => sampleSize,
  },
  {
    id: 'sample-size-to-the-three-halves',
    distance: 'near',
    constant: 'c4',
    statement: 'The statistical term with N^{3/2} in the place of N.',
    argument: `${FLOOR}: the implied c₄ grows like √N/log N.`,
    factor: (_, sampleSize) => Math.sqrt(sampleSize),
  },
];

const SCATTERED =
  'the statistical error varies by a factor of ten from run to run, and c₄ itself falls with the size: its few runs do not tell the exponent surely from a squared logarithm';

const source = originalOf<Reading>(convergence, 'intended');

/** False variants of the convergence theorem: exponents that are too small or too large. */
export const CONVERGENCE: readonly Planted[] = CHANGES.map(({ constant, factor, ...change }) => ({
  ...change,
  ...(constant === 'c4' ? { beyond: SCATTERED } : {}),
  id: `convergence-${change.id}`,
  original: convergence,
  reading: 'intended',
  variant: variantOf(source, 'scaling', change, {
    conclude: async (problem, tools) => {
      const conclusion = await source.conclude(problem, tools);
      const implied = conclusion.status === 'decided' ? conclusion.implied : undefined;
      if (conclusion.status !== 'decided' || implied?.[constant] === undefined) return conclusion;
      const sampleSize = problem.part === 'sample' ? problem.sampleSize : 1;
      const changed = implied[constant] * factor(scopeOf(problem), sampleSize);
      return { ...conclusion, implied: { ...implied, [constant]: changed } };
    },
  }),
}));
