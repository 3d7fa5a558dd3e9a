/**
 * The plan of a filesystem: what stands where, to the last block, before a byte is produced. It is data only, and
 * a function of the tree and the options alone.
 */

import { LOST_AND_FOUND_BLOCKS, layOutDirectory } from '../directory/pack.ts';
import {
  BLOCK_SIZE,
  BLOCKS_PER_GROUP,
  EXTENT_MAX_BLOCKS,
  FAST_SYMLINK_LIMIT,
  INODE,
  MODE,
  SYMLINK_MAX,
} from '../format/constants.ts';
import type { FileTree } from '../tree.ts';
import { createExtentAllocator, type ExtentTable } from './extents.ts';
import { createBlockCursor } from './free-space.ts';
import {
  type BlockRun,
  type Geometry,
  MAX_GROUPS,
  MAX_INODES_PER_GROUP,
  metadataRuns,
  planGeometry,
  superblockRunBlocks,
} from './geometry.ts';
import { hashSeedOf } from './hash-seed.ts';
import { type Inodes, numberInodes } from './inodes.ts';

export interface Ext4Options {
  /** 16 bytes. */
  readonly uuid: Uint8Array;
  /** At most 16 bytes. */
  readonly label: Uint8Array;
  /** Bytes that a user of the mounted filesystem can write at least. */
  readonly freeSpace: number;
  /** Every time stamp, in seconds since 1970. */
  readonly time: number;
}

export interface Ext4Plan {
  readonly uuid: Uint8Array;
  readonly label: Uint8Array;
  readonly time: number;
  readonly hashSeed: Uint32Array;
  readonly geometry: Geometry;
  /** Blocks of the filesystem. */
  readonly blocks: number;
  /** The runs of blocks that nothing uses, ascending. */
  readonly freeRuns: readonly BlockRun[];
  readonly inodes: Inodes;
  readonly extents: ExtentTable;
  /** The double-indirect block of the resize inode. */
  readonly resizeBlock: number;
}

/**
 * Plans the smallest filesystem that holds the tree and leaves `freeSpace`. Throws where the tree cannot be stored:
 * over 2 TiB, too many names for one file, a directory too large.
 */
export function planExt4(tree: FileTree, options: Ext4Options): Ext4Plan {
  const hashSeed = hashSeedOf(options.uuid);
  const inodes = numberInodes(tree);
  const needs = measure(tree, inodes, hashSeed);
  const inodesWanted = inodes.last + Math.max(MIN_FREE_INODES, Math.ceil(options.freeSpace / BYTES_PER_FREE_INODE));

  // A group more changes where everything stands, so each count is laid out in full; the first that holds it all is
  // the least one. The loop starts at a bound that no layout can beat, and so takes a few rounds at any size.
  const blocksWanted = needs.total + Math.ceil(options.freeSpace / BLOCK_SIZE);
  const least = Math.max(Math.ceil(blocksWanted / BLOCKS_PER_GROUP), Math.ceil(inodesWanted / MAX_INODES_PER_GROUP));
  for (let groups = least; groups <= MAX_GROUPS; groups++) {
    const layout = layOut(planGeometry(groups, inodesWanted), inodes, needs, options.freeSpace);
    if (layout === null) {
      continue;
    }
    const { uuid, label, time } = options;
    return { uuid, label, time, hashSeed, inodes, ...layout };
  }
  throw new Error(
    `The contents take ${needs.total * BLOCK_SIZE} bytes and ${options.freeSpace} are to stay free, ` +
      `which is more than the largest filesystem made here: ${MAX_GROUPS * BLOCKS_PER_GROUP * BLOCK_SIZE} bytes (2 TiB). ` +
      'Leave out store paths, or ask for less free space.',
  );
}

/** Free inodes come with the free space as mke2fs gives them, and never fewer than activation of a system needs. */
const BYTES_PER_FREE_INODE = 16_384;
const MIN_FREE_INODES = 1024;

/** Data blocks of each inode, and the order in which they are laid out. */
interface Needs {
  readonly blocksOf: Uint32Array;
  /** Inodes that have blocks: directories, symlinks, files with several names, other files; each in the tree's order. */
  readonly order: Uint32Array;
  /** Sum of all blocks. */
  readonly total: number;
}

/** Stands for no type of inode, but for regular files with several names. */
const SHARED_FILE = -1;

