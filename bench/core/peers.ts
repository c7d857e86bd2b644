import type { LeftOut } from '../shared/left-out.js';
import type { Contestant } from './contestant.js';
import { BenchError } from '../shared/errors.js';
import { findPython } from '../shared/find-python.js';
import { peerEnvironment } from '../shared/peer-environment.js';
import type { PeerFacts } from '../shared/peer-facts.js';
import { peerFacts, peerNotes } from '../shared/peer-facts.js';
import type { PeerProcess } from '../shared/peer-process.js';
import { startPeer } from '../shared/peer-process.js';
import { peerScript } from '../shared/peer-script.js';
import type { Problem } from './problems.js';

/** Our own scripts, and the modules that they import besides NumPy. */
const PEERS = [
  { name: 'numpy', script: 'numpy_peer.py', modules: [] },
  { name: 'torch', script: 'torch_peer.py', modules: ['torch'] },
] as const;

/** The peers that take part. */
export interface OpenPeers {
  readonly contestants: readonly Contestant[];
  readonly leftOut: readonly LeftOut[];
  readonly facts: readonly PeerFacts[];
  /** What a reader of the numbers must know, a line each. */
  readonly notes: readonly string[];
  readonly close: () => void;
}

/**
 * Starts every peer that one of the Pythons can run.
 *
 * @throws BenchError when a peer that should run does not
 */
export async function openPeers(candidates: readonly string[]): Promise<OpenPeers> {
  const contestants: Contestant[] = [];
  const leftOut: LeftOut[] = [];
  const facts: PeerFacts[] = [];
  const notes: string[] = [];
  const processes: PeerProcess[] = [];
  for (const { name, script, modules } of PEERS) {
    const found = findPython(candidates, modules);
    if (found === null) {
      const needs = ['numpy', ...modules].join(' and ');
      const where = candidates.join(' and ');
      leftOut.push({ name, reason: `no ${needs} in ${where}; give a Python with --python` });
      continue;
    }
    const { env, unset } = peerEnvironment(process.env, name, found.numpyVersion);
    const peer = await startPeer(name, found.python, peerScript(script), env);
    processes.push(peer);
    facts.push(peerFacts(peer.greeting, found.python, unset));
    notes.push(...peerNotes(name, peer.greeting, unset));
    contestants.push(...peer.greeting.variants.map((variant) => peerContestant(peer, variant)));
  }
  return {
    contestants,
    leftOut,
    facts,
    notes,
    close: () => processes.forEach((peer) => peer.close()),
  };
}

function peerContestant(peer: PeerProcess, variant: string): Contestant {
  const { peer: name, version, python } = peer.greeting;
  const how = name === 'torch' ? 'autograd' : 'gradient by hand';
  const label = `${name} ${variant}`;
  return {
    name: label,
    description: `${name} ${version} on Python ${python}, ${variant}, ${how}`,
    precision: variant === 'float32' ? 'float32' : 'float64',
    async seconds(shape, steps) {
      const { seconds } = await peer.ask({ variant, ...shape, steps });
      if (typeof seconds === 'number' && seconds > 0) return seconds;
      throw new BenchError(
        `peer ${label}: seconds must be a number > 0, got ${JSON.stringify(seconds)}`,
      );
    },
    async objectives(problems, settings) {
      const request = { variant, problems: problems.map(plainProblem), ...settings };
      const { objectives } = await peer.ask(request);
      if (Array.isArray(objectives) && objectives.length === problems.length) return objectives;
      throw new BenchError(
        `peer ${label}: objectives must have length ${problems.length}, got ${JSON.stringify(objectives)}`,
      );
    },
  };
}

function plainProblem({ network, dataset }: Problem): object {
  const { inner, outer } = network;
  const { inputs, labels } = dataset;
  return { inner, outer, inputs, labels };
}
