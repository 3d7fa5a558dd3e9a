import { childrenOf, nameOf } from '../ext4/directory/children.ts';
import type { FileTree } from '../ext4/tree.ts';

/** The entry of the folder /nix/store; throws where the tree has none. */
export function storeFolderOf(tree: FileTree): number {
  let folder = 0;
  for (const name of ['nix', 'store']) {
    const found = childrenOf(tree, folder).find((child) => Buffer.from(name).equals(nameOf(tree, child)));
    if (found === undefined) throw new Error('The tree of the image has no folder /nix/store.');
    folder = found;
  }
  return folder;
}
