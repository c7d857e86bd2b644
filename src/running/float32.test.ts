import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AnyReading } from '../claims/index.js';
import { atMost, decided, universal } from '../claims/index.js';
import { replay } from '../hunting/index.js';
import { engineOf } from './engines.js';
import { runReading } from './run-reading.js';
import type { EngineName } from './settings.js';
import type { Toy } from './testing/toy-claims.js';
import { rarelyFalse, toyClaim, toyCoverage, toys } from './testing/toy-claims.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'falsum-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Σ of `size` copies of value/size through the engine is at most value + 1e-12: true, but in float32. */
function sumsUp(more: Partial<Parameters<typeof universal<Toy>>[0]> = {}): AnyReading {
  return universal<Toy>({
    note: 'As printed.',
    instances: toys,
    assumptions: [],
    conclude: ({ size, value }, { engine }) => {
      const outer = Array.from({ length: size }, () => value / size);
      const inner = outer.map(() => [1]);
      const network = { activation: { name: 'linear' }, inputDim: 1, inner, outer } as const;
      const [sum] = engine.predict(network, [[1]]);
      // The claim takes the engine for float64: 20 additions have an error below 1e-14.
      return decided('exact', [atMost('Σ ≤ v + 1e-12', sum, value + 1e-12, 1e-14)], {
        witness: sum,
      });
    },
    controls: { control: rarelyFalse },
    coverage: toyCoverage,
    ...more,
  });
}

const run = (reading: AnyReading, engine: EngineName) =>
  runReading(toyClaim(reading), 'literal', {
    seed: 1,
    profile: 'ci',
    engine,
    readings: null,
    budgetMsPerReading: null,
    corpus: join(folder, 'corpus'),
    found: join(folder, 'found'),
  });

describe('a float32 engine', () => {
  test('is named with what runs behind it', async () => {
    const outcome = await run(sumsUp(), 'tfjs');
    expect(outcome.engine).toBe('tfjs');
    expect(outcome.engineDescription).toMatch(
      /^TensorFlow\.js .* \(float32\), (node|wasm|cpu) backend$/,
    );
    expect(await engineOf('tfjs')).toBe(await engineOf('tfjs'));
  });

  test('confirms nothing: what its roundings violate is suspect at most', async () => {
    expect(await run(sumsUp(), 'js64')).toMatchObject({ verdict: 'survived' });
    const alone = await run(sumsUp(), 'tfjs');
    expect(alone).toMatchObject({ verdict: 'inconclusive', grade: 'suspect', counterexamples: [] });
    const confirming = sumsUp({
      // Σ of `size` times value/size, from the instance and not from what the engine found.
      confirm: ({ value }, { clause }) => ({
        method: 'rational arithmetic',
        digits: 64,
        clause: clause.name,
        lhs: String(value),
        rhs: String(value + 1e-12),
        violated: false,
        assumptions: [],
      }),
    });
    const asked = await run(confirming, 'tfjs');
    expect(asked).toMatchObject({ verdict: 'inconclusive', grade: 'suspect', counterexamples: [] });
  });

  test('finds what an independent recomputation confirms, and the file replays in float64', async () => {
    const bounded = sumsUp({
      conclude: ({ size, value }, { engine }) => {
        const network = {
          activation: { name: 'linear' as const },
          inputDim: 1,
          inner: [[1]],
          outer: [value],
        };
        const [half] = engine.predict(network, [[0.5]]);
        return decided('exact', [atMost('v/2 ≤ 0.4', half, size >= 3 ? 0.4 : 1, 1e-6)]);
      },
      confirm: ({ size, value }, { clause }) => ({
        method: 'halving is exact',
        digits: 64,
        clause: clause.name,
        lhs: String(value / 2),
        rhs: '0.4',
        violated: size >= 3 && value / 2 > 0.4,
        assumptions: [],
      }),
    });
    const outcome = await run(bounded, 'tfjs');
    expect(outcome).toMatchObject({ verdict: 'refuted', grade: 'confirmed' });
    const [found] = outcome.counterexamples;
    expect(found.engine).toBe('tfjs');
    const replayed = await replay(toyClaim(bounded), found, await engineOf('js64'));
    expect(replayed).toMatchObject({ reproduces: true, grade: 'confirmed' });
  });
});
