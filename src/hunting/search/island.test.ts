import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { atMost, cite, claim, decided, universal } from '../../claims/index.js';
import { generator } from '../../generators/index.js';
import { normalVector, randomSource } from '../../math/index.js';
import { createJs64 } from '../../training/index.js';
import type { HuntProblem, IslandState, Score } from './index.js';
import {
  advanceIsland,
  drawAlone,
  huntProblem,
  migrate,
  nearer,
  newIsland,
  searchAlone,
} from './index.js';
import { RECIPES } from './recipes.js';

const engine = createJs64();

/** floor ≤ |x − k·1|² for a vector of 2 to 4 normal numbers, where they sum up to at most 5. */
function problemWith(floor: number): HuntProblem {
  const { readings } = claim({
    id: 'test/islands',
    version: 1,
    catalogue: null,
    source: cite('test', 'here'),
    standing: 'question',
    title: 'A ball is missed',
    statement: 'x',
    readings: {
      literal: universal<readonly number[]>({
        note: 'As stated.',
        instances: generator({
          law: 'x ~ N(0, I) in 2 to 4 dimensions',
          structure: fc.integer({ min: 2, max: 4 }),
          build: (size, random) => normalVector(random, size),
          labels: () => [],
        }),
        assumptions: [
          {
            name: 'the sum is at most 5',
            tex: 'x',
            margin: (x: readonly number[]) => 5 - x.reduce((sum, v) => sum + v, 0),
          },
        ],
        conclude: (x) =>
          decided('exact', [
            atMost(
              'floor',
              floor,
              x.reduce((sum, v) => sum + (v - 2) ** 2, 0),
            ),
          ]),
        controls: {
          never: {
            statement: 'Nothing holds.',
            argument: '1 > 0',
            judge: 'every-draw',
            conclude: () => decided('exact', [atMost('1 ≤ 0', 1, 0)]),
          },
        },
        coverage: { sampled: {} },
      }),
    },
  });
  const reading = readings['literal'];
  const tools = { engine, attack: 1, random: randomSource('attack') };
  return huntProblem(reading, reading.instances, () => tools, 'test');
}

const FALSE = problemWith(1e-6);
const TRUE = problemWith(0);

describe('an island', () => {
  test('is a function of its state: shares of any size, and a detour over JSON, change nothing', async () => {
    const whole = await advanceIsland(TRUE, newIsland(['islands', 1], 3), 6000);
    let parts = newIsland(['islands', 1], 3);
    for (let share = 1; parts.evaluations < whole.state.evaluations; share = (share * 7) % 501) {
      const left = whole.state.evaluations - parts.evaluations;
      const { state } = await advanceIsland(TRUE, parts, Math.min(share, left));
      parts = JSON.parse(JSON.stringify(state)) as IslandState;
    }
    expect(JSON.stringify(parts)).toBe(JSON.stringify(whole.state));
  });

  test('uses every recipe, and never leaves its best', async () => {
    let state = newIsland(['islands', 2], 0);
    let best: Score | null = null;
    for (let round = 0; round < 40; round += 1) {
      ({ state } = await advanceIsland(TRUE, state, 500));
      const score = state.best?.score;
      if (score === undefined) throw new Error('there must be a best after a share');
      expect(best !== null && nearer(best, score)).toBe(false);
      best = score;
    }
    RECIPES.forEach(({ name }, i) =>
      expect([name, state.arms[i].episodes > 0]).toEqual([name, true]),
    );
    expect(state.arms.reduce((sum, arm) => sum + arm.evaluations, 0)).toBeLessThanOrEqual(
      state.evaluations,
    );
  });

  test('goes on after a find', async () => {
    const { state, finds } = await advanceIsland(FALSE, newIsland(['islands', 3], 0), 20_000);
    expect(finds.length).toBeGreaterThan(1);
    expect(state.evaluations).toBeGreaterThanOrEqual(20_000);
    for (const { violation } of finds) expect(violation?.record.outcome).toBe('violated');
  });
});

test('migration takes a neighbour’s best to each third island, where it is nearer', async () => {
  const states = await Promise.all(
    [0, 1, 2, 3].map(async (i) => (await advanceIsland(TRUE, newIsland(['m'], i), 50)).state),
  );
  const moved = migrate(states);
  [1, 2].forEach((i) => expect(moved[i]).toBe(states[i]));
  [0, 3].forEach((i) => {
    const [own, other] = [states[i].best, states[(i + 1) % 4].best];
    if (own === null || other === null) throw new Error('all must have a best');
    expect(moved[i].best).toEqual(nearer(other.score, own.score) ? other : own);
  });
});

describe('a search in one thread', () => {
  const division = { islands: 4, share: 64 };

  test('meets a violation of probability below 1e-7 and says after how many evaluations', async () => {
    const { find, evaluations } = await searchAlone(FALSE, ['alone', 1], 20_000, division);
    expect(find?.violation).not.toBeNull();
    expect(evaluations).toBeLessThan(20_000);
    const again = await searchAlone(FALSE, ['alone', 1], evaluations, division);
    expect(again.find?.tape).toEqual(find?.tape);
  });

  test('finds nothing where nothing is, and neither do draws', async () => {
    expect((await searchAlone(TRUE, ['alone', 2], 5000, division)).find).toBeNull();
    const { find, evaluations, nearest } = await drawAlone(FALSE, ['alone', 3], 2000);
    expect([find, evaluations]).toEqual([null, 2000]);
    expect(nearest?.[0]).toBe(0);
  });
});
