/** The structures of `kernels/problem.ts`, doubles first, then 32-bit integers, in the same order. */
const PROBLEM_DOUBLES = [
  'stepSize',
  'lambdaInner',
  'lambdaRest',
  'lossScale',
  'targetLoss',
  'targetGradient',
  'parameter',
  'maxSteps',
  'step',
  'ceiling',
  'objective',
  'dataLoss',
  'gradientNorm',
  'squares',
  'epoch',
  'firstEpoch',
] as const;

const PROBLEM_WORDS = [
  'sampleSize',
  'inputDim',
  'depth',
  'fused',
  'activation',
  'kink',
  'biased',
  'trainsInner',
  'trainsOuter',
  'trainsBiases',
  'decays',
  'optimiser',
  'unitInner',
  'batchSize',
  'replacement',
  'interval',
  'toEvaluation',
  'evaluated',
  'epochs',
  'position',
  'panelPairs',
  'groupSize',
  'groups',
  'stride',
  'layers',
  'inputs',
  'labels',
  'outer',
  'outerGradient',
  'outerSums',
  'residuals',
  'curves',
  'scaled',
  'rows',
  'rowBytes',
  'patterns',
  'buckets',
  'backward',
  'previous',
  'zeros',
  'ones',
  'batchInputs',
  'batchLabels',
  'order',
  'seeds',
  'random',
] as const;

const LAYER_WORDS = [
  'rows',
  'columns',
  'stride',
  'weights',
  'biases',
  'weightGradient',
  'biasGradient',
  'weightSums',
  'biasSums',
  'values',
  'slopes',
  'transposed',
] as const;

type ProblemDouble = (typeof PROBLEM_DOUBLES)[number];
export type ProblemWord = (typeof PROBLEM_WORDS)[number];
export type LayerFields = Readonly<Record<(typeof LAYER_WORDS)[number], number>>;

/** What the kernels' structures must measure, checked when the module is loaded. */
export const PROBLEM_BYTES = 8 * PROBLEM_DOUBLES.length + 4 * PROBLEM_WORDS.length;
export const LAYER_BYTES = 4 * LAYER_WORDS.length;

const DOUBLE_AT = new Map<ProblemDouble, number>(PROBLEM_DOUBLES.map((name, i) => [name, 8 * i]));
const WORD_AT = new Map<ProblemWord, number>(
  PROBLEM_WORDS.map((name, i) => [name, 8 * PROBLEM_DOUBLES.length + 4 * i]),
);

/** Kernels count bytes in signed 32-bit integers. */
const MOST_BYTES = 2 ** 31 - 2 ** 16;
const PAGE = 65536;
const ALIGNMENT = 64;

/**
 * Linear memory, handed out from `start` on and taken back all at once, so that it never grows beyond
 * what the largest problem needed. Addresses are in bytes; views are valid until the next allocation.
 */
export interface Arena {
  readonly reset: () => void;
  /** @throws RangeError when the problem does not fit into 2 GiB */
  readonly allocate: (bytes: number) => number;
  /** As `allocate`, all zeros. */
  readonly allocateZeros: (bytes: number) => number;
  readonly doubles: () => Float64Array;
  readonly words: () => Int32Array;
}

/** The arena of a module's memory. */
export function createArena(memory: WebAssembly.Memory, start: number): Arena {
  let next = start;
  let doubles = new Float64Array(memory.buffer);
  let words = new Int32Array(memory.buffer);

  function refresh(): void {
    if (doubles.buffer === memory.buffer) return;
    doubles = new Float64Array(memory.buffer);
    words = new Int32Array(memory.buffer);
  }

  function allocate(bytes: number): number {
    const at = Math.ceil(next / ALIGNMENT) * ALIGNMENT;
    const end = at + bytes;
    if (end > MOST_BYTES) {
      throw new RangeError(
        `wasm64: a problem must fit into ${Math.floor(MOST_BYTES / 2 ** 20)} MiB, this one needs ${Math.ceil(end / 2 ** 20)} or more`,
      );
    }
    const missing = end - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    next = end;
    refresh();
    return at;
  }

  return {
    reset() {
      next = start;
    },
    allocate,
    allocateZeros(bytes) {
      const at = allocate(bytes);
      doubles.fill(0, at / 8, Math.ceil((at + bytes) / 8));
      return at;
    },
    doubles: () => doubles,
    words: () => words,
  };
}

/** One problem's structure in memory. */
export interface ProblemRecord {
  readonly at: number;
  readonly setNumber: (name: ProblemDouble, value: number) => void;
  readonly number: (name: ProblemDouble) => number;
  readonly set: (name: ProblemWord, value: number) => void;
  readonly get: (name: ProblemWord) => number;
}

/** A new problem structure, all zeros. */
export function allocateProblem(arena: Arena): ProblemRecord {
  const at = arena.allocateZeros(PROBLEM_BYTES);
  const doubleAt = (name: ProblemDouble): number => (at + (DOUBLE_AT.get(name) as number)) / 8;
  const wordAt = (name: ProblemWord): number => (at + (WORD_AT.get(name) as number)) / 4;
  return {
    at,
    setNumber: (name, value) => {
      arena.doubles()[doubleAt(name)] = value;
    },
    number: (name) => arena.doubles()[doubleAt(name)],
    set: (name, value) => {
      arena.words()[wordAt(name)] = value;
    },
    get: (name) => arena.words()[wordAt(name)],
  };
}

/** Writes the structures of the layers, one after another; returns where they start. */
export function allocateLayers(arena: Arena, layers: readonly LayerFields[]): number {
  const at = arena.allocate(LAYER_BYTES * layers.length);
  layers.forEach((layer, l) => {
    LAYER_WORDS.forEach((name, i) => {
      arena.words()[(at + l * LAYER_BYTES) / 4 + i] = layer[name];
    });
  });
  return at;
}
