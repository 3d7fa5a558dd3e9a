import { childrenOf, nameOf } from '../ext4/directory/children.ts';
import type { FileTree } from '../ext4/tree.ts';

/** The entry of the directory /nix/store; throws where the tree has none. */
export function storeDirectoryOf(tree: FileTree): number {
  let directory = 0;
  for (const name of ['nix', 'store']) {
    const found = childrenOf(tree, directory).find((child) => Buffer.from(name).equals(nameOf(tree, child)));
    if (found === undefined) {
      throw new Error('The tree of the image has no directory /nix/store.');
    }
    directory = found;
  }
  return directory;
}
