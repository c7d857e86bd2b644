import type { PhaseDiagram, Tile } from '../claims/index.js';
import { shareColour, textColour } from './colour-scale.js';
import { lineHeight, svgDocument, textLines, textWidth, wrapText } from './figure-text.js';
import { escapeMarkup } from './text.js';

const PADDING = 16;
const TITLE_SIZE = 15;
const CAPTION_SIZE = 12;
const TILE = { width: 43, height: 40 };
/** Left of each facet: its ticks; left of the first: the value of the row too. */
const TICKS = 22;
const ROW_LABEL = 58;
const FACET_GAP = { x: 14, y: 30 };
const HEADING = 24;
const LEGEND_HEIGHT = 44;
const INK = '#1a1a1a';
const FAINT = '#8a8a8a';
const MISSING = '#e6e6e6';

/** Draws a phase diagram as a whole SVG document: title, legend, facets of tiles, caption. */
export function phaseDiagramSvg(figure: PhaseDiagram): string {
  const { columns, rows, x, y } = figure;
  const facet = { width: x.values.length * TILE.width, height: y.values.length * TILE.height };
  const left = PADDING + ROW_LABEL;
  const width = left + columns.values.length * (TICKS + facet.width + FACET_GAP.x) + PADDING;
  const inner = width - 2 * PADDING;
  const title = wrapText(figure.title, inner, TITLE_SIZE);
  const caption = wrapText(figure.caption, inner, CAPTION_SIZE);
  const legendTop = PADDING + title.length * lineHeight(TITLE_SIZE) + 6;
  const facetsTop = legendTop + LEGEND_HEIGHT + HEADING;
  const axisTop = facetsTop + rows.values.length * (facet.height + FACET_GAP.y);
  const captionTop = axisTop + 34;
  const height = Math.ceil(captionTop + caption.length * lineHeight(CAPTION_SIZE) + 6);
  const originOf = (column: number, row: number) => ({
    x: left + TICKS + column * (TICKS + facet.width + FACET_GAP.x),
    y: facetsTop + row * (facet.height + FACET_GAP.y),
  });
  const facets = rows.values.flatMap((rowValue, r) =>
    columns.values.map((columnValue, c) => {
      const { x: x0, y: y0 } = originOf(c, r);
      const tiles = figure.tiles.filter(
        ({ column, row }) => column === columnValue && row === rowValue,
      );
      return `<g transform="translate(${x0},${y0.toFixed(2)})">${facetSvg(figure, tiles)}</g>`;
    }),
  );
  return svgDocument(figure, { width, height }, [
    `<defs><pattern id="undecided" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5" fill="#fff"/><rect width="1.3" height="5" fill="#b0b0b0"/></pattern></defs>`,
    textLines(title, { x: PADDING, y: PADDING + TITLE_SIZE }, { size: TITLE_SIZE, weight: 700 }),
    `<g transform="translate(${PADDING},${legendTop.toFixed(2)})">${legendSvg(figure)}</g>`,
    ...columns.values.map((value, c) =>
      label(value, originOf(c, 0).x + facet.width / 2, facetsTop - 9, { size: 12, weight: 700 }),
    ),
    ...rows.values.map((value, r) =>
      label(
        `${rows.label} = ${value}`,
        PADDING + ROW_LABEL / 2 - 6,
        originOf(0, r).y + facet.height / 2 + 5,
        { size: 14, weight: 700 },
      ),
    ),
    ...facets,
    ...columns.values.map((_, c) =>
      label(x.label, originOf(c, 0).x + facet.width / 2, axisTop + 4, { size: 12 }),
    ),
    verticalLabel(y.label, PADDING + ROW_LABEL + 4, facetsTop + facet.height / 2),
    textLines(caption, { x: PADDING, y: captionTop }, { size: CAPTION_SIZE, fill: '#444' }),
  ]);
}

function facetSvg(figure: PhaseDiagram, tiles: readonly Tile[]): string {
  const { x, y } = figure;
  const width = x.values.length * TILE.width;
  const height = y.values.length * TILE.height;
  const rowTop = (value: string): number =>
    (y.values.length - 1 - y.values.indexOf(value)) * TILE.height;
  return [
    `<rect width="${width}" height="${height}" fill="${MISSING}"/>`,
    ...tiles
      .filter((tile) => x.values.includes(tile.x) && y.values.includes(tile.y))
      .map(
        (tile) =>
          `<g><title>${escapeMarkup(tileWords(figure, tile))}</title>${tileSvg(tile, x.values.indexOf(tile.x) * TILE.width, rowTop(tile.y))}</g>`,
      ),
    `<rect width="${width}" height="${height}" fill="none" stroke="#666"/>`,
    ...x.values.map((value, k) =>
      label(value, (k + 0.5) * TILE.width, height + 13, { size: 10.5 }),
    ),
    ...y.values.map((value) =>
      label(value, -9, rowTop(value) + TILE.height / 2 + 4, { size: 10.5 }),
    ),
  ].join('');
}

