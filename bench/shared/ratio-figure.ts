import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';

const WIDTH = 760;
const ROW = 17;
const PANEL_GAP = 38;
const MARGIN = { left: 104, right: 84, top: 84, bottom: 80 };
const OURS = '#0072b2';
const PEERS = '#d55e00';

const { document } = parseHTML('<!doctype html><html><body></body></html>');

/** One contestant of one panel. */
export interface RatioLine {
  readonly panel: string;
  readonly contestant: string;
  /** Its time over that of the reference. */
  readonly ratio: number;
  /** What stands beside the mark. */
  readonly time: string;
  readonly peer: boolean;
}

/** What is written around the panels. */
export interface RatioTexts {
  readonly title: string;
  /** Under the title, and two lines at the foot. */
  readonly notes: readonly [string, string, string];
  readonly axis: string;
}

const colourOf = ({ peer }: RatioLine): string => (peer ? PEERS : OURS);

/**
 * Times relative to a reference as a whole SVG document: one panel for each problem, one line per contestant, on a
 * logarithmic axis. The same lines give the same bytes.
 */
export function ratioSvg(lines: readonly RatioLine[], texts: RatioTexts): string {
  const { title, notes, axis } = texts;
  const contestants = [...new Set(lines.map((line) => line.contestant))];
  const panels = [...new Set(lines.map((line) => line.panel))];
  const panelHeight = contestants.length * ROW + PANEL_GAP;
  const height = MARGIN.top + MARGIN.bottom + panels.length * panelHeight;
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
        stroke: colourOf,
        strokeWidth: 2,
      }),
      Plot.dot(lines, {
        fy: 'panel',
        y: 'contestant',
        x: 'ratio',
        r: 4,
        fill: colourOf,
        symbol: (line: { peer: boolean }) => (line.peer ? 'square' : 'circle'),
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
  const text = (at: number, size: number, content: string, more = ''): string =>
    `<text x="16" y="${at}" font-size="${size}" ${more}>${content}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" font-family="Helvetica, Arial, 'DejaVu Sans', sans-serif">`,
    `<title>${title}</title><rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    text(28, 15, title, 'font-weight="700"'),
    text(47, 12, notes[0], 'fill="#444"'),
    `<g fill="#1a1a1a" color="#1a1a1a" font-size="12" text-anchor="middle">${tidy(svg.innerHTML)}</g>`,
    `<text x="${WIDTH / 2}" y="${height - 44}" font-size="12" text-anchor="middle">${axis}</text>`,
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
