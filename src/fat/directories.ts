import { ENTRY_SIZE, MAX_DIRECTORY_ENTRIES, MAX_FILE_SIZE } from './constants.ts';
import { countEntries } from './directory.ts';
import { cannotHold, fatNameOf, refuseSameNames } from './names.ts';
import { shortNamesOf } from './short-names.ts';
import type { FatTree } from './tree.ts';

/** A folder with what is in it, in order. */
export interface PlannedFolder {
  readonly entry: number;
  /** Bytes of its directory. */
  readonly bytes: number;
  readonly children: readonly number[];
  readonly names: readonly string[];
  readonly shortNames: readonly Uint8Array[];
}

/** The root and all folders in depth-first order; throws where FAT cannot hold what is in one. */
export function listFolders(tree: FatTree): readonly PlannedFolder[] {
  const children: number[][] = tree.entries.map(() => []);
  tree.entries.forEach(({ parent }, entry) => {
    if (entry > 0) children[parent].push(entry);
  });
  const folders: PlannedFolder[] = [];
  const waiting = [0];
  for (let entry = waiting.pop(); entry !== undefined; entry = waiting.pop()) {
    const folder = planFolder(tree, entry, children[entry]);
    folders.push(folder);
    const below = folder.children.filter((child) => tree.entries[child].kind === 'folder');
    waiting.push(...below.toReversed());
  }
  return folders;
}

function planFolder(tree: FatTree, entry: number, unordered: readonly number[]): PlannedFolder {
  const children = unordered.toSorted((a, b) => Buffer.compare(tree.entries[a].name, tree.entries[b].name));
  const names = children.map((child) => fatNameOf(tree, child));
  refuseSameNames(tree, children, names);
  const shortNames = shortNamesOf(names);
  const named = names.map((name, i) => ({ name, shortName: shortNames[i] }));
  const count = countEntries(entry === 0 ? 'root' : 'folder', named);
  if (count > MAX_DIRECTORY_ENTRIES)
    throw cannotHold(
      tree,
      entry,
      `its files need ${count} directory entries, and a folder there has at most ${MAX_DIRECTORY_ENTRIES}. Spread them over folders`,
    );
  return { entry, bytes: count * ENTRY_SIZE, children, names, shortNames };
}

/** The files that are not empty, folder by folder in the order of the folders; throws where one is too large. */
export function listFiles(tree: FatTree, folders: readonly PlannedFolder[]): readonly number[] {
  const files = folders.flatMap(({ children }) => children.filter((child) => tree.entries[child].kind === 'file'));
  for (const entry of files) {
    const { size } = tree.entries[entry];
    if (size > MAX_FILE_SIZE)
      throw cannotHold(tree, entry, `it has ${size} bytes, and a file there has at most ${MAX_FILE_SIZE}`);
  }
  return files.filter((entry) => tree.entries[entry].size > 0);
}
