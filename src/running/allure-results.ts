import { createHash, randomUUID } from 'node:crypto';
import type { TestResult } from 'allure-js-commons';
import { Stage, Status } from 'allure-js-commons';
import { FileSystemWriter } from 'allure-js-commons/sdk/reporter';
import type { Claim } from '../claims/index.js';

/** What one reading's test was like. */
export interface JudgedTest {
  readonly claim: Claim;
  readonly reading: string;
  /** Why there is no outcome; null where there is one. */
  readonly fault: string | null;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly durationMs: number;
}

/** Writes the Allure result of a reading's test: broken without an outcome, else for the report to complete. */
export function writeAllureResult(resultsDir: string, test: JudgedTest): void {
  const { claim, reading, fault, startedAt, durationMs } = test;
  const fullName = `${claim.id}#${reading}`;
  // The history of a reading follows its claim, wherever the run's files lie.
  const identity = createHash('sha256').update(fullName).digest('hex').slice(0, 32);
  const { catalogue, title, source } = claim;
  const result: TestResult = {
    uuid: randomUUID(),
    name: fault === null ? reading : `${reading}: no verdict`,
    fullName,
    testCaseId: identity,
    historyId: identity,
    titlePath: [source.key, claim.id],
    status: fault === null ? Status.PASSED : Status.BROKEN,
    statusDetails: fault === null ? {} : { message: fault },
    stage: Stage.FINISHED,
    start: startedAt,
    stop: startedAt + durationMs,
    labels: [
      { name: 'epic', value: source.key },
      { name: 'feature', value: catalogue === null ? title : `${catalogue} ${title}` },
      { name: 'story', value: reading },
      { name: 'claim', value: claim.id },
      { name: 'reading', value: reading },
    ],
    steps: [],
    attachments: [],
    parameters: [],
    links: [],
  };
  new FileSystemWriter({ resultsDir }).writeResult(result);
}
