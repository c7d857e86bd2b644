import { createHash } from 'node:crypto';
import type { AnyReading, Claim, OpaqueInstance } from '../claims/index.js';
import { testDraw } from '../generators/index.js';
import { encodeJson } from '../model/index.js';

/** Draws per reading that are pinned. */
const DRAWS = 64;

/** What is pinned of a claim: a changed hash demands a new version, and evidence starts a new line. */
export interface PinnedDraws {
  readonly version: number;
  readonly readings: Readonly<Record<string, string>>;
}

/** The hashes of 64 test-stream draws of each reading at a fixed key; ladders take their rungs in turn. */
export function pinnedDraws(claim: Claim): PinnedDraws {
  return {
    version: claim.version,
    readings: Object.fromEntries(
      Object.entries(claim.readings).map(([id, reading]) => [id, hashOf(claim, id, reading)]),
    ),
  };
}

/** The hash of one reading's pinned draws. */
export function drawsHash(claim: Claim, id: string): string {
  return hashOf(claim, id, claim.readings[id]);
}

function hashOf(claim: Claim, id: string, reading: AnyReading): string {
  const hash = createHash('sha256');
  const ladder = 'ladder' in reading ? reading.ladder : null;
  const visits = ladder?.visits ?? ladder?.rungs ?? [];
  for (let trial = 0; trial < DRAWS; trial += 1) {
    const generator =
      ladder === null ? reading.instances : ladder.at(visits[trial % visits.length]);
    const { instance } = testDraw<OpaqueInstance>(generator, ['pinned', claim.id, id], trial);
    hash.update(JSON.stringify(encodeJson(instance)));
  }
  return hash.digest('hex').slice(0, 16);
}
