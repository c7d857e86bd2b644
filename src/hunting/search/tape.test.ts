import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generator } from '../../generators/index.js';
import { normalVector, randomSource } from '../../math/index.js';
import { EMPTY_TAPE, drawOnTape, entriesOf, withEntries } from './tape.js';

const mixed = generator({
  law: 'size uniform on 1…6, a flag, normal numbers, a uniform one, a sign and an integer, a fork',
  structure: fc.record({ size: fc.integer({ min: 1, max: 6 }), flag: fc.boolean() }),
  build: ({ size, flag }, random) => ({
    flag,
    normals: normalVector(random, size),
    uniform: random.uniform(),
    sign: random.sign(),
    integer: random.integer(10),
    forked: random.fork('other').uniform(),
  }),
  labels: ({ flag }) => [flag ? 'yes' : 'no'],
});
const filler = (seed: number) => () => randomSource('tape', seed);

describe('a recorded draw', () => {
  test('comes again from its tape, whatever follows it, also after it was written as JSON', () => {
    for (let seed = 0; seed < 50; seed += 1) {
      const first = drawOnTape(mixed, EMPTY_TAPE, filler(seed));
      const tape = JSON.parse(JSON.stringify(first.tape)) as typeof first.tape;
      const again = drawOnTape(mixed, tape, filler(1000));
      expect(again).toEqual(first);
    }
  });

  test('moves a little with its entries', () => {
    const first = drawOnTape(mixed, EMPTY_TAPE, filler(3));
    const entries = entriesOf(first.tape).map((entry) => entry + 1e-9);
    const moved = drawOnTape(mixed, withEntries(first.tape, entries), filler(3));
    moved.instance.normals.forEach((x, i) => {
      expect(Math.abs(x - first.instance.normals[i])).toBeLessThan(2e-9);
    });
    expect(moved.instance.uniform).not.toBe(first.instance.uniform);
    expect(Math.abs(moved.instance.uniform - first.instance.uniform)).toBeLessThan(1e-9);
  });

  test('grows where the structure asks for more, and its fork stays', () => {
    const first = drawOnTape(mixed, EMPTY_TAPE, filler(4));
    const larger = drawOnTape(
      mixed,
      { ...first.tape, structure: [9, ...first.tape.structure.slice(1)] },
      filler(5),
    );
    expect(larger.instance.normals).toHaveLength(6);
    expect(larger.instance.forked).toBe(first.instance.forked);
  });
});

test('draws from fresh tapes have the law of the generator', () => {
  const random = randomSource('tape', 'law');
  const draws = Array.from(
    { length: 4000 },
    () => drawOnTape(mixed, EMPTY_TAPE, () => random).instance,
  );
  const mean = (of: (draw: (typeof draws)[number]) => number): number =>
    draws.reduce((sum, draw) => sum + of(draw), 0) / draws.length;
  // Each limit is five standard errors.
  const within = (value: number, expected: number, deviation: number) =>
    expect(Math.abs(value - expected)).toBeLessThan((5 * deviation) / Math.sqrt(draws.length));
  within(
    mean(({ normals }) => normals.length),
    3.5,
    1.71,
  );
  within(
    mean(({ normals }) => normals[0]),
    0,
    1,
  );
  within(
    mean(({ normals }) => normals[0] ** 2),
    1,
    Math.SQRT2,
  );
  within(
    mean(({ uniform }) => uniform),
    0.5,
    0.289,
  );
  within(
    mean(({ forked }) => forked),
    0.5,
    0.289,
  );
  within(
    mean(({ sign }) => sign),
    0,
    1,
  );
  within(
    mean(({ integer }) => integer),
    4.5,
    2.88,
  );
  within(
    mean(({ flag }) => (flag ? 1 : 0)),
    0.5,
    0.5,
  );
});

test('a generator that keeps its own arbitrary is drawn from the structure alone', () => {
  const filtered = {
    law: mixed.law,
    arbitrary: mixed.arbitrary.filter(({ labels }) => labels.includes('yes')),
  };
  const { instance, tape } = drawOnTape(filtered, EMPTY_TAPE, filler(6));
  expect(instance.flag).toBe(true);
  expect(tape.data).toEqual({});
  expect(drawOnTape(filtered, tape, filler(7)).instance).toEqual(instance);
});
