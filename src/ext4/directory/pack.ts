/**
 * How the entries of a directory are distributed over its blocks. A directory that fits in one block is linear; a larger
 * one is a hash tree: block 0 is the root, then follow the inner blocks (in a tree of two levels) and the leaves.
 *
 * Source: Linux `Documentation/filesystems/ext4/directory.rst` and `fs/ext4/namei.c`.
 */
import { userError } from '../../errors/user-error.ts';
import { BLOCK_SIZE } from '../format/constants.ts';
import { DIRECTORY_TAIL, DX_LIMIT } from '../format/offsets.ts';
import type { FileTree } from '../tree.ts';
import { childrenOf, nameOf, pathOf, recordLength, recordLengthOf } from './children.ts';
import { directoryHash } from './hash.ts';

/** Bytes of a leaf block that entries can use. */
export const LEAF_BYTES = BLOCK_SIZE - DIRECTORY_TAIL.size;

/** Blocks of `/lost+found`, allocated in advance as mke2fs does: e2fsck may need them on a full filesystem. */
export const LOST_AND_FOUND_BLOCKS = 4;

/** How the entries of a directory are distributed over its blocks. */
export type DirectoryLayout = LinearLayout | HashTreeLayout;

/** All entries are in the first block; further blocks are empty. */
export interface LinearLayout {
  readonly kind: 'linear';
  readonly blocks: number;
  readonly children: Uint32Array;
}

/** The blocks are an index and its leaves. */
export interface HashTreeLayout {
  readonly kind: 'hash-tree';
  readonly blocks: number;
  /** Children in the order of their hashes. */
  readonly children: Uint32Array;
  /** Leaf `i` has the children `leafStart[i] .. leafStart[i + 1]`. */
  readonly leafStart: Uint32Array;
  /** The hash of leaf `i` in the index. Its lowest bit is set if leaf `i - 1` ends with the same hash. */
  readonly leafHash: Uint32Array;
  /** Number of inner blocks between the root and the leaves: 0, or up to `DX_LIMIT.root`. */
  readonly innerBlocks: number;
}

/** Lays out a directory of the tree. Throws a `UserError` if it needs more leaves than an index of two levels has. */
export function layOutDirectory(tree: FileTree, directory: number, hashSeed: Uint32Array): DirectoryLayout {
  const children = childrenOf(tree, directory);
  let bytes = recordLength(1) + recordLength(2);
  for (const child of children) {
    bytes += recordLengthOf(tree, child);
  }
  if (bytes <= LEAF_BYTES) {
    return { kind: 'linear', blocks: 1, children };
  }
  const layout = layOutHashTree(tree, children, hashSeed);
  if (layout.innerBlocks > DX_LIMIT.root) {
    throw userError({
      title: 'A directory is too large',
      message:
        `${pathOf(tree, directory)} has ${children.length} entries, which take ${layout.leafHash.length} blocks, but an ext4 ` +
        `directory has at most ${DX_LIMIT.root * DX_LIMIT.node} blocks of entries.`,
      remedy: 'Distribute its entries over several directories.',
    });
  }
  return layout;
}

/** Leaves are filled to four fifths, as `e2fsck -D` does, so that the first new name does not split one. */
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
  return {
    kind: 'hash-tree',
    blocks: 1 + innerBlocks + leaves,
    children: order.map((index) => children[index]),
    leafStart: Uint32Array.from(leafStart),
    leafHash: Uint32Array.from(leafHash),
    innerBlocks,
  };
}
