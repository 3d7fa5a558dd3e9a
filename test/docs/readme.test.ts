import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { ACTIONS, generateTables } from '../../script/docs.ts';
import { tableRows } from './support/tables.ts';

const checkout = join(import.meta.dirname, '../..');
const readme = readFileSync(join(checkout, 'README.md'), 'utf8');
const actionYml = readFileSync(join(checkout, 'action.yml'), 'utf8');

describe('the tables of README.md', () => {
  it.each(Object.entries(ACTIONS))('and those of %s are those that script/docs makes of %s', (name, action) => {
    const document = readFileSync(join(checkout, name), 'utf8');
    expect(generateTables(document, readFileSync(join(checkout, action), 'utf8'))).toBe(document);
  });

  it('follow action.yml', () => {
    const action = parse(actionYml);
    action.inputs.colour = { description: 'Colour of the card | none.', default: 'green' };
    action.inputs.shape = { description: 'Shape of the card.' };
    action.outputs.weight = { description: 'Weight of the card.' };
    const changed = generateTables(readme, stringify(action));
    expect(changed).not.toBe(readme);
    expect(tableRows(changed, 'Input').slice(-2)).toEqual([
      ['colour', 'green', 'Colour of the card \\| none.'],
      ['shape', '', 'Shape of the card.'],
    ]);
    expect(tableRows(changed, 'Output').at(-1)).toEqual(['weight', 'Weight of the card.']);
    expect(generateTables(changed, actionYml)).toBe(readme);
  });

  it('need their marks', () => {
    expect(() => generateTables(readme.replace('<!-- end of inputs -->', ''), actionYml)).toThrow('end of inputs');
  });
});

it('docs/troubleshooting.md quotes messages of the action', () => {
  const source = globSync('src/**/*.ts', { cwd: checkout }).map((name) => readFileSync(join(checkout, name), 'utf8'));
  // Long messages are put together from pieces.
  const messages = source.join('\n').replaceAll(/['`] \+\s+['`]/g, '');
  const rows = readFileSync(join(checkout, 'docs/troubleshooting.md'), 'utf8').matchAll(/^\| (`[^|]+`) +\|/gm);
  const quoted = [...rows].flatMap(([, cell]) => cell.slice(1, -1).split('`, `'));
  expect(quoted.length).toBeGreaterThan(8);
  expect(quoted.filter((text) => !messages.includes(text))).toEqual([]);
});

it('CONTRIBUTING.md gives a reason for each package', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8'));
  const text = readFileSync(join(checkout, 'CONTRIBUTING.md'), 'utf8');
  const named = (head: string): readonly string[] =>
    tableRows(text, head)
      .flatMap(([names]) => names.split(', '))
      .sort();
  expect(named('Package')).toEqual(Object.keys(dependencies).sort());
  expect(named('For development')).toEqual(Object.keys(devDependencies).sort());
});

describe('the documents', () => {
  const documents = globSync(['*.md', 'docs/*.md'], { cwd: checkout }).sort();

  it('are all there', () => {
    expect(documents).toEqual(
      expect.arrayContaining(['CHANGELOG.md', 'CONTRIBUTING.md', 'README.md', 'SECURITY.md', 'docs/ext4.md']),
    );
  });

  it.each(documents)('%s links to and names only what is there', (name) => {
    expect(missing(name, readFileSync(join(checkout, name), 'utf8'))).toEqual([]);
  });

  it('are found wrong where they are', () => {
    const text =
      '[a](nowhere.md) [b](ext4.md#features) [c](ext4.md#nothing) [d](https://example.org/x) `src/gone.ts` `src/ext4/`';
    expect(missing('docs/architecture.md', text)).toEqual(['nowhere.md', 'ext4.md#nothing', 'src/gone.ts']);
  });
});

/** Links to files and headings of this checkout, and paths in code, that do not exist. */
function missing(document: string, text: string): readonly string[] {
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target);
  const gone = links.filter((target) => !/^https?:/.test(target) && !linkLeads(document, target));
  const paths = [...text.matchAll(/`((?:src|test|docs|script|examples|bench|demo|\.github)\/[\w./-]*)/g)];
  return [...gone, ...paths.map(([, path]) => path).filter((path) => !existsSync(join(checkout, path)))];
}

function linkLeads(document: string, target: string): boolean {
  const [file, heading] = target.split('#');
  const path = file === '' ? join(checkout, document) : join(checkout, dirname(document), file);
  if (!existsSync(path)) {
    return false;
  }
  return heading === undefined || headingsOf(readFileSync(path, 'utf8')).includes(heading);
}

/** The anchors that GitHub gives to headings. */
function headingsOf(markdown: string): readonly string[] {
  const headings = [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, text]) => text.toLowerCase());
  return headings.map((text) =>
    text
      .replace(/[^\w\s-]/g, '')
      .trim()
      .replaceAll(/\s/g, '-'),
  );
}
