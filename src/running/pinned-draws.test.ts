import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import { describe, expect, test } from 'vitest';
import type { Claim } from '../claims/index.js';
import type { PinnedDraws } from './pinned-draws.js';
import { pinnedDraws } from './pinned-draws.js';
import { PACKAGE_ROOT } from './version.js';

const FILE = join(PACKAGE_ROOT, 'fixtures', 'pinned-draws.json');
const UPDATE = process.env['UPDATE_PINNED_DRAWS'] === '1';

const pinned = (existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : {}) as Record<
  string,
  PinnedDraws
>;

const claims = await Promise.all(
  globSync('properties/**/*.property.ts', { cwd: PACKAGE_ROOT, absolute: true })
    .toSorted()
    .map(async (file) => ((await import(file)) as { default: Claim }).default),
);

describe('a claim whose draws change gets a new version', () => {
  if (UPDATE) {
    test('pins the draws of all claims', () => {
      const now = Object.fromEntries(claims.map((claim) => [claim.id, pinnedDraws(claim)]));
      writeFileSync(FILE, `${JSON.stringify(now, null, 2)}\n`);
    });
    return;
  }

  test.each(claims.map((claim) => [claim.id, claim] as const))('%s', (id, claim) => {
    const now = pinnedDraws(claim);
    const before = pinned[id];
    expect(before, `${id} is not pinned; run with UPDATE_PINNED_DRAWS=1`).toBeDefined();
    const changed = Object.keys(now.readings).filter(
      (reading) => now.readings[reading] !== before.readings[reading],
    );
    if (now.version === before.version) {
      expect(
        changed,
        `the draws of ${id} changed; raise its version, then run with UPDATE_PINNED_DRAWS=1`,
      ).toEqual([]);
    } else {
      expect(
        now.version,
        `${id} has a new version; run with UPDATE_PINNED_DRAWS=1 to pin its draws`,
      ).toBe(before.version);
    }
  });

  test('nothing is pinned that does not exist', () => {
    expect(Object.keys(pinned).toSorted()).toEqual(claims.map((claim) => claim.id).toSorted());
  });
});
