import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { hugeRemainder } from '../math/index.js';
import { writeElementaryTables } from './elementary-tables.js';
import type { Arena } from './wasm64-memory.js';
import { LAYER_BYTES, PROBLEM_BYTES, createArena } from './wasm64-memory.js';

/** What the kernels export; addresses are in bytes. */
interface Kernels {
  readonly memory: WebAssembly.Memory;
  readonly advance: (problem: number, due: number, pause: number, late: boolean) => number;
  readonly evaluate: (problem: number) => void;
  readonly projectStart: (problem: number) => void;
  readonly outputsDeep: (problem: number, inputs: number, outputs: number, count: number) => void;
  readonly inputGradientsDeep: (
    problem: number,
    inputs: number,
    gradients: number,
    apart: number,
    count: number,
  ) => void;
  readonly laplacianSums: (problem: number, to: number) => void;
  readonly arenaStart: () => number;
  readonly problemBytes: () => number;
  readonly layerBytes: () => number;
}

/** One instance of the kernels with memory of its own. */
export interface Instance {
  readonly kernels: Kernels;
  readonly arena: Arena;
}

/** Where `npm run build` leaves the module, seen from `dist/src/training` and from `src/training`. */
const PLACES = ['./kernels.wasm', '../../dist/src/training/kernels.wasm'];

let compiled: WebAssembly.Module | null = null;

function compile(): WebAssembly.Module {
  if (compiled) return compiled;
  const files = PLACES.map((place) => fileURLToPath(new URL(place, import.meta.url)));
  const file = files.find((candidate) => existsSync(candidate));
  if (file === undefined) {
    throw new Error('wasm64: dist/src/training/kernels.wasm is missing; run "npm run build"');
  }
  try {
    compiled = new WebAssembly.Module(readFileSync(file));
  } catch (error) {
    throw new Error(
      `wasm64: this machine cannot run WebAssembly SIMD (${(error as Error).message}); use the engine js64`,
      { cause: error },
    );
  }
  return compiled;
}

/** Instantiates the kernels. The compiled module is shared by the instances of a thread. */
export function instantiate(): Instance {
  const instance = new WebAssembly.Instance(compile(), { math: hugeRemainder });
  const kernels = instance.exports as unknown as Kernels;
  for (const [what, here, there] of [
    ['Problem', PROBLEM_BYTES, kernels.problemBytes()],
    ['Layer', LAYER_BYTES, kernels.layerBytes()],
  ] as const) {
    if (here !== there) {
      throw new Error(
        `wasm64: ${what} must have ${here} bytes, the compiled kernels have ${there}; run "npm run build"`,
      );
    }
  }
  writeElementaryTables(kernels.memory);
  return { kernels, arena: createArena(kernels.memory, kernels.arenaStart()) };
}
