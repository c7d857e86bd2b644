import type { Claim } from '../claims/index.js';
import { ClaimFault } from '../claims/index.js';
import type { Json } from '../model/index.js';
import { encodeJson } from '../model/index.js';
import { runReading } from './run-reading.js';
import type { RunSettings } from './settings.js';
import { instanceOf } from './draws.js';
import type { FaultyDrawNote } from './thread/index.js';
import { polluted } from './pollution.js';
import { encodeSpecial } from './worker-protocol.js';

/** Judges one reading in this thread. */
export interface JudgeTask {
  readonly kind: 'judge';
  /** The claim's module. */
  readonly module: string;
  readonly reading: string;
  readonly settings: RunSettings;
}

/** How far a reading is. */
export interface JudgeProgress {
  readonly done: number;
  readonly planned: number;
}

/** Progress is told at most this often, in milliseconds. */
const PROGRESS_INTERVAL = 100;

/** The outcome of a reading as JSON. @throws ClaimFault when the claim's own code throws */
export async function judgeTask(
  { module, reading, settings }: JudgeTask,
  tell: (progress: JudgeProgress) => void,
): Promise<string> {
  const { default: claim } = (await import(module)) as { default: Claim };
  let told = 0;
  const outcome = await runReading(claim, reading, settings, (done, planned) => {
    const now = performance.now();
    if (now - told < PROGRESS_INTERVAL && done < planned) return;
    told = now;
    tell({ done, planned });
  });
  const keys = polluted();
  if (keys !== null) {
    throw new ClaimFault(`${claim.id}, reading ${reading}: ${keys}`);
  }
  // Infinities and NaN survive through the encoding of the model.
  return JSON.stringify(outcome, encodeSpecial);
}

/** Draws the instance of one trial again. */
export interface RedrawTask extends Omit<JudgeTask, 'kind'> {
  readonly kind: 'redraw';
  readonly draw: FaultyDrawNote;
}

/** The instance; null where the stream is none whose draws stand alone, or it is not plain data. */
export async function redrawTask({
  module,
  reading,
  settings,
  draw,
}: RedrawTask): Promise<Json | null> {
  const { default: claim } = (await import(module)) as { default: Claim };
  return encodeJson(instanceOf(claim, reading, settings.seed, draw));
}
