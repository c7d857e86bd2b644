import { ARGUMENTS } from './arguments.js';
import { ASSUMED } from './assumptions.js';
import type { Entry, Evidence, Finding, KnownReading, Route } from './finding.js';
import {
  oneAtom,
  rareFarAtom,
  silentNeuron,
  unseenFarComponent,
} from './gamarnik2021/outer-norm-families.js';
import { simplexFinding } from './gamarnik2021/simplex-family.js';
import { gibbsFinding } from './mukherjee2023/gibbs.js';
import { growthFinding } from './mukherjee2023/growth.js';
import type { LossSetting } from './mukherjee2023/loss.js';
import { fraction } from './rational.js';
import type { Assumed } from './song2022/condensation.js';
import type { EverywhereClauses } from './song2022/everywhere-student.js';
import { everywhereFinding } from './song2022/everywhere-student.js';
import { interpolantFinding } from './song2022/interpolant.js';
import { openFinding, planeFinding } from './song2022/planar-families.js';
import { oneSampleFinding, overshootingFinding } from './zhang2019/vanishing-sample-size.js';

function instanceRoute(type: string, recompute: Route['recompute']): Route {
  return { form: 'instance', type, recompute };
}

/** A family, whose name is also the type of its data. */
function familyRoute(family: string, recompute: Route['recompute']): Route {
  return { form: 'family', type: family, family, recompute };
}

/** The clauses of readings about data. */
const ON_DATA: EverywhereClauses = {
  norm: { name: 'no student of norm below m₀ fits', digits: 6 },
  groups: 'neurons on a line group into sums of 1',
  argument: ARGUMENTS.everywhereOnData,
};

/** The clauses of readings about students that equal the teacher everywhere. */
const EVERYWHERE: EverywhereClauses = {
  norm: { name: 'no student of norm below m₀ equals the teacher', digits: 9 },
  groups: 'neurons on a line group into sums of 1',
  argument: ARGUMENTS.everywhere,
};

/** The assumptions of a reading about condensation. */
function condensation({ distinctLines, inputs }: Assumed): string[] {
  return [
    ASSUMED.unitNeurons,
    ASSUMED.moreStudents,
    ...(distinctLines ? [ASSUMED.distinctLines] : []),
    ...(inputs === undefined ? [] : [inputs.named]),
  ];
}

function population(assumed: Assumed): KnownReading {
  return {
    assumptions: condensation(assumed),
    routes: [
      instanceRoute('everywhere-student', (evidence) =>
        everywhereFinding(evidence, assumed, EVERYWHERE),
      ),
    ],
  };
}

function onData(assumed: Assumed): KnownReading {
  return {
    assumptions: condensation(assumed),
    routes: [
      instanceRoute('interpolant', (evidence) =>
        interpolantFinding(evidence, assumed, ON_DATA.norm),
      ),
      instanceRoute('everywhere-student', (evidence) =>
        everywhereFinding(evidence, assumed, ON_DATA),
      ),
    ],
  };
}

function onCircle(distinctLines: boolean): KnownReading {
  const inputs = { cells: 'closed', needed: () => 3, named: ASSUMED.threeClosed } as const;
  return onData({ inputDim: 2, distinctLines, inputs });
}

type Inputs = NonNullable<Assumed['inputs']>;

function inSpace(
  distinctLines: boolean,
  needed: Inputs['needed'],
  named: string = ASSUMED.someOpen,
): KnownReading {
  return onData({ distinctLines, inputs: { cells: 'open', needed, named } });
}

function someNumber(distinctLines: boolean): KnownReading {
  const inputs = { cells: 'open', needed: () => 3, named: ASSUMED.threeOpen } as const;
  return {
    assumptions: condensation({ distinctLines, inputs }),
    routes: distinctLines ? [OPEN] : [PLANE, OPEN],
  };
}

const PLANE = familyRoute('inputs-in-a-plane', planeFinding);
const OPEN = familyRoute('inputs-near-a-plane', openFinding);

/** The assumptions about the activation and, with B_x‖a‖ = 1, the data. */
function lossAssumptions({ activation, normalised }: LossSetting): string[] {
  const assumed = activation === null ? ASSUMED.boundedSmooth : ASSUMED[activation];
  return [assumed, ...(normalised ? [ASSUMED.normalised] : [])];
}

function growth(setting: LossSetting): KnownReading {
  return {
    assumptions: [...lossAssumptions(setting), ASSUMED.below],
    routes: [instanceRoute('villani-growth', (evidence) => growthFinding(evidence, setting))],
  };
}

function sigmoidGrowth(scale: LossSetting['scale']): KnownReading {
  return growth({ activation: 'sigmoid', scale, normalised: true, threshold: fraction(1n, 8n) });
}

function softplus(top: bigint, bottom: bigint): LossSetting {
  const threshold = fraction(top, bottom);
  return { activation: 'softplus', scale: 'mean', normalised: true, threshold };
}

