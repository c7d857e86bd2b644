import type { BigNumber } from 'mathjs';
import { bigNumber, highPrecision } from '../../math/index.js';
import type { Activation, Dataset, Network } from '../../model/index.js';
import type { Objective } from '../engine.js';

/** A value with 64 digits and the sum of the absolute values of the terms it was added up from. */
export interface Summed {
  readonly value: BigNumber;
  readonly magnitude: number;
}

/** Objective and gradient by their definitions, entry by entry, with 64 digits. */
export interface BigEvaluation {
  readonly objective: Summed;
  readonly inner: readonly (readonly Summed[])[];
  readonly outer: readonly Summed[];
  readonly biases: readonly Summed[];
}

const big = bigNumber;
const ZERO = big(0);
const ONE = big(1);
const TWO = big(2);

const call = (name: 'exp' | 'tanh' | 'atan' | 'sin' | 'cos' | 'log', z: BigNumber): BigNumber =>
  (highPrecision[name] as unknown as (x: BigNumber) => BigNumber)(z);

/** erf by its Taylor series, which converges everywhere. */
function erf(z: BigNumber): BigNumber {
  let term = z;
  let sum = z;
  for (let n = 1; n < 400; n += 1) {
    term = term.times(z).times(z).neg().div(n);
    sum = sum.plus(term.div(2 * n + 1));
    if (term.abs().lt('1e-70')) break;
  }
  const pi = highPrecision.acos(big(-1)) as unknown as BigNumber;
  return sum.times(2).div(pi.sqrt());
}

/** Value and derivative of an activation, the derivative at kinks given. */
function activate(activation: Activation, z: BigNumber, kink: number): [BigNumber, BigNumber] {
  switch (activation.name) {
    case 'relu':
      return z.gt(0) ? [z, ONE] : [ZERO, z.eq(0) ? big(kink) : ZERO];
    case 'saturated-relu': {
      if (z.gt(1)) return [ONE, ZERO];
      if (z.eq(1)) return [ONE, big(kink)];
      return z.gt(0) ? [z, ONE] : [ZERO, z.eq(0) ? big(kink) : ZERO];
    }
    case 'step':
      return [z.gte(0) ? ONE : ZERO, ZERO];
    case 'sigmoid': {
      const s = ONE.div(ONE.plus(call('exp', z.neg())));
      return [s, s.times(ONE.minus(s))];
    }
    case 'tanh': {
      const t = call('tanh', z);
      return [t, ONE.minus(t.times(t))];
    }
    case 'arctan':
      return [call('atan', z), ONE.div(ONE.plus(z.times(z)))];
    case 'erf': {
      const pi = highPrecision.acos(big(-1)) as unknown as BigNumber;
      return [erf(z), TWO.div(pi.sqrt()).times(call('exp', z.times(z).neg()))];
    }
    case 'sine':
      return [call('sin', z), call('cos', z)];
    case 'gaussian-bump': {
      const e = call('exp', z.times(z).neg());
      return [e, z.times(e).times(-2)];
    }
    case 'softplus': {
      const beta = big(activation.beta);
      const e = call('exp', beta.times(z));
      return [call('log', ONE.plus(e)).div(beta), e.div(ONE.plus(e))];
    }
    case 'constant':
      return [big(activation.value), ZERO];
    case 'linear':
      return [z, ONE];
  }
}

function summed(terms: readonly BigNumber[]): Summed {
  return {
    value: terms.reduce((sum, term) => sum.plus(term), ZERO),
    magnitude: terms.reduce((sum, term) => sum + Math.abs(term.toNumber()), 0),
  };
}

/** The objective and its gradient, evaluated independently of every engine. */
export function bigEvaluation(
  network: Network,
  dataset: Dataset,
  objective: Objective,
): BigEvaluation {
  const { inner, outer, biases, activation } = network;
  const count = dataset.labels.length;
  const data = objective.scale === 'mean' ? ONE.div(count) : ONE.div(2 * count);
  const slope = data.times(2);
  const lambda = big(objective.weightDecay?.lambda ?? 0);
  const rest = objective.weightDecay?.on === 'all' ? lambda : ZERO;
  const w = inner.map((row) => row.map((entry) => big(entry)));
  const a = outer.map((entry) => big(entry));
  const b = (biases ?? outer.map(() => 0)).map((entry) => big(entry));

  const lossTerms: BigNumber[] = [];
  const innerTerms = inner.map((row) => row.map((): BigNumber[] => []));
  const outerTerms = outer.map((): BigNumber[] => []);
  const biasTerms = outer.map((): BigNumber[] => []);
  dataset.inputs.forEach((input, i) => {
    const x = input.map((entry) => big(entry));
    const neurons = w.map((row, j) => {
      const z = row.reduce((sum, entry, k) => sum.plus(entry.times(x[k])), b[j]);
      return activate(activation, z, objective.derivativeAtKink ?? 0);
    });
    const f = neurons.reduce((sum, [value], j) => sum.plus(a[j].times(value)), ZERO);
    const r = f.minus(big(dataset.labels[i]));
    lossTerms.push(data.times(r).times(r));
    neurons.forEach(([value, derivative], j) => {
      outerTerms[j].push(slope.times(r).times(value));
      const h = slope.times(r).times(a[j]).times(derivative);
      biasTerms[j].push(h);
      x.forEach((entry, k) => innerTerms[j][k].push(h.times(entry)));
    });
  });
  const half = lambda.div(2);
  for (const entry of w.flat()) lossTerms.push(half.times(entry).times(entry));
  for (const entry of [...a, ...(biases === undefined ? [] : b)]) {
    lossTerms.push(rest.div(2).times(entry).times(entry));
  }
  return {
    objective: summed(lossTerms),
    inner: innerTerms.map((row, j) =>
      row.map((terms, k) => summed([...terms, lambda.times(w[j][k])])),
    ),
    outer: outerTerms.map((terms, j) => summed([...terms, rest.times(a[j])])),
    biases:
      biases === undefined ? [] : biasTerms.map((terms, j) => summed([...terms, rest.times(b[j])])),
  };
}
