/**
 * Generates the parts of the documents that follow from the code: the tables of inputs and outputs in README.md and
 * docs/boot-test.md, from the action.yml of each action, and the graph of imports in docs/architecture.md. Run by `script/docs`; tests compare the result with what
 * is committed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { drawImports, type Import, importsBelow } from './imports.ts';

/** An input or output in action.yml. */
interface Entry {
  readonly description: string;
  readonly default?: string;
}

/** A document with the tables of an action.yml. Throws if the document lacks the marks of a table. */
export function generateTables(document: string, actionYml: string): string {
  const action: Readonly<Record<'inputs' | 'outputs', Readonly<Record<string, Entry>>>> = parse(actionYml);
  const inputs = Object.entries(action.inputs).map(([name, input]) => [code(name), code(input.default), text(input)]);
  const outputs = Object.entries(action.outputs).map(([name, output]) => [code(name), text(output)]);
  const withInputs = replacePart(document, 'inputs', table(['Input', 'Default', 'Description'], inputs));
  return replacePart(withInputs, 'outputs', table(['Output', 'Description'], outputs));
}

/** docs/architecture.md with the graph of `imports`. Throws if it lacks the marks of the graph. */
export function generateArchitecture(document: string, imports: readonly Import[]): string {
  return replacePart(document, 'imports', drawImports(imports));
}

/** Replaces what is between two comments, which readers do not see. */
function replacePart(document: string, name: string, part: string): string {
  const [start, end] = [`<!-- start of ${name}, made by script/docs -->`, `<!-- end of ${name} -->`];
  const [from, to] = [document.indexOf(start), document.indexOf(end)];
  if (from < 0 || to < from) {
    throw new Error(`The document must have the lines ${start} and, below it, ${end}.`);
  }
  return `${document.slice(0, from + start.length)}\n\n${part}\n\n${document.slice(to)}`;
}

/** Columns are as wide as their longest cell. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((cells) => cells[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

function code(value: string | undefined): string {
  return value === undefined ? '' : `\`${inCell(value)}\``;
}

function text({ description }: Entry): string {
  return inCell(description.trim());
}

/** A bar would end the cell, in code as well. */
function inCell(value: string): string {
  return value.replaceAll('|', '\\|');
}

/** The documents with the tables of an action, and its metadata. */
export const ACTIONS: Readonly<Record<string, string>> = {
  'README.md': 'action.yml',
  'docs/boot-test.md': 'boot-test/action.yml',
};

function update(file: string, generate: (document: string) => string): void {
  writeFileSync(file, generate(readFileSync(file, 'utf8')));
}

if (import.meta.main) {
  const checkout = join(import.meta.dirname, '..');
  for (const [document, action] of Object.entries(ACTIONS)) {
    const actionYml = readFileSync(join(checkout, action), 'utf8');
    update(join(checkout, document), (text) => generateTables(text, actionYml));
  }
  const imports = importsBelow(join(checkout, 'src'));
  update(join(checkout, 'docs/architecture.md'), (document) => generateArchitecture(document, imports));
}
