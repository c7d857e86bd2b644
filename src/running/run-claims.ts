import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { BroadcastChannel } from 'node:worker_threads';
import type { TestCase } from 'vitest/node';
import { InputError } from '../hunting/index.js';
import type { LoadedClaim } from './load.js';
import { placeIn } from './load.js';
import type { ReadingOutcome } from './outcome.js';
import type { RunSettings } from './settings.js';
import { PACKAGE_ROOT } from './version.js';
import type { ClaimJob, ProgressMessage } from './worker-protocol.js';
import { PROGRESS_CHANNEL, decodeSpecial, resultFile } from './worker-protocol.js';

/** A fault of Falsum itself: the command line says how to report it. */
export class InternalFault extends Error {
  override readonly name = 'InternalFault';
}

export interface RunOptions {
  readonly claims: readonly LoadedClaim[];
  readonly settings: RunSettings;
  readonly workers: number;
  /** A folder that this run may empty and fill. */
  readonly workFolder: string;
  readonly allureResults: string;
  readonly onProgress?: (message: ProgressMessage) => void;
  readonly onOutcome?: (outcome: ReadingOutcome) => void;
}

/** A module as Falsum itself finds it: another folder above a project may hold a copy that belongs to another vitest. */
const fromHere = (module: string): string => createRequire(import.meta.url).resolve(module);

interface StoredResult {
  readonly outcome?: ReadingOutcome;
  readonly error?: { readonly name: string; readonly message: string; readonly stack: string };
}

/**
 * Judges claims with vitest, one file per claim and one test per reading, and returns the outcomes by
 * claim and reading id. The order of work and the number of workers change nothing in them.
 *
 * @throws InputError when a claim's own code throws; InternalFault when a reading left no result
 */
export async function runClaims(options: RunOptions): Promise<ReadingOutcome[]> {
  const { claims, settings, workFolder, allureResults } = options;
  rmSync(workFolder, { recursive: true, force: true });
  rmSync(allureResults, { recursive: true, force: true });
  const entries = join(workFolder, 'entries');
  const results = join(workFolder, 'results');
  for (const folder of [entries, results, allureResults]) mkdirSync(folder, { recursive: true });
  const entryModule = new URL('./vitest-entry.js', import.meta.url).href;
  for (const { claim, module } of claims) {
    const name = claim.id.replace('/', '~');
    const job: ClaimJob = { module, settings, results };
    const jobFile = join(entries, `${name}.json`);
    writeFileSync(jobFile, JSON.stringify(job));
    writeFileSync(
      join(entries, `${name}.claim.mjs`),
      `import { judgeInVitest } from ${JSON.stringify(entryModule)};\nawait judgeInVitest(${JSON.stringify(jobFile)});\n`,
    );
  }

  const channel = new BroadcastChannel(PROGRESS_CHANNEL);
  channel.onmessage = (event) => {
    options.onProgress?.((event as { data: ProgressMessage }).data);
  };
  // Loaded only when it runs: it is the largest part of the start.
  const { createVitest } = await import('vitest/node');
  const vitest = await createVitest(
    'test',
    {
      root: PACKAGE_ROOT,
      config: false,
      watch: false,
      dir: entries,
      include: ['*.claim.mjs'],
      exclude: [],
      pool: 'threads',
      maxWorkers: options.workers,
      isolate: true,
      passWithNoTests: true,
      setupFiles: [fromHere('allure-vitest/setup')],
      server: { deps: { external: [/.*\.m?js$/] } },
      reporters: [
        [fromHere('allure-vitest/reporter'), { resultsDir: allureResults, reportMatchers: false }],
        {
          onTestCaseResult(testCase: TestCase) {
            const suite = testCase.parent.type === 'suite' ? testCase.parent.name : '';
            const file = resultFile(results, suite, testCase.name);
            const outcome = existsSync(file) ? read(file).outcome : undefined;
            if (outcome) options.onOutcome?.(outcome);
          },
        },
      ],
    },
    { cacheDir: join(workFolder, 'cache'), server: { watch: null } },
  );
  try {
    await vitest.start();
    const problems = vitest.state.getUnhandledErrors();
    const failures = vitest.state.getTestModules().flatMap((module) => module.errors());
    const outcomes = collect(claims, settings, results, failures[0]?.message);
    if (problems.length > 0) throw strayError(problems[0], claims);
    return outcomes;
  } finally {
    channel.close();
    await vitest.close();
    // vitest marks the process as failed; the exit code is the command line's to set.
    process.exitCode = 0;
  }
}

/** An error that no test caught, such as a rejection that nothing awaits: whose code is it? */
function strayError(problem: unknown, claims: readonly LoadedClaim[]): Error {
  const { message, stack } = (problem ?? {}) as { message?: unknown; stack?: unknown };
  const thrown = new Error(typeof message === 'string' ? message : 'an error without a message');
  thrown.stack = typeof stack === 'string' ? stack : '';
  for (const { file, module } of claims) {
    const place = placeIn(thrown, file, module);
    if (place !== file) {
      return new InputError(
        `${place}: ${thrown.message.split('\n')[0]} (thrown or rejected where nothing awaits it)`,
      );
    }
  }
  return new InternalFault(`${thrown.message}\n${thrown.stack}`);
}

function read(file: string): StoredResult {
  return JSON.parse(readFileSync(file, 'utf8'), decodeSpecial) as StoredResult;
}

function collect(
  claims: readonly LoadedClaim[],
  settings: RunSettings,
  results: string,
  failure: string | undefined,
): ReadingOutcome[] {
  const outcomes: ReadingOutcome[] = [];
  for (const { claim, file: claimFile, module } of claims) {
    for (const reading of Object.keys(claim.readings)) {
      if (settings.readings !== null && !settings.readings.includes(reading)) continue;
      const file = resultFile(results, claim.id, reading);
      if (!existsSync(file)) {
        const why = failure === undefined ? '' : `: ${failure.split('\n')[0]}`;
        throw new InternalFault(`${claim.id}, reading ${reading}, left no result${why}`);
      }
      const { outcome, error } = read(file);
      if (error) {
        const thrown = new Error(error.message);
        thrown.stack = error.stack;
        if (error.name === 'ClaimFault') {
          throw new InputError(
            `${placeIn(thrown, claimFile, module)}: ${error.message.split('\n')[0]}`,
          );
        }
        // Bad files of the user's (a broken corpus) come through as they are.
        if (error.name === 'InputError') throw new InputError(error.message);
        throw new InternalFault(`${error.message}\n${error.stack}`);
      }
      if (outcome) outcomes.push(outcome);
    }
  }
  return outcomes;
}
