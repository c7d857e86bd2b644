import { epic, feature, label, story } from 'allure-js-commons';
import { readFileSync } from 'node:fs';
import { BroadcastChannel } from 'node:worker_threads';
import { describe, test } from 'vitest';
import type { Claim } from '../claims/index.js';
import { writeAtomically } from '../hunting/index.js';
import { runReading } from './run-reading.js';
import type { ClaimJob, ProgressMessage } from './worker-protocol.js';
import { PROGRESS_CHANNEL, encodeSpecial, resultFile } from './worker-protocol.js';

/** Progress is told at most this often, in milliseconds. */
const PROGRESS_INTERVAL = 100;

/**
 * Makes the vitest tests of one claim: one per reading. A test passes when its reading was judged,
 * whatever the verdict: verdicts are compared with expectations after the run, by the command line.
 */
export async function judgeInVitest(jobFile: string): Promise<void> {
  const job = JSON.parse(readFileSync(jobFile, 'utf8')) as ClaimJob;
  const { default: claim } = (await import(job.module)) as { default: Claim };
  const { settings } = job;
  const wanted = Object.keys(claim.readings).filter(
    (reading) => settings.readings === null || settings.readings.includes(reading),
  );
  describe(claim.id, () => {
    for (const reading of wanted) {
      test(reading, { timeout: 0x7fffffff }, async () => {
        await epic(claim.source.key);
        await feature(claim.title);
        await story(reading);
        await label('claim', claim.id);
        await label('reading', reading);
        await judgeOne(claim, reading, job);
      });
    }
  });
}

async function judgeOne(claim: Claim, reading: string, job: ClaimJob): Promise<void> {
  const channel = new BroadcastChannel(PROGRESS_CHANNEL);
  const file = resultFile(job.results, claim.id, reading);
  let told = 0;
  try {
    const outcome = await runReading(claim, reading, job.settings, (done, planned) => {
      const now = performance.now();
      if (now - told < PROGRESS_INTERVAL && done < planned) return;
      told = now;
      const message: ProgressMessage = { claim: claim.id, reading, done, planned };
      channel.postMessage(message);
    });
    // Infinities and NaN survive through the encoding of the model.
    writeAtomically(file, JSON.stringify({ outcome }, encodeSpecial));
  } catch (error) {
    const thrown = error instanceof Error ? error : new Error(String(error));
    const cause = thrown.cause instanceof Error ? thrown.cause : thrown;
    writeAtomically(
      file,
      JSON.stringify({
        error: {
          name: thrown.name,
          message: thrown.message,
          stack: cause.stack ?? '',
        },
      }),
    );
    throw error;
  } finally {
    channel.close();
  }
}