function gibbs(setting: LossSetting): KnownReading {
  return {
    assumptions: [...lossAssumptions(setting), ASSUMED.above],
    routes: [instanceRoute('gibbs-excess', (evidence) => gibbsFinding(evidence, setting))],
  };
}

const { concentratedNorm, integrableLabels, reachableSize } = ASSUMED;

/** A reading of a bound of the outer norm, which assumes the printed setup and more. */
function outerNorm(route: Route, ...more: readonly string[]): KnownReading {
  return { assumptions: [concentratedNorm, integrableLabels, ...more], routes: [route] };
}

function totalWidth(logPower: 1 | 2): KnownReading {
  return {
    assumptions: [ASSUMED.largeNorm, ASSUMED.admittedWidth, ASSUMED.positiveMagnitude],
    routes: [familyRoute('simplex-at-the-largest-width', simplex(logPower))],
  };
}

const simplex =
  (logPower: 1 | 2) =>
  (evidence: Evidence): Finding =>
    simplexFinding(evidence, logPower);

/**
 * What has to be shown to refute each reading, in the words of the claims. A reading that is not listed cannot be
 * checked.
 */
export const ENTRIES: Readonly<Record<string, Entry>> = {
  'song2022/population-minimum-norm-student-condenses': {
    version: 1,
    readings: {
      literal: population({ distinctLines: false }),
      intended: population({ distinctLines: true }),
    },
  },
  'song2022/minimum-norm-condensation-circle': {
    version: 1,
    readings: { literal: onCircle(false), intended: onCircle(true) },
  },
  'song2022/minimum-norm-condensation-in-higher-dimension': {
    version: 1,
    readings: {
      k3: inSpace(false, () => 3, ASSUMED.threeOpen),
      'k3-intended': inSpace(true, () => 3, ASSUMED.threeOpen),
      'k-dim-plus-1': inSpace(false, (inputDim) => inputDim + 1),
      'k-dim-plus-1-intended': inSpace(true, (inputDim) => inputDim + 1),
      'k-finite': someNumber(false),
      'k-finite-intended': someNumber(true),
      map: inSpace(true, 'own'),
    },
  },
  'mukherjee2023/villani-threshold-exists': {
    version: 1,
    readings: {
      critical: growth({ activation: null, scale: 'mean', normalised: false, threshold: null }),
    },
  },
  'mukherjee2023/sigmoid-villani-threshold-is-one-eighth': {
    version: 1,
    readings: {
      critical: sigmoidGrowth('mean'),
      'critical-half': sigmoidGrowth('half-mean'),
    },
  },
  'mukherjee2023/softplus-villani-threshold': {
    version: 1,
    readings: {
      'critical-half': growth(softplus(1n, 2n)),
      'critical-two': growth(softplus(2n, 1n)),
      'sufficient-half-uniform-step': gibbs(softplus(1n, 2n)),
      'sufficient-two-uniform-step': gibbs(softplus(2n, 1n)),
    },
  },
  'gamarnik2021/step-outer-norm-is-bounded': {
    version: 3,
    readings: { literal: outerNorm(familyRoute('silent-neuron', silentNeuron), reachableSize) },
  },
  'gamarnik2021/sigmoid-outer-norm-is-bounded': {
    version: 3,
    readings: {
      literal: outerNorm(familyRoute('one-atom', oneAtom)),
      'mean-condition': outerNorm(
        familyRoute('rare-far-atom', rareFarAtom),
        ASSUMED.positiveReluMean,
      ),
      'mass-condition': outerNorm(
        familyRoute('rare-far-atom', rareFarAtom),
        ASSUMED.positiveHalfspaceMass,
      ),
    },
  },
  'gamarnik2021/relu-outer-norm-is-bounded': {
    version: 3,
    readings: {
      literal: outerNorm(
        familyRoute('unseen-far-component', unseenFarComponent),
        ASSUMED.positiveReluMean,
        reachableSize,
      ),
    },
  },
  'gamarnik2021/fat-shattering-dimension-is-bounded': {
    version: 3,
    readings: {
      'log-total-width': totalWidth(1),
      'log-squared-total-width': totalWidth(2),
    },
  },
  'zhang2019/gradient-descent-converges-linearly': {
    version: 3,
    readings: {
      literal: {
        assumptions: [
          ASSUMED.closeStart,
          ASSUMED.smallStep,
          ASSUMED.largeSample,
          ASSUMED.fewNeurons,
        ],
        routes: [
          familyRoute('one-sample', oneSampleFinding),
          familyRoute('overshooting-step', (evidence) => overshootingFinding(evidence, 'zero')),
          familyRoute('overshooting-step-positive-logarithm', (evidence) =>
            overshootingFinding(evidence, 'positive'),
          ),
        ],
      },
    },
  },
};
