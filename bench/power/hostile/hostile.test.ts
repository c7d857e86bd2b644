import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fuzzFiles } from './fuzz.js';
import { KINDS } from './kinds.js';

test('every valid sample is read', async () => {
  expect(KINDS.length).toBeGreaterThanOrEqual(14);
  for (const { samples } of KINDS) expect(samples.length).toBeGreaterThan(0);
});

test('1,400 hostile files of every kind that is read back are refused in one line or harmless', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'falsum-fuzz-'));
  const { kinds, failures } = await fuzzFiles(join(folder, 'files'), 1400, 7);
  rmSync(folder, { recursive: true });
  expect(failures).toEqual([]);
  for (const { files, refused, read } of kinds) expect(refused + read).toBe(files);
  expect(kinds.reduce((sum, { refused }) => sum + refused, 0)).toBeGreaterThan(700);
});
