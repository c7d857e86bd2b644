import { expect, test } from 'vitest';
import { boundedBy, toyClaim } from '../testing/toy-claims.js';
import { rankReadings, shareOfTime } from './board.js';

const named = (id: string, version = 1) => ({
  claim: {
    ...toyClaim(
      boundedBy(() => 1),
      version,
    ),
    id,
  },
  file: '',
  module: '',
});
const reached = (claim: string, margin: number | null, effort: number, more = {}) => ({
  ...{ claim, reading: 'literal', version: 1, margin, effort, refuted: false },
  ...more,
});

test('readings rank by smallest margin, then by least effort; untried ones first, refuted ones last', () => {
  const claims = ['toy/far', 'toy/near', 'toy/tried', 'toy/untried', 'toy/refuted'].map((id) =>
    named(id),
  );
  const rows = rankReadings(claims, [
    reached('toy/far', 0.5, 10),
    reached('toy/near', 0.1, 10),
    reached('toy/tried', 0.3, 10),
    reached('toy/tried', 0.1, 10),
    reached('toy/refuted', -0.2, 1),
    reached('toy/refuted', null, 0, { refuted: true }),
  ]);
  expect(rows.map(({ claim }) => claim)).toEqual([
    'toy/untried',
    'toy/near',
    'toy/tried',
    'toy/far',
    'toy/refuted',
  ]);
  expect(rows[2]).toMatchObject({ rank: 3, margin: 0.1, effort: 20, status: 'open' });
  expect(rows[4].status).toBe('refuted');
});

test('evidence of another version of the claim does not count', () => {
  const [row] = rankReadings([named('toy/new', 2)], [reached('toy/new', 0.1, 7)]);
  expect(row).toMatchObject({ margin: null, effort: 0 });
});

test('the shares of time add up, and the first place gets most', () => {
  let left = 1;
  const shares = [1, 2, 3, 4].map((rank) => {
    const share = left * shareOfTime(rank, 4);
    left -= share;
    return share;
  });
  expect(left).toBeCloseTo(0, 12);
  expect(shares[0] / shares[3]).toBeCloseTo(4, 12);
});
