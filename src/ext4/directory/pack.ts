/**
 * How the entries of a directory are spread over its blocks. A directory that fits in one block is a plain list; a larger
 * one is a hash tree: block 0 is its root, then come inner blocks (in a tree of two levels), then the leaves.
 *
 * Source: Linux `Documentation/filesystems/ext4/directory.rst` and `fs/ext4/namei.c`.
 */
import { BLOCK_SIZE } from '../format/constants.ts';
import { DIRECTORY_TAIL, DX_LIMIT } from '../format/offsets.ts';
import type { FileTree } from '../tree.ts';
import { childrenOf, nameOf, recordLength, recordLengthOf } from './children.ts';
import { directoryHash } from './hash.ts';

/** Bytes of a leaf block that entries may take. */
export const LEAF_BYTES = BLOCK_SIZE - DIRECTORY_TAIL.size;

/** Blocks of `/lost+found`: allocated ahead, as mke2fs does, so that e2fsck can use it on a full filesystem. */
export const LOST_AND_FOUND_BLOCKS = 4;

export type DirectoryLayout = LinearLayout | HashTreeLayout;

export interface LinearLayout {
  readonly kind: 'linear';
  readonly blocks: number;
  readonly children: Uint32Array;
}

export interface HashTreeLayout {
  readonly kind: 'hash-tree';
  readonly blocks: number;
  /** Entries in the order of their hashes. */
  readonly children: Uint32Array;
  /** Leaf `i` has the children `leafStart[i] .. leafStart[i + 1]`. */
  readonly leafStart: Uint32Array;
  /** The hash by which the index finds leaf `i`; the lowest bit says that its first hash continues leaf `i - 1`. */
  readonly leafHash: Uint32Array;
  /** Inner blocks between the root and the leaves: 0, or up to `DX_LIMIT.root`. */
  readonly innerBlocks: number;
}

/** Lays out a directory of the tree. Throws where it has more leaves than two levels of index can address. */
export function layOutDirectory(tree: FileTree, directory: number, hashSeed: Uint32Array): DirectoryLayout {
  const children = childrenOf(tree, directory);
  let bytes = recordLength(1) + recordLength(2);
  for (const child of children) {
    bytes += recordLengthOf(tree, child);
  }
  if (bytes <= LEAF_BYTES) {
    return { kind: 'linear', blocks: 1, children };
  }
  return layOutHashTree(tree, children, hashSeed);
}

/** A leaf is filled to four fifths, as `e2fsck -D` does: the first new name must not split it. */
const LEAF_FILL = Math.floor(LEAF_BYTES * 0.8);

function layOutHashTree(tree: FileTree, children: Uint32Array, hashSeed: Uint32Array): HashTreeLayout {
  const hashes = Array.from(children, (child) => directoryHash(nameOf(tree, child), hashSeed));
  const order = Uint32Array.from(children.keys()).sort(
    (a, b) => hashes[a].major - hashes[b].major || hashes[a].minor - hashes[b].minor || a - b,
  );

  const leafStart = [0];
  const leafHash = [0];
  let filled = 0;
  for (let i = 0; i < order.length; i++) {
    const length = recordLengthOf(tree, children[order[i]]);
    if (filled + length > LEAF_FILL) {
      const { major } = hashes[order[i]];
      leafStart.push(i);
      leafHash.push(major === hashes[order[i - 1]].major ? major + 1 : major);
      filled = 0;
    }
    filled += length;
  }
  leafStart.push(order.length);

  const leaves = leafHash.length;
  const innerBlocks = leaves > DX_LIMIT.root ? Math.ceil(leaves / DX_LIMIT.node) : 0;
  if (innerBlocks > DX_LIMIT.root) {
    throw new Error(
      `A directory with ${children.length} entries needs ${leaves} directory blocks, ` +
        `but an ext4 directory index of two levels addresses at most ${DX_LIMIT.root * DX_LIMIT.node}. Split the directory.`,
    );
  }
  return {
    kind: 'hash-tree',
    blocks: 1 + innerBlocks + leaves,
    children: order.map((index) => children[index]),
    leafStart: Uint32Array.from(leafStart),
    leafHash: Uint32Array.from(leafHash),
    innerBlocks,
  };
}
