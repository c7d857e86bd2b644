import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import type { Shape } from './shapes.js';
import { shapeName } from './shapes.js';
import type { Row } from './summary.js';
import { REFERENCES } from './summary.js';
import { significant } from './table.js';

const WIDTH = 760;
const ROW = 17;
const PANEL_GAP = 38;
const MARGIN = { left: 104, right: 84, top: 84, bottom: 80 };
const OURS = '#0072b2';
const PEERS = '#d55e00';

const { document } = parseHTML('<!doctype html><html><body></body></html>');

/** A measured shape. */
export interface ShapeResult {
  readonly shape: Shape;
  readonly rows: readonly Row[];
}

/**
 * All contestants on all shapes as a whole SVG document: one panel per shape, one line per contestant, its
 * time over that of `wasm64`, or of the fastest where that is missing. The same results give the same bytes.
 */
export function comparisonSvg(
  results: readonly ShapeResult[],
  isPeer: (contestant: string) => boolean,
): string {
  const own = results.every(({ rows }) => rows.some((row) => row.toOwn !== null));
  const lines = results.flatMap(({ shape, rows }) => {
    const fastest = Math.min(...rows.map((row) => row.minimum));
    return rows.map((row) => ({
      panel: shapeName(shape),
      contestant: row.contestant,
      ratio: own && row.toOwn !== null ? row.toOwn : row.minimum / fastest,
      time: `${significant(1e6 * row.minimum)} µs`,
      colour: isPeer(row.contestant) ? PEERS : OURS,
    }));
  });
  const contestants = [...new Set(lines.map((line) => line.contestant))];
  const panels = [...new Set(lines.map((line) => line.panel))];
  const panelHeight = contestants.length * ROW + PANEL_GAP;
  const height = MARGIN.top + MARGIN.bottom + panels.length * panelHeight;
  const unit = own ? REFERENCES.own : 'the fastest';
  const ratios = lines.map((line) => line.ratio);
  const domain = [0.8 * Math.min(1, ...ratios), 1.2 * Math.max(...ratios)] as const;
  const ticks = ticksIn(domain);
  const svg = Plot.plot({
    document: document as unknown as NonNullable<Plot.PlotOptions['document']>,
    width: WIDTH,
    height,
    marginLeft: MARGIN.left,
    marginRight: MARGIN.right,
    marginTop: MARGIN.top,
    marginBottom: MARGIN.bottom,
    style: { fontSize: '12px' },
    x: {
      type: 'log',
      domain: [...domain],
      label: null,
    },
    y: { domain: contestants, label: null, padding: 0.5 },
    fy: { domain: panels, label: null, axis: null, padding: PANEL_GAP / panelHeight },
    marks: [
      Plot.gridX({ ticks: [...ticks], stroke: '#999', strokeOpacity: 0.25 }),
      Plot.ruleX([1], { stroke: '#666' }),
      Plot.ruleY(lines, {
        fy: 'panel',
        y: 'contestant',
        x1: 1,
        x2: 'ratio',
        stroke: 'colour',
        strokeWidth: 2,
      }),
      Plot.dot(lines, {
        fy: 'panel',
        y: 'contestant',
        x: 'ratio',
        r: 4,
        fill: 'colour',
        symbol: (line: { colour: string }) => (line.colour === PEERS ? 'square' : 'circle'),
      }),
      Plot.text(lines, {
        fy: 'panel',
        y: 'contestant',
        x: (line: { ratio: number }) => Math.max(1, line.ratio),
        text: 'time',
        dx: 9,
        textAnchor: 'start',
      }),
      Plot.text(panels, {
        fy: (panel: string) => panel,
        text: (panel: string) => panel,
        frameAnchor: 'top-left',
        dx: -(MARGIN.left - 16),
        dy: -20,
        fontWeight: 'bold',
        textAnchor: 'start',
      }),
      Plot.axisY({ tickSize: 0, fontSize: 12 }),
      Plot.axisX({
        anchor: 'bottom',
        ticks: [...ticks],
        text: (tick: number) => String(tick),
        fontSize: 12,
      }),
    ],
  });
  const title = 'Training engines side by side';
  const notes = [
    `blue circles: engines of Falsum; orange squares: peers; one thread each; right of the marks the time of a step`,
    `Full-batch gradient step (forward, backward, update of both layers) of a two-layer ReLU network,`,
    `d inputs, m neurons, N points; minimum over interleaved rounds.`,
  ];
  const text = (at: number, size: number, content: string, more = ''): string =>
    `<text x="16" y="${at}" font-size="${size}" ${more}>${content}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" font-family="Helvetica, Arial, 'DejaVu Sans', sans-serif">`,
    `<title>${title}</title><rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    text(28, 15, title, 'font-weight="700"'),
    text(47, 12, notes[0], 'fill="#444"'),
    `<g fill="#1a1a1a" color="#1a1a1a" font-size="12" text-anchor="middle">${tidy(svg.innerHTML)}</g>`,
    `<text x="${WIDTH / 2}" y="${height - 44}" font-size="12" text-anchor="middle">time per step, relative to ${unit} (further left is faster)</text>`,
    text(height - 24, 12, notes[1], 'fill="#444"'),
    text(height - 8, 12, notes[2], 'fill="#444"'),
    '</svg>\n',
  ].join('');
}

/** 1, 2 and 5 times the powers of ten of a range. */
function ticksIn([low, high]: readonly [number, number]): readonly number[] {
  const first = Math.floor(Math.log10(low));
  const powers = Array.from(
    { length: Math.ceil(Math.log10(high)) - first + 1 },
    (_, i) => first + i,
  );
  return powers
    .flatMap((power) => [1, 2, 5].map((digit) => Number(`${digit}e${power}`)))
    .filter((tick) => low <= tick && tick <= high);
}

/** Drops Plot's page styles and rounds coordinates. */
function tidy(markup: string): string {
  return markup
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replaceAll(/-?\d+\.\d{3,}/g, (number) => String(Number(Number(number).toFixed(2))));
}
