import type { Claim } from '../claims/index.js';
import { ClaimFault } from '../claims/index.js';
import type { Json } from '../model/index.js';
import { encodeJson } from '../model/index.js';
import { runReading } from './run-reading.js';
import type { RunSettings } from './settings.js';
import { instanceOf } from './draws.js';
import type { Unstored } from './evidence-session.js';
import { storeUnstored } from './evidence-session.js';
import { judgedOf } from './judged-of.js';
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

/** What is told while a reading is judged. */
export type JudgeNote =
  | { readonly progress: JudgeProgress }
  /** Null once the batch is stored. */
  | { readonly unstored: Unstored | null };

/** Progress is told at most this often, in milliseconds. */
const PROGRESS_INTERVAL = 100;

/** The outcome of a reading as JSON. @throws ClaimFault when the claim's own code throws */
export async function judgeTask(
  { module, reading, settings }: JudgeTask,
  tell: (note: JudgeNote) => void,
): Promise<string> {
  const { default: claim } = (await import(module)) as { default: Claim };
  let told = 0;
  const progress = (done: number, planned: number): void => {
    const now = performance.now();
    if (now - told < PROGRESS_INTERVAL && done < planned) return;
    told = now;
    tell({ progress: { done, planned } });
  };
  const outcome = await runReading(claim, reading, settings, progress, undefined, (unstored) =>
    tell({ unstored }),
  );
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

/** Stores trials that a thread told of and did not come back to store. */
export interface StoreTask extends Omit<JudgeTask, 'kind'> {
  readonly kind: 'store';
  readonly trials: readonly Unstored[];
}

/** @throws what the ledger throws */
export async function storeTask({ module, reading, settings, trials }: StoreTask): Promise<null> {
  const { default: claim } = (await import(module)) as { default: Claim };
  if (settings.ledger !== undefined) {
    await storeUnstored(settings.ledger.folder, judgedOf(claim.readings[reading]), trials);
  }
  return null;
}
