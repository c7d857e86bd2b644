import { escapeMarkup } from './text.js';
import type { TexPicture } from './tex.js';
import { texToSvg } from './tex.js';

/** An SVG document as the address of an image that needs no request. */
export function svgDataUri(svg: string): string {
  return `data:image/svg+xml;base64,${Buffer.from(svg, 'utf8').toString('base64')}`;
}

const NOT_TYPESET = 'not typeset: ';

/** The formulas of a page that did not parse, as escaped TeX. */
export function notTypesetIn(html: string): string[] {
  const marked = new RegExp(`<code title="${NOT_TYPESET}[^"]*">([^<]*)</code>`, 'g');
  return [...html.matchAll(marked)].map(([, source]) => source);
}

/**
 * TeX as an HTML image whose alternative text is the source; source that does not parse is shown as
 * code, marked as such, because a report must not fail over a typo in a formula.
 */
export async function formulaHtml(source: string, style: 'display' | 'inline'): Promise<string> {
  let picture: TexPicture;
  try {
    picture = await texToSvg(source, style);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return `<code title="${NOT_TYPESET}${escapeMarkup(String(error.cause))}">${escapeMarkup(source)}</code>`;
  }
  const image = imageHtml(picture, source);
  return style === 'display' ? `<p style="margin:8px 0">${image}</p>` : image;
}

/** The x-height of the report's sans-serif font, in em. */
const X_HEIGHT = 0.53;

// The white ground keeps black glyphs legible in a dark theme; Allure's own style sheet would centre
// images on the line with !important.
function imageHtml({ svg, widthEx, depthEx }: TexPicture, alt: string): string {
  const width = (widthEx * X_HEIGHT).toFixed(3);
  const depth = (depthEx * X_HEIGHT).toFixed(3);
  const style = `width:${width}em;vertical-align:-${depth}em !important;background:#fff;padding:0 1px;border-radius:3px;box-sizing:content-box`;
  return `<img src="${svgDataUri(svg)}" alt="${escapeMarkup(alt)}" style="${style}">`;
}

/** A statement: TeX, or prose with formulas when a dollar sign stands outside all braces. */
export async function statementHtml(source: string): Promise<string> {
  const isProse = hasOuterDollar(source) || /^[^\\^_{}=<>]*$/.test(source);
  if (!isProse) return formulaHtml(source.trim(), 'display');
  const paragraphs = source.split(/\n\s*\n/).filter((text) => text.trim().length > 0);
  const shown = await Promise.all(paragraphs.map(proseHtml));
  return shown.map((html) => `<p style="margin:8px 0">${html}</p>`).join('');
}

const FORMULAS = /\$\$([^$]+)\$\$|\$([^$]+)\$|\\\[([\s\S]+?)\\\]|\\\(([\s\S]+?)\\\)/g;

/** Prose with formulas between `$…$`, `$$…$$`, `\(…\)` or `\[…\]`; everything else is escaped. */
export async function proseHtml(text: string): Promise<string> {
  const parts: string[] = [];
  let end = 0;
  for (const match of text.matchAll(FORMULAS)) {
    const [whole, display, inline, bracketed, parenthesised] = match;
    parts.push(escapeMarkup(text.slice(end, match.index)));
    const shown = display ?? bracketed;
    parts.push(
      shown === undefined
        ? await formulaHtml(inline ?? parenthesised, 'inline')
        : await formulaHtml(`\\displaystyle ${shown}`, 'inline'),
    );
    end = match.index + whole.length;
  }
  parts.push(escapeMarkup(text.slice(end)));
  return parts.join('');
}

function hasOuterDollar(source: string): boolean {
  let depth = 0;
  for (let i = 0; i < source.length; i++) {
    const character = source[i];
    if (character === '\\') {
      if (depth === 0 && (source[i + 1] === '(' || source[i + 1] === '[')) return true;
      i++;
    } else if (character === '{') depth++;
    else if (character === '}') depth--;
    else if (character === '$' && depth === 0) return true;
  }
  return false;
}
