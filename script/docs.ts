/**
 * The tables of inputs and outputs in README.md, made from action.yml. Run by `script/docs`; the tests compare what is
 * committed with what this makes.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** What action.yml says of an input or output. */
interface Entry {
  readonly description: string;
  readonly default?: string;
}

/** The text of README.md with both tables as `actionYml` has them. Throws where README.md lacks the marks of a table. */
export function generateReadme(readme: string, actionYml: string): string {
  const action: Readonly<Record<'inputs' | 'outputs', Readonly<Record<string, Entry>>>> = parse(actionYml);
  const inputs = Object.entries(action.inputs).map(([name, input]) => [code(name), code(input.default), text(input)]);
  const outputs = Object.entries(action.outputs).map(([name, output]) => [code(name), text(output)]);
  const withInputs = replaceTable(readme, 'inputs', table(['Input', 'Default', 'Meaning'], inputs));
  return replaceTable(withInputs, 'outputs', table(['Output', 'Meaning'], outputs));
}

/** Puts a table between its two marks, which are comments that no reader sees. */
function replaceTable(readme: string, name: string, lines: readonly string[]): string {
  const [start, end] = [`<!-- start of ${name}, made by script/docs -->`, `<!-- end of ${name} -->`];
  const [from, to] = [readme.indexOf(start), readme.indexOf(end)];
  if (from < 0 || to < from) {
    throw new Error(`README.md must hold the lines ${start} and, below it, ${end}.`);
  }
  return `${readme.slice(0, from + start.length)}\n\n${lines.join('\n')}\n\n${readme.slice(to)}`;
}

/** Columns are as wide as their longest cell, as the formatter would have them. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((cells) => cells[column].length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)];
}

function code(value: string | undefined): string {
  return value === undefined ? '' : `\`${value}\``;
}

/** A bar would end the cell. */
function text({ description }: Entry): string {
  return description.trim().replaceAll('|', '\\|');
}

if (import.meta.main) {
  const checkout = join(import.meta.dirname, '..');
  const readme = join(checkout, 'README.md');
  writeFileSync(
    readme,
    generateReadme(readFileSync(readme, 'utf8'), readFileSync(join(checkout, 'action.yml'), 'utf8')),
  );
}
