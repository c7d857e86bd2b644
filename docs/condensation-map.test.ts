import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { globSync } from 'tinyglobby';
import { describe, expect, test } from 'vitest';
import type { TrialRecord } from '../src/claims/index.js';
import { decodeJson } from '../src/model/index.js';
import { figureSvg } from '../src/reporting/index.js';
import { mapFigure } from '../properties/song2022/shared/condensation-map-figure.js';
import { placementClass } from '../properties/song2022/shared/condensation-map-grid.js';
import type { MapInstance } from '../properties/song2022/shared/condensation-map-instances.js';
import type { PageExample, PageRow } from '../properties/song2022/shared/condensation-map-page.js';
import { activeInputs, mapPage } from '../properties/song2022/shared/condensation-map-page.js';

const path = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));
const PAGE = path('docs/condensation-map.md');
const FIGURE = path('docs/figures/condensation-map.json');
const SVG = path('docs/figures/condensation-map.svg');
const CORPUS = path(
  'fixtures/counterexamples/song2022/minimum-norm-condensation-in-higher-dimension/map/',
);

const figure = JSON.parse(readFileSync(FIGURE, 'utf8')) as {
  readonly trials: number;
  readonly seed: number;
  readonly profile: string;
  readonly columns: readonly { readonly name: string }[];
  readonly rows: readonly (readonly unknown[])[];
};
const rows = figure.rows.map(
  (row) =>
    Object.fromEntries(figure.columns.map(({ name }, i) => [name, row[i]])) as unknown as PageRow,
);
const examples = globSync('*.json', { cwd: CORPUS })
  .toSorted()
  .map((file): PageExample => {
    const { id, instance } = JSON.parse(readFileSync(`${CORPUS}${file}`, 'utf8'));
    const { teacher, perCell, placement, inputs } = decodeJson(instance) as unknown as MapInstance;
    return {
      ...{ id, d: teacher.inputDim, m0: teacher.signs.length, k: perCell },
      ...{ class: placementClass(placement), N: inputs.length },
    };
  });

/** Records with the counts of a row, which is all that the figure sees of them. */
function recordsOf(row: PageRow): TrialRecord[] {
  const labels = [`dim:${row.d}`, `m0:${row.m0}`, `k:${row.k}`, `placement:${row.placement}`];
  const measurements = { N: row.N, m0: 1, upper: row.smallestNorm ?? 1 };
  return (['holds', 'violated', 'gave-up'] as const).flatMap((outcome, i) =>
    Array.from({ length: [row.condenses, row.fails, row.undecided][i] }, () => {
      return { trial: 0, outcome, labels, measurements } as unknown as TrialRecord;
    }),
  );
}

/** The figure that this version draws of the committed counts. */
const drawn = mapFigure({ trials: rows.flatMap(recordsOf), counterexample: null });

const { tables, sentences } = mapPage(rows, examples);

const markdown = (table: readonly (readonly string[])[]): string =>
  [table[0], table[0].map(() => '---'), ...table.slice(1)]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

/** The tables of the page, by the name in the comment above each. */
const TABLE = /<!-- table (\S+) -->\n\n((?:\|.*\n)+)/g;

// UPDATE_MAP_PAGE=1 writes tables, limits and diagram anew from the counts; sentences are a person's to mend.
if (process.env['UPDATE_MAP_PAGE'] === '1') {
  const renewed = readFileSync(PAGE, 'utf8').replaceAll(
    TABLE,
    (_, name: string) => `<!-- table ${name} -->\n\n${markdown(tables[name])}\n`,
  );
  writeFileSync(PAGE, renewed);
  const [head, tail] = readFileSync(FIGURE, 'utf8').split(/(?<="rows": \[\n)[\s\S]*(?=\n {2}\])/);
  const lines = drawn.table?.rows.map((row) => `    ${JSON.stringify(row)}`) ?? [];
  writeFileSync(FIGURE, `${head}${lines.join(',\n')}${tail}`);
  writeFileSync(SVG, figureSvg(drawn));
}
const page = readFileSync(PAGE, 'utf8');

describe('docs/condensation-map.md says what its data say', () => {
  test('in every table', () => {
    const printed = Object.fromEntries(
      [...page.matchAll(TABLE)].map(([, name, text]) => [
        name,
        text
          .trim()
          .split('\n')
          .filter((_, i) => i !== 1)
          .map((line) =>
            line
              .split('|')
              .slice(1, -1)
              .map((cell) => cell.trim()),
          ),
      ]),
    );
    expect(printed).toEqual(tables);
  });

  test.each(sentences)('%s', (sentence) => {
    expect(page.replaceAll(/\s+/g, ' ')).toContain(sentence);
  });

  test('and the data are those of the command that it gives', () => {
    const { profile, seed } = figure;
    expect(page).toContain(`falsify SL-17 --reading map --profile ${profile} --seed ${seed}`);
    expect(rows.reduce((sum, { trials }) => sum + trials, 0)).toBe(figure.trials);
    for (const { trials, condenses, fails, undecided } of rows) {
      expect(condenses + fails + undecided).toBe(trials);
    }
  });
});

describe('the committed figure', () => {
  test('has the limits that this version computes from its counts', () => {
    expect(drawn.table?.rows).toEqual(figure.rows);
  });

  test('is drawn from the committed counts', () => {
    expect(readFileSync(SVG, 'utf8') === figureSvg(drawn)).toBe(true);
  });
});

describe('the corpus of the map', () => {
  test('holds one counterexample of each group with a draw that fails, at most as wide as that', () => {
    const key = ({ d, k, class: kind }: PageExample | PageRow): string => [d, k, kind].join();
    const failing = rows.filter(({ fails }) => fails > 0);
    expect(examples.map(key).toSorted()).toEqual([...new Set(failing.map(key))].toSorted());
    for (const example of examples) {
      const smallest = Math.min(
        ...failing.filter((row) => key(row) === key(example)).map(({ m0 }) => m0),
      );
      expect(example.m0, example.id).toBeLessThanOrEqual(smallest);
    }
  });
});

test('no draw condenses where a count of parameters excludes it', () => {
  // Proved on the page: fewer active inputs than parameters d·m₀ leave a first-order way to a smaller norm.
  const excluded = rows.filter((row) => activeInputs(row) < row.d * row.m0);
  expect(excluded.length).toBeGreaterThan(50);
  for (const row of excluded) expect(row.condenses, JSON.stringify(row)).toBe(0);
});