function measure(tree: FileTree, inodes: Inodes, hashSeed: Uint32Array): Needs {
  const blocksOf = new Uint32Array(inodes.last + 1);
  let withBlocks = 0;
  let total = 0;
  for (let entry = 0; entry < tree.count; entry++) {
    if (tree.original[entry] !== entry) {
      continue;
    }
    const blocks = blocksOfEntry(tree, entry, inodes.inodeOf[entry], hashSeed);
    blocksOf[inodes.inodeOf[entry]] = blocks;
    total += blocks;
    if (blocks > 0) {
      withBlocks++;
    }
  }

  // A file with several names is no nearer to one than to the others: such files stand together, and all others where
  // a reader of their directory comes by.
  const ranks = [MODE.directory, MODE.symlink, SHARED_FILE, MODE.regular];
  const order = new Uint32Array(withBlocks);
  let next = 0;
  for (const rank of ranks) {
    for (let entry = 0; entry < tree.count; entry++) {
      const inode = inodes.inodeOf[entry];
      if (blocksOf[inode] === 0 || inodes.entryOf[inode] !== entry) {
        continue;
      }
      const type = tree.mode[entry] & MODE.typeMask;
      const isShared = type === MODE.regular && inodes.links[inode] > 1;
      if ((isShared ? SHARED_FILE : type) === rank) {
        order[next++] = inode;
      }
    }
  }
  return { blocksOf, order, total };
}

function blocksOfEntry(tree: FileTree, entry: number, inode: number, hashSeed: Uint32Array): number {
  const size = tree.size[entry];
  switch (tree.mode[entry] & MODE.typeMask) {
    case MODE.directory:
      return inode === INODE.lostAndFound ? LOST_AND_FOUND_BLOCKS : layOutDirectory(tree, entry, hashSeed).blocks;
    case MODE.symlink:
      if (size > SYMLINK_MAX) {
        throw new Error(`A symlink's target has ${size} bytes, but ext4 stores at most ${SYMLINK_MAX}.`);
      }
      return size < FAST_SYMLINK_LIMIT ? 0 : 1;
    default:
      return Math.ceil(size / BLOCK_SIZE);
  }
}

type Layout = Pick<Ext4Plan, 'geometry' | 'blocks' | 'freeRuns' | 'extents' | 'resizeBlock'>;

/** Lays everything out in just `geometry.groups` groups; null when it does not fit. */
function layOut(geometry: Geometry, inodes: Inodes, needs: Needs, freeSpace: number): Layout | null {
  const end = geometry.groups * BLOCKS_PER_GROUP;
  const used = metadataRuns(geometry);
  const cursor = createBlockCursor(used, end);
  const breaks = used.length + Math.ceil(end / EXTENT_MAX_BLOCKS) + 1;
  const allocator = createExtentAllocator(cursor, needs.order.length + 1, inodes.last, breaks);

  const resizeBlock = cursor.take(1)?.start;
  if (resizeBlock === undefined || !allocator.allocate(INODE.journal, geometry.journalBlocks)) {
    return null;
  }
  for (const inode of needs.order) {
    if (!allocator.allocate(inode, needs.blocksOf[inode])) {
      return null;
    }
  }

  const lastMetadata = used.reduce((last, run) => Math.max(last, run.start + run.length), 0);
  const smallest = Math.max(cursor.position(), lastMetadata, smallestOf(geometry));
  const blocks = withFreeSpace(smallest, Math.ceil(freeSpace / BLOCK_SIZE), cursor.freeBefore, cursor.endOfFree);
  if (blocks === null) {
    return null;
  }
  return { geometry, blocks, freeRuns: cursor.freeRuns(blocks), extents: allocator.finish(), resizeBlock };
}

/** The last group has a block at least, and a superblock run in full if it starts with one. */
function smallestOf(geometry: Geometry): number {
  const lastGroup = geometry.groups - 1;
  const own = geometry.backupGroups.includes(lastGroup) ? superblockRunBlocks(geometry) : 0;
  return lastGroup * BLOCKS_PER_GROUP + own + 1;
}

/**
 * The least end before which `wanted` blocks are free beyond those that the kernel keeps from every user. More blocks
 * raise what it keeps, so the end is raised until both agree; each step is a lower bound, so the result is the least.
 */
function withFreeSpace(
  smallest: number,
  wanted: number,
  freeBefore: (end: number) => number,
  endOfFree: (blocks: number) => number | null,
): number | null {
  for (let end = smallest; ; ) {
    const free = wanted + kernelReserve(end);
    if (freeBefore(end) >= free) {
      return end;
    }
    const next = endOfFree(free);
    if (next === null) {
      return null;
    }
    end = next;
  }
}

/** `ext4_set_resv_clusters` of the kernel's `fs/ext4/super.c`: 2 %, at most 4096 blocks, which not even root can use. */
export function kernelReserve(blocks: number): number {
  return Math.min(Math.floor(blocks / 50), 4096);
}
