/** Lines of a table, indented: the first column at the left, numbers at the right. */
export function alignedLines(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map(
    (row) =>
      `  ${row
        .map((text, i) => (i === 0 ? text.padEnd(widths[i]) : text.padStart(widths[i])))
        .join('  ')
        .trimEnd()}`,
  );
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
