import type { Engine } from '../../src/training/index.js';
import { createJs64, createTfjs, createWasm64 } from '../../src/training/index.js';
import type { LeftOut } from '../shared/left-out.js';
import { firstLine } from '../shared/errors.js';

/** How to make an engine, under the name that the tables give it. */
interface Maker {
  readonly name: string;
  readonly make: () => Engine | Promise<Engine>;
}

/** The engine that all others are compared with, and whose cost and memory are drawn. */
export const OWN_ENGINE = 'wasm64';

/** The engine whose objectives all others must reproduce. */
export const REFERENCE_ENGINE = 'js64';

/** Every engine there is; one that cannot be made here is left out. */
const MAKERS: readonly Maker[] = [
  { name: OWN_ENGINE, make: createWasm64 },
  { name: REFERENCE_ENGINE, make: createJs64 },
  { name: 'tfjs node', make: () => createTfjs('node') },
  { name: 'tfjs wasm', make: () => createTfjs('wasm') },
  { name: 'tfjs cpu', make: () => createTfjs('cpu') },
];

/** An engine of this process. */
export interface NamedEngine {
  readonly name: string;
  readonly engine: Engine;
}

/** The engine of a name; null where there is none here. */
export async function openEngine(name: string): Promise<Engine | null> {
  try {
    return (await MAKERS.find((maker) => maker.name === name)?.make()) ?? null;
  } catch {
    return null;
  }
}

/** Keeps TensorFlow's native library to one thread; the other engines have but one. */
export function oneThreadEach(): void {
  process.env['TF_NUM_INTRAOP_THREADS'] = '1';
  process.env['TF_NUM_INTEROP_THREADS'] = '1';
  process.env['OMP_NUM_THREADS'] = '1';
}

/** Makes every engine. */
export async function openEngines(): Promise<{
  readonly engines: readonly NamedEngine[];
  readonly leftOut: readonly LeftOut[];
}> {
  const engines: NamedEngine[] = [];
  const leftOut: LeftOut[] = [];
  for (const { name, make } of MAKERS) {
    try {
      engines.push({ name, engine: await make() });
    } catch (error) {
      leftOut.push({ name, reason: firstLine(error) });
    }
  }
  return { engines, leftOut };
}
