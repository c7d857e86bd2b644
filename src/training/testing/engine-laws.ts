import { describe } from 'vitest';
import type { Engine, EngineOptions } from '../engine.js';
import { createJs64 } from '../js64.js';
import { agreementLaws } from './agreement-laws.js';
import { differenceLaws } from './difference-laws.js';
import { gradientLaws } from './gradient-laws.js';
import { inputErrorLaws } from './input-error-laws.js';
import { optimiserLaws } from './optimiser-laws.js';
import { stoppingLaws } from './stopping-laws.js';
import { trainingLaws } from './training-laws.js';

export interface EngineLawOptions {
  /** The engine whose runs this one's must agree with, or null for none. Default js64. */
  readonly reference?: (() => Engine) | null;
}

/**
 * Registers the vitest tests that every float64 engine must pass: derivatives within derived bounds of a
 * 64-digit evaluation and near central differences, training by definition, stop reasons, refused
 * input, and agreement with the reference engine.
 *
 * @param make makes a new engine; it is called several times
 */
export function engineLaws(
  name: string,
  make: (options?: EngineOptions) => Engine,
  { reference = createJs64 }: EngineLawOptions = {},
): void {
  describe(`the laws of engines: ${name}`, () => {
    gradientLaws(make);
    differenceLaws(make);
    stoppingLaws(make);
    trainingLaws(make);
    optimiserLaws(make);
    inputErrorLaws(make);
    if (reference !== null) agreementLaws(make, reference);
  });
}
