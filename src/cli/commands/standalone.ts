import { resolve } from 'node:path';
import { writeAtomically } from '../../files/index.js';
import type { Counterexample } from '../../hunting/index.js';
import { standaloneText } from '../../hunting/index.js';
import { FALSUM_VERSION } from '../../running/index.js';
import { EXIT } from '../errors.js';
import type { Terminal } from '../terminal.js';
import { writeJson } from './list.js';

/** Writes the standalone file of a counterexample. @throws InputError when it cannot be written */
export async function writeStandalone(
  counterexample: Counterexample,
  claimFile: string,
  file: string,
  out: Terminal,
  json: string | undefined,
): Promise<number> {
  const text = await standaloneText(counterexample, resolve(claimFile), FALSUM_VERSION);
  writeAtomically(resolve(file), text, 'choose another place with --standalone');
  out.print(`${file}: ${Math.ceil(text.length / 1024)} KiB; run it anywhere: node ${file}`);
  if (json !== undefined) writeJson(json, { counterexample: counterexample.id, file });
  return EXIT.asExpected;
}
