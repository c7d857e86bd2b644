import { BenchError } from '../shared/errors.js';
import { findPython } from '../shared/find-python.js';
import type { LeftOut } from '../shared/left-out.js';
import { peerEnvironment } from '../shared/peer-environment.js';
import type { PeerFacts } from '../shared/peer-facts.js';
import { peerFacts, peerNotes } from '../shared/peer-facts.js';
import type { PeerProcess } from '../shared/peer-process.js';
import { startPeer } from '../shared/peer-process.js';
import { peerScript } from '../shared/peer-script.js';
import type { Contestant } from './contestant.js';

const NAME = 'SciPy HiGHS';

/** SciPy, where some Python has it. */
export interface OpenScipy {
  readonly contestants: readonly Contestant[];
  readonly leftOut: readonly LeftOut[];
  readonly facts: readonly PeerFacts[];
  readonly notes: readonly string[];
  readonly close: () => void;
}

/**
 * Starts SciPy's column generation in the first Python that has SciPy.
 *
 * @throws BenchError when it should run and does not
 */
export async function openScipy(candidates: readonly string[]): Promise<OpenScipy> {
  const found = findPython(candidates, ['scipy.optimize']);
  if (found === null) {
    const reason = `no numpy and scipy in ${candidates.join(' and ')}; give a Python with --python`;
    return { ...NOBODY, leftOut: [{ name: NAME, reason }] };
  }
  const { env, unset } = peerEnvironment(process.env, 'numpy', found.numpyVersion);
  const peer = await startPeer('scipy', found.python, peerScript('scipy_min_norm.py'), env);
  return {
    contestants: [scipyContestant(peer)],
    leftOut: [],
    facts: [peerFacts(peer.greeting, found.python, unset)],
    notes: peerNotes('scipy', peer.greeting, unset),
    close: () => peer.close(),
  };
}

const NOBODY: OpenScipy = {
  contestants: [],
  leftOut: [],
  facts: [],
  notes: [],
  close: () => undefined,
};

/** What a peer answers is checked before it is used. */
export function scipyContestant(peer: PeerProcess): Contestant {
  const { version, python } = peer.greeting;
  return {
    name: NAME,
    description: `the same column generation with SciPy ${version} on Python ${python}; bounds as computed`,
    peer: true,
    takes: ({ inputDim }) => inputDim === 2,
    async solve({ inputs, labels }) {
      const { seconds, lower, upper = Infinity } = await peer.ask({ inputs, labels });
      if (typeof seconds === 'number' && typeof lower === 'number' && typeof upper === 'number') {
        return { seconds, lower, upper, proved: false };
      }
      throw new BenchError(
        `peer scipy: seconds and bounds must be numbers, got ${JSON.stringify({ seconds, lower, upper })}`,
      );
    },
  };
}
