import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsBelow, namesImported, roomOf, upwardImports } from './support/imports.ts';
import { tableRows } from './support/tables.ts';

const checkout = join(import.meta.dirname, '../..');
const imports = importsBelow(join(checkout, 'src'));

/** From the bottom up. A room may import from rooms of lower layers, and from no other; docs/architecture.md says why. */
const LAYERS = [
  ['errors'],
  ['text'],
  ['bytes', 'process', 'threads'],
  ['runner'],
  ['disk', 'ext4', 'fat', 'nix'],
  ['tree'],
  ['nixos'],
  ['image'],
  ['verify'],
  ['companions'],
  ['release'],
  ['artifact'],
  ['report'],
  ['inputs'],
  ['worker.ts'],
  ['run'],
  ['main.ts'],
] as const;

describe('the imports of src/', () => {
  it('run one way, from higher layers to lower', () => {
    expect(upwardImports(imports, LAYERS)).toEqual([]);
    // The check sees what it is to see.
    expect(imports.length).toBeGreaterThan(300);
    const wrong = [
      { from: 'ext4/plan/plan.ts', to: 'nix/nar.ts' },
      { from: 'bytes/source.ts', to: 'ext4/tree.ts' },
      { from: 'elsewhere/new.ts', to: 'bytes/source.ts' },
      { from: 'main.ts', to: 'ext4/tree.ts' },
      { from: 'ext4/source.ts', to: 'ext4/read/reader.ts' },
    ];
    expect(upwardImports(wrong, LAYERS).map(({ why }) => why)).toEqual([
      'neighbours',
      'upwards',
      'one of the two rooms has no layer',
    ]);
  });

  it('are found in all their forms', () => {
    const source = `import { a } from './a.ts';
      import type {
        B,
      } from "./b.ts";
      export { c } from './c.ts';
      import './d.ts';
      const e = await import('./e.ts');
      type F = import('./f.ts').F;`.replaceAll('"', "'");
    expect(namesImported(source)).toEqual(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `./${name}.ts`));
  });

  it('keep the reader of ext4 apart from the writer: they share the format alone', () => {
    const ofReader = imports.filter(({ from }) => from.startsWith('ext4/read/'));
    const outside = ofReader.filter(({ to }) => !/^(ext4\/read|ext4\/format|bytes)\/|^node:/.test(to));
    expect(ofReader.length).toBeGreaterThan(50);
    expect(outside).toEqual([]);
    const ofWriter = imports.filter(({ from }) => from.startsWith('ext4/') && !from.startsWith('ext4/read/'));
    expect(ofWriter.filter(({ to }) => to.startsWith('ext4/read/'))).toEqual([]);
  });

  it('leave packages and processes to the few files that are for them', () => {
    const users = (packageName: string): readonly string[] =>
      [...new Set(imports.filter(({ to }) => to === packageName).map(({ from }) => from))].sort();
    const packages = [...new Set(imports.map(({ to }) => to).filter((to) => !/\.ts$|^node:/.test(to)))].sort();
    expect(packages).toEqual(['../package.json', '@actions/artifact', '@actions/core', '@actions/github']);
    expect([...new Set(users('@actions/core').map(roomOf))]).toEqual(['inputs', 'report', 'runner']);
    expect(users('@actions/artifact')).toEqual(['artifact/upload-worker.ts']);
    expect(users('@actions/github')).toEqual(['release/release-client.ts']);
    expect(users('node:child_process')).toEqual(['image/frames/xz.ts', 'process/run.ts']);
  });
});

describe('the documents', () => {
  const read = (name: string): string => readFileSync(join(checkout, name), 'utf8');

  it('have the same layers', () => {
    const rows = tableRows(read('docs/architecture.md'), 'Layer');
    const layers: string[][] = [];
    for (const [layer, room] of rows) {
      if (layer !== '') {
        layers.unshift([]);
      }
      layers[0].push(room.replace(/^src\/(.*?)\/?$/, '$1'));
    }
    expect(layers.map((rooms) => rooms.sort())).toEqual(LAYERS.map((rooms) => [...rooms].sort()));
    const numbers = rows.map(([layer]) => Number(layer)).filter((layer) => layer > 0);
    expect(numbers).toEqual(LAYERS.map((_, i) => i + 1).reverse());
  });

  it('name every room', () => {
    const rooms = readdirSync(join(checkout, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const text = read('CONTRIBUTING.md');
    expect(rooms.map(({ name }) => `src/${name}/`).filter((room) => !text.includes(`\`${room}\``))).toEqual([]);
  });
});
