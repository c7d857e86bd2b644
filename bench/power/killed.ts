import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killRuns, twoAtOnce } from './kill.js';
import type { PowerPart } from './part.js';

/** Runs that are killed at random moments: what becomes of their ledger. */
export const killed: PowerPart = {
  name: 'killed',
  about: 'Runs on a ledger, killed (SIGKILL) at random moments and two at once',
  has: (only) => 'killed'.includes(only),
  async run({ extent, out }) {
    const folder = mkdtempSync(join(tmpdir(), 'falsum-kill-'));
    const kills = extent === 'long' ? 200 : 20;
    try {
      const report = await killRuns({
        folder: join(folder, 'killed'),
        kills,
        seed: 1,
        trials: 500,
        onKill: (done) => out.status(`killed ${done} of ${kills}`),
      });
      const both = await twoAtOnce(join(folder, 'two'), 500);
      out.print(
        `${report.kills} kills, ${report.underWay} while trials were judged; at most ${report.mostLost} trials lost, ` +
          `of ${report.trials} none twice and none missing; two runs at once: ${both} trials of 2 × 500`,
      );
      return { json: { ...report, twoAtOnce: both }, figures: {}, failures: [] };
    } catch (error) {
      return { json: {}, figures: {}, failures: [(error as Error).message] };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
