import { randomBytes } from 'node:crypto';
import { printable } from '../model/index.js';

/** SGR codes that switch each format on and off. */
const FORMATS = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  gray: [90, 39],
} as const;

export type Format = keyof typeof FORMATS;

// Marks that no file and no claim can imitate: what they hold is escaped, and only our own styles become codes.
const MARK = `\u0000${randomBytes(8).toString('hex')}`;
const MARKS = new RegExp(`${MARK}([a-z]*);`);

/** Text to be shown in a format by `styledLines`; its width is that of the text. */
export function styled(format: Format, text: string): string {
  return `${MARK}${format};${text}${MARK};`;
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly format: Format;
}

/**
 * A line as a terminal shows it: control characters escaped, styles as codes where there is colour, broken at spaces
 * where it is wider than the terminal. Lines that continue it are indented by two more than itself, or by `hang`.
 *
 * @param columns ≥ 1; Infinity where nobody sees where a line ends
 */
export function styledLines(
  line: string,
  {
    colour,
    columns,
    hang,
  }: { readonly colour: boolean; readonly columns: number; readonly hang?: number },
): string[] {
  let plain = '';
  let open: { from: number; format: Format } | null = null;
  const spans: Span[] = [];
  for (const [i, part] of line.split(MARKS).entries()) {
    if (i % 2 === 0) {
      plain += printable(part);
      continue;
    }
    if (open !== null) spans.push({ ...open, to: plain.length });
    open = part === '' ? null : { from: plain.length, format: part as Format };
  }
  const indent = hang ?? plain.length - plain.trimStart().length + 2;
  return broken(plain, columns, indent).map(({ from, to, indent: spaces }) => {
    const shown = colour ? coloured(plain, from, to, spans) : plain.slice(from, to);
    return `${' '.repeat(spaces)}${shown}`.trimEnd();
  });
}

function coloured(plain: string, from: number, to: number, spans: readonly Span[]): string {
  let shown = '';
  let at = from;
  for (const span of spans) {
    const [start, end] = [Math.max(span.from, from), Math.min(span.to, to)];
    if (start >= end) continue;
    const [on, off] = FORMATS[span.format];
    shown += `${plain.slice(at, start)}\u001B[${on}m${plain.slice(start, end)}\u001B[${off}m`;
    at = end;
  }
  return shown + plain.slice(at, to);
}

/** Where a text is broken: at its last space that fits, or within a word that is wider than a line. */
function broken(
  text: string,
  columns: number,
  hang: number,
): { readonly from: number; readonly to: number; readonly indent: number }[] {
  const lines: { from: number; to: number; indent: number }[] = [];
  let from = 0;
  let indent = 0;
  // Half of a narrow terminal stays for the text.
  const deep = Math.min(hang, Math.floor(columns / 2));
  while (from + columns - indent < text.length) {
    const end = from + columns - indent;
    const space = text.lastIndexOf(' ', end);
    const begun = text.slice(from).length - text.slice(from).trimStart().length;
    const to = space > from + begun ? space : end;
    lines.push({ from, to, indent });
    from = to;
    while (text[from] === ' ') from += 1;
    indent = deep;
  }
  lines.push({ from, to: text.length, indent });
  return lines;
}
