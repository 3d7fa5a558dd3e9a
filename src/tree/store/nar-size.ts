import { MODE } from '../../ext4/format/constants.ts';
import { narBytes } from '../../nix/nar/nar.ts';
import type { PackedTree } from '../packed.ts';

/** Returns the size in bytes of the Nix archive of a scanned path, which depends on no contents. */
export function narSizeOf(tree: PackedTree): number {
  let size = narBytes.start;
  for (let entry = 0; entry < tree.count; entry++) {
    size += nodeBytes(tree, entry);
    if (entry > 0) {
      size += narBytes.entry(tree.nameStart[entry + 1] - tree.nameStart[entry]);
    }
  }
  return size;
}

function nodeBytes(tree: PackedTree, entry: number): number {
  const mode = tree.mode[entry];
  switch (mode & MODE.typeMask) {
    case MODE.directory:
      return narBytes.directory;
    case MODE.symlink:
      return narBytes.symlink(tree.size[entry]);
    default:
      return narBytes.regular(tree.size[entry], (mode & 0o111) !== 0);
  }
}
