import { mkdtempSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runReading } from '../../src/running/run-reading.js';
import { killClaim, killSettings } from './kill-claim.js';

/** What a process that is to be killed does. */
export interface KillJob {
  readonly ledger: string;
  readonly trials: number;
  /** Tells runs apart. */
  readonly name: string;
}

// The process that is killed: waits for its job, judges the claim once on a ledger, and says after each trial
// how many are done. A trial that completes a batch is in the ledger before it is said to be done.
const text = readFileSync(0, 'utf8');
if (text !== '') await judgeOnce(JSON.parse(text) as KillJob);

async function judgeOnce({ ledger, trials, name }: KillJob): Promise<void> {
  const found = mkdtempSync(join(tmpdir(), 'falsum-killed-'));
  process.once('exit', () => rmSync(found, { recursive: true, force: true }));
  const say = (line: string): void => {
    writeSync(1, `${line}\n`);
  };
  say('started');
  const settings = killSettings(found, ledger, name);
  const outcome = await runReading(killClaim(trials), 'literal', settings, (done) =>
    say(`done ${done}`),
  );
  say(`judged ${JSON.stringify(outcome.evidence)}`);
}
