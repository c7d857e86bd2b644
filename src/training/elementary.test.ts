import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import type { BigNumber } from 'mathjs';
import { beforeAll, describe, expect, test } from 'vitest';
import * as math from '../math/index.js';
import {
  ELEMENTARY_TABLE_ADDRESS,
  ELEMENTARY_TABLE_BYTES,
  writeElementaryTables,
} from './elementary-tables.js';

type Scalar = (x: number) => number;
type Pairs = (from: number, to: number, count: number) => void;

/** What kernels/elementary-exports.ts exports. */
interface Engine {
  readonly memory: WebAssembly.Memory;
  readonly tablesStart: { readonly value: number };
  readonly tablesEnd: { readonly value: number };
  readonly functions: Readonly<Record<string, unknown>>;
}

let engine: Engine;
const scalar = (name: string) => engine.functions[name] as Scalar;
const pairs = (name: string) => engine.functions[`${name}Pairs`] as Pairs;

/** The options of kernels/asconfig.json, which has another entry. */
const OPTIONS = [
  ...['--runtime', 'stub', '--enable', 'simd', '--optimizeLevel', '3', '--shrinkLevel', '0'],
  ...['--noAssert', '--memoryBase', '32768', '--initialMemory', '2'],
];

async function compile(): Promise<Uint8Array> {
  let binary: Uint8Array | null = null;
  const { error, stderr } = await asc.main(
    [
      'kernels/elementary-exports.ts',
      ...['-o', 'elementary.wasm', '--baseDir', fileURLToPath(new URL('.', import.meta.url))],
      ...OPTIONS,
    ],
    {
      writeFile: (_, contents) => {
        if (typeof contents !== 'string') binary = contents;
      },
    },
  );
  if (error || !binary) throw new Error(`asc: ${error?.message}\n${stderr.toString()}`);
  return binary;
}

beforeAll(async () => {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(await compile()), {
    math: math.hugeRemainder,
  });
  engine = { ...(exports as unknown as Engine), functions: exports };
  writeElementaryTables(engine.memory);
});

const random = math.randomSource('elementary functions of the engine');
const BITS = new DataView(new ArrayBuffer(8));

/** The double `steps` places after x > 0. */
function stepped(x: number, steps: number): number {
  BITS.setFloat64(0, x);
  BITS.setBigInt64(0, BITS.getBigInt64(0) + BigInt(steps));
  return BITS.getFloat64(0);
}

/** Any double, all exponents and both signs alike; NaN and ±∞ once in 2048 draws. */
function anyDouble(): number {
  BITS.setUint32(0, Math.floor(2 ** 32 * random.uniform()));
  BITS.setUint32(4, Math.floor(2 ** 32 * random.uniform()));
  return BITS.getFloat64(0);
}

const { MAX_VALUE, MIN_VALUE } = Number;
const SPECIAL = [0, Infinity, NaN, MIN_VALUE, MAX_VALUE, 2 ** -1022, 2 ** -1022 - MIN_VALUE, 1, 2];

/** Every multiple of `step` up to `last`. */
const multiples = (step: number, last: number): number[] =>
  Array.from({ length: Math.round(last / step) }, (_, i) => (i + 1) * step);

interface Case {
  readonly reference: Scalar;
  /** Where the branches live: points are drawn uniformly in each. */
  readonly ranges: readonly (readonly [number, number])[];
  /** |x| at which the function changes its branch. */
  readonly boundaries: readonly number[];
}

const EXP_ENDS = [707, 707.7, 708.4, 709.79, 709.782712893384, 745.15, 745.1332191019411];
const HALF_TURNS = multiples(Math.PI / 4, 60);

