import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeJson, encodeJson, firstDifference } from './json.js';
import type { Json, Plain } from './json.js';

fc.configureGlobal({ seed: 1 }); // tests are deterministic

/** Doubles of every bit pattern, so also subnormals, −0, infinities and NaN. */
const everyDouble = fc.tuple(fc.nat(0xffffffff), fc.nat(0xffffffff)).map(([high, low]) => {
  const view = new DataView(new ArrayBuffer(8));
  view.setUint32(0, high);
  view.setUint32(4, low);
  return view.getFloat64(0);
});
const special = fc.constantFrom(
  0,
  -0,
  NaN,
  Infinity,
  -Infinity,
  Number.MIN_VALUE,
  Number.MAX_VALUE,
);
const key = fc.oneof(
  fc.string(),
  fc.constantFrom(
    '$number',
    '$$number',
    '$$$number',
    'number',
    '__proto__',
    'constructor',
    'toString',
  ),
);
const { plain } = fc.letrec<{ plain: Plain }>((tie) => ({
  plain: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false),
    fc.double(),
    everyDouble,
    special,
    fc.string(),
    fc.array(tie('plain'), { maxLength: 5 }),
    fc.dictionary(key, tie('plain'), { maxKeys: 5, noNullPrototype: true }),
  ),
}));

/** Through the text of a file and back. */
const roundTrip = (value: Plain): Plain =>
  decodeJson(JSON.parse(JSON.stringify(encodeJson(value))) as Json);

describe('lossless JSON', () => {
  test('any plain data comes back, every double with its value and sign', () => {
    fc.assert(
      fc.property(plain, (value) => isDeepStrictEqual(roundTrip(value), value)),
      { numRuns: 400 },
    );
  });

  test('a double comes back bit for bit', () => {
    fc.assert(
      fc.property(fc.oneof(everyDouble, fc.double(), special), (x) => Object.is(roundTrip(x), x)),
      { numRuns: 1000 },
    );
  });

  test('what looks like an encoded number, but is data, stays data', () => {
    expect(encodeJson({ $number: 'NaN' })).toEqual({ $$number: 'NaN' });
    for (const data of [
      { $number: '-0' },
      { $number: 3 },
      { $number: { $number: NaN } },
      { $$number: 'Infinity', $number: -0 },
    ]) {
      expect(roundTrip(data)).toStrictEqual(data);
    }
  });

  test('only what JSON cannot hold is written specially', () => {
    expect(encodeJson([-0, NaN, -Infinity, 0, 0.1])).toEqual([
      { $number: '-0' },
      { $number: 'NaN' },
      { $number: '-Infinity' },
      0,
      0.1,
    ]);
    expect(encodeJson(new Float64Array([1, -0]))).toEqual([1, { $number: '-0' }]);
  });

  test('equal data give equal text, whatever the order of their keys; undefined is left out', () => {
    const text = JSON.stringify(encodeJson({ b: 1, a: { d: 2, c: undefined } }));
    expect(text).toBe('{"a":{"d":2},"b":1}');
    expect(JSON.stringify(encodeJson({ a: { d: 2 }, b: 1 }))).toBe(text);
  });

  test('the first difference is named', () => {
    const a = { rows: [[1, 2], [3]], name: 'x' };
    expect(firstDifference(a, structuredClone(a), 'a')).toBeNull();
    expect(firstDifference(a, { ...a, rows: [[1, 2], [4]] }, 'a')).toEqual({
      ...{ path: 'a.rows[1][0]', was: '3', is: '4' },
    });
    expect(firstDifference(a, { rows: a.rows }, 'a')).toMatchObject({
      path: 'a.name',
      is: 'missing',
    });
    expect(firstDifference(a, { ...a, rows: [[1, 2]] }, 'a')).toMatchObject({ path: 'a.rows' });
  });

  test('refuses what is not plain data', () => {
    expect(() => encodeJson(1n)).toThrow('encodeJson: value must be plain data, got bigint');
    expect(() => encodeJson([undefined])).toThrow(
      'encodeJson: value[0] must be plain data, got undefined',
    );
    expect(() => encodeJson({ a: [{ f: () => 1 }] })).toThrow(
      'encodeJson: value.a[0].f must be plain data, got function',
    );
    class Row {
      value = 1;
    }
    for (const [what, name] of [
      [new Map(), 'Map'],
      [new Date(0), 'Date'],
      [new Float32Array(1), 'Float32Array'],
      [new Row(), 'Row'],
    ] as const) {
      expect(() => encodeJson({ w: what }, 'instance')).toThrow(
        `encodeJson: instance.w must be plain data, got ${name}`,
      );
    }
    expect(encodeJson(Object.assign(Object.create(null) as object, { a: 1 }))).toEqual({ a: 1 });
  });

  test.each<Json>([{ $number: 'one' }, { $number: 1 }, { $number: 'NaN', more: 1 }])(
    'refuses the malformed %j',
    (json) => {
      expect(() => decodeJson(json)).toThrow(
        'decodeJson: an object with the key $number must hold nothing but "-0", "NaN", "Infinity" or ' +
          `"-Infinity" there, got ${JSON.stringify(json)}`,
      );
    },
  );
});
