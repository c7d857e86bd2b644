import type { Json } from '../../model/index.js';

type Member = Readonly<Record<string, Json>>;

function toNumber(value: Json): number {
  const [top, bottom = '1'] = String(value).split('/');
  return Number(top) / Number(bottom);
}

interface Sample {
  readonly input: readonly number[];
  readonly label: number;
}

function dot(x: readonly number[], y: readonly number[]): number {
  return x.reduce((sum, entry, k) => sum + entry * y[k], 0);
}

/** Gradient descent for one ReLU neuron, in floating point. */
function descend(w: readonly number[], sample: readonly Sample[], eta: number): number[] {
  const moved = [...w];
  for (const { input, label } of sample) {
    const along = dot(w, input);
    if (along < 0) continue;
    const change = (eta / sample.length) * (Math.max(0, along) - label);
    for (const [k, entry] of input.entries()) moved[k] -= change * entry;
  }
  return moved;
}

/** Null for other families. The inequalities are the theorem's, in floating point, away from equality. */
export function vanishingFamilyHolds(data: Readonly<Record<string, Json>>): boolean | null {
  const type = data['type'];
  const holds =
    type === 'one-sample'
      ? oneSampleHolds
      : type === 'overshooting-step'
        ? (member: Member) => overshootingHolds(member, true)
        : type === 'overshooting-step-positive-logarithm'
          ? (member: Member) => overshootingHolds(member, false)
          : null;
  if (holds === null) return null;
  return (data['members'] as readonly Member[]).every(holds);
}

function oneSampleHolds({ constants, dimension }: Member): boolean {
  const chosen = (constants as readonly Json[]).map(toNumber);
  const [c, , c2, c3, , c5] = chosen;
  const d = dimension as number;
  if (!isAdmitted(chosen) || !Number.isInteger(d) || d < 3) return false;
  const eta = Math.min(1 / c2, 1 / (2 * c3));
  const steps = Math.ceil((4 / (c3 * eta)) * (1 - 1e-15));
  // Half of the squared start is left on the event, and the right side is at most start²/(1 + c₃ηT).
  const share = 1 / (1 + c3 * eta * steps);
  const likelier = 1 - 2 / d > c5 / d ** 10;
  // On the sample named, the orthogonal offset is 8/9 of the squared start.
  return c > 0 && likelier && share < 0.5;
}

function isAdmitted(constants: readonly number[]): boolean {
  return constants.length === 6 && constants.every((entry) => entry > 0);
}

function overshootingHolds({ constants, root: given }: Member, isZero: boolean): boolean {
  const chosen = (constants as readonly Json[]).map(toNumber);
  const root = given as number;
  if (!isAdmitted(chosen) || !Number.isInteger(root) || root < 4) return false;
  const [c, c1, c2, c3, c4, c5] = chosen;
  const eta = Math.min(1 / c2, 1 / c3);
  const n = isZero ? 2 : Math.max(2, Math.ceil(2 * c1));
  const d = 2 * root * root;
  const sigma = isZero ? d : (d * d) / (d + 1);
  const [radius, reach] = [c * sigma, (eta / n / 2) * ((eta * d) / (2 * n) - 2) * root];
  const right = radius ** 2 + ((c4 * d) / 2) * (sigma ** 2 + 1);
  const teacher = [sigma, 0, 0];
  const start = [sigma, radius, 0];
  const labelled = (input: readonly number[]): Sample => ({
    input,
    label: Math.max(0, dot(teacher, input)) + 1,
  });
  const sample = [
    labelled([2, -1, root]),
    ...Array.from({ length: n - 1 }, () => labelled([-1, 0.5, -1])),
  ];
  const end = descend(descend(start, sample, eta), sample, eta);
  const off = end.map((entry, k) => entry - teacher[k]);
  const demanded = isZero ? 0 : c1 * (1 + 1 / sigma ** 2);
  return (
    c <= 0.5 &&
    demanded <= n &&
    radius >= 2 &&
    reach > 1 &&
    radius ** 2 * (reach - 1) ** 2 > right &&
    dot(off, off) > right &&
    Math.log(1 / 1152) - (n - 1) * Math.log(16) > Math.log(c5) - 10 * Math.log(d)
  );
}
