import { ENTRY_SIZE, MAX_DIRECTORY_ENTRIES, MAX_FILE_SIZE } from './constants.ts';
import { checkSameNames, fatFileError, fatNameOf } from './names.ts';
import { shortNamesOf } from './short-names.ts';
import { countEntries } from './structures/directory.ts';
import type { FatTree } from './tree.ts';

/** A directory and its children, in the order of their entries. */
export interface PlannedDirectory {
  /** Its entry in the tree. */
  readonly entry: number;
  /** Bytes of its entries. */
  readonly bytes: number;
  /** Entries in the tree. */
  readonly children: readonly number[];
  readonly names: readonly string[];
  readonly shortNames: readonly Uint8Array[];
}

/** Lists all directories in depth-first order. Throws a `UserError` if FAT cannot store a name or a directory. */
export function listDirectories(tree: FatTree): readonly PlannedDirectory[] {
  const children: number[][] = tree.entries.map(() => []);
  for (const [entry, { parent }] of tree.entries.entries()) {
    if (entry > 0) {
      children[parent].push(entry);
    }
  }
  const directories: PlannedDirectory[] = [];
  const visit = (entry: number): void => {
    const directory = planDirectory(tree, entry, children[entry]);
    directories.push(directory);
    for (const child of directory.children) {
      if (tree.entries[child].kind === 'directory') {
        visit(child);
      }
    }
  };
  visit(0);
  return directories;
}

function planDirectory(tree: FatTree, entry: number, unordered: readonly number[]): PlannedDirectory {
  const children = unordered.toSorted((a, b) => Buffer.compare(tree.entries[a].name, tree.entries[b].name));
  const names = children.map((child) => fatNameOf(tree, child));
  checkSameNames(tree, children, names);
  const shortNames = shortNamesOf(names);
  const named = names.map((name, i) => ({ name, shortName: shortNames[i] }));
  const count = countEntries(entry === 0 ? 'root' : 'directory', named);
  if (count > MAX_DIRECTORY_ENTRIES) {
    throw fatFileError(tree, entry, {
      reason: `its files need ${count} directory entries, but a FAT directory has at most ${MAX_DIRECTORY_ENTRIES}`,
      remedy: 'Distribute its files over several directories.',
    });
  }
  return { entry, bytes: count * ENTRY_SIZE, children, names, shortNames };
}

/** Lists the files that are not empty, in the order of their directories. Throws a `UserError` if one is too large. */
export function listFiles(tree: FatTree, directories: readonly PlannedDirectory[]): readonly number[] {
  const files = directories.flatMap(({ children }) => children.filter((child) => tree.entries[child].kind === 'file'));
  for (const entry of files) {
    const { size } = tree.entries[entry];
    if (size > MAX_FILE_SIZE) {
      throw fatFileError(tree, entry, {
        reason: `it has ${size} bytes, but a FAT file has at most ${MAX_FILE_SIZE}`,
        remedy: 'Remove it from the firmware files.',
      });
    }
  }
  return files.filter((entry) => tree.entries[entry].size > 0);
}
