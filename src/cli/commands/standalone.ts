import { resolve } from 'node:path';
import type { Counterexample } from '../../hunting/index.js';
import { InputError, standaloneText, writeAtomically } from '../../hunting/index.js';
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
  try {
    writeAtomically(resolve(file), text);
  } catch (error) {
    const code = (error as { code?: string }).code ?? String(error);
    throw new InputError(`--standalone ${file}: cannot be written (${code}); choose another place`);
  }
  out.print(`${file}: ${Math.ceil(text.length / 1024)} KiB; run it anywhere: node ${file}`);
  if (json !== undefined) writeJson(json, { counterexample: counterexample.id, file });
  return EXIT.asExpected;
}
