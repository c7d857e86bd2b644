import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Figure } from '../claims/index.js';
import type { ReadingOutcome } from '../running/index.js';
import { writeFigureFiles } from './figure-files.js';
import { folder } from './testing/sandbox.js';

const CHART: Figure = {
  title: 'A chart',
  caption: 'Some points.',
  x: { label: 'x', scale: 'linear' },
  y: { label: 'y', scale: 'linear' },
  marks: [{ kind: 'points', name: 'p', points: [[1, 2]] }],
};

const outcome = (reading: string, figure: Figure | null): ReadingOutcome =>
  ({
    claim: 'paper/claim',
    reading,
    version: 2,
    trialsPlanned: 10,
    trialsCut: 3,
    engine: 'js64',
    figure,
  }) as unknown as ReadingOutcome;

test('figures with a table are written as SVG beside their numbers, the others are not', async () => {
  const table = {
    name: 'The points',
    columns: [
      { name: 'x', meaning: 'abscissa' },
      { name: 'y', meaning: 'ordinate' },
    ],
    rows: [
      [1, 2],
      [3, null],
    ],
  };
  const place = join(folder, 'figures');
  const written = await writeFigureFiles(
    place,
    [outcome('a', { ...CHART, table }), outcome('b', CHART), outcome('c', null)],
    { seed: 7, profile: 'ci' },
  );
  expect(written).toEqual([join(place, 'paper/claim', 'a')]);
  expect(readFileSync(`${written[0]}.svg`, 'utf8')).toMatch(/^<svg /);
  const json = JSON.parse(readFileSync(`${written[0]}.json`, 'utf8')) as object;
  expect(json).toMatchObject({
    schema: 'falsum/figure-table@1',
    claim: 'paper/claim',
    reading: 'a',
    version: 2,
    seed: 7,
    profile: 'ci',
    trials: 7,
    columns: table.columns,
    rows: table.rows,
  });
});
