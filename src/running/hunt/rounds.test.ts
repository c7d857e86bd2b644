import { describe, expect, test } from 'vitest';
import { boundedBy, toyClaim } from '../testing/toy-claims.js';
import type { AdvanceResult, FindNote } from './job.js';
import { evaluationsOf, isComplete, mergeFinds, nextRound, open, shareOf } from './rounds.js';
import { upToMerged, withShare } from './rounds.js';
import type { HuntState } from './state.js';
import { mismatch, newHunt } from './state.js';

const TARGET = { reading: 'literal', engine: 'js64', attack: 1, seed: 1, label: null } as const;
const claim = toyClaim(boundedBy(() => 1));
const start = newHunt(claim, TARGET);
const LAST = start.islands.length - 1;

const find = (signature: string, id: string | null): FindNote => ({
  signature,
  clause: signature,
  grade: id === null ? 'suspect' : 'certified',
  id,
});

function share(state: HuntState, island: number, finds: FindNote[] = []): AdvanceResult {
  const evaluations = shareOf(state.round);
  return { island: { ...state.islands[island], evaluations }, evaluations, finds };
}

const order = Array.from({ length: LAST + 1 }, (_, i) => i);

/** The state after its islands did their shares in some order. */
function after(islands: readonly number[], finds: Readonly<Record<number, FindNote[]>> = {}) {
  return islands.reduce((state, i) => withShare(state, i, share(state, i, finds[i])), start);
}

describe('rounds of a hunt', () => {
  test('finds are taken in the order of islands, whichever came first', () => {
    const finds = { 2: [find('a', 'second')], 1: [find('a', 'first'), find('b', 'other')] };
    const late = mergeFinds(after([2], finds), false);
    expect(late.state.kept).toEqual([]);
    for (const islands of [order, order.toReversed()]) {
      const { state, spare } = mergeFinds(after(islands, finds), false);
      expect(state.kept.map(({ id }) => id)).toEqual(['first', 'other']);
      expect(spare).toEqual(['second']);
    }
  });

  test('a hunt that stops at its first find forgets what comes after it in order', () => {
    const finds = { 3: [find('a', 'one')], 5: [find('b', 'two')] };
    const { state } = mergeFinds(after(order, finds), true);
    expect(state.kept.map(({ id }) => id)).toEqual(['one']);
    expect(evaluationsOf(upToMerged(state))).toBe(4 * shareOf(0));
  });

  test('violations that nothing confirms are counted, not kept', () => {
    const finds = { 0: [find('a', null)], 4: [find('a', null)] };
    const { state } = mergeFinds(after(order, finds), true);
    expect(state).toMatchObject({ kept: [], suspects: { a: 2 } });
  });

  test('a limit opens shares in order until it is reached, and a larger one goes on there', () => {
    expect(open(start, 2 * shareOf(0) + 1)).toEqual([0, 1, 2]);
    expect(open(after([0, 1, 2]), 2 * shareOf(0) + 1)).toEqual([]);
    expect(open(after([0, 1, 2]), Infinity)).toEqual(order.slice(3));
  });

  test('a round ends when every island did its share', () => {
    const done = after(order);
    expect(isComplete(after(order.slice(1)))).toBe(false);
    expect(isComplete(done)).toBe(true);
    expect(() => nextRound(after([0]))).toThrow('nextRound: island 1 must have done its share');
    const next = nextRound(done);
    expect(next).toMatchObject({ round: 1, merged: 0, evaluations: order.length * shareOf(0) });
    expect(open(next, Infinity)).toEqual(order);
  });
});

describe('a checkpoint is gone on with', () => {
  test('by the same claim, engine and Falsum only', () => {
    expect(mismatch(start, claim, TARGET)).toBeNull();
    expect(mismatch(start, { ...claim, version: 2 }, TARGET)).toBe(
      'the claim’s version was 1 and is 2',
    );
    expect(mismatch(start, claim, { ...TARGET, engine: 'wasm64' })).toBe(
      'the engine was js64 and is wasm64',
    );
  });
});
