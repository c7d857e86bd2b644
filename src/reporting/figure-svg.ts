import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import type { Chart, Figure, Mark } from '../claims/index.js';
import { drawable, extentOf, squared, ticksOf } from './figure-axes.js';
import type { Extent } from './figure-axes.js';
import type { Look } from './figure-legend.js';
import { legendSvg, looksOf, placeLegend } from './figure-legend.js';
import { lineHeight, svgDocument, textLines, wrapText } from './figure-text.js';
import { phaseDiagramSvg } from './phase-diagram-svg.js';

const WIDTH = 720;
const PLOT_HEIGHT = 400;
const SQUARE_SIDE = 480;
const PADDING = 16;
const TITLE_SIZE = 15;
const CAPTION_SIZE = 12;
const MARGIN = { left: 72, right: 20, top: 12, bottom: 48 };
const RADIUS = 3.5;

const { document } = parseHTML('<!doctype html><html><body></body></html>');

/**
 * Draws a figure as a whole SVG document: title, legend, axes, marks, caption. The same figure gives
 * the same bytes. Points without a position (NaN, infinite, not positive on a log axis) are left out
 * and counted in the caption.
 */
export function figureSvg(figure: Figure): string {
  return 'tiles' in figure ? phaseDiagramSvg(figure) : chartSvg(figure);
}

function chartSvg(figure: Chart): string {
  const drawn = figure.marks.map((mark) => drawable(figure, mark));
  const marks = drawn.flatMap(({ mark }) => (mark ? [mark] : []));
  const leftOut = drawn.reduce((sum, part) => sum + part.leftOut, 0);
  const width = figure.square ? SQUARE_SIDE : WIDTH;
  const inner = width - 2 * PADDING;

  const title = wrapText(figure.title, inner, TITLE_SIZE);
  const legend = placeLegend(marks, inner);
  const caption = wrapText(captionOf(figure, leftOut), inner, CAPTION_SIZE);
  const titleTop = PADDING + TITLE_SIZE;
  const legendTop = PADDING + title.length * lineHeight(TITLE_SIZE) + 4;
  const plotTop = legendTop + legend.height;
  const plotHeight = figure.square
    ? width + MARGIN.top + MARGIN.bottom - MARGIN.left - MARGIN.right
    : PLOT_HEIGHT;
  const captionTop = plotTop + plotHeight + CAPTION_SIZE + 10;
  const height = Math.ceil(captionTop + caption.length * lineHeight(CAPTION_SIZE) + 6);

  return svgDocument(figure, { width, height }, [
    textLines(title, { x: PADDING, y: titleTop }, { size: TITLE_SIZE, weight: 700 }),
    `<g transform="translate(${PADDING},${legendTop.toFixed(2)})">${legendSvg(legend.entries, symbolPath)}</g>`,
    `<g transform="translate(0,${plotTop.toFixed(2)})" fill="#1a1a1a" color="#1a1a1a" font-size="12" text-anchor="middle">${plotBody(figure, marks, width, plotHeight)}</g>`,
    textLines(caption, { x: PADDING, y: captionTop }, { size: CAPTION_SIZE, fill: '#444' }),
  ]);
}

function captionOf({ caption }: Chart, leftOut: number): string {
  if (leftOut === 0) return caption;
  const what = leftOut === 1 ? '1 point has' : `${leftOut} points have`;
  return `${caption} (${what} no position on these axes and ${leftOut === 1 ? 'is' : 'are'} not drawn.)`;
}

function plotBody(figure: Chart, marks: readonly Mark[], width: number, height: number): string {
  const extent = squared(figure, extentOf(figure, marks));
  const looks = looksOf(marks);
  const svg = Plot.plot({
    document: document as unknown as NonNullable<Plot.PlotOptions['document']>,
    width,
    height,
    marginLeft: MARGIN.left,
    marginRight: MARGIN.right,
    marginTop: MARGIN.top,
    marginBottom: MARGIN.bottom,
    x: { type: figure.x.scale, domain: [...extent.x], label: null },
    y: { type: figure.y.scale, domain: [...extent.y], label: null },
    marks: [
      Plot.gridX({ ...axisTicks(figure, extent, 'x'), stroke: '#999', strokeOpacity: 0.25 }),
      Plot.gridY({ ...axisTicks(figure, extent, 'y'), stroke: '#999', strokeOpacity: 0.25 }),
      Plot.axisX({ ...axisTicks(figure, extent, 'x'), ...axisStyle(figure.x.label) }),
      Plot.axisY({ ...axisTicks(figure, extent, 'y'), ...axisStyle(figure.y.label) }),
      Plot.frame({ stroke: '#666' }),
      ...marks.flatMap((mark) => plotMark(mark, lookOf(looks, mark))),
    ],
  });
  return tidy(svg.innerHTML);
}