/** A tile in words, for the pointer that rests on it and for readers that hear it: more digits than fit into it. */
function tileWords({ rows, x, y }: PhaseDiagram, tile: Tile): string {
  const { trials, rate, lower, upper, undecided } = tile;
  const place = `${tile.column}; ${rows.label} = ${tile.row}, ${y.label} = ${tile.y}, ${x.label} = ${tile.x}`;
  if (trials === 0) return `${place}: no draw`;
  const share = (value: number): string => `${(100 * value).toFixed(1)} %`;
  return `${place}: ${share(rate)} of ${trials} draws, limits ${share(lower)} and ${share(upper)}, undecided ${share(undecided)}`;
}

/** Rate, limits and number of trials on the colour of the rate; the undecided share hatched from the right. */
function tileSvg(tile: Tile, left: number, top: number): string {
  const { trials, rate, lower, upper, undecided } = tile;
  const place = `x="${left}" y="${top}" width="${TILE.width}" height="${TILE.height}"`;
  const middle = left + TILE.width / 2;
  if (trials === 0) {
    return `<rect ${place} fill="#fff" stroke="#bbb" stroke-width="0.5"/>${label('·', middle, top + TILE.height / 2 + 4, { size: 12, fill: FAINT })}`;
  }
  const hatched = undecided * TILE.width;
  const hatch =
    hatched > 0
      ? `<rect x="${(left + TILE.width - hatched).toFixed(2)}" y="${top}" width="${hatched.toFixed(2)}" height="${TILE.height}" fill="url(#undecided)"/>`
      : '';
  // On hatching the text needs a ground of its own.
  const ground = hatched > 0 ? shareColour(rate) : undefined;
  const fill = textColour(rate);
  return [
    `<rect ${place} fill="${shareColour(rate)}" stroke="#bbb" stroke-width="0.5"/>`,
    hatch,
    label(undecided === 1 ? '?' : `${percent(rate)} %`, middle, top + 14.5, {
      size: 12,
      weight: 700,
      fill,
      ground,
    }),
    label(`${percent(lower)}–${percent(upper)}`, middle, top + 25, { size: 8.5, fill, ground }),
    label(`n ${trials}`, middle, top + 35, { size: 8.5, fill, ground }),
  ].join('');
}

/** Whole per cent; a rate that is neither 0 nor 1 is never shown as such. */
function percent(share: number): string {
  if (share > 0 && share < 0.005) return '<1';
  if (share < 1 && share > 0.995) return '>99';
  return String(Math.round(100 * share));
}

const BAR = { width: 220, height: 12, steps: 44 };

function legendSvg({ rateLabel, missingLabel }: PhaseDiagram): string {
  const step = BAR.width / BAR.steps;
  const bar = Array.from({ length: BAR.steps }, (_, k) => {
    const colour = shareColour((k + 0.5) / BAR.steps);
    return `<rect x="${(k * step).toFixed(2)}" y="0" width="${(step + 0.5).toFixed(2)}" height="${BAR.height}" fill="${colour}"/>`;
  });
  const ends = [0, 0.25, 0.5, 0.75, 1].map((share) =>
    label(`${100 * share} %`, share * BAR.width, BAR.height + 13, { size: 10 }),
  );
  const entries = [
    { text: 'undecided share', fill: 'url(#undecided)' },
    { text: missingLabel, fill: MISSING },
    { text: 'no draw', fill: '#fff' },
  ];
  let at = BAR.width + 12 + textWidth(rateLabel, 12) + 24;
  const swatches = entries.map(({ text, fill }) => {
    const x = at.toFixed(2);
    at += 20 + textWidth(text, 12) + 20;
    return `<rect x="${x}" y="0" width="14" height="${BAR.height}" fill="${fill}" stroke="#999" stroke-width="0.5"/>${label(text, Number(x) + 20, 10.5, { size: 12, anchor: 'start' })}`;
  });
  return [
    '<g transform="translate(10,0)">',
    ...bar,
    `<rect width="${BAR.width}" height="${BAR.height}" fill="none" stroke="#666" stroke-width="0.5"/>`,
    ...ends,
    label(rateLabel, BAR.width + 12, 10.5, { size: 12, anchor: 'start' }),
    ...swatches,
    '</g>',
  ].join('');
}

interface LabelStyle {
  readonly size: number;
  readonly weight?: number;
  readonly fill?: string;
  readonly anchor?: 'start' | 'middle';
  /** Colour of an outline that keeps the text readable on a pattern. */
  readonly ground?: string | undefined;
}

function label(text: string, x: number, y: number, style: LabelStyle): string {
  const { size, weight = 400, fill = INK, anchor = 'middle', ground } = style;
  const outline =
    ground === undefined
      ? ''
      : ` stroke="${ground}" stroke-width="2.5" stroke-linejoin="round" paint-order="stroke"`;
  const bold = weight === 400 ? '' : ` font-weight="${weight}"`;
  return `<text x="${Number(x.toFixed(2))}" y="${Number(y.toFixed(2))}" font-size="${size}"${bold} fill="${fill}" text-anchor="${anchor}"${outline}>${escapeMarkup(text)}</text>`;
}

function verticalLabel(text: string, x: number, y: number): string {
  return `<text transform="translate(${x},${Number(y.toFixed(2))}) rotate(-90)" font-size="12" fill="${INK}" text-anchor="middle">${escapeMarkup(text)}</text>`;
}
