import type { Conclusion, Tools } from '../../../src/claims/index.js';
import { atMost, decided, gaveUp, oneSided } from '../../../src/claims/index.js';
import type { Vector } from '../../../src/model/index.js';
import type { OuterNormSupremum } from '../../../src/solvers/index.js';
import {
  DEPTH_DIMENSION_LIMIT,
  VERTEX_DIMENSION_LIMIT,
  halfspaceDepth,
  outerNormSupremum,
  reluMinimumMean,
  sigmoidMinimumMeanLowerBound,
} from '../../../src/solvers/index.js';
import type { Dictionary } from './dictionary.js';
import { attackDictionary, completeDictionary, thinned } from './dictionary.js';
import type { OuterNormInstance } from './instance.js';
import type { Neuron, OuterNormActivation, Student } from './neurons.js';
import { outerNormOf } from './neurons.js';
import { trainStudent } from './training-attack.js';

/** The clause that all outer-norm readings share. */
export const OUTER_NORM_CLAUSE = 'sup ‖a‖₁ ≤ bound';

/** A bound with the error of its own evaluation. */
export interface Bound {
  readonly value: number;
  readonly error: number;
}

/** Sizes up to which the minimal mean is computed exactly, by dimension: subsets × N stays near 1e6. */
const EXACT_SIZES: Readonly<Record<OuterNormActivation, readonly number[]>> = {
  relu: [4096, 1024, 160, 48],
  step: [4096, 1024, 160],
  sigmoid: [4096, 1024, 160],
};

/** Relative gaps of the conic program: over a complete dictionary, and over attacking neurons. */
const COMPLETE_GAP = 1e-9;
const ATTACK_GAP = 1e-4;

/** Training runs cost this many multiplications at most. */
const TRAINING_LIMIT = 4000;

/**
 * Decides sup ‖a‖₁ ≤ bound over all students of the sample with a ≥ 0 and training error at most δ².
 *
 * - Upper certificate: (1/N)Σf(x_i) ≤ (1/N)Σy_i + δ by Jensen, and each neuron has mean at least m_N, so
 *   ‖a‖₁ ≤ (δ + mean Y)/m_N (T10); where a complete dictionary is affordable also the dual vector of the
 *   conic program over it (T11).
 * - Lower certificate: an explicit student, from the conic program over the complete dictionary or over
 *   attacking neurons together with those of a trained student.
 */
export function concludeOuterNorm(
  activation: OuterNormActivation,
  instance: OuterNormInstance,
  bound: Bound,
  tools: Tools,
): Conclusion {
  const { inputs, labels, delta, law, radius } = instance;
  const inputDim = law.dimension;
  const size = inputs.length;
  const reach = delta + mean(labels) + 1e-14 * (delta + mean(labels.map(Math.abs)));
  if (bound.value === Infinity) return unlimited();
  // f ≥ 0, so its mean cannot lie below mean Y + δ < 0.
  if (reach < 0) return emptySet(bound);
  const minimum = minimalMean(activation, instance, reach / bound.value);
  const direct =
    minimum !== null && minimum.mean > 0 ? (reach / minimum.mean) * (1 + 1e-12) : Infinity;

  const complete = completeDictionary(activation, inputs, inputDim);
  const target = Float64Array.from(labels);
  let dictionary: Dictionary;
  if (complete !== null && complete.neurons.length * size <= (direct <= bound.value ? 2e4 : 3e5)) {
    dictionary = complete;
  } else {
    const kept = 32 * tools.attack;
    const effort = { starts: 2 * tools.attack, steps: 24 * tools.attack, neurons: kept };
    dictionary =
      complete === null
        ? attackDictionary(
            activation,
            inputs,
            inputDim,
            radius ?? 1,
            minimum?.direction ?? null,
            tools.random.fork('directions'),
            effort,
          )
        : { neurons: thinned(complete.neurons, kept), complete: false };
  }
  const trained =
    size * inputDim <= TRAINING_LIMIT
      ? trainStudent(
          activation,
          inputs,
          labels,
          delta,
          radius ?? 1,
          thinned(dictionary.neurons, 8),
          tools,
        )
      : null;
  const neurons = dictionary.complete
    ? dictionary.neurons
    : [...dictionary.neurons, ...(trained?.neurons ?? [])];
  const program = outerNormSupremum(
    neurons.map(({ outputs }) => outputs),
    target,
    delta,
    dictionary.complete ? COMPLETE_GAP : ATTACK_GAP,
  );
  if (dictionary.complete && program.status === 'empty') return emptySet(bound);
  const best = bestStudent(activation, neurons, program, trained);
  const upper = dictionary.complete ? Math.min(direct, program.upper) : direct;
  const attained = best?.outerNorm ?? 0;
  if (attained > upper * (1 + 1e-9)) {
    throw new Error(
      `concludeOuterNorm: a student of outer norm ${attained} exceeds the certified supremum ${upper}`,
    );
  }
  const measurements = {
    bound: bound.value,
    attained,
    trained: trained?.admissible ? trained.outerNorm : 0,
    ...(upper < Infinity ? { upper } : {}),
  };
  if (upper <= bound.value - bound.error) {
    const clause = atMost(OUTER_NORM_CLAUSE, upper, bound.value, bound.error);
    // The certified supremum is a bound from above; a student is what surely reaches this far.
    const reached = ((1 - 1e-9) * attained) / (bound.value + bound.error);
    return decided('exact', [oneSided(clause, reached)], {
      measurements,
      // No student is known: the set under the sup may be empty.
      ...(best === null ? { trivial: true } : { witness: best.student }),
    });
  }
  if (attained > bound.value + bound.error) {
    const error = bound.error + 1e-12 * Math.min(attained, Number.MAX_VALUE);
    return decided('exact', [atMost(OUTER_NORM_CLAUSE, attained, bound.value, error)], {
      measurements,
      witness: best?.student,
    });
  }
  if (minimum !== null) {
    return gaveUp('the bound lies between a student and the certified supremum', measurements);
  }
  // Without a student nothing was tested: the set of students is empty as far as the attack can tell.
  return decided('attack', [atMost(OUTER_NORM_CLAUSE, attained, bound.value, bound.error)], {
    measurements,
    ...(best === null ? { trivial: true } : { witness: best.student }),
  });
}

