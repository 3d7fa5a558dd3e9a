import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** One import: the file it stands in, and the file of this project or the package that it names. */
export interface Import {
  readonly from: string;
  readonly to: string;
}

/** All imports of the sources below a directory. Files are named relative to it; packages as they are written. */
export function importsBelow(directory: string): readonly Import[] {
  return globSync('**/*.ts', { cwd: directory }).flatMap((from) =>
    namesImported(readFileSync(join(directory, from), 'utf8')).map((name) => ({
      from,
      to: name.startsWith('.') ? relative(directory, join(directory, dirname(from), name)) : name,
    })),
  );
}

/** What a source imports, as it is written there. */
export function namesImported(source: string): readonly string[] {
  return [...source.matchAll(IMPORT)].map(([, name]) => name);
}

/** `... from 'x'` at the end of an import or export, `import 'x'`, and `import('x')`, also within a type. */
const IMPORT = /(?:\bfrom\s+|\bimport\s*\(?\s*)'([^']+)'/g;

/** The room that a file is in: its first directory, or the file itself where it is in none. */
export function roomOf(file: string): string {
  return file.split('/')[0];
}

/** The imports that do not run to a lower layer, and those of files that no layer has. */
export function upwardImports(
  imports: readonly Import[],
  layers: readonly (readonly string[])[],
): readonly (Import & { readonly why: string })[] {
  const layerOf = (file: string): number => layers.findIndex((rooms) => rooms.includes(roomOf(file)));
  return imports.flatMap((entry) => {
    if (!entry.to.endsWith('.ts') || roomOf(entry.from) === roomOf(entry.to)) {
      return [];
    }
    const [from, to] = [layerOf(entry.from), layerOf(entry.to)];
    if (from < 0 || to < 0) {
      return [{ ...entry, why: 'one of the two rooms has no layer' }];
    }
    return to < from ? [] : [{ ...entry, why: to === from ? 'neighbours' : 'upwards' }];
  });
}
