import type { Mark } from '../claims/index.js';
import { escapeMarkup } from './text.js';
import { textWidth } from './figure-text.js';

/** How the marks of one name look: colour, symbol and dash all differ, for print and for colour-blind readers. */
export interface Look {
  readonly name: string;
  readonly colour: string;
  readonly symbol: 'circle' | 'square' | 'triangle' | 'diamond' | 'cross' | 'star' | 'wye';
  readonly dash: string;
}

// Okabe and Ito's colours, without the yellow, which vanishes on white.
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#000000', '#56b4e9', '#e69f00'];
const SYMBOLS = ['circle', 'square', 'triangle', 'diamond', 'cross', 'star', 'wye'] as const;
const DASHES = ['none', '7 3', '2 3', '9 3 2 3', '4 4', '12 4', '14 3 3 3'];

/** A look for every name, in the order of first use. */
export function looksOf(marks: readonly Mark[]): ReadonlyMap<string, Look> {
  const names = [...new Set(marks.map((mark) => mark.name))];
  return new Map(
    names.map((name, index) => {
      // After a round of colours, symbols and dashes are shifted against them.
      const shifted = index + Math.floor(index / COLOURS.length);
      return [
        name,
        {
          name,
          colour: COLOURS[index % COLOURS.length],
          symbol: SYMBOLS[shifted % SYMBOLS.length],
          dash: DASHES[shifted % DASHES.length],
        },
      ];
    }),
  );
}

const SIZE = 12;
const SWATCH = 26;
const GAP = 18;
const ROW = 20;

/** Where an entry of the legend stands; `x` and `y` of its swatch's middle left. */
export interface Entry {
  readonly look: Look;
  readonly kinds: readonly Mark['kind'][];
  readonly x: number;
  readonly y: number;
}

/** Places the legend's entries in rows that fit into `width`. */
export function placeLegend(
  marks: readonly Mark[],
  width: number,
): { readonly entries: readonly Entry[]; readonly height: number } {
  const entries: Entry[] = [];
  let x = 0;
  let y = ROW / 2;
  for (const look of looksOf(marks).values()) {
    const kinds = marks.filter((mark) => mark.name === look.name).map((mark) => mark.kind);
    const needed = SWATCH + 6 + textWidth(look.name, SIZE) + GAP;
    if (x > 0 && x + needed - GAP > width) {
      x = 0;
      y += ROW;
    }
    entries.push({ look, kinds, x, y });
    x += needed;
  }
  return { entries, height: entries.length === 0 ? 0 : y + ROW / 2 };
}

/** The legend as SVG; `symbolPath` draws a symbol around the origin. */
export function legendSvg(
  entries: readonly Entry[],
  symbolPath: (symbol: Look['symbol']) => string,
): string {
  return entries
    .map(({ look, kinds, x, y }) => {
      const { colour, dash, name, symbol } = look;
      const has = (...wanted: readonly Mark['kind'][]) =>
        wanted.some((kind) => kinds.includes(kind));
      const middle = x + SWATCH / 2;
      const parts: string[] = [];
      if (has('line', 'horizontal', 'vertical')) {
        parts.push(
          `<path d="M${x},${y}h${SWATCH}" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"/>`,
        );
      }
      if (has('arrows')) {
        parts.push(
          `<path d="M${x},${y}h${SWATCH - 4}m-6,-4l6,4l-6,4" fill="none" stroke="${colour}" stroke-width="2"/>`,
        );
      }
      if (has('intervals')) {
        parts.push(`<path d="M${middle},${y - 8}v16" stroke="${colour}" stroke-width="1.5"/>`);
      }
      if (has('points', 'intervals')) {
        parts.push(
          `<path d="${symbolPath(symbol)}" transform="translate(${middle},${y})" fill="${colour}" fill-opacity="0.35" stroke="${colour}" stroke-width="1.2"/>`,
        );
      }
      parts.push(
        `<text x="${x + SWATCH + 6}" y="${y}" dy="0.35em" font-size="${SIZE}" fill="#1a1a1a">${escapeMarkup(name)}</text>`,
      );
      return parts.join('');
    })
    .join('');
}
