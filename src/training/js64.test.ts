import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { AnyNetwork } from './engine.js';
import { createJs64 } from './js64.js';
import { engineLaws } from './testing/engine-laws.js';
import { allParameters } from './testing/law-tasks.js';
import { EVERY_ACTIVATION, randomDeepProblem, randomProblem } from './testing/random-problem.js';

engineLaws('js64', createJs64, { reference: null });

const engine = createJs64();

/** The bits of every weight after 200 steps with biases and weight decay. */
function hashOf(activation: (typeof EVERY_ACTIVATION)[number], deep: boolean): string {
  const sizes = { width: 5, inputDim: 3, sampleSize: 22 };
  const { network, dataset } = deep
    ? randomDeepProblem('trajectory', activation, { ...sizes, widths: [5, 4] }, { biases: true })
    : randomProblem('trajectory', activation, sizes, { biases: true });
  const hash = createHash('sha256');
  for (const optimiser of [
    { kind: 'gradient-descent', stepSize: 0.05 },
    { kind: 'sgd', stepSize: 0.02, batchSize: 4, replacement: false, seed: 'pin' },
  ] as const) {
    const { network: trained } = engine.train<AnyNetwork>({
      initial: network,
      dataset,
      objective: { scale: 'half-mean', weightDecay: { lambda: 0.01, on: 'all' } },
      optimiser,
      budget: { maxSteps: 200 },
    });
    hash.update(new Uint8Array(Float64Array.from(allParameters(trained)).buffer));
  }
  return hash.digest('hex').slice(0, 16);
}

describe('a trajectory of 200 steps', () => {
  test('has the same bits everywhere', () => {
    const hashes = Object.fromEntries(
      EVERY_ACTIVATION.map((activation) => [activation.name, hashOf(activation, false)]),
    );
    expect(hashes).toMatchInlineSnapshot(`
      {
        "arctan": "e003520dc239a578",
        "constant": "df91f22d88d0c4f9",
        "erf": "33f7f54cbfe335c9",
        "gaussian-bump": "df10e46914e556e9",
        "linear": "be0955a0948717ab",
        "relu": "efd67e1d790c9cde",
        "saturated-relu": "d65a4dfbfdf3bfdd",
        "sigmoid": "13bd05b9e4209386",
        "sine": "9da3604a1ef8a555",
        "softplus": "52b564cabaf5e4ef",
        "step": "0dbfae06ce86cdaa",
        "tanh": "ac3243f1a6405b7a",
      }
    `);
  });

  test('of a deep network has the same bits everywhere', () => {
    const hashes = Object.fromEntries(
      EVERY_ACTIVATION.map((activation) => [activation.name, hashOf(activation, true)]),
    );
    expect(hashes).toMatchInlineSnapshot(`
      {
        "arctan": "7928546b00fd2832",
        "constant": "d490063271f110dc",
        "erf": "822d929ea5277814",
        "gaussian-bump": "8492a187351360a9",
        "linear": "3340191590a84c73",
        "relu": "c186c949da723109",
        "saturated-relu": "e770db6b0007f605",
        "sigmoid": "05bf3d8ccce351f6",
        "sine": "61873ad6171339c4",
        "softplus": "7a95cb742bc905c7",
        "step": "b9ee975eaeb90321",
        "tanh": "463176c3ce691906",
      }
    `);
  });

  test('of a deep network with one hidden matrix is that of the two-layer network', () => {
    const sizes = { width: 5, inputDim: 3, sampleSize: 22 };
    for (const activation of EVERY_ACTIVATION) {
      const { network, dataset } = randomProblem('one layer', activation, sizes, { biases: true });
      const { inner, biases = [], ...rest } = network;
      const task = {
        dataset,
        objective: { scale: 'mean' },
        optimiser: { kind: 'gradient-descent', stepSize: 0.02 },
        budget: { maxSteps: 20 },
      } as const;
      const shallow = engine.train({ ...task, initial: network }).network;
      const initial = { ...rest, hidden: [inner], biases: [biases] };
      const deep = allParameters(engine.train({ ...task, initial }).network);
      // Only the order of summation differs; steps of 0.02 do not enlarge it much.
      allParameters(shallow).forEach((entry, i) => expect(deep[i]).toBeCloseTo(entry, 12));
    }
  });
});
