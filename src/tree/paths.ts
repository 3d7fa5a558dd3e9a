import { nameOf, pathOf } from '../ext4/directory/children.ts';
import type { FileTree } from '../ext4/tree.ts';
import type { ImageTree } from './image-tree.ts';

/**
 * Returns a function from an entry that comes from this machine to its path here, as bytes. It keeps the path of the last
 * directory, since callers request entries of the same directory in a row.
 */
export function hostPathOf(tree: ImageTree): (entry: number) => Buffer {
  let lastDirectory = -1;
  let lastPrefix = Buffer.alloc(0);
  return (entry) => {
    const origin = tree.origins[tree.origin[entry]];
    if (origin.kind !== 'host') {
      throw new Error(`${pathOf(tree, entry)} does not come from a file of this machine.`);
    }
    if (origin.at === entry) {
      return Buffer.from(origin.path);
    }
    const directory = tree.parent[entry];
    if (directory !== lastDirectory) {
      lastPrefix = prefixOf(tree, directory, origin.at, origin.path);
      lastDirectory = directory;
    }
    return Buffer.concat([lastPrefix, nameOf(tree, entry)]);
  };
}

const SLASH = Buffer.from('/');

function prefixOf(tree: FileTree, directory: number, top: number, topPath: Uint8Array): Buffer<ArrayBuffer> {
  const pieces: Uint8Array[] = [SLASH];
  for (let at = directory; at !== top; at = tree.parent[at]) {
    pieces.unshift(SLASH, nameOf(tree, at));
  }
  return Buffer.concat([topPath, ...pieces]);
}
