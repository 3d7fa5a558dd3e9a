/** A table: the first row is the head; the first column is text, all others are figures. */
export type Table = readonly (readonly string[])[];

/** Lays a table out for a terminal: columns as wide as what is in them, figures flush right. */
export function plainTable(table: Table): string {
  const widths = columnWidths(table);
  return table
    .map((row) =>
      row
        .map((cell, i) => pad(cell, widths[i], i))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Lays a table out in GitHub's Markdown, aligned in its source as well. */
export function markdownTable(table: Table): string {
  const cells = table.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = columnWidths(cells);
  const line = (row: readonly string[]): string => `| ${row.map((cell, i) => pad(cell, widths[i], i)).join(' | ')} |`;
  const rule = widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  const [head, ...rows] = cells;
  return [line(head), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}

/** A rule needs three characters. */
const LEAST_WIDTH = 3;

function columnWidths(table: Table): readonly number[] {
  return table[0].map((_, column) => Math.max(LEAST_WIDTH, ...table.map((row) => row[column].length)));
}

function pad(cell: string, width: number, column: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}
