import { discard } from '../../files/index.js';
import { counterexampleFile } from '../../hunting/index.js';
import type { LoadedClaim } from '../load.js';
import type { Patience } from '../thread/index.js';
import type { AdvanceResult, HuntTarget } from './job.js';
import type { Crew } from './pool.js';
import {
  evaluationsOf,
  isComplete,
  marginOf,
  mergeFinds,
  nextRound,
  open,
  shareOf,
  upToMerged,
  withShare,
} from './rounds.js';
import type { HuntState, KeptFind } from './state.js';
import { isOwnFind, writeCheckpoint } from './checkpoint.js';

/** When a hunt ends. */
export interface HuntLimits {
  /** All evaluations, those before a resumption included; Infinity for no limit. */
  readonly evaluations: number;
  /** Time of this sitting in milliseconds; Infinity for no limit. */
  readonly budgetMs: number;
  /** Goes on after a counterexample was found. */
  readonly keepGoing: boolean;
}

export interface HuntProgress {
  readonly evaluations: number;
  readonly margin: number | null;
  /** Evaluations of this sitting a second. */
  readonly rate: number;
  readonly elapsedMs: number;
  readonly shrinking: boolean;
  /** What the claim's code has been doing for longer than a moment; null where all workers go on. */
  readonly stuck: string | null;
}

export interface HuntTask {
  readonly loaded: LoadedClaim;
  readonly start: HuntState;
  readonly limits: HuntLimits;
  /** The folder of found counterexamples. */
  readonly found: string;
  readonly checkpoint: string;
  readonly crew: Crew;
  readonly onProgress?: (progress: HuntProgress) => void;
  readonly onFind?: (find: KeptFind) => void;
  /** Given what writes the checkpoint now: for interrupts. */
  readonly onSave?: (save: () => void) => void;
}

/** Why a sitting ended. */
export type HuntEnd = 'found' | 'evaluations' | 'budget';

/** Checkpoints are written at most this often in milliseconds, and at the end. */
const CHECKPOINT_EVERY = 500;

/** Part of the time that writing checkpoints may take. */
const CHECKPOINT_SHARE = 0.02;

/** Milliseconds between two reports of progress. */
const TELL_EVERY = 250;

/** Milliseconds that one entry into the claim's code may always last, whatever the budget. */
const LEAST_PATIENCE = 5000;

/** The longest time that a timer of Node takes, in milliseconds. */
const LONGEST_TIMEOUT = 0x7fffffff;

/** Most candidates that shrinking a find judges. */
const SHRINKING = 4000;

/**
 * Hunts until a limit is reached or, unless told to keep going, a counterexample is found; then shrinks what was found.
 * What is hunted and found at equal evaluations depends on the start alone: not on workers, time or interruptions.
 *
 * @throws FaultError when the claim's own code throws, loops beyond the budget or ends its thread; the checkpoint is
 * written before
 */
