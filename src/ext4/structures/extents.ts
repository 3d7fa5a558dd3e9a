/**
 * Extent trees: a header of 12 bytes, then entries of 12 bytes. The root lies in the inode and has no checksum.
 *
 * Source: Linux `Documentation/filesystems/ext4/ifork.rst`, `fs/ext4/ext4_extents.h`.
 */
import { BLOCK_EXTENTS, BLOCK_SIZE, EXTENT_MAGIC, INODE_EXTENTS } from '../format/constants.ts';
import { crc32c } from '../format/crc32c.ts';
import { EXTENT, EXTENT_HEADER, EXTENT_INDEX, EXTENT_TAIL_OFFSET } from '../format/offsets.ts';
import { type ExtentNode, type ExtentTable, type ExtentTree, treeOf } from '../plan/extents.ts';

/** `i_block` of an inode whose blocks are mapped by extents, 60 bytes. */
export function encodeExtentRoot(extents: ExtentTable, inode: number): Buffer {
  const bytes = Buffer.alloc(60);
  const tree = treeOf(extents, inode);
  if (tree === undefined) {
    const root = { block: 0, first: extents.first[inode], count: extents.countOf[inode] };
    writeNode(bytes, extents, undefined, root, 0, INODE_EXTENTS);
    return bytes;
  }
  const depth = tree.levels.length;
  const root = { block: 0, first: 0, count: tree.levels[depth - 1].length };
  writeNode(bytes, extents, tree, root, depth, INODE_EXTENTS);
  return bytes;
}

/** One block of an extent tree; `level` counts from the leaves, `seed` is the inode's checksum seed. */
export function encodeExtentBlock(
  extents: ExtentTable,
  tree: ExtentTree,
  node: ExtentNode,
  level: number,
  seed: number,
): Buffer {
  const bytes = Buffer.alloc(BLOCK_SIZE);
  writeNode(bytes, extents, tree, node, level, BLOCK_EXTENTS);
  bytes.writeUInt32LE(crc32c(seed, bytes.subarray(0, EXTENT_TAIL_OFFSET)), EXTENT_TAIL_OFFSET);
  return bytes;
}

function writeNode(
  bytes: Buffer,
  extents: ExtentTable,
  tree: ExtentTree | undefined,
  node: ExtentNode,
  depth: number,
  max: number,
): void {
  bytes.writeUInt16LE(EXTENT_MAGIC, EXTENT_HEADER.magic);
  bytes.writeUInt16LE(node.count, EXTENT_HEADER.entries);
  bytes.writeUInt16LE(max, EXTENT_HEADER.max);
  bytes.writeUInt16LE(depth, EXTENT_HEADER.depth);
  for (let i = 0; i < node.count; i++) {
    const at = EXTENT_HEADER.size + i * EXTENT.size;
    if (tree === undefined || depth === 0) {
      writeExtent(bytes, at, extents, node.first + i);
    } else {
      writeIndex(bytes, at, extents, tree, depth - 1, node.first + i);
    }
  }
}

// Blocks are below 2^29 (2 TiB), so the high halves of block numbers stay zero.
function writeExtent(bytes: Buffer, at: number, extents: ExtentTable, index: number): void {
  bytes.writeUInt32LE(extents.logical[index], at + EXTENT.block);
  bytes.writeUInt16LE(extents.length[index], at + EXTENT.len);
  bytes.writeUInt32LE(extents.physical[index], at + EXTENT.startLo);
}

function writeIndex(
  bytes: Buffer,
  at: number,
  extents: ExtentTable,
  tree: ExtentTree,
  level: number,
  index: number,
): void {
  bytes.writeUInt32LE(firstLogical(extents, tree, level, index), at + EXTENT_INDEX.block);
  bytes.writeUInt32LE(tree.levels[level][index].block, at + EXTENT_INDEX.leafLo);
}

/** The first block of the file that a node maps: that of its first leaf. */
function firstLogical(extents: ExtentTable, tree: ExtentTree, level: number, index: number): number {
  const { first } = tree.levels[level][index];
  return level === 0 ? extents.logical[first] : firstLogical(extents, tree, level - 1, first);
}