function axisTicks(figure: Chart, extent: Extent, axis: 'x' | 'y') {
  const { ticks, tickFormat } = ticksOf(figure[axis].scale, extent[axis]);
  return {
    tickFormat,
    ...(ticks ? { ticks: [...ticks] } : { tickSpacing: axis === 'x' ? 80 : 45 }),
  };
}

function axisStyle(label: string) {
  return { label, labelAnchor: 'center', labelArrow: 'none', tickSize: 4, fontSize: 12 } as const;
}

function lookOf(looks: ReadonlyMap<string, Look>, mark: Mark): Look {
  const look = looks.get(mark.name);
  if (look === undefined) throw new RangeError(`figureSvg: no look for mark ${mark.name}`);
  return look;
}

function plotMark(mark: Mark, { colour, symbol, dash }: Look): Plot.Markish[] {
  const dot = { symbol, r: RADIUS, stroke: colour, fill: colour, fillOpacity: 0.35, clip: true };
  switch (mark.kind) {
    case 'points':
      return [Plot.dot(mark.points, { ...dot, x: (p) => p[0], y: (p) => p[1] })];
    case 'line':
      return [
        Plot.line(mark.points, {
          x: (p) => p[0],
          y: (p) => p[1],
          stroke: colour,
          strokeDasharray: dash,
          strokeWidth: 2,
          clip: true,
        }),
      ];
    case 'intervals':
      return [
        Plot.ruleX(mark.points, {
          x: (p) => p[0],
          y1: (p) => p[2],
          y2: (p) => p[3],
          stroke: colour,
          strokeWidth: 1.5,
          clip: true,
        }),
        Plot.dot(mark.points, { ...dot, x: (p) => p[0], y: (p) => p[1] }),
      ];
    case 'arrows':
      return [
        Plot.arrow(mark.points, {
          x1: (p) => p[0],
          y1: (p) => p[1],
          x2: (p) => p[2],
          y2: (p) => p[3],
          stroke: colour,
          strokeWidth: 1.8,
          headLength: 9,
          clip: true,
        }),
      ];
    case 'horizontal':
      return [
        Plot.ruleY([mark.at], {
          stroke: colour,
          strokeDasharray: dash,
          strokeWidth: 1.8,
          clip: true,
        }),
      ];
    case 'vertical':
      return [
        Plot.ruleX([mark.at], {
          stroke: colour,
          strokeDasharray: dash,
          strokeWidth: 1.8,
          clip: true,
        }),
      ];
  }
}

/** The path of a symbol around the origin, as the plot draws it. */
function symbolPath(symbol: Look['symbol']): string {
  // Plot draws circles as circle elements.
  if (symbol === 'circle') {
    const r = RADIUS + 0.5;
    return `M${-r},0a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0`;
  }
  const svg = Plot.plot({
    document: document as unknown as NonNullable<Plot.PlotOptions['document']>,
    axis: null,
    marks: [Plot.dot([0], { x: 0, y: 0, symbol, r: RADIUS + 0.5 })],
  });
  return /<path d="([^"]+)" transform/.exec(svg.innerHTML)?.[1] ?? '';
}

const GEOMETRY = /\b(d|transform|x|y|x1|x2|y1|y2|cx|cy|width|height)="([^"]*)"/g;

/** Drops Plot's page styles, numbers its clip paths from 1 in each figure and rounds coordinates. */
function tidy(markup: string): string {
  const seen = new Map<string, string>();
  return markup
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replaceAll(/plot-clip-\d+/g, (id) => {
      const name = seen.get(id) ?? `clip-${seen.size + 1}`;
      seen.set(id, name);
      return name;
    })
    .replaceAll(GEOMETRY, (_, name: string, value: string) => {
      const rounded = value.replaceAll(/-?\d+\.\d+(?:e[-+]?\d+)?/g, (number) =>
        String(Number(Number(number).toFixed(2))),
      );
      return `${name}="${rounded}"`;
    });
}