const CASES: Readonly<Record<string, Case>> = {
  atan: {
    reference: math.atan,
    ranges: [
      [-0.1, 0.1],
      [-1.1, 1.1],
      [-40, 40],
    ],
    boundaries: [0.09375, 32, ...multiples(1 / 32, 1), ...multiples(1 / 2, 16)],
  },
  cos: {
    reference: math.cos,
    ranges: [
      [-1, 1],
      [-20, 20],
      [-4e6, 4e6],
    ],
    boundaries: [0.78, 3e6, 1e298, 4.2e298, 9e298, ...HALF_TURNS],
  },
  erf: {
    reference: math.erf,
    ranges: [
      [-0.6, 0.6],
      [-3, 3],
      [-6.5, 6.5],
    ],
    boundaries: [0.5, 6, ...multiples(1 / 32, 6)],
  },
  exp: {
    reference: math.exp,
    ranges: [
      [-1, 1],
      [-40, 40],
      [-750, 715],
    ],
    boundaries: [...EXP_ENDS, ...multiples(Math.LN2 / 256, 2)],
  },
  expm1: {
    reference: math.expm1,
    ranges: [
      [-0.4, 0.4],
      [-2, 2],
      [-65, 65],
    ],
    boundaries: [0.35, 60, Math.LN2, ...EXP_ENDS],
  },
  log: {
    reference: math.log,
    ranges: [
      [0.98, 1.02],
      [0.5, 2],
      [-1, 1000],
    ],
    boundaries: [...multiples(1 / 128, 2), 2 ** -1022, 2 ** -1073],
  },
  log1p: {
    reference: math.log1p,
    ranges: [
      [-2e-5, 2e-5],
      [-1, 1],
      [-1.5, 1000],
    ],
    boundaries: [1e-5, ...multiples(1 / 128, 2)],
  },
  sigmoid: {
    reference: math.sigmoid,
    ranges: [
      [-1, 1],
      [-40, 40],
      [-750, 715],
    ],
    boundaries: EXP_ENDS,
  },
  sin: {
    reference: math.sin,
    ranges: [
      [-1, 1],
      [-20, 20],
      [-4e6, 4e6],
    ],
    boundaries: [0.78, 3e6, 1e298, 4.2e298, 9e298, ...HALF_TURNS],
  },
  softplus: {
    reference: math.softplus,
    ranges: [
      [-13, 1],
      [-40, 40],
      [-750, 715],
    ],
    boundaries: [11.512925464970229, ...EXP_ENDS],
  },
  tanh: {
    reference: math.tanh,
    ranges: [
      [-0.3, 0.3],
      [-1, 1],
      [-23, 23],
    ],
    boundaries: [0.175, 0.55, 22],
  },
};

/** Over 100,000 points; neighbours fall into the same branch and into different ones. */
function testPoints({ ranges, boundaries }: Case): Float64Array {
  const points = SPECIAL.flatMap((x) => [x, -x]);
  for (const x of boundaries) {
    for (let steps = -5; steps <= 5; steps += 1) points.push(stepped(x, steps), -stepped(x, steps));
  }
  for (let i = 0; i < 25_000; i += 1) points.push(anyDouble());
  for (const [lower, upper] of ranges) {
    for (let i = 0; i < 25_000; i += 1) points.push(lower + (upper - lower) * random.uniform());
  }
  for (let i = 0; i < 5000; i += 1) {
    const [lower, upper] = ranges[i % ranges.length];
    points.push(points[Math.floor(points.length * random.uniform())]);
    points.push(lower + (upper - lower) * random.uniform());
  }
  return Float64Array.from(points.length % 2 === 0 ? points : [...points, 1]);
}

/** The values of the version for pairs. */
function inPairs(name: string, points: Float64Array): Float64Array {
  const from = 65536;
  const to = from + points.byteLength;
  const missing = to + points.byteLength - engine.memory.buffer.byteLength;
  if (missing > 0) engine.memory.grow(Math.ceil(missing / 65536));
  new Float64Array(engine.memory.buffer, from).set(points);
  pairs(name)(from, to, points.length);
  return new Float64Array(engine.memory.buffer, to, points.length);
}

/** At most five lines that say where the values differ; NaNs are alike. */
function differences(
  name: string,
  points: Float64Array,
  values: ArrayLike<number>,
  expected: ArrayLike<number>,
): string[] {
  const lines: string[] = [];
  for (let i = 0; i < points.length && lines.length < 5; i += 1) {
    if (!Object.is(values[i], expected[i])) {
      lines.push(`${name}(${points[i]}): engine ${values[i]}, src/math ${expected[i]}`);
    }
  }
  return lines;
}

