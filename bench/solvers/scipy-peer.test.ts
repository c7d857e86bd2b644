import { expect, test } from 'vitest';
import type { PeerProcess } from '../shared/peer-process.js';
import { scipyContestant } from './scipy-peer.js';

const peer = (answer: Readonly<Record<string, unknown>>): PeerProcess => ({
  greeting: { peer: 'scipy', version: '1', python: '3', threads: 1, blas: null, variants: [] },
  ask: async () => answer,
  close: () => undefined,
});
const problem = { inputs: [[1, 0]], labels: [1] };

test('bounds of a peer are as computed; without an interpolant the upper one is infinite', async () => {
  const { solve, takes } = scipyContestant(peer({ seconds: 1, lower: 2 }));
  expect(await solve(problem)).toEqual({ seconds: 1, lower: 2, upper: Infinity, proved: false });
  expect(takes({ inputDim: 3, sampleSize: 32, labels: 'random' })).toBe(false);
});

test('an answer of another kind is an error that names the peer', async () => {
  await expect(scipyContestant(peer({ lower: 2, upper: 'x' })).solve(problem)).rejects.toThrow(
    'peer scipy: seconds and bounds must be numbers, got {"lower":2,"upper":"x"}',
  );
});
