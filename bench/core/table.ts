import { alignedLines, significant } from '../shared/text.js';
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
  const per = shape.batch === undefined ? '' : ', per step of one problem';
  return [`${shapeName(shape)}${per}`, ...alignedLines([HEADS, ...cells])];
}

function ratio(value: number | null): string {
  return value === null ? '–' : significant(value);
}
