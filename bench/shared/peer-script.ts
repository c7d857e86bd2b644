import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** `bench/peers`, seen from `dist/bench/shared` and from `bench/shared`. */
const PLACES = ['../../../bench/peers/', '../peers/'];

/** The file of one of our own scripts. */
export function peerScript(script: string): string {
  const files = PLACES.map((place) => fileURLToPath(new URL(place + script, import.meta.url)));
  const file = files.find((candidate) => existsSync(candidate));
  if (file === undefined) throw new Error(`bench/peers/${script} is missing from the package`);
  return file;
}
