/** The rows of the table of a Markdown text whose first head is `head`, without heads; code is given as its text. */
export function tableRows(markdown: string, head: string): readonly (readonly string[])[] {
  const lines = markdown.split('\n');
  const start = lines.findIndex((line) => line.startsWith('|') && cellsOf(line)[0] === head);
  if (start < 0) {
    throw new Error(`There is no table whose first head is "${head}".`);
  }
  const rest = lines.slice(start + 2);
  return rest.slice(0, rest.indexOf('')).map(cellsOf);
}

function cellsOf(line: string): readonly string[] {
  const cells = line.split(/(?<!\\)\|/).slice(1, -1);
  return cells.map((cell) => cell.trim().replaceAll('`', ''));
}
