import type { FigureTable } from '../claims/index.js';

/** A table as CSV (RFC 4180 with bare line feeds): names of the columns first, nothing for null. */
export function tableCsv({ columns, rows }: FigureTable): string {
  const lines = [columns.map(({ name }) => name), ...rows];
  return lines.map((line) => `${line.map(cell).join(',')}\n`).join('');
}

function cell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
