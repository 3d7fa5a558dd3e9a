import { printable } from '../../text/printable.ts';
import type { FileTree } from '../tree.ts';

/** The children of a directory, in the order of the tree. */
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

/** The name of an entry. */
export function nameOf(tree: FileTree, entry: number): Uint8Array {
  return tree.names.subarray(tree.nameStart[entry], tree.nameStart[entry + 1]);
}

/** The path of an entry in the image, safe to print. */
export function pathOf(tree: FileTree, entry: number): string {
  const names: string[] = [];
  for (let at = entry; at > 0; at = tree.parent[at]) {
    names.unshift(printable(nameOf(tree, at)));
  }
  return `/${names.join('/')}`;
}

/** Bytes of a directory entry with a name of `nameLength` bytes: 8 and the name, rounded up to 4 (`ext4_dir_rec_len`). */
export function recordLength(nameLength: number): number {
  return (8 + nameLength + 3) & ~3;
}

/** Bytes of the directory entry that names `entry`. */
export function recordLengthOf(tree: FileTree, entry: number): number {
  return recordLength(tree.nameStart[entry + 1] - tree.nameStart[entry]);
}
