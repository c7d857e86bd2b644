import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Contestant, LeftOut } from './contestant.js';
import { BenchError } from './errors.js';
import { findPython } from './find-python.js';
import { isReferenceBlas, peerEnvironment } from './peer-environment.js';
import type { Greeting, PeerProcess } from './peer-process.js';
import { startPeer } from './peer-process.js';
import type { Problem } from './problems.js';

/** Our own scripts, and the modules that they import besides NumPy. */
const PEERS = [
  { name: 'numpy', script: 'numpy_peer.py', modules: [] },
  { name: 'torch', script: 'torch_peer.py', modules: ['torch'] },
] as const;

/** `bench/peers`, seen from `dist/bench/core` and from `bench/core`. */
const PLACES = ['../../../bench/peers/', '../peers/'];

/** A peer that runs, for the record. */
export interface PeerFacts extends Greeting {
  /** The executable. */
  readonly executable: string;
  /** Settings of the environment that were taken away from it. */
  readonly unset: readonly string[];
}

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
    facts.push({ ...peer.greeting, executable: found.python, unset });
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

function peerScript(script: string): string {
  const files = PLACES.map((place) => fileURLToPath(new URL(place + script, import.meta.url)));
  const file = files.find((candidate) => existsSync(candidate));
  if (file === undefined) throw new Error(`bench/peers/${script} is missing from the package`);
  return file;
}

function peerNotes(name: string, { blas }: Greeting, unset: readonly string[]): readonly string[] {
  const notes: string[] = [];
  if (unset.length > 0) notes.push(`${name}: runs without ${unset.join(' and ')}`);
  if (isReferenceBlas(blas)) {
    notes.push(
      `${name}: computes with the reference BLAS (${blas}), which makes large shapes several times slower; install OpenBLAS (Debian: libopenblas0-pthread)`,
    );
  }
  return notes;
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
