import { createHash } from 'node:crypto';

/** What a stream of random numbers is keyed by, outermost part first. */
export type StreamKey = readonly (string | number)[];

/**
 * A stream of random numbers that depends on its key alone: the same key gives the same numbers on
 * every machine, whatever was drawn elsewhere.
 */
export interface RandomSource {
  readonly key: StreamKey;
  /** Uniform on the multiples of 2⁻⁵³ in [0, 1). */
  uniform(): number;
  /** Uniform on (0, 1): never 0, so that its logarithm is finite. */
  uniformPositive(): number;
  /** Uniform on {0, …, bound − 1}, without modulo bias. @throws RangeError unless 1 ≤ bound ≤ 2³². */
  integer(bound: number): number;
  /** −1 or 1, each with probability ½. */
  sign(): -1 | 1;
  /**
   * A draw from N(0, 1), where the source can give one in a single step: the laws of this folder use it then. A
   * keyed stream has none; a recorded tape does, so that one of its entries is one Gaussian number.
   */
  normal?(): number;
  /** An independent stream, keyed by this key and the given parts. Draws nothing from this one. */
  fork(...parts: StreamKey): RandomSource;
}

/** The state of xoshiro128++ that a key's stream starts from: four 32-bit words. */
export function streamSeed(key: StreamKey): readonly [number, number, number, number] {
  const digest = createHash('sha256').update(JSON.stringify(key)).digest();
  return [
    digest.readInt32LE(0),
    digest.readInt32LE(4),
    digest.readInt32LE(8),
    digest.readInt32LE(12) | 1, // the all-zero state is the only forbidden one
  ];
}

/**
 * The stream of a key: xoshiro128++ (Blackman and Vigna 2021, doi:10.1145/3460772) seeded with the
 * first 128 bits of SHA-256 of the key. Only 32-bit integer arithmetic, so the bits are the same
 * on every machine.
 */
export function randomSource(...key: StreamKey): RandomSource {
  let [s0, s1, s2, s3] = streamSeed(key);

  function next(): number {
    const sum = (s0 + s3) | 0;
    const result = (((sum << 7) | (sum >>> 25)) + s0) >>> 0;
    const t = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = (s3 << 11) | (s3 >>> 21);
    return result;
  }

  const source: RandomSource = {
    key,
    uniform: () => ((next() >>> 5) * 67108864 + (next() >>> 6)) / 9007199254740992,
    uniformPositive: () => ((next() >>> 5) * 67108864 + (next() >>> 6) + 0.5) / 9007199254740992,
    integer(bound) {
      if (!Number.isInteger(bound) || bound < 1 || bound > 4294967296) {
        throw new RangeError(`integer: bound must be an integer in 1…2³², got ${bound}`);
      }
      const limit = 4294967296 - (4294967296 % bound);
      for (;;) {
        const word = next();
        if (word < limit) return word % bound;
      }
    },
    sign: () => (next() & 1 ? 1 : -1),
    fork: (...parts) => randomSource(...key, ...parts),
  };
  return source;
}