/** No student reaches the training error: the supremum is over the empty set. */
function emptySet(bound: Bound): Conclusion {
  return decided('exact', [atMost(OUTER_NORM_CLAUSE, 0, bound.value, bound.error)], {
    trivial: true,
    measurements: { bound: bound.value, attained: 0, trained: 0, upper: 0 },
  });
}

/** A bound above every number says nothing. */
function unlimited(): Conclusion {
  return decided('exact', [atMost(OUTER_NORM_CLAUSE, 0, Infinity)], {
    trivial: true,
    measurements: { attained: 0, trained: 0 },
  });
}

interface MinimalMean {
  /** m_N, or a lower bound on it. */
  readonly mean: number;
  /** A direction that attains it, or nearly so. */
  readonly direction: Vector | null;
}

/**
 * Null in dimensions and sizes where the minimal mean is not computed.
 *
 * @param needed the mean from which on the bound of the claim follows
 */
function minimalMean(
  activation: OuterNormActivation,
  { inputs, law, radius }: OuterNormInstance,
  needed: number,
): MinimalMean | null {
  const inputDim = law.dimension;
  const limit = activation === 'relu' ? VERTEX_DIMENSION_LIMIT : DEPTH_DIMENSION_LIMIT;
  if (inputDim > limit || inputs.length > EXACT_SIZES[activation][inputDim - 1]) return null;
  if (activation === 'relu') {
    const { lower, direction } = reluMinimumMean(inputs, inputDim);
    return { mean: lower, direction };
  }
  const { count, direction } = halfspaceDepth(inputs, inputDim);
  if (activation === 'step') return { mean: count / inputs.length, direction };
  // The margin lets the comparison with the bound survive its rounding.
  const enough = needed * (1 + 1e-9);
  const ball = radius ?? Infinity;
  const mean = sigmoidMinimumMeanLowerBound(inputs, inputDim, ball, count, enough);
  return { mean, direction };
}

interface Best {
  readonly student: Student;
  readonly outerNorm: number;
}

function bestStudent(
  activation: OuterNormActivation,
  neurons: readonly Neuron[],
  program: OuterNormSupremum,
  trained: {
    readonly student: Student;
    readonly outerNorm: number;
    readonly admissible: boolean;
  } | null,
): Best | null {
  let best: Best | null = trained?.admissible ? trained : null;
  if (program.student !== null) {
    const { columns, weights } = program.student;
    const student = { outer: weights, inner: columns.map((k) => neurons[k].inner) };
    const outerNorm = program.status === 'unbounded' ? Infinity : outerNormOf(activation, student);
    if (best === null || outerNorm > best.outerNorm) best = { student, outerNorm };
  }
  return best;
}

function mean(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
