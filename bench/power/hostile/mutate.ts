import type { RandomSource } from '../../../src/math/index.js';

/** JSON text that a node is replaced by: wrong kinds, edges of numbers, names that lead elsewhere. */
const PALETTE: readonly string[] = [
  ...[
    'null',
    'true',
    '[]',
    '{}',
    '""',
    '0',
    '-1',
    '0.5',
    '1e21',
    '1e308',
    '-1e308',
    '1e999',
    '5e-324',
  ],
  ...['9007199254740993', '"../../../../victim"', '"constructor"', '"__proto__"', '"toString"'],
  ...[String.raw`"\u001b[2J\u0007\r\n\u202e"`, '"1/0"', '"-0/1"', '"NaN"', '{"$number":"NaN"}'],
  ...['{"$number":"-Infinity"}', '{"$number":7}', '{"__proto__":{"polluted":true}}'],
  ...[
    '{"constructor":{"prototype":{"polluted":true}}}',
    '{"length":1e9}',
    '{"family":"constructor"}',
  ],
  `"${'9'.repeat(20_000)}"`,
  `"${'a/'.repeat(3000)}"`,
  `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
  `${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}`,
];

const KEYS = ['__proto__', 'constructor', 'hasOwnProperty', '$number', '', 'toString', 'id'];

const HOLE = '\u0000hole\u0000';

type Node = Record<string, unknown> | unknown[];

/** One of several. */
export function oneOf<T>(random: RandomSource, values: readonly T[]): T {
  return values[random.integer(values.length)];
}

/** JSON text with one to three of its nodes changed. */
export function changedTree(random: RandomSource, json: unknown): string {
  const root = { root: structuredClone(json) };
  const holes: string[] = [];
  for (let times = 1 + random.integer(3); times > 0; times -= 1) {
    const [parent, key] = oneOf(random, placesIn(root));
    change(random, parent, key, holes);
  }
  let next = 0;
  return JSON.stringify(root.root ?? null).replaceAll(
    JSON.stringify(HOLE),
    () => holes[next++] ?? '0',
  );
}

function placesIn(root: Node): [Node, string][] {
  const places: [Node, string][] = [];
  const open: Node[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const key of Object.keys(node)) {
      places.push([node, key]);
      const value: unknown = (node as Record<string, unknown>)[key];
      if (typeof value === 'object' && value !== null) open.push(value as Node);
    }
  }
  return places;
}

function change(random: RandomSource, parent: Node, key: string, holes: string[]): void {
  const node = parent as Record<string, unknown>;
  const value = node[key];
  const kind = random.integer(8);
  if (kind === 0 && key !== 'root') {
    delete node[key];
  } else if (kind === 1 && key !== 'root' && !Array.isArray(parent)) {
    delete node[key];
    Object.defineProperty(node, oneOf(random, KEYS), {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  } else if (kind === 2 && typeof value === 'number') {
    node[key] = oneOf(random, [
      value + 1,
      value - 1,
      -value,
      value * 2,
      value / 2,
      Math.round(value),
    ]);
  } else if (kind === 3 && Array.isArray(value) && value.length > 0) {
    node[key] = oneOf(random, [[...value, value[0]], value.slice(1), value.toReversed()]);
  } else {
    // Numbers beyond the doubles have no value: they are put into the text.
    node[key] = HOLE;
    holes.push(oneOf(random, PALETTE));
  }
}

/** Bytes with a cut, a flip, or something put in or taken out. */
export function changedBytes(random: RandomSource, text: string): Buffer {
  const bytes = Buffer.from(text);
  const at = random.integer(bytes.length + 1);
  const to = Math.min(bytes.length, at + random.integer(60));
  switch (random.integer(5)) {
    case 0:
      return bytes.subarray(0, at);
    case 1:
      if (at < bytes.length) bytes[at] ^= 1 << random.integer(8);
      return bytes;
    case 2:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(to)]);
    case 3:
      return Buffer.concat([bytes.subarray(0, to), bytes.subarray(at)]);
    default: {
      const noise = Buffer.from(Array.from({ length: 20 }, () => random.integer(256)));
      return Buffer.concat([bytes.subarray(0, at), noise, bytes.subarray(at)]);
    }
  }
}