describe('the engine gives the bits of src/math', () => {
  test.each(Object.keys(CASES))('%s', (name) => {
    const points = testPoints(CASES[name]);
    expect(points.length).toBeGreaterThan(100_000);
    const expected = points.map(CASES[name].reference);
    expect(differences(name, points, points.map(scalar(name)), expected)).toEqual([]);
    expect(differences(`${name}_x2`, points, inPairs(name, points), expected)).toEqual([]);
  });

  test('log1pUnit_x2 is log1p on [0, 1]', () => {
    const points = Float64Array.from({ length: 100_000 }, (_, i) =>
      i % 3 === 0 ? 2 ** (-70 * random.uniform()) : random.uniform() * (i % 3 === 1 ? 1 : 2e-5),
    );
    points.set([0, 1, MIN_VALUE, stepped(1, -1), 1e-5, stepped(1e-5, -1), NaN, 2 ** -1022]);
    const values = inPairs('log1pUnit', points);
    expect(differences('log1pUnit_x2', points, values, points.map(math.log1p))).toEqual([]);
  });
});

const big = math.bigNumber;
const bigFunction = (name: 'exp' | 'log' | 'sin' | 'cos' | 'atan') => (x: BigNumber) =>
  (math.highPrecision as unknown as Record<string, (x: BigNumber) => BigNumber>)[name](x);
const bigExp = bigFunction('exp');
const bigLog = bigFunction('log');
const bigSigmoid = (x: BigNumber) => bigExp(x.neg()).plus(1).pow(-1);

/** erf x = (2/√π)e^{−x²}Σ 2ⁿx^{2n+1}/(2n+1)!!, all terms of one sign. */
function bigErf(x: BigNumber): BigNumber {
  const pi = bigFunction('atan')(big(1)).times(4);
  let term = x;
  let sum = x;
  for (let n = 1; term.abs().gt('1e-64'); n += 1) {
    term = term
      .times(x)
      .times(x)
      .times(2)
      .div(2 * n + 1);
    sum = sum.plus(term);
  }
  return bigExp(x.times(x).neg()).times(sum).times(2).div(pi.sqrt());
}

describe('accuracy against 64 digits, in ulp', () => {
  test.each<[string, (x: BigNumber) => BigNumber, number, number, number]>([
    ['exp', bigExp, -708, 709, 0.52],
    ['expm1', (x) => bigExp(x).minus(1), -3, 3, 1],
    ['tanh', (x) => bigSigmoid(x.times(2)).times(2).minus(1), -3, 3, 2.5],
    ['sigmoid', bigSigmoid, -40, 40, 2],
    ['log', bigLog, 0, 4, 0.52],
    ['log1p', (x) => bigLog(x.plus(1)), -1, 3, 0.6],
    ['softplus', (x) => bigLog(bigExp(x).plus(1)), -40, 40, 2],
    ['sin', bigFunction('sin'), -20, 20, 1],
    ['cos', bigFunction('cos'), -20, 20, 1],
    ['atan', bigFunction('atan'), -3, 3, 1],
    ['erf', bigErf, -6, 6, 1],
  ])('%s', (name, reference, lower, upper, allowed) => {
    for (let i = 0; i < 40; i += 1) {
      const x = lower + (upper - lower) * random.uniform();
      const exact = reference(big(x));
      const size = Math.abs(exact.toNumber());
      const error = big(scalar(name)(x))
        .minus(exact)
        .abs()
        .div(math.nextUp(size) - size);
      expect(error.toNumber(), `${name}(${x})`).toBeLessThan(allowed);
    }
  });
});

describe('writeElementaryTables', () => {
  test('fills exactly the place that the kernels read', () => {
    expect(engine.tablesStart.value).toBe(ELEMENTARY_TABLE_ADDRESS);
    expect(engine.tablesEnd.value).toBe(ELEMENTARY_TABLE_ADDRESS + ELEMENTARY_TABLE_BYTES);
    const memory = new WebAssembly.Memory({ initial: 1 });
    const before = new Uint8Array(memory.buffer).fill(0xa5);
    writeElementaryTables(memory);
    expect(before.subarray(0, ELEMENTARY_TABLE_ADDRESS).every((byte) => byte === 0xa5)).toBe(true);
    const end = ELEMENTARY_TABLE_ADDRESS + ELEMENTARY_TABLE_BYTES;
    expect(before.subarray(end).every((byte) => byte === 0xa5)).toBe(true);
    const last = new Float64Array(memory.buffer)[end / 8 - 1];
    expect(last).toBe(math.elementaryTables().erfRows.at(-1));
  });

  test('rejects a memory that is too small', () => {
    expect(() => writeElementaryTables(new WebAssembly.Memory({ initial: 0 }))).toThrow(
      'writeElementaryTables: memory must have at least 17520 bytes, got 0',
    );
  });
});
