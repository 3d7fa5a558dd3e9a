/**
 * Inodes: `struct ext4_inode`, 256 bytes.
 *
 * Source: Linux `Documentation/filesystems/ext4/{inodes,ifork}.rst`, `fs/ext4/ext4.h`.
 */
import {
  BLOCK_SIZE,
  EXTRA_ISIZE,
  FAST_SYMLINK_LIMIT,
  INODE,
  INODE_FLAG,
  INODE_SIZE,
  MODE,
  SECTORS_PER_BLOCK,
} from '../format/constants.ts';
import { crc32c, crc32cOfU32 } from '../format/crc32c.ts';
import { DOUBLE_INDIRECT_WORD, INODE_FIELD } from '../format/offsets.ts';
import { nodeBlocks, treeOf } from '../plan/extents.ts';
import type { Ext4Plan } from '../plan/plan.ts';
import type { FileTree } from '../tree.ts';
import { encodeExtentRoot } from './extents.ts';
import { writeSplit16, writeSplit32 } from './fields.ts';
import { resizeInode } from './resize-inode.ts';

/** The fields of an inode that differ between inodes, except its checksum. */
export interface InodeFields {
  readonly mode: number;
  readonly gid: number;
  readonly links: number;
  /** Bytes. */
  readonly size: number;
  readonly flags: number;
  /** Blocks of data and of the extent tree. */
  readonly blocks: number;
  /** The 60 bytes of `i_block`. */
  readonly block: Uint8Array;
}

/** Generation of every inode: no inode number has been used before. */
const GENERATION = 0;

/** The checksum seed of an inode, its directory blocks and its extent blocks. */
export function inodeChecksumSeed(plan: Ext4Plan, inode: number): number {
  return crc32cOfU32(crc32cOfU32(crc32c(0xffffffff, plan.uuid), inode), GENERATION);
}

/** Encodes an inode with its checksum. */
export function encodeInode(plan: Ext4Plan, inode: number, fields: InodeFields): Buffer {
  const bytes = Buffer.alloc(INODE_SIZE);
  bytes.writeUInt16LE(fields.mode, INODE_FIELD.mode);
  writeSplit32(bytes, fields.size, INODE_FIELD.sizeLo, INODE_FIELD.sizeHi);
  for (const field of ['atime', 'ctime', 'mtime', 'crtime'] as const) {
    bytes.writeUInt32LE(plan.time, INODE_FIELD[field]);
  }
  writeSplit16(bytes, fields.gid, INODE_FIELD.gidLo, INODE_FIELD.gidHi);
  bytes.writeUInt16LE(fields.links, INODE_FIELD.linksCount);
  const sectors = fields.blocks * SECTORS_PER_BLOCK;
  bytes.writeUInt32LE(sectors % 0x100000000, INODE_FIELD.blocksLo);
  bytes.writeUInt16LE(Math.floor(sectors / 0x100000000), INODE_FIELD.blocksHi);
  bytes.writeUInt32LE(fields.flags, INODE_FIELD.flags);
  bytes.set(fields.block, INODE_FIELD.block);
  bytes.writeUInt16LE(EXTRA_ISIZE, INODE_FIELD.extraIsize);
  const checksum = crc32c(inodeChecksumSeed(plan, inode), bytes);
  writeSplit16(bytes, checksum, INODE_FIELD.checksumLo, INODE_FIELD.checksumHi);
  return bytes;
}

/** The fields of the inode of an entry of the tree. */
export function entryInodeFields(plan: Ext4Plan, tree: FileTree, inode: number, entry: number): InodeFields {
  const { extents, inodes } = plan;
  const mode = tree.mode[entry];
  const type = mode & MODE.typeMask;
  const common = { mode, gid: tree.gid[entry], links: inodes.links[inode] };
  if (type === MODE.symlink && tree.size[entry] < FAST_SYMLINK_LIMIT) {
    return { ...common, size: tree.size[entry], flags: 0, blocks: 0, block: symlinkTarget(tree, entry) };
  }
  const dataBlocks = dataBlocksOf(plan, inode);
  const isIndexed = type === MODE.directory && inode !== INODE.lostAndFound && dataBlocks > 1;
  return {
    ...common,
    size: type === MODE.directory ? dataBlocks * BLOCK_SIZE : tree.size[entry],
    flags: INODE_FLAG.extents | (isIndexed ? INODE_FLAG.index : 0),
    blocks: dataBlocks + nodeBlocks(treeOf(extents, inode)),
    block: encodeExtentRoot(extents, inode),
  };
}

/** The fields of the journal inode. */
export function journalInodeFields(plan: Ext4Plan): InodeFields {
  const blocks = plan.geometry.journalBlocks;
  return {
    mode: MODE.regular | 0o600,
    gid: 0,
    links: 1,
    size: blocks * BLOCK_SIZE,
    flags: INODE_FLAG.extents,
    blocks,
    block: encodeExtentRoot(plan.extents, INODE.journal),
  };
}

/** The fields of the resize inode, which has a block map instead of extents. */
export function resizeInodeFields(plan: Ext4Plan): InodeFields {
  const block = Buffer.alloc(60);
  block.writeUInt32LE(plan.resizeBlock, 4 * DOUBLE_INDIRECT_WORD);
  const { size, blocks } = resizeInode(plan.geometry);
  return { mode: MODE.regular | 0o600, gid: 0, links: 1, size, flags: 0, blocks, block };
}

/** The target of a symlink. */
export function symlinkTarget(tree: FileTree, entry: number): Uint8Array {
  const start = tree.targetStart[entry];
  return tree.targets.subarray(start, start + tree.size[entry]);
}

function dataBlocksOf({ extents }: Ext4Plan, inode: number): number {
  let blocks = 0;
  for (let i = extents.first[inode]; i < extents.first[inode] + extents.countOf[inode]; i++) {
    blocks += extents.length[i];
  }
  return blocks;
}
