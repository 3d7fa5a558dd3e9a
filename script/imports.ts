/** The imports between the files of src/, for the graph in docs/architecture.md and for the tests of its layers. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** One import: a file, and the file of this project or the package that it imports. */
export interface Import {
  readonly from: string;
  readonly to: string;
}

/** The layers of src/, from the bottom up. A module imports from its own directory and from lower layers only. */
export const LAYERS: readonly (readonly string[])[] = [
  ['errors'],
  ['text'],
  ['bytes', 'host', 'process', 'threads'],
  ['runner'],
  ['disk', 'ext4', 'fat', 'nix'],
  ['tree'],
  ['nixos'],
  ['image'],
  ['verify'],
  ['boot', 'companions'],
  ['release'],
  ['artifact'],
  ['report'],
  ['inputs'],
  ['worker.ts'],
  ['run'],
  ['boot-test.ts', 'main.ts'],
];

/** All imports of the sources below a directory. Files are relative to it; packages are as written. */
export function importsBelow(directory: string): readonly Import[] {
  return globSync('**/*.ts', { cwd: directory }).flatMap((from) =>
    namesImported(readFileSync(join(directory, from), 'utf8')).map((name) => ({
      from,
      to: name.startsWith('.') ? relative(directory, join(directory, dirname(from), name)) : name,
    })),
  );
}

/** The module names that a source imports, type imports included. */
export function namesImported(source: string): readonly string[] {
  return [...source.matchAll(IMPORT)].flatMap(([, name]) => (name === undefined ? [] : [name]));
}

/** `... from 'x'` at the end of an import or export, `import 'x'`, and `import('x')`, also within a type. */
const IMPORT = /(?:\bfrom\s+|\bimport\s*\(?\s*)'([^']+)'/g;

/** The directory below src/ that a file is in, or the file itself at the top. */
export function moduleOf(file: string): string {
  return file.split('/')[0] ?? file;
}

/** Imports that do not lead to a lower layer, and those of files in no layer. */
export function upwardImports(
  imports: readonly Import[],
  layers: readonly (readonly string[])[],
): readonly (Import & { readonly why: string })[] {
  const layerOf = (file: string): number => layers.findIndex((modules) => modules.includes(moduleOf(file)));
  return imports.flatMap((entry) => {
    if (!entry.to.endsWith('.ts') || moduleOf(entry.from) === moduleOf(entry.to)) {
      return [];
    }
    const [from, to] = [layerOf(entry.from), layerOf(entry.to)];
    if (from < 0 || to < 0) {
      return [{ ...entry, why: 'one of the two modules has no layer' }];
    }
    return to < from ? [] : [{ ...entry, why: to === from ? 'sideways' : 'upwards' }];
  });
}

/** The files that import each other in a cycle, each cycle in the order of a depth-first search. */
export function importCycles(imports: readonly Import[]): readonly (readonly string[])[] {
  const next = new Map<string, readonly string[]>();
  for (const { from, to } of imports) {
    if (to.endsWith('.ts')) {
      next.set(from, [...(next.get(from) ?? []), to]);
    }
  }
  const cycles: (readonly string[])[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) {
      cycles.push(path.slice(start));
      return;
    }
    if (done.has(file)) {
      return;
    }
    for (const target of next.get(file) ?? []) {
      visit(target, [...path, file]);
    }
    done.add(file);
  };
  for (const file of next.keys()) {
    visit(file, []);
  }
  return cycles;
}

/**
 * The imports between modules as a Mermaid flowchart, from the top layer down. An arrow is left out if other arrows lead
 * the same way (transitive reduction), so that the graph stays readable.
 */
export function drawImports(imports: readonly Import[]): string {
  const targets = new Map<string, Set<string>>();
  for (const { from, to } of imports) {
    const [source, target] = [moduleOf(from), moduleOf(to)];
    if (to.endsWith('.ts') && source !== target) {
      targets.set(source, (targets.get(source) ?? new Set()).add(target));
    }
  }
  const order = LAYERS.flat().toReversed();
  const reaches = (source: string, target: string): boolean =>
    [...(targets.get(source) ?? [])].some((between) => between === target || reaches(between, target));
  const arrows = order.flatMap((source) => {
    const direct = [...(targets.get(source) ?? [])].sort();
    const shown = direct.filter((target) => !direct.some((other) => other !== target && reaches(other, target)));
    return shown.length === 0 ? [] : [`  ${id(source)} --> ${shown.map(id).join(' & ')}`];
  });
  const nodes = order.map((module) => `  ${id(module)}["${module.endsWith('.ts') ? module : `${module}/`}"]`);
  return ['```mermaid', 'flowchart TD', ...nodes, ...arrows, '```'].join('\n');
}

/** `run` and `report` are fine as names of nodes, dots are not. */
function id(module: string): string {
  return module.replace('.ts', '');
}
