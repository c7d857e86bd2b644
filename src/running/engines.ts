import type { Engine } from '../training/index.js';
import { createJs64, createTfjs, createWasm64 } from '../training/index.js';
import type { EngineName } from './settings.js';

const MAKERS: Readonly<Record<EngineName, () => Engine | Promise<Engine>>> = {
  wasm64: createWasm64,
  js64: createJs64,
  tfjs: () => createTfjs(),
};
const made = new Map<EngineName, Promise<Engine>>();

/**
 * This thread's engine of a name, made when it is first asked for; engines keep scratch memory, so each
 * thread has its own.
 */
export function engineOf(name: EngineName): Promise<Engine> {
  const existing = made.get(name);
  if (existing) return existing;
  const engine = Promise.resolve(MAKERS[name]());
  made.set(name, engine);
  return engine;
}
