import { ENTRY_SIZE, MAX_DIRECTORY_ENTRIES, MAX_FILE_SIZE } from './constants.ts';
import { countEntries } from './directory.ts';
import { cannotHold, fatNameOf, refuseSameNames } from './names.ts';
import { shortNamesOf } from './short-names.ts';
import type { FatTree } from './tree.ts';

/** A directory with what is in it, in order. */
export interface PlannedDirectory {
  readonly entry: number;
  /** Bytes of its directory. */
  readonly bytes: number;
  readonly children: readonly number[];
  readonly names: readonly string[];
  readonly shortNames: readonly Uint8Array[];
}

/** The root and all directories in depth-first order; throws where FAT cannot hold what is in one. */
export function listDirectories(tree: FatTree): readonly PlannedDirectory[] {
  const children: number[][] = tree.entries.map(() => []);
  tree.entries.forEach(({ parent }, entry) => {
    if (entry > 0) {
      children[parent].push(entry);
    }
  });
  const directories: PlannedDirectory[] = [];
  const waiting = [0];
  for (let entry = waiting.pop(); entry !== undefined; entry = waiting.pop()) {
    const directory = planDirectory(tree, entry, children[entry]);
    directories.push(directory);
    const below = directory.children.filter((child) => tree.entries[child].kind === 'directory');
    waiting.push(...below.toReversed());
  }
  return directories;
}

function planDirectory(tree: FatTree, entry: number, unordered: readonly number[]): PlannedDirectory {
  const children = unordered.toSorted((a, b) => Buffer.compare(tree.entries[a].name, tree.entries[b].name));
  const names = children.map((child) => fatNameOf(tree, child));
  refuseSameNames(tree, children, names);
  const shortNames = shortNamesOf(names);
  const named = names.map((name, i) => ({ name, shortName: shortNames[i] }));
  const count = countEntries(entry === 0 ? 'root' : 'directory', named);
  if (count > MAX_DIRECTORY_ENTRIES) {
    throw cannotHold(
      tree,
      entry,
      `its files need ${count} directory entries, and a directory there has at most ${MAX_DIRECTORY_ENTRIES}. Spread them over directories`,
    );
  }
  return { entry, bytes: count * ENTRY_SIZE, children, names, shortNames };
}

/** The files that are not empty, directory by directory in the order of the directories; throws where one is too large. */
export function listFiles(tree: FatTree, directories: readonly PlannedDirectory[]): readonly number[] {
  const files = directories.flatMap(({ children }) => children.filter((child) => tree.entries[child].kind === 'file'));
  for (const entry of files) {
    const { size } = tree.entries[entry];
    if (size > MAX_FILE_SIZE) {
      throw cannotHold(tree, entry, `it has ${size} bytes, and a file there has at most ${MAX_FILE_SIZE}`);
    }
  }
  return files.filter((entry) => tree.entries[entry].size > 0);
}
