import { join } from 'node:path';
import fc from 'fast-check';
import { atMost, cite, claim, decided, generator, probable } from '../../src/index.js';
import type { RunSettings } from '../../src/running/index.js';

interface Toy {
  readonly value: number;
}

/**
 * A true `probable` claim whose trials cost next to nothing, so that a run spends most of its time on its
 * ledger, where a kill could do harm.
 */
export function killClaim(trials: number) {
  return claim({
    id: 'bench/killed-runs',
    version: 1,
    catalogue: null,
    source: cite('bench', 'kill-claim.ts'),
    standing: 'lemma',
    title: 'A uniform number is rarely above 0.9',
    statement: String.raw`\Pr(v > 0.9) \le 0.1`,
    readings: {
      literal: probable<Toy>({
        note: 'As printed.',
        instances: generator({
          law: 'uniform on [0, 1)',
          structure: fc.constant(null),
          build: (_, random) => ({ value: random.uniform() }),
          labels: ({ value }) => [value < 0.5 ? 'low' : 'high'],
        }),
        assumptions: [],
        admitted: () => 0.1,
        conclude: ({ value }) => decided('exact', [atMost('v ≤ 0.9', value, 0.9)]),
        controls: {
          half: {
            statement: 'v ≤ 0.5',
            argument: 'half of the draws are above',
            judge: 'every-draw',
            conclude: ({ value }) => decided('exact', [atMost('v ≤ 0.5', value, 0.5)]),
          },
        },
        coverage: { sampled: { low: 'below one half', high: 'above' } },
        effort: { smoke: { trials, minimumEffective: 10, searches: 0, attack: 1 } },
      }),
    },
  });
}

/**
 * How the claim is judged.
 *
 * @param folder where counterexamples would go; there are none
 * @param name tells the run apart from others
 */
export function killSettings(folder: string, ledger: string, name: string): RunSettings {
  return {
    seed: 1,
    profile: 'smoke',
    engine: 'js64',
    readings: null,
    budgetMsPerReading: null,
    corpus: join(folder, 'corpus'),
    found: join(folder, 'found'),
    ledger: {
      folder: ledger,
      // The moment does not matter, that it is another one does.
      origin: {
        falsum: '0',
        commit: null,
        startedAt: `2026-01-01T00:00:00.000Z-${name}`,
        profile: 'smoke',
      },
    },
  };
}
