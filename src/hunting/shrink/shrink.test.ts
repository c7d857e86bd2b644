import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Claim, OpaqueInstance } from '../../claims/index.js';
import { atMost, cite, claim, decided, scaleSides, universal } from '../../claims/index.js';
import { generator } from '../../generators/index.js';
import type { Plain } from '../../model/index.js';
import { encodeJson } from '../../model/index.js';
import { createJs64 } from '../../training/index.js';
import type { Counterexample } from '../index.js';
import {
  COUNTEREXAMPLE_SCHEMA,
  canonicalForm,
  counterexampleId,
  explained,
  shrinkCounterexample,
  shrinkInstance,
  signatureOf,
  simplifiersOf,
} from '../index.js';
import { learnStructure } from './structure.js';

interface TwoLayer {
  readonly width: number;
  readonly inner: readonly (readonly number[])[];
  readonly outer: readonly number[];
  readonly input: readonly number[];
  readonly temperature: number;
}

const size = fc.integer({ min: 1, max: 6 });
const instances = generator({
  law: 'width and dimension uniform on 1…6, weights uniform on [−1, 1)',
  structure: fc.record({ width: size, dim: size }),
  build({ width, dim }, random): TwoLayer {
    const vector = (n: number) => Array.from({ length: n }, () => 2 * random.uniform() - 1);
    return {
      width,
      inner: Array.from({ length: width }, () => vector(dim)),
      outer: vector(width),
      input: vector(dim),
      temperature: 1 + random.uniform(),
    };
  },
  labels: () => [],
});

/** “Outer weights sum to at most ½”, assumed: some entry of the input is negative. */
function sumClaim(canonical?: (instance: TwoLayer) => TwoLayer): Claim {
  return claim({
    id: 'test/outer-weights-are-small',
    version: 1,
    catalogue: null,
    source: cite('test', 'Lemma 1'),
    standing: 'lemma',
    title: 'Outer weights sum to at most ½',
    statement: 'a',
    readings: {
      literal: universal<TwoLayer>({
        note: 'As printed.',
        instances,
        assumptions: [
          {
            name: 'an entry of the input is negative',
            tex: 'x',
            margin: ({ input }) => (input.some((entry) => entry < 0) ? 0 : -1),
          },
        ],
        conclude({ width, inner, outer, input }) {
          // Out of shape, the claim's own code throws, as claims do.
          if (outer.length !== width || inner.some((row) => row.length !== input.length)) {
            throw new RangeError('conclude: shapes must fit');
          }
          const sum = outer.reduce((total, weight) => total + weight, 0);
          return decided('exact', [atMost('Σ a ≤ ½', sum, 0.5, 1e-15)]);
        },
        confirm: ({ outer }, { clause }) => ({
          method: 'sum again',
          digits: 50,
          clause: clause.name,
          lhs: String(outer.reduce((total, weight) => total + weight, 0)),
          rhs: '0.5',
          violated: true,
          assumptions: [{ name: 'an entry of the input is negative', margin: '0', holds: true }],
        }),
        controls: { half: scaleSides(1, 0.5, 'Half of it.', 'weights reach 1') },
        coverage: { sampled: {} },
        ...(canonical === undefined ? {} : { canonical }),
      }),
    },
  });
}

const js64 = createJs64();

const START: TwoLayer = {
  width: 3,
  inner: [
    [0.25, 0.7, -0.1],
    [0.6, 0.2, 0.9],
    [-0.3, 0.8, 0.4],
  ],
  outer: [0.77, 0.91, -0.13],
  input: [0.31, -0.52, 0.9],
  temperature: 1.73,
};

function stored(of: Claim, instance: TwoLayer): Counterexample {
  const encoded = encodeJson(instance);
  return {
    schema: COUNTEREXAMPLE_SCHEMA,
    id: counterexampleId(of.id, 'literal', encoded),
    claim: of.id,
    reading: 'literal',
    version: 1,
    grade: 'confirmed',
    form: 'instance',
    instance: encoded,
    clause: 'Σ a ≤ ½',
    lhs: 0,
    rhs: 0,
    margin: { lower: -1, upper: -1 },
    witness: null,
    nearestAssumption: null,
    certificate: null,
    confirmation: null,
    found: { stream: 'test', seed: 1, trial: 0, shrinks: 0 },
    engine: 'js64',
    falsum: '0',
  };
}

describe('the shape of instances is learnt from draws', () => {
  test('arrays of equal lengths in every draw are one axis, with the numbers that repeat it', () => {
    const { axes, numbers } = learnStructure(instances);
    const places = axes.map(({ arrays, counts, least }) => ({
      arrays: [...arrays],
      counts: [...counts],
      least,
    }));
    expect(places).toEqual([
      { arrays: ['["inner"]', '["outer"]'], counts: ['["width"]'], least: 1 },
      { arrays: ['["inner","[]"]', '["input"]'], counts: [], least: 1 },
    ]);
    expect(numbers.get('["temperature"]')).toMatchObject({ positive: true, whole: false });
    expect(numbers.get('["outer","[]"]')).toMatchObject({ positive: false, nonNegative: false });
  });
});