export async function hunt(task: HuntTask): Promise<{ state: HuntState; end: HuntEnd }> {
  const { loaded, limits, crew } = task;
  const { module } = loaded;
  const target = targetOf(task.start);
  const started = performance.now();
  const sitting = (): number => performance.now() - started;
  const before = { evaluations: evaluationsOf(task.start), elapsedMs: task.start.elapsedMs };
  let state = task.start;
  /** Signatures held at the start of the round: what the shares are told must not depend on their order. */
  let known = signatures(state);
  let nextSave = -Infinity;
  let over = false;
  let shrinking = false;
  let failure: { readonly error: unknown } | null = null;
  let wake = (): void => {};
  const running = new Map<number, Promise<void>>();

  const save = (): void => {
    const begun = performance.now();
    state = { ...state, elapsedMs: before.elapsedMs + sitting() };
    writeCheckpoint(task.checkpoint, state);
    const now = performance.now();
    nextSave = now + Math.max(CHECKPOINT_EVERY, (now - begun) / CHECKPOINT_SHARE);
  };
  const tell = (): void => {
    const evaluations = evaluationsOf(state);
    const elapsedMs = sitting();
    const rate = (1000 * (evaluations - before.evaluations)) / Math.max(1, elapsedMs);
    const margin = marginOf(state);
    const stuck = crew.stuck();
    task.onProgress?.({ evaluations, margin, rate, elapsedMs, shrinking, stuck });
  };
  const removeFile = (id: string): void => {
    if (state.kept.some((find) => find.id === id)) return;
    const { claim, reading } = state;
    const file = counterexampleFile(task.found, { claim, reading, id });
    if (isOwnFind(state, file)) discard(file);
  };

  /** One entry that takes twice the whole budget is given up, once that is spent. */
  const patienceAt = (ms: number): Patience | null =>
    Number.isFinite(limits.budgetMs)
      ? { after: limits.budgetMs - ms, each: Math.max(LEAST_PATIENCE, 2 * limits.budgetMs) }
      : null;
  const launch = (island: number): void => {
    const evaluations = shareOf(state.round);
    const { found } = task;
    const job = { kind: 'advance', module, target, known, found, evaluations } as const;
    const patience = patienceAt(sitting());
    const share = crew.advance({ ...job, island: state.islands[island] }, loaded, patience).then(
      (result) => {
        if (over) dropSpare(result);
        else state = withShare(state, island, result);
      },
      (error: unknown) => {
        failure ??= { error };
      },
    );
    running.set(
      island,
      share.then(() => {
        running.delete(island);
        wake();
      }),
    );
  };
  /** What a share found after the end, where the hunt holds one of that signature. */
  const dropSpare = ({ finds }: AdvanceResult): void => {
    for (const { signature, id } of finds) {
      if (id !== null && signatures(state).includes(signature)) removeFile(id);
    }
  };

  const merge = (): void => {
    const held = state.kept.length;
    const merged = mergeFinds(state, !limits.keepGoing);
    ({ state } = merged);
    if (merged.spare.length > 0 || state.kept.length > held) save();
    merged.spare.forEach(removeFile);
    for (const find of state.kept.slice(held)) task.onFind?.(find);
  };

  const shrinkKept = async (): Promise<void> => {
    const raw = state.kept.filter(({ minimal }) => minimal === null);
    if (raw.length === 0) return;
    shrinking = true;
    tell();
    await Promise.all(
      raw.map(async ({ id }) => {
        const job = { kind: 'shrink', module, target, found: task.found } as const;
        const { grade, minimal, ...small } = await crew.shrink(
          { ...job, id, budget: SHRINKING },
          loaded,
          patienceAt(sitting()),
        );
        const kept = state.kept.map((find) =>
          find.id === id ? { ...find, id: small.id, grade, minimal } : find,
        );
        state = { ...state, kept };
        save();
        removeFile(id);
      }),
    );
    shrinking = false;
  };

  const throwFailure = (): void => {
    if (failure === null) return;
    save();
    throw failure.error;
  };

  /** The end that is reached; null while the hunt goes on. */
  const reached = (): HuntEnd | null => {
    if (!limits.keepGoing && state.kept.length > 0) return 'found';
    if (open(state, limits.evaluations).length === 0) return 'evaluations';
    return sitting() >= limits.budgetMs ? 'budget' : null;
  };

  task.onSave?.(save);
  save();
  const alarm = Number.isFinite(limits.budgetMs)
    ? setTimeout(() => wake(), Math.min(limits.budgetMs, LONGEST_TIMEOUT))
    : undefined;
  const ticking = setInterval(tell, TELL_EVERY);
  try {
    let end = reached();
    while (end === null) {
      const waiting = open(state, limits.evaluations).filter((island) => !running.has(island));
      waiting.slice(0, crew.workers - running.size).forEach(launch);
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      throwFailure();
      merge();
      if (isComplete(state) && state.merged === state.shares.length) {
        if (limits.keepGoing) await shrinkKept();
        state = nextRound(state);
        known = signatures(state);
      }
      if (performance.now() >= nextSave) save();
      end = reached();
    }
    // A worker that loops is a fault of the claim, which its patience tells.
    if (end === 'budget') {
      await crew.lifeSigns();
      // The answer of one that came back is taken first.
      await new Promise((resolve) => setImmediate(resolve));
      throwFailure();
    }
    over = true;
    // What came after the find in the order of shares is left to a hunt that keeps going.
    if (end === 'found') {
      state.shares.slice(state.merged).forEach((share) => share !== null && dropSpare(share));
      state = upToMerged(state);
    }
    save();
    await shrinkKept();
    if (end === 'found') await Promise.all(running.values());
    save();
    return { state, end };
  } finally {
    over = true;
    clearTimeout(alarm);
    clearInterval(ticking);
    task.onSave?.(() => {});
  }
}

function signatures({ kept }: HuntState): string[] {
  return kept.map(({ signature }) => signature);
}

function targetOf({ reading, engine, attack, seed, label }: HuntState): HuntTarget {
  return { reading, engine, attack, seed, label };
}
