import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import type { Attempt } from './attempts.js';
import { LIMIT } from './attempts.js';
import type { BenchmarkResult } from './run.js';
import { hits } from './run.js';

const WIDTH = 760;
const ROW = 34;
const MARGIN = { left: 190, right: 90, top: 84, bottom: 92 };
const HUNT = '#0072b2';
const RANDOM = '#d55e00';

/** The right end of the axis. */
const END = 1.6 * LIMIT;

const { document } = parseHTML('<!doctype html><html><body></body></html>');

interface Dot {
  readonly row: string;
  readonly at: number;
  readonly colour: string;
  readonly shift: number;
}

const rowOf = ({ benchmark }: BenchmarkResult): string =>
  benchmark.heldOut ? `${benchmark.name} *` : benchmark.name;

/**
 * Evaluations to the first violation as a whole SVG document: a line for each claim, a dot for each seed that
 * hit, and how many did. The same results give the same bytes.
 */
export function hitsSvg(results: readonly BenchmarkResult[]): string {
  const rows = results.map(rowOf);
  const height = MARGIN.top + MARGIN.bottom + rows.length * ROW;
  const dotsOf = (
    result: BenchmarkResult,
    attempts: readonly Attempt[],
    look: Omit<Dot, 'row' | 'at'>,
  ) =>
    attempts.flatMap(({ hit }): Dot[] =>
      hit === null ? [] : [{ row: rowOf(result), at: hit, ...look }],
    );
  const dots = results.flatMap((result) => [
    ...dotsOf(result, result.draws, { colour: RANDOM, shift: 7 }),
    ...dotsOf(result, result.hunts, { colour: HUNT, shift: -7 }),
  ]);
  const counts = results.flatMap((result) => [
    {
      row: rowOf(result),
      text: `${hits(result.hunts)}/${result.hunts.length}`,
      colour: HUNT,
      shift: -7,
    },
    {
      row: rowOf(result),
      text: `${hits(result.draws)}/${result.draws.length}`,
      colour: RANDOM,
      shift: 7,
    },
  ]);
  const svg = Plot.plot({
    document: document as unknown as NonNullable<Plot.PlotOptions['document']>,
    width: WIDTH,
    height,
    marginLeft: MARGIN.left,
    marginRight: MARGIN.right,
    marginTop: MARGIN.top,
    marginBottom: MARGIN.bottom,
    style: { fontSize: '12px' },
    x: { type: 'log', domain: [1, END], label: null },
    y: { domain: rows, label: null },
    marks: [
      Plot.gridX({ ticks: [1, 10, 100, 1e3, 1e4, 1e5], stroke: '#999', strokeOpacity: 0.25 }),
      Plot.ruleX([LIMIT], { stroke: '#666', strokeDasharray: '4 3' }),
      ...[-7, 7].flatMap((shift) => [
        Plot.dot(
          dots.filter((dot) => dot.shift === shift),
          { y: 'row', x: 'at', r: 3.5, fill: 'colour', fillOpacity: 0.6, dy: shift },
        ),
        Plot.text(
          counts.filter((count) => count.shift === shift),
          {
            y: 'row',
            x: END,
            text: 'text',
            fill: 'colour',
            dx: 12,
            dy: shift,
            textAnchor: 'start',
          },
        ),
      ]),
      Plot.axisY({ tickSize: 0, fontSize: 12 }),
      Plot.axisX({
        anchor: 'bottom',
        ticks: [1, 10, 100, 1e3, 1e4, 1e5],
        text: (tick: number) => String(tick),
        fontSize: 12,
      }),
    ],
  });
  const text = (at: number, size: number, content: string, more = ''): string =>
    `<text x="16" y="${at}" font-size="${size}" ${more}>${content}</text>`;
  const title = 'Evaluations to the first violation of twelve benchmark claims';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" font-family="Helvetica, Arial, 'DejaVu Sans', sans-serif">`,
    `<title>${title}</title><rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    text(28, 15, title, 'font-weight="700"'),
    text(
      47,
      12,
      'blue: the hunt; orange: random draws; a dot for each seed, right of them the seeds that hit',
      'fill="#444"',
    ),
    `<g fill="#1a1a1a" color="#1a1a1a" font-size="12" text-anchor="middle">${tidy(svg.innerHTML)}</g>`,
    `<text x="${WIDTH / 2}" y="${height - 50}" font-size="12" text-anchor="middle">evaluations</text>`,
    text(
      height - 28,
      12,
      `The dashed line is the limit of ${LIMIT} evaluations. The violating parts of the laws have probability 1e-9 to 1e-6.`,
      'fill="#444"',
    ),
    text(height - 12, 12, '* left alone while the search was tuned.', 'fill="#444"'),
    '</svg>\n',
  ].join('');
}

/** Drops Plot's page styles and rounds coordinates. */
function tidy(markup: string): string {
  return markup
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replaceAll(/-?\d+\.\d{3,}/g, (number) => String(Number(Number(number).toFixed(2))));
}