describe('shrinkCounterexample', () => {
  test('a claim that declares nothing shrinks to one neuron, one dimension and simple numbers', async () => {
    const of = sumClaim();
    const { counterexample } = await shrinkCounterexample(of, stored(of, START), js64, {
      budget: 1000,
    });
    expect(counterexample.instance).toEqual({
      width: 1,
      inner: [[0]],
      outer: [1],
      input: [-1],
      temperature: 1,
    });
    expect(counterexample).toMatchObject({
      grade: 'confirmed',
      clause: 'Σ a ≤ ½',
      lhs: 1,
      rhs: 0.5,
      shrinking: { minimal: true },
    });
    expect(counterexample.id).toBe(counterexampleId(of.id, 'literal', counterexample.instance));
  });

  test('says when the budget ran out first', async () => {
    const of = sumClaim();
    const { counterexample } = await shrinkCounterexample(of, stored(of, START), js64, {
      budget: 2,
    });
    expect(counterexample.shrinking).toMatchObject({ minimal: false, evaluations: 2 });
  });

  test('keeps what the caller wants kept', async () => {
    const of = sumClaim();
    const { counterexample } = await shrinkCounterexample(of, stored(of, START), js64, {
      budget: 1000,
      keeps: (instance) => (instance as unknown as TwoLayer).width === 3,
    });
    expect(counterexample.instance).toMatchObject({ width: 3 });
  });

  test('leaves what does not reproduce as it is', async () => {
    const of = sumClaim();
    const holds = stored(of, { ...START, outer: [0, 0, 0] });
    expect(await shrinkCounterexample(of, holds, js64, { budget: 10 })).toEqual({
      counterexample: holds,
      trial: null,
    });
  });
});

describe('shrinkInstance', () => {
  test('ends where no listed step applies: a simplifier tried again by hand finds nothing', async () => {
    const reading = sumClaim().readings['literal'];
    const simplifiers = simplifiersOf(reading);
    const keeps = async (instance: OpaqueInstance) =>
      (instance as unknown as TwoLayer).outer.reduce((sum, a) => sum + a, 0) > 0.3;
    const { instance, minimal } = await shrinkInstance(START as unknown as OpaqueInstance, {
      simplifiers,
      keeps,
      budget: 5000,
    });
    expect(minimal).toBe(true);
    const again = await shrinkInstance(instance, { simplifiers, keeps, budget: 5000 });
    expect(again).toMatchObject({ instance, taken: {}, minimal: true });
  });
});

describe('canonicalForm', () => {
  const sorted = ({ outer, ...rest }: TwoLayer): TwoLayer => ({
    ...rest,
    outer: outer.toSorted((a, b) => b - a),
  });

  test('is the same for instances that the declared symmetries identify', () => {
    const of = sumClaim(sorted);
    const swapped = { ...START, outer: [-0.13, 0.77, 0.91] };
    const form = (instance: TwoLayer) =>
      canonicalForm(of.readings['literal'], instance as unknown as OpaqueInstance);
    expect(form(swapped)).toEqual(form(START));
    expect(signatureOf(of, stored(of, swapped))).toBe(signatureOf(of, stored(of, START)));
  });

  test('is the instance, −0 as 0, where none are declared', () => {
    const of = sumClaim();
    const minus: Plain = { ...START, temperature: -0 };
    expect(canonicalForm(of.readings['literal'], minus as unknown as OpaqueInstance)).toEqual({
      ...START,
      temperature: 0,
    });
  });

  test('is reached by shrinking', async () => {
    const of = sumClaim(sorted);
    const { counterexample } = await shrinkCounterexample(
      of,
      stored(of, { ...START, outer: [-0.13, 0.77, 0.91] }),
      js64,
      { budget: 1000, keeps: (instance) => (instance as unknown as TwoLayer).width === 3 },
    );
    const { outer } = counterexample.instance as unknown as TwoLayer;
    expect(outer).toEqual(outer.toSorted((a, b) => b - a));
  });
});

describe('explained', () => {
  const SMALL = { width: 1, inner: [[0]], outer: [1], input: [-1], temperature: 1 };

  test('tells parts that matter from parts that do not, and what an assumption pins', async () => {
    const of = sumClaim();
    const { explanation } = await explained(of, stored(of, SMALL), js64, 400);
    const parts = new Map(explanation?.parts.map(({ part, ...counts }) => [part, counts]));
    expect(parts.get('temperature')).toEqual({ tried: 6, violated: 6, held: 0, outside: 0 });
    expect(parts.get('inner[0]')).toMatchObject({ tried: 6, violated: 6 });
    // Outer weights above ½ are a quarter of the law, inputs below 0 half of it.
    expect(parts.get('outer')?.held).toBeGreaterThan(0);
    expect(parts.get('input')?.outside).toBeGreaterThan(0);
    expect(explanation?.assumptions).toEqual([
      { name: 'an entry of the input is negative', margin: 0 },
    ]);
  });

  test('margins along a number change sign where the claim begins to hold', async () => {
    const of = sumClaim();
    const { explanation } = await explained(of, stored(of, SMALL), js64, 400);
    const slice = explanation?.slices.find(({ number }) => number === 'outer[0]');
    const margins = new Map(slice?.values.map((value, k) => [value, slice.margins[k]]));
    expect(margins.get(0)).toBeGreaterThan(0);
    expect(margins.get(0.5)).toBeNull();
    expect(margins.get(1)).toBeCloseTo(-1 / 3, 12);
    expect(margins.get(2)).toBeCloseTo(-0.6, 12);
  });

  test('is the same at every run and within its budget', async () => {
    const of = sumClaim();
    const once = await explained(of, stored(of, SMALL), js64, 400);
    expect(await explained(of, stored(of, SMALL), js64, 400)).toEqual(once);
    expect((await explained(of, stored(of, SMALL), js64, 3)).explanation?.parts).toEqual([]);
    expect(await explained(of, stored(of, SMALL), js64, 0)).toEqual(stored(of, SMALL));
  });
});
