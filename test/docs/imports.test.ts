import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importCycles, importsBelow, LAYERS, moduleOf, namesImported, upwardImports } from '../../script/imports.ts';
import { tableRows } from './support/tables.ts';

const checkout = join(import.meta.dirname, '../..');
const imports = importsBelow(join(checkout, 'src'));

describe('the imports of src/', () => {
  it('point from higher to lower layers', () => {
    expect(upwardImports(imports, LAYERS)).toEqual([]);
    // The check finds violations.
    expect(imports.length).toBeGreaterThan(300);
    const wrong = [
      { from: 'ext4/plan/plan.ts', to: 'nix/nar/nar.ts' },
      { from: 'bytes/source.ts', to: 'ext4/tree.ts' },
      { from: 'elsewhere/new.ts', to: 'bytes/source.ts' },
      { from: 'main.ts', to: 'ext4/tree.ts' },
      { from: 'ext4/source.ts', to: 'ext4/read/reader.ts' },
    ];
    expect(upwardImports(wrong, LAYERS).map(({ why }) => why)).toEqual([
      'sideways',
      'upwards',
      'one of the two modules has no layer',
    ]);
  });

  it('have no cycles, within directories either', () => {
    expect(importCycles(imports)).toEqual([]);
    const cycle = [
      { from: 'nix/a.ts', to: 'nix/b.ts' },
      { from: 'nix/b.ts', to: 'nix/c.ts' },
      { from: 'nix/c.ts', to: 'nix/b.ts' },
    ];
    expect(importCycles(cycle)).toEqual([['nix/b.ts', 'nix/c.ts']]);
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

  it('keep the ext4 reader separate from the writer: they share the format only', () => {
    const ofReader = imports.filter(({ from }) => from.startsWith('ext4/read/'));
    const outside = ofReader.filter(({ to }) => !/^(ext4\/read|ext4\/format|bytes)\/|^node:/.test(to));
    expect(ofReader.length).toBeGreaterThan(50);
    expect(outside).toEqual([]);
    const ofWriter = imports.filter(({ from }) => from.startsWith('ext4/') && !from.startsWith('ext4/read/'));
    expect(ofWriter.filter(({ to }) => to.startsWith('ext4/read/'))).toEqual([]);
  });

  it('confine packages and processes to a few files', () => {
    const users = (packageName: string): readonly string[] =>
      [...new Set(imports.filter(({ to }) => to === packageName).map(({ from }) => from))].sort();
    const packages = [...new Set(imports.map(({ to }) => to).filter((to) => !/\.ts$|^node:/.test(to)))].sort();
    expect(packages).toEqual([
      '../package.json',
      '@actions/artifact',
      '@actions/core',
      '@actions/exec',
      '@actions/github',
      '@cyclonedx/cyclonedx-library/Enums',
      '@cyclonedx/cyclonedx-library/Models',
      '@cyclonedx/cyclonedx-library/Serialize',
      '@cyclonedx/cyclonedx-library/Spec',
    ]);
    expect([...new Set(users('@actions/core').map(moduleOf))]).toEqual(['inputs', 'process', 'report', 'runner']);
    expect(users('@actions/artifact')).toEqual(['artifact/upload-worker.ts']);
    expect(users('@actions/exec')).toEqual(['process/run.ts']);
    expect(users('@cyclonedx/cyclonedx-library/Models')).toEqual(['companions/sbom.ts']);
    expect(users('@actions/github')).toEqual(['release/api.ts']);
    expect(users('node:child_process')).toEqual(['image/frames/xz.ts']);
  });
});

describe('the documents', () => {
  const read = (name: string): string => readFileSync(join(checkout, name), 'utf8');

  it('have the same layers', () => {
    const rows = tableRows(read('docs/architecture.md'), 'Layer');
    const layers: string[][] = [];
    for (const [layer, module = ''] of rows) {
      if (layer !== '') {
        layers.unshift([]);
      }
      layers[0]?.push(module.replace(/^src\/(.*?)\/?$/, '$1'));
    }
    expect(layers.map((modules) => modules.sort())).toEqual(LAYERS.map((modules) => [...modules].sort()));
    const numbers = rows.map(([layer]) => Number(layer)).filter((layer) => layer > 0);
    expect(numbers).toEqual(LAYERS.map((_, i) => i + 1).reverse());
  });

  it('name every module', () => {
    const modules = readdirSync(join(checkout, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const text = read('CONTRIBUTING.md');
    expect(modules.map(({ name }) => `src/${name}/`).filter((module) => !text.includes(`\`${module}\``))).toEqual([]);
  });
});
