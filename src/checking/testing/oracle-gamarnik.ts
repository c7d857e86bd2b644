import type { Json } from '../../model/index.js';
import type { Stated } from './oracle.js';

/** Numbers of a list; NaN for what is none. */
function numbers(value: Json): number[] {
  return (value as readonly Json[]).map(toNumber);
}

function toNumber(value: Json): number {
  if (typeof value === 'number') return value;
  const [top, bottom = '1'] = String(value).split('/');
  return Number(top) / Number(bottom);
}

const isWhole = (x: number): boolean => Number.isInteger(x) && x >= 1;

/** The families in floating point: their inequalities have room, or hold with equality by whole numbers. */
export function gamarnikFamilyHolds({ certificate, reading }: Stated): boolean | null {
  const { data } = certificate;
  switch (data['type']) {
    case 'silent-neuron':
      return numbers(data['etas']).every((eta) => eta > 0);
    case 'one-atom':
      return numbers(data['radii']).every(
        (radius) => isWhole(radius) && 1 + Math.exp(radius) > 9 * (1 + Math.E),
      );
    case 'rare-far-atom':
      // The statement names the four numbers.
      return (
        toNumber(data['probability']) === 1 / 2000 &&
        toNumber(data['share']) === 1 / 200 &&
        data['radius'] === 50 &&
        data['outerNorm'] === 14
      );
    case 'unseen-far-component':
      return numbers(data['dimensions']).every(
        (d) => isWhole(d) && (d <= 5 || 1 - d * d * 2 ** -d >= 0.5) && 4 * d > 24 / 13,
      );
    case 'simplex-at-the-largest-width':
      return simplexHolds(data, reading === 'log-squared-total-width' ? 2 : 1);
    default:
      return null;
  }
}

function simplexHolds(data: Readonly<Record<string, Json>>, logPower: number): boolean {
  const [magnitude, outerNorm] = [toNumber(data['magnitude']), toNumber(data['outerNorm'])];
  const constants = numbers(data['constants']);
  if (!isWhole(magnitude) || !isWhole(outerNorm)) return false;
  return numbers(data['dimensions']).every(
    (d) =>
      isWhole(d) &&
      constants.every((c) => {
        const ratio = 1 + 1 / (8 * c);
        const bound = c * d * ratio ** 2 * Math.log(ratio) ** logPower;
        return isWhole(c) && d + 1 > bound;
      }),
  );
}
