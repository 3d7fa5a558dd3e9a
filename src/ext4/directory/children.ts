import type { FileTree } from '../tree.ts';

/** The entries directly in a directory, in the tree's order. */
export function childrenOf(tree: FileTree, directory: number): Uint32Array {
  let count = 0;
  for (let child = directory + 1; child < tree.end[directory]; child = tree.end[child]) {
    count++;
  }
  const children = new Uint32Array(count);
  for (let child = directory + 1, i = 0; i < count; child = tree.end[child], i++) {
    children[i] = child;
  }
  return children;
}

/** The bytes of an entry's name. */
export function nameOf(tree: FileTree, entry: number): Uint8Array {
  return tree.names.subarray(tree.nameStart[entry], tree.nameStart[entry + 1]);
}

/** Bytes of a directory entry whose name has `nameLength` bytes: 8, the name, rounded up to 4 (`ext4_dir_rec_len`). */
export function recordLength(nameLength: number): number {
  return (8 + nameLength + 3) & ~3;
}

/** Bytes of the directory entry that names `entry`. */
export function recordLengthOf(tree: FileTree, entry: number): number {
  return recordLength(tree.nameStart[entry + 1] - tree.nameStart[entry]);
}
