import type { Shape } from './shapes.js';
import { shapeName } from './shapes.js';
import type { Row } from './summary.js';
import { REFERENCES } from './summary.js';

const HEADS = [
  'contestant',
  'µs per step',
  `× ${REFERENCES.own}`,
  `× ${REFERENCES.peer}`,
  'GFLOP/s',
] as const;

/** One shape's table: a title, a head and a line per contestant. */
export function shapeTable(shape: Shape, rows: readonly Row[]): readonly string[] {
  const cells = rows.map((row) => [
    row.contestant,
    significant(1e6 * row.minimum),
    ratio(row.toOwn),
    ratio(row.toPeer),
    significant(row.gigaflops),
  ]);
  const widths = HEADS.map((head, column) =>
    Math.max(head.length, ...cells.map((line) => line[column].length)),
  );
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, i) => (i === 0 ? text.padEnd(widths[i]) : text.padStart(widths[i])))
      .join('  ')
      .trimEnd();
  const per = shape.batch === undefined ? '' : ', per step of one problem';
  return [`${shapeName(shape)}${per}`, ...[HEADS, ...cells].map((texts) => `  ${line(texts)}`)];
}

function ratio(value: number | null): string {
  return value === null ? '–' : significant(value);
}

/** Three significant digits, without an exponent. */
export function significant(value: number): string {
  if (value === 0) return '0';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(value)));
  const text = value.toFixed(digits);
  if (value < 1000) return text;
  // 52114 → 52 100, grouped in threes.
  const rounded = String(Number(value.toPrecision(3)));
  return rounded.replaceAll(/\B(?=(?:\d{3})+$)/g, ' ');
}
