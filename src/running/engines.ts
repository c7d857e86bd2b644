import type { Engine } from '../training/index.js';
import { createJs64 } from '../training/index.js';
import type { EngineName } from './settings.js';

const MAKERS: Readonly<Record<EngineName, () => Engine>> = { js64: createJs64 };
const made = new Map<EngineName, Engine>();

/** This thread's engine of a name; engines keep scratch memory, so each thread has its own. */
export function engineOf(name: EngineName): Engine {
  const existing = made.get(name);
  if (existing) return existing;
  const engine = MAKERS[name]();
  made.set(name, engine);
  return engine;
}
