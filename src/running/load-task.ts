import { InputError } from '../model/index.js';
import { polluted } from './pollution.js';

/** Imports a claim's module in this thread, to see whether that ends and what it does. */
export interface LoadTask {
  readonly kind: 'load';
  readonly module: string;
}

/** @throws what the import throws; InputError when it changes built-in objects */
export async function loadAlone({ module }: LoadTask): Promise<null> {
  process.setSourceMapsEnabled(true);
  await import(module);
  const keys = polluted();
  if (keys !== null) throw new InputError(keys);
  return null;
}
