import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { FaultError, faultOf } from '../fault.js';
import { boundedBy, toyClaim } from '../testing/toy-claims.js';
import { hunt } from './hunt.js';
import type { Crew } from './pool.js';
import { newHunt } from './state.js';

const folder = mkdtempSync(join(tmpdir(), 'falsum-hunt-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const claim = toyClaim(boundedBy(() => 1));
const loaded = { claim, file: 'toy.ts', module: 'file:///toy.mjs' };

test('a hunt whose time is up waits for a worker that loops, saves, and fails with its fault', async () => {
  const fault = faultOf(loaded, 'literal', {
    ...{ name: 'ClaimFault', message: 'conclude: does not come back', stack: '', draw: null },
  });
  let giveUp: ((fault: FaultError) => void) | undefined;
  const given: (number | undefined)[] = [];
  const crew: Crew = {
    workers: 1,
    advance: (_, __, patience) => {
      given.push(patience?.each);
      return new Promise((_resolve, reject) => {
        giveUp = reject;
      });
    },
    shrink: () => Promise.reject(new Error('nothing to shrink')),
    // The worker is out until the thread that asks gives it up.
    lifeSigns: async () => giveUp?.(new FaultError(fault)),
    stuck: () => 'conclude, for 9 s',
    close: async () => {},
  };
  const checkpoint = join(folder, 'hunts', 'seed-1.json');
  const target = { reading: 'literal', engine: 'js64', attack: 1, seed: 1, label: null } as const;
  const hunting = hunt({
    ...{ loaded, checkpoint, crew, start: newHunt(claim, target), found: join(folder, 'found') },
    limits: { evaluations: Infinity, budgetMs: 2000, keepGoing: false },
  });
  await expect(hunting).rejects.toMatchObject({ name: 'FaultError', fault });
  expect(existsSync(checkpoint)).toBe(true);
  expect(given).toEqual([5000]);
});
