import { fileURLToPath } from 'node:url';
import type { BigNumber } from 'mathjs';
import type { AnyReading, OpaqueInstance, Tools } from '../../claims/index.js';
import { bigNumber, randomSource } from '../../math/index.js';
import type { Activation, Json } from '../../model/index.js';
import { decodeJson } from '../../model/index.js';
import type { LossProblem } from '../../theory/index.js';
import type { Stated } from './oracle.js';

type Instance = LossProblem & { readonly steps: readonly number[]; readonly step?: number };

interface BigModules {
  readonly bigGrowthBound: (
    problem: LossProblem,
  ) => Readonly<Record<'gradient' | 'inner' | 'laplacian' | 'laplacianSlope', BigNumber>>;
  readonly supremaBig: (
    activation: Activation,
  ) => Readonly<Record<'slope' | 'curvature', BigNumber>> &
    Readonly<Record<'value' | 'homogeneityDefect', BigNumber | null>>;
}

const SHARED = new URL('../../../properties/mukherjee2023/shared/', import.meta.url);

async function load(name: string): Promise<unknown> {
  return import(fileURLToPath(new URL(name, SHARED)));
}

const { bigGrowthBound } = (await load('villani-big.ts')) as BigModules;
const { supremaBig } = (await load('suprema-big.ts')) as BigModules;

function big(value: Json): BigNumber {
  if (typeof value === 'number') return bigNumber(value);
  const [top, bottom = '1'] = String(value).split('/');
  return bigNumber(top).div(bigNumber(bottom));
}

/** Condition (4) with 64-digit constants at the radius and far beyond, on the instance and on the simplest one. */
export function growthHolds({ instance: json, claim, reading, certificate }: Stated): boolean {
  const instance = decodeJson(json) as unknown as Instance;
  const { found, simplest, suprema } = certificate.data as Readonly<
    Record<string, Readonly<Record<string, Json>>>
  >;
  const { steps, scale, lambda } = instance;
  if (scale !== (reading === 'critical-half' && claim.includes('sigmoid') ? 'half-mean' : 'mean')) {
    return false;
  }
  if (!steps.every((step, i) => step > 0 && (i === 0 || step > steps[i - 1]))) return false;
  if (!(lambda > 0)) return false;
  const simple: Instance = {
    ...instance,
    outer: [1],
    dataset: { inputDim: 1, inputs: [[1]], labels: [0] },
    steps: [1],
    lambda: simplest['lambda'] as number,
  };
  const { slope, curvature, value, homogeneityDefect } = supremaBig(instance.activation);
  const bounds: readonly (readonly [BigNumber | null, Json])[] = [
    [slope, suprema['slope']],
    [curvature, suprema['curvature']],
    [homogeneityDefect === null ? value : null, suprema['value']],
    [homogeneityDefect, suprema['defect']],
  ];
  const areBounds = bounds.every(([supremum, bound]) =>
    supremum === null ? bound === null : bound !== null && supremum.lte(big(bound)),
  );
  const limit = thresholdOf(claim, reading, slope);
  return (
    areBounds &&
    // 64 digits of a supremum may be one unit of the last digit too small.
    big(suprema['slopeBelow']).lte(slope.plus('1e-60')) &&
    simple.lambda > 0 &&
    bigNumber(simple.lambda).lt(limit) &&
    grows(instance, found) &&
    grows(simple, simplest)
  );
}

/** λ_c at B_x‖a‖ = 1. */
function thresholdOf(claim: string, reading: string, slope: BigNumber): BigNumber {
  if (claim.includes('exists')) return slope.times(slope).times(2);
  if (claim.includes('sigmoid')) return bigNumber(1).div(8);
  return reading.includes('half') ? bigNumber(1).div(2) : bigNumber(2);
}

function grows(instance: Instance, part: Readonly<Record<string, Json>>): boolean {
  const { gradient, inner, laplacian, laplacianSlope } = bigGrowthBound(instance);
  const lambda = bigNumber(instance.lambda);
  const step = bigNumber(instance.steps[instance.steps.length - 1]);
  const { outer, dataset } = instance;
  const bound = (name: string, ...rows: readonly (readonly number[])[]): boolean =>
    rows.every((row) =>
      row
        .reduce((sum, entry) => sum.plus(bigNumber(entry).times(bigNumber(entry))), bigNumber(0))
        .lte(big(part[name]).times(big(part[name]))),
    );
  if (!bound('outerNorm', outer) || !bound('inputNorm', ...dataset.inputs)) return false;
  return [1, 2, 10, 1e3, 1e6].every((factor) => {
    const radius = bigNumber(part['radius'] as number).times(bigNumber(factor));
    const linear = lambda.times(radius);
    const floor = linear.minus(gradient).minus(inner.div(radius));
    if (!radius.gt(0) || floor.lt(0)) return false;
    const functional = floor
      .times(floor)
      .div(step)
      .minus(laplacian)
      .minus(laplacianSlope.times(radius));
    return functional.gte(linear.times(linear).div(step.times(2)));
  });
}

/** The claim's own quadrature, to 2 %; `tools` are not used by it. */
export async function gibbsHolds(
  reading: AnyReading,
  { instance: json, lhs, certificate }: Stated,
): Promise<boolean> {
  const instance = decodeJson(json) as unknown as Instance & { readonly accuracy: number };
  if (instance.scale !== 'mean' || !(instance.accuracy > 0)) return false;
  const { steps } = instance;
  if (!steps.every((step, i) => step > 0 && (i === 0 || step > steps[i - 1]))) return false;
  const { homogeneityDefect } = supremaBig(instance.activation);
  if (homogeneityDefect === null || big(certificate.data['defect']).lt(homogeneityDefect))
    return false;
  const tools = { attack: 1, random: randomSource('checker oracle') } as unknown as Tools;
  const conclusion = await reading.conclude(instance as unknown as OpaqueInstance, tools);
  if (conclusion.status !== 'decided') return false;
  const excess = conclusion.clauses[0].lhs;
  return excess > 0 && Math.abs((lhs as number) - excess) <= 0.02 * excess;
}
