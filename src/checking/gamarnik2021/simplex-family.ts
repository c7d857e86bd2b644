import { ARGUMENTS } from '../arguments.js';
import { ASSUMED } from '../assumptions.js';
import type { Evidence, Finding } from '../finding.js';
import type { Rational } from '../rational.js';
import {
  ONE,
  ZERO,
  fraction,
  inner,
  integer,
  over,
  plus,
  power,
  smaller,
  times,
} from '../rational.js';
import { list, record, whole } from '../read.js';
import type { Side, Statement } from '../statement.js';
import { compared, exactly, settling } from '../statement.js';

/** The class H(A) over steps ±𝓜/2. */
interface StepClass {
  readonly magnitude: number;
  readonly outerNorm: number;
}

/**
 * Least s_i(w·x_i + w0) over the points 0, e_1, …, e_d and all sign vectors s, with w0 = s_0 and w_k = s_k − s_0.
 */
function leastMargin(inputDim: number): Rational {
  const points = Array.from({ length: inputDim + 1 }, (_, i) =>
    Array.from({ length: inputDim }, (__, k) => (k === i - 1 ? ONE : ZERO)),
  );
  let least: Rational | null = null;
  for (let mask = 0; mask < 2 ** points.length; mask += 1) {
    const signs = points.map((_, i) => integer((mask >> i) & 1 ? 1 : -1));
    const [offset, ...others] = signs;
    const normal = others.map((sign) => plus(sign, times(integer(-1), offset)));
    for (const [i, at] of points.entries()) {
      const margin = times(signs[i], plus(inner(normal, at), offset));
      least = least === null ? margin : smaller(least, margin);
    }
  }
  return least ?? ZERO;
}

/** d + 1 points are shattered at total width γ = 𝓜A/ratio. */
function shattering(
  name: string,
  inputDim: number,
  { magnitude, outerNorm }: StepClass,
  ratio: Rational,
): Statement[] {
  const range = integer(magnitude * outerNorm);
  const width = over(range, ratio);
  const half = (x: Rational): Rational => times(x, fraction(1n, 2n));
  return [
    settling(ASSUMED.largeNorm, compared(`${name}: A`, integer(outerNorm), '≥', ONE)),
    settling(ASSUMED.positiveMagnitude, compared(`${name}: 𝓜`, integer(magnitude), '>', ZERO)),
    settling(ASSUMED.admittedWidth, compared(`${name}: γ`, width, '>', ZERO)),
    settling(ASSUMED.admittedWidth, compared(`${name}: γ against 𝓜A`, width, '≤', range)),
    compared(
      `${name}: least s_i(w·x_i + w0) over the ${2 ** (inputDim + 1)} sign vectors`,
      leastMargin(inputDim),
      '>',
      ZERO,
    ),
    compared(`${name}: |h(x_i)| = A·𝓜/2 against γ/2`, half(range), '≥', half(width)),
  ];
}

function member(
  inputDim: number,
  stepClass: StepClass,
  constants: readonly number[],
  logPower: 1 | 2,
): Statement[] {
  const count = integer(inputDim + 1);
  const widest = `d = ${inputDim}, γ = 𝓜A`;
  return [
    ...shattering(widest, inputDim, stepClass, ONE),
    compared(
      `${widest}: ${inputDim + 1} shattered points against the bound for every C, whose logarithm is at most 𝓜A/γ − 1`,
      count,
      '>',
      ZERO,
    ),
    ...constants.flatMap((constant) => {
      const steps = integer(8 * constant);
      const ratio = plus(ONE, over(ONE, steps));
      const name = `d = ${inputDim}, C = ${constant}, γ = 𝓜A·${steps.top}/${steps.top + 1n}`;
      // C·d·ratio²·(log ratio)^logPower with log x ≤ x − 1 = 1/steps.
      const bound: Side = exactly(
        times(
          integer(constant),
          integer(inputDim),
          ratio,
          ratio,
          power(over(ONE, steps), logPower),
        ),
      );
      return [
        ...shattering(name, inputDim, stepClass, ratio),
        {
          what: `${name}: ${inputDim + 1} shattered points against an upper bound of the right side, from log x ≤ x − 1`,
          left: exactly(count),
          relation: '>' as const,
          right: bound,
        },
      ];
    }),
  ];
}

/**
 * d + 1 points are shattered at total width γ = 𝓜A, where log(𝓜A/γ)^logPower vanishes, and at widths just below. Data:
 * 𝓜, A, dimensions and constants C.
 */
export function simplexFinding({ data }: Evidence, logPower: 1 | 2): Finding {
  const where = 'certificate.data';
  const fields = record(data, where, ['magnitude', 'outerNorm', 'dimensions', 'constants']);
  const stepClass = {
    magnitude: whole(fields.magnitude, `${where}.magnitude`, 1, 1000),
    outerNorm: whole(fields.outerNorm, `${where}.outerNorm`, 1, 1000),
  };
  const dimensions = list(fields.dimensions, `${where}.dimensions`, 1, 16).map((d, i) =>
    whole(d, `${where}.dimensions[${i}]`, 1, 10),
  );
  const constants = list(fields.constants, `${where}.constants`, 0, 16).map((c, i) =>
    whole(c, `${where}.constants[${i}]`, 1, 1e12),
  );
  const statement =
    'd + 1 affinely independent points are shattered at total width γ = 𝓜A, which is admitted, where log(𝓜A/γ) = 0; and at widths just below it, where the logarithm is as small as one likes';
  return {
    clause: statement,
    statement,
    argument: logPower === 1 ? ARGUMENTS.simplex : ARGUMENTS.simplexSquared,
    statements: dimensions.flatMap((d) => member(d, stepClass, constants, logPower)),
    facts: [],
    argued: [
      'the same half-spaces shatter the simplex for every d, 𝓜 and A',
      'with m = 8C the right side is at most d·(81/64)/8 < d + 1 for every C ≥ 1',
    ],
    sides: null,
  };
}
