import { bernoulliConfidenceSequence } from '../../../src/statistics/index.js';
import { genericCells } from './condensation-map-grid.js';

/** A row of the map's table, as its JSON file has it. */
export interface PageRow {
  readonly d: number;
  readonly m0: number;
  readonly k: number;
  readonly placement: string;
  readonly class: 'random' | 'adversarial';
  readonly N: number;
  readonly trials: number;
  readonly condenses: number;
  readonly fails: number;
  readonly undecided: number;
  readonly smallestNorm: number | null;
}

/** A stored counterexample of the map, as far as the page shows it. */
export interface PageExample {
  readonly id: string;
  readonly d: number;
  readonly m0: number;
  readonly k: number;
  readonly class: PageRow['class'];
  readonly N: number;
}

/** The tables and sentences of docs/condensation-map.md that carry numbers. */
export interface MapPage {
  readonly tables: Readonly<Record<string, readonly (readonly string[])[]>>;
  readonly sentences: readonly string[];
}

const CONFIDENCE = 0.99;
/** Bins of N/(d·m₀), inputs over parameters of the teacher. */
const RATIOS = [0, 1, 1.5, 2, 2.5, 3, 4, Infinity] as const;
/** From this ratio on, random placements rarely fail, so what fails is due to the placement. */
const AMPLE = 2.5;

/**
 * Inputs that are surely or generically on the active side of some teacher neuron: all but those of the cell where every
 * neuron is inactive, which m₀ ≤ d hyperplanes in general position have.
 */
export function activeInputs({ d, m0, k }: Pick<PageRow, 'd' | 'm0' | 'k'>): number {
  return k * (genericCells(m0, d) - (m0 <= d ? 1 : 0));
}

/** Everything on the page that is computed. */
export function mapPage(rows: readonly PageRow[], examples: readonly PageExample[]): MapPage {
  const sum = (keep: (row: PageRow) => boolean) => total(rows.filter((row) => keep(row)));
  const all = sum(() => true);
  const plane = sum(({ d, k }) => d === 2 && k >= 3);
  const single = sum(({ d, k, m0 }) => d === 2 && k === 2 && m0 === 1);
  const several = sum(({ d, k, m0 }) => d === 2 && k === 2 && m0 > 1);
  const few = sum((row) => activeInputs(row) < row.d * row.m0);
  const groups = new Set(
    rows.filter(({ fails }) => fails > 0).map(({ d, k, class: kind }) => [d, k, kind].join()),
  );
  return {
    tables: {
      random: countsTable(rows, 'random'),
      adversarial: countsTable(rows, 'adversarial'),
      ratios: ratioTable(rows),
      placements: placementTable(rows),
      examples: exampleTable(examples),
    },
    sentences: [
      `${all.trials} draws: on ${all.condenses} every minimum-norm interpolant condenses, on ${all.fails} condensation fails, ${all.undecided} are undecided`,
      `${count(plane.fails)} of ${plane.trials} draws fails, ${count(plane.undecided)} is undecided (99 % upper limit ${percent(plane.upper)})`,
      `${single.fails} of ${single.trials} draws with m₀ = 1 fail and ${count(several.fails)} of ${several.trials} with m₀ ≥ 2 (upper limit ${percent(several.upper)})`,
      `${few.trials} draws have fewer than d·m₀ such inputs: ${few.fails} were shown to fail, ${few.undecided} are undecided, ${count(few.condenses)} condenses`,
      `${groups.size} groups (d, k, kind of placement) have a draw that fails, and the corpus holds the smallest certified counterexample of ${examples.length} of them`,
    ],
  };
}

function count(value: number): string {
  return value === 0 ? 'none' : String(value);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function total(rows: readonly PageRow[]) {
  const of = (key: 'trials' | 'condenses' | 'fails' | 'undecided'): number =>
    rows.reduce((sum, row) => sum + row[key], 0);
  const [trials, condenses, fails, undecided] = [
    of('trials'),
    of('condenses'),
    of('fails'),
    of('undecided'),
  ];
  const limits = (hits: number) => bernoulliConfidenceSequence(hits, trials, 1 - CONFIDENCE);
  return {
    ...{ trials, condenses, fails, undecided },
    lower: limits(fails).lower,
    upper: limits(fails + undecided).upper,
  };
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

/** “fails / undecided / draws”, without the undecided where there are none. */
function counts(rows: readonly PageRow[]): string {
  const { trials, fails, undecided } = total(rows);
  if (trials === 0) return '';
  return undecided === 0 ? `${fails} / ${trials}` : `${fails} + ${undecided}? / ${trials}`;
}

function countsTable(rows: readonly PageRow[], kind: PageRow['class']): string[][] {
  const sizes = distinct(rows.map(({ k }) => k)).toSorted((a, b) => a - b);
  return [
    ['d', ...sizes.map((k) => `k = ${k}`)],
    ...distinct(rows.map(({ d }) => d)).map((d) => [
      String(d),
      ...sizes.map((k) =>
        counts(rows.filter((row) => row.d === d && row.k === k && row.class === kind)),
      ),
    ]),
  ];
}

function ratioTable(rows: readonly PageRow[]): string[][] {
  const cell = (kind: PageRow['class'], from: number, to: number): string => {
    const here = rows.filter(({ d, m0, N, class: own }) => {
      const ratio = N / (d * m0);
      return d >= 3 && own === kind && ratio >= from && ratio < to;
    });
    const { lower, upper } = total(here);
    return `${counts(here)} (${percent(lower)} to ${percent(upper)})`;
  };
  return [
    ['N / (d·m₀)', 'random', 'adversarial'],
    ...RATIOS.slice(0, -1).map((from, i) => {
      const to = RATIOS[i + 1];
      const name = to === Infinity ? `${from} and more` : `${from} to ${to}`;
      return [name, cell('random', from, to), cell('adversarial', from, to)];
    }),
  ];
}

function placementTable(rows: readonly PageRow[]): string[][] {
  const dims = distinct(rows.map(({ d }) => d)).filter((d) => d >= 3);
  const ample = rows.filter(({ d, m0, N }) => N >= AMPLE * d * m0);
  return [
    ['placement', ...dims.map((d) => `d = ${d}`)],
    ...['uniform', 'clustered', 'near-walls', 'flattened', 'near-subspace'].map((placement) => [
      placement,
      ...dims.map((d) => counts(ample.filter((r) => r.d === d && r.placement === placement))),
    ]),
  ];
}

function exampleTable(examples: readonly PageExample[]): string[][] {
  const cell = (d: number, k: number, kind: PageRow['class']): string => {
    const found = examples.find((e) => e.d === d && e.k === k && e.class === kind);
    return found === undefined ? '' : `m₀ = ${found.m0}, N = ${found.N}: \`${found.id}\``;
  };
  const points = distinct(examples.map(({ d, k }) => 100 * d + k)).toSorted((a, b) => a - b);
  return [
    ['d', 'k', 'random', 'adversarial'],
    ...points.map((point) => {
      const [d, k] = [Math.floor(point / 100), point % 100];
      return [String(d), String(k), cell(d, k, 'random'), cell(d, k, 'adversarial')];
    }),
  ];
}
