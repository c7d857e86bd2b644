import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { killRuns, twoAtOnce } from './kill.js';

const folder = mkdtempSync(join(tmpdir(), 'falsum-kill-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('SIGKILL at 20 random moments loses at most the batch in flight and counts none twice', async () => {
  const report = await killRuns({
    folder: join(folder, 'killed'),
    kills: 20,
    seed: 1,
    trials: 500,
  });
  expect(report.kills).toBe(20);
  // Else nothing was tested; how many of them were hit in time is the machine's.
  expect(report.underWay).toBeGreaterThan(0);
  expect(report.mostLost).toBeLessThan(100);
});

test('two runs at once on one ledger both count', async () => {
  expect(await twoAtOnce(join(folder, 'two'), 700)).toBe(1400);
});
