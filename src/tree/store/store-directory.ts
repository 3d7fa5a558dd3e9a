import { childrenOf, nameOf } from '../../ext4/directory/children.ts';
import type { FileTree } from '../../ext4/tree.ts';
import { STORE_DIRECTORY } from '../../nix/store-path.ts';

/** Returns the entry of the directory /nix/store. Throws if the tree has none. */
export function storeDirectoryOf(tree: FileTree): number {
  let directory = 0;
  for (const name of STORE_NAMES) {
    const found = childrenOf(tree, directory).find((child) => Buffer.from(name).equals(nameOf(tree, child)));
    if (found === undefined) {
      throw new Error(`The tree of the image has no directory ${STORE_DIRECTORY}.`);
    }
    directory = found;
  }
  return directory;
}

const STORE_NAMES = STORE_DIRECTORY.split('/').slice(1);
