import { escapeMarkup } from './text.js';

/** Mean advance of a character in the figure's sans-serif font, in em; no font is at hand to measure. */
const ADVANCE = 0.54;

/** Estimated width of a text, in the unit of `size`. */
export function textWidth(text: string, size: number): number {
  return [...text].length * ADVANCE * size;
}

/** Breaks a text at spaces into lines that should fit into `width`. */
export function wrapText(text: string, width: number, size: number): string[] {
  const lines: string[] = [];
  for (const word of text.trim().split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(`${last} ${word}`, size) <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines.filter((line) => line.length > 0);
}

/** Lines of text as SVG, the first base line at `y`. */
export function textLines(
  lines: readonly string[],
  at: { readonly x: number; readonly y: number },
  font: { readonly size: number; readonly weight?: number; readonly fill?: string },
): string {
  const leading = lineHeight(font.size);
  return lines
    .map((line, index) => {
      const y = (at.y + index * leading).toFixed(2);
      return `<text x="${at.x}" y="${y}" font-size="${font.size}" font-weight="${font.weight ?? 400}" fill="${font.fill ?? '#1a1a1a'}">${escapeMarkup(line)}</text>`;
    })
    .join('');
}

/** Distance of base lines, in the unit of `size`. */
export function lineHeight(size: number): number {
  return 1.35 * size;
}

/** The whole document of a figure on a white ground, with title and caption for readers that hear it. */
export function svgDocument(
  { title, caption }: { readonly title: string; readonly caption: string },
  { width, height }: { readonly width: number; readonly height: number },
  parts: readonly string[],
): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="Helvetica, Arial, 'DejaVu Sans', sans-serif">`,
    `<title>${escapeMarkup(title)}</title><desc>${escapeMarkup(caption)}</desc>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...parts,
    '</svg>\n',
  ].join('');
}
