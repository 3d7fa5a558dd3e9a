/**
 * Extent trees: a header of 12 bytes, then entries of 12 bytes. The root is in the inode and has no checksum.
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
  const levels = treeOf(extents, inode)?.levels ?? [];
  const below = levels.at(-1);
  const count = below?.length ?? extents.countOf[inode];
  writeHeader(bytes, { entries: count, max: INODE_EXTENTS, depth: levels.length });
  if (below === undefined) {
    writeExtents(bytes, extents, extents.first[inode], count);
  } else {
    writeIndex(bytes, extents, levels, below);
  }
  return bytes;
}

/** A block of an extent tree. */
export interface ExtentBlock {
  readonly tree: ExtentTree;
  readonly node: ExtentNode;
  /** Its level in the tree: 0 for a leaf. */
  readonly level: number;
  /** The checksum seed of the inode. */
  readonly seed: number;
}

/** Encodes a block of an extent tree, with its checksum. */
export function encodeExtentBlock(extents: ExtentTable, { tree, node, level, seed }: ExtentBlock): Buffer {
  const bytes = Buffer.alloc(BLOCK_SIZE);
  writeHeader(bytes, { entries: node.count, max: BLOCK_EXTENTS, depth: level });
  if (level === 0) {
    writeExtents(bytes, extents, node.first, node.count);
  } else {
    const levels = tree.levels.slice(0, level);
    writeIndex(bytes, extents, levels, levels[level - 1].slice(node.first, node.first + node.count));
  }
  bytes.writeUInt32LE(crc32c(seed, bytes.subarray(0, EXTENT_TAIL_OFFSET)), EXTENT_TAIL_OFFSET);
  return bytes;
}

function writeHeader(
  bytes: Buffer,
  { entries, max, depth }: { readonly entries: number; readonly max: number; readonly depth: number },
): void {
  bytes.writeUInt16LE(EXTENT_MAGIC, EXTENT_HEADER.magic);
  bytes.writeUInt16LE(entries, EXTENT_HEADER.entries);
  bytes.writeUInt16LE(max, EXTENT_HEADER.max);
  bytes.writeUInt16LE(depth, EXTENT_HEADER.depth);
}

// Blocks are below 2^29 (2 TiB), so the high halves of block numbers stay zero.
function writeExtents(bytes: Buffer, extents: ExtentTable, first: number, count: number): void {
  for (let i = 0; i < count; i++) {
    const at = EXTENT_HEADER.size + i * EXTENT.size;
    bytes.writeUInt32LE(extents.logical[first + i], at + EXTENT.block);
    bytes.writeUInt16LE(extents.length[first + i], at + EXTENT.len);
    bytes.writeUInt32LE(extents.physical[first + i], at + EXTENT.startLo);
  }
}

/** Writes an index of `nodes`, which are nodes of the last of `levels`. */
function writeIndex(
  bytes: Buffer,
  extents: ExtentTable,
  levels: ExtentTree['levels'],
  nodes: readonly ExtentNode[],
): void {
  for (const [i, node] of nodes.entries()) {
    const at = EXTENT_HEADER.size + i * EXTENT_INDEX.size;
    bytes.writeUInt32LE(firstLogical(extents, levels, node), at + EXTENT_INDEX.block);
    bytes.writeUInt32LE(node.block, at + EXTENT_INDEX.leafLo);
  }
}

/** The first block of the file that a node of the last of `levels` maps: that of its first leaf. */
function firstLogical(extents: ExtentTable, levels: ExtentTree['levels'], node: ExtentNode): number {
  let { first } = node;
  for (const level of levels.slice(0, -1).toReversed()) {
    first = level[first].first;
  }
  return extents.logical[first];
}
