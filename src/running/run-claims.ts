import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BroadcastChannel } from 'node:worker_threads';
import type { TestCase } from 'vitest/node';
import { writeAllureResult } from './allure-results.js';
import type { Fault } from './fault.js';
import { faultOf } from './fault.js';
import type { LoadedClaim } from './load.js';
import type { ReadingOutcome } from './outcome.js';
import type { RunSettings } from './settings.js';
import type { Patience } from './thread/index.js';
import { PACKAGE_ROOT } from './version.js';
import type { ClaimJob, ProgressMessage, TestNote } from './worker-protocol.js';
import { PROGRESS_CHANNEL, decodeSpecial } from './worker-protocol.js';

export interface RunOptions {
  readonly claims: readonly LoadedClaim[];
  readonly settings: RunSettings;
  /** The whole time that the run is meant to take in milliseconds; null for no limit. */
  readonly budgetMs: number | null;
  readonly workers: number;
  /** A folder that this run may empty and fill. */
  readonly workFolder: string;
  readonly allureResults: string;
  readonly onProgress?: (message: ProgressMessage) => void;
  /** Told of each reading that is over. */
  readonly onReading?: (claim: string, reading: string) => void;
}

/** What judging claims gave: each reading has an outcome or a fault. */
export interface Judged {
  readonly outcomes: readonly ReadingOutcome[];
  readonly faults: readonly Fault[];
}

/** Milliseconds that one entry into a claim's code may always last, whatever the budget. */
const LEAST_PATIENCE = 5000;

/**
 * Judges claims with vitest, one file per claim and one test per reading, and returns the outcomes by
 * claim and reading id. The order of work and the number of workers change nothing in them. A reading whose claim's
 * code throws, loops beyond the budget or ends its thread is a fault, and the others are judged.
 */
export async function runClaims(options: RunOptions): Promise<Judged> {
  const { claims, settings, workFolder, allureResults } = options;
  rmSync(workFolder, { recursive: true, force: true });
  rmSync(allureResults, { recursive: true, force: true });
  const entries = join(workFolder, 'entries');
  for (const folder of [entries, allureResults]) mkdirSync(folder, { recursive: true });
  const entryModule = new URL('./vitest-entry.js', import.meta.url).href;
  for (const { claim, module } of claims) {
    const name = claim.id.replace('/', '~');
    const readings = readingsOf(claim, settings);
    const job: ClaimJob = {
      ...{ claim: claim.id, module, readings, settings },
      patience: patienceWith(settings.budgetMsPerReading, options.budgetMs),
    };
    const jobFile = join(entries, `${name}.json`);
    writeFileSync(jobFile, JSON.stringify(job));
    writeFileSync(
      join(entries, `${name}.claim.mjs`),
      `import { judgeInVitest } from ${JSON.stringify(entryModule)};\njudgeInVitest(${JSON.stringify(jobFile)});\n`,
    );
  }
  const notes = new Map<string, TestNote>();
  const byId = new Map(claims.map((loaded) => [loaded.claim.id, loaded]));
  const onTestCaseResult = (testCase: TestCase): void => {
    const loaded = testCase.parent.type === 'suite' ? byId.get(testCase.parent.name) : undefined;
    const note = testCase.meta().falsum;
    if (loaded === undefined || note === undefined) return;
    const { claim } = loaded;
    const reading = testCase.name;
    notes.set(keyOf(claim.id, reading), note);
    const { startTime = 0, duration = 0 } = testCase.diagnostic() ?? {};
    writeAllureResult(allureResults, {
      ...{ claim, reading, startedAt: startTime, durationMs: duration },
      fault: 'error' in note ? faultOf(loaded, reading, note.error).reason : null,
    });
    options.onReading?.(claim.id, reading);
  };
  const channel = new BroadcastChannel(PROGRESS_CHANNEL);
  channel.onmessage = (event) => {
    options.onProgress?.((event as { data: ProgressMessage }).data);
  };
  try {
    const failure = await runTests(entries, join(workFolder, 'cache'), options.workers, {
      onTestCaseResult,
    });
    return collect(claims, settings, notes, failure);
  } finally {
    channel.close();
  }
}

/** Runs the test files of a folder. @returns what failed around the tests; undefined where nothing did */
async function runTests(
  folder: string,
  cacheDir: string,
  maxWorkers: number,
  reporter: { readonly onTestCaseResult: (testCase: TestCase) => void },
): Promise<string | undefined> {
  // Loaded only when it runs: it is the largest part of the start.
  const { createVitest } = await import('vitest/node');
  const vitest = await createVitest(
    'test',
    {
      root: PACKAGE_ROOT,
      config: false,
      watch: false,
      dir: folder,
      include: ['*.claim.mjs'],
      exclude: [],
      pool: 'threads',
      maxWorkers,
      // Claims run in threads of their own.
      isolate: false,
      cache: false,
      passWithNoTests: true,
      server: { deps: { external: [/.*\.m?js$/] } },
      reporters: [reporter],
    },
    { cacheDir, server: { watch: null } },
  );
  try {
    await vitest.start();
    const [problem] = [
      ...vitest.state.getUnhandledErrors(),
      ...vitest.state.getTestModules().flatMap((module) => module.errors()),
    ];
    return problem === undefined ? undefined : messageOf(problem);
  } finally {
    await vitest.close();
    // vitest marks the process as failed; the exit code is the command line's to set.
    process.exitCode = 0;
  }
}

function messageOf(problem: unknown): string {
  const { message } = (problem ?? {}) as { message?: unknown };
  return typeof message === 'string' ? message : String(problem);
}

const keyOf = (claim: string, reading: string): string => `${claim}#${reading}`;

function readingsOf(
  { readings }: LoadedClaim['claim'],
  settings: Pick<RunSettings, 'readings'>,
): string[] {
  return Object.keys(readings).filter(
    (reading) => settings.readings === null || settings.readings.includes(reading),
  );
}

/** One entry that takes twice the whole budget is given up, once the reading's share of it is spent. */
function patienceWith(share: number | null, whole: number | null): Patience | null {
  if (share === null) return null;
  return { after: share, each: Math.max(LEAST_PATIENCE, 2 * (whole ?? share)) };
}

function collect(
  claims: readonly LoadedClaim[],
  settings: RunSettings,
  notes: ReadonlyMap<string, TestNote>,
  failure: string | undefined,
): Judged {
  const outcomes: ReadingOutcome[] = [];
  const faults: Fault[] = [];
  for (const loaded of claims) {
    for (const reading of readingsOf(loaded.claim, settings)) {
      const note = notes.get(keyOf(loaded.claim.id, reading)) ?? {
        error: {
          name: 'InternalFault',
          message: `${loaded.claim.id}, reading ${reading}, left no result`,
          stack: failure ?? '',
          draw: null,
        },
      };
      if ('error' in note) faults.push(faultOf(loaded, reading, note.error));
      else outcomes.push(JSON.parse(note.outcome, decodeSpecial) as ReadingOutcome);
    }
  }
  return { outcomes, faults };
}
