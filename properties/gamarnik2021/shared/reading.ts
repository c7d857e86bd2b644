import type { Assumption, Coverage, LimitReading } from '../../../src/claims/index.js';
import type { Expression } from '../../../src/math/index.js';
import { norm } from '../../../src/math/index.js';
import { boundBig, boundOn } from './bound.js';
import { confirmOuterNorm } from './confirm.js';
import { concludeOuterNorm } from './decide.js';
import { outerNormFigure } from './figure.js';
import type { OuterNormInstance, Parameters, Path } from './instance.js';
import { coverageOf, instancesAt, instancesOf, rungsOf } from './instance.js';
import type { OuterNormActivation } from './neurons.js';

type Reading = Omit<LimitReading<OuterNormInstance>, 'kind'>;

/** What the readings of the outer-norm bounds differ in. */
export interface OuterNormReading {
  readonly note: string;
  readonly activation: OuterNormActivation;
  readonly bound: Expression;
  /** The symbols of the bound besides δ and M. */
  readonly constants: (instance: OuterNormInstance) => Readonly<Record<string, number>>;
  /** The event whose probability tends to 0, in TeX. */
  readonly quantity: string;
  readonly assumptions: readonly Assumption<OuterNormInstance>[];
  readonly paths: readonly Path[];
  readonly parameters: Parameters;
  readonly controls: Reading['controls'];
  /** Labels that no draw of this reading can have, with the reason. */
  readonly unsampled: Readonly<Record<string, string>>;
  readonly families?: Reading['families'];
  readonly figureTitle: string;
  /** Test draws at each rung in the ci profile. */
  readonly trialsPerRung: number;
  /** How often the last rung of each path is visited for one visit of the others; it decides. Default 1. */
  readonly lastRungVisits?: number;
}

/**
 * A limit reading of sup ‖a‖₁ ≤ bound along the paths.
 *
 * Tolerance: the claim lets no share of violations survive in the limit; ¼ at the last rung of each path is
 * what some forty fresh draws can confirm at 99 %.
 */
export function outerNormReading(reading: OuterNormReading): Reading {
  const { activation, bound, constants, assumptions, paths, parameters } = reading;
  const boundOf = (instance: OuterNormInstance) => boundOn(bound, instance, constants(instance));
  const rungs = rungsOf(paths);
  const last = paths.map(({ name, sizes }) => ({ path: name, size: Math.max(...sizes) }));
  const visits = [
    ...rungs,
    ...Array.from({ length: (reading.lastRungVisits ?? 1) - 1 }, () => last).flat(),
  ];
  // Two sizes show no tendency, however far the path is extended.
  const extended = paths
    .filter(({ sizes }) => sizes.length > 2)
    .map(({ name, sizes }) => ({ path: name, size: 2 * Math.max(...sizes) }));
  return {
    note: reading.note,
    instances: instancesOf(paths, parameters),
    assumptions,
    conclude: (instance, tools) =>
      concludeOuterNorm(activation, instance, boundOf(instance), tools),
    confirm: (instance, violation) => {
      const { value, error } = boundOf(instance);
      if (!Number.isFinite(value)) return null;
      const exact = { value: boundBig(bound, instance, constants(instance)), slack: error };
      return confirmOuterNorm(activation, instance, violation, exact, assumptions);
    },
    ladder: { rungs, visits, extended, at: instancesAt(paths, parameters) },
    quantity: reading.quantity,
    tolerance: 0.25,
    // `build` draws inputs, labels and the weights of a teacher; all else that the claim quantifies over is structure.
    law: 'structure',
    bound: bound.tex,
    controls: reading.controls,
    features,
    coverage: coverageWithout(parameters, paths, reading.unsampled),
    ...(reading.families ? { families: reading.families } : {}),
    effort: {
      smoke: { trials: 4 * visits.length, minimumEffective: 10, searches: 0 },
      ci: { trials: reading.trialsPerRung * visits.length, minimumEffective: 200, searches: 0 },
      nightly: {
        trials: 6 * reading.trialsPerRung * visits.length,
        minimumEffective: 1200,
        searches: 0,
        attack: 2,
      },
    },
    figure: (source) => outerNormFigure(reading.figureTitle, source),
  };
}

function coverageWithout(
  parameters: Parameters,
  paths: readonly Path[],
  unsampled: Readonly<Record<string, string>>,
): Coverage {
  const all = coverageOf(parameters, paths);
  return {
    sampled: Object.fromEntries(Object.entries(all).filter(([label]) => !(label in unsampled))),
    unsampled,
    ranges: {
      δ: { meaning: 'the root of the admitted training error', from: 1e-3, to: 10, scale: 'log' },
      'N/d': { meaning: 'inputs for each dimension', from: 1, to: 64, scale: 'log', bins: 6 },
    },
  };
}

/** What the claim quantifies over, as numbers. */
function features({ law, sampleSize, delta, radius, margin, inputs, labels }: OuterNormInstance) {
  return {
    δ: delta,
    'N/d': sampleSize / law.dimension,
    d: law.dimension,
    N: sampleSize,
    ...(radius === null ? {} : { R: radius }),
    c: margin,
    'largest ‖x_i‖': Math.max(...inputs.map(norm)),
    'largest |y_i|': Math.max(...labels.map(Math.abs)),
  };
}
