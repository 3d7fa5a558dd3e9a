/**
 * The plan of a filesystem: the location of everything, to the last block, before a byte is produced. It is plain data, and
 * depends on the tree and the options only.
 */
import { createHash } from 'node:crypto';
import { userError } from '../../errors/user-error.ts';
import { pathOf } from '../directory/children.ts';
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
import { dataBlocks, sparseRuns, wholeRun } from './data-runs.ts';
import { createExtentAllocator, type ExtentTable } from './extents.ts';
import { type BlockCursor, createBlockCursor } from './free-space.ts';
import {
  type BlockRun,
  type Geometry,
  MAX_GROUPS,
  MAX_INODES_PER_GROUP,
  metadataRuns,
  planGeometry,
  superblockRunBlocks,
} from './geometry.ts';
import { type Inodes, numberInodes } from './inodes.ts';

/** The settings of a filesystem. */
export interface Ext4Options {
  /** 16 bytes. */
  readonly uuid: Uint8Array;
  /** At most `LABEL_BYTES` bytes. */
  readonly label: Uint8Array;
  /** The least number of bytes that users of the mounted filesystem can write. */
  readonly freeSpace: number;
  /** All timestamps, in seconds since 1970. */
  readonly time: number;
}

/** A planned filesystem: plain data, which can be sent to threads. */
export interface Ext4Plan {
  readonly uuid: Uint8Array;
  readonly label: Uint8Array;
  readonly time: number;
  readonly hashSeed: Uint32Array;
  readonly geometry: Geometry;
  /** Blocks of the filesystem. */
  readonly blocks: number;
  /** The runs of unused blocks, ascending. */
  readonly freeRuns: readonly BlockRun[];
  readonly inodes: Inodes;
  readonly extents: ExtentTable;
  /** The double-indirect block of the resize inode. */
  readonly resizeBlock: number;
}

/**
 * Plans the smallest filesystem that holds the tree and has `freeSpace` left. Throws a `UserError` if it would be larger
 * than 2 TiB, or if ext4 cannot store a directory or symlink of the tree.
 */
export function planExt4(tree: FileTree, options: Ext4Options): Ext4Plan {
  const hashSeed = hashSeedOf(options.uuid);
  const inodes = numberInodes(tree);
  const needs = measure(tree, inodes, hashSeed);
  const inodesWanted = inodes.last + Math.max(MIN_FREE_INODES, Math.ceil(options.freeSpace / BYTES_PER_FREE_INODE));

  // Another group changes the location of everything, so each number of groups is laid out in full; the first that is
  // sufficient is the smallest. The loop begins at a lower bound, and takes a few rounds at any size.
  const blocksWanted = needs.total + Math.ceil(options.freeSpace / BLOCK_SIZE);
  const least = Math.max(Math.ceil(blocksWanted / BLOCKS_PER_GROUP), Math.ceil(inodesWanted / MAX_INODES_PER_GROUP));
  for (let groups = least; groups <= MAX_GROUPS; groups++) {
    const layout = layOut(planGeometry(groups, inodesWanted), inodes, needs, options.freeSpace);
    if (layout !== undefined) {
      const { uuid, label, time } = options;
      return { uuid, label, time, hashSeed, inodes, ...layout };
    }
  }
  throw userError({
    title: 'The filesystem is too large',
    message:
      `The contents have ${needs.total * BLOCK_SIZE} bytes and the free space ${options.freeSpace} bytes, but a filesystem ` +
      `has at most ${MAX_GROUPS * BLOCKS_PER_GROUP * BLOCK_SIZE} bytes (2 TiB).`,
    remedy: 'Leave out store paths, or set free-space to less.',
  });
}

/** The directory hash seed of a filesystem (`s_hash_seed`), derived from its UUID so that images are reproducible. */
export function hashSeedOf(uuid: Uint8Array): Uint32Array {
  const digest = createHash('sha256').update('ext4 directory hash seed').update(uuid).digest();
  return Uint32Array.from({ length: 4 }, (_, word) => digest.readUInt32LE(word * 4));
}

/** Free space has free inodes in the ratio of mke2fs, and there are always enough to activate a NixOS system. */
const BYTES_PER_FREE_INODE = 16_384;
const MIN_FREE_INODES = 1024;

/** The data blocks of each inode, and the order in which they are allocated. */
interface Needs {
  /** By inode number. */
  readonly blocksOf: Uint32Array;
  /** Inodes with blocks: directories, symlinks, files with several names, other files; each in the order of the tree. */
  readonly order: Uint32Array;
  /** Sum of all blocks. */
  readonly total: number;
  /** The runs of blocks of an inode within it. */
  readonly runsOf: (inode: number) => readonly BlockRun[];
  /** The most runs of all inodes together. */
  readonly runs: number;
}

/** A regular file with several names, in place of a type from `MODE`. */
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

  return {
    blocksOf,
    order: allocationOrder(tree, inodes, blocksOf, withBlocks),
    total,
    runsOf: (inode) => sparseRuns(tree, inodes.entryOf[inode]) ?? wholeRun(blocksOf[inode]),
    runs: withBlocks + tree.sparse.start.length,
  };
}

/**
 * A file with several names belongs to no directory more than to another, so these files are stored together. All other
 * files are in the order in which their directories are read.
 */
function allocationOrder(tree: FileTree, inodes: Inodes, blocksOf: Uint32Array, withBlocks: number): Uint32Array {
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
  return order;
}

function blocksOfEntry(tree: FileTree, entry: number, inode: number, hashSeed: Uint32Array): number {
  const size = tree.size[entry];
  switch (tree.mode[entry] & MODE.typeMask) {
    case MODE.directory:
      return inode === INODE.lostAndFound ? LOST_AND_FOUND_BLOCKS : layOutDirectory(tree, entry, hashSeed).blocks;
    case MODE.symlink:
      if (size > SYMLINK_MAX) {
        throw userError({
          title: 'A symlink is too long',
          message: `The target of ${pathOf(tree, entry)} has ${size} bytes, but ext4 stores at most ${SYMLINK_MAX} bytes.`,
          remedy: 'Shorten the target of the symlink.',
        });
      }
      return size < FAST_SYMLINK_LIMIT ? 0 : 1;
    default:
      return dataBlocks(tree, entry);
  }
}

type Layout = Pick<Ext4Plan, 'geometry' | 'blocks' | 'freeRuns' | 'extents' | 'resizeBlock'>;

/** Lays out a filesystem of exactly `geometry.groups` groups; `undefined` if it does not fit. */
function layOut(geometry: Geometry, inodes: Inodes, needs: Needs, freeSpace: number): Layout | undefined {
  const end = geometry.groups * BLOCKS_PER_GROUP;
  const used = metadataRuns(geometry);
  const cursor = createBlockCursor(used, end);
  const breaks = used.length + Math.ceil(end / EXTENT_MAX_BLOCKS) + 1;
  const allocator = createExtentAllocator(cursor, needs.runs + 1, inodes.last, breaks);

  const resizeBlock = cursor.take(1)?.start;
  if (resizeBlock === undefined || !allocator.allocate(INODE.journal, wholeRun(geometry.journalBlocks))) {
    return undefined;
  }
  for (const inode of needs.order) {
    if (!allocator.allocate(inode, needs.runsOf(inode))) {
      return undefined;
    }
  }

  const lastMetadata = used.reduce((last, run) => Math.max(last, run.start + run.length), 0);
  const smallest = Math.max(cursor.position(), lastMetadata, smallestOf(geometry));
  const blocks = withFreeSpace(smallest, Math.ceil(freeSpace / BLOCK_SIZE), cursor);
  if (blocks === undefined) {
    return undefined;
  }
  return { geometry, blocks, freeRuns: cursor.freeRuns(blocks), extents: allocator.finish(), resizeBlock };
}

/** The fewest blocks of a filesystem: the last group has its superblock run, if any, and one more block. */
function smallestOf(geometry: Geometry): number {
  const lastGroup = geometry.groups - 1;
  const own = geometry.backupGroups.includes(lastGroup) ? superblockRunBlocks(geometry) : 0;
  return lastGroup * BLOCKS_PER_GROUP + own + 1;
}

/**
 * The fewest blocks, at least `smallest`, with `wanted` free blocks beyond those that the kernel reserves; `undefined` if
 * there are too few. The reserve grows with the size, so the size is raised until there is enough; each step is a lower
 * bound, so the result is the smallest.
 */
function withFreeSpace(smallest: number, wanted: number, cursor: BlockCursor): number | undefined {
  let blocks: number | undefined = smallest;
  while (blocks !== undefined && cursor.freeBefore(blocks) < wanted + kernelReserve(blocks)) {
    blocks = cursor.endOfFree(wanted + kernelReserve(blocks));
  }
  return blocks;
}

/** Blocks that not even root can use: 2 %, at most 4096 (`ext4_set_resv_clusters` of the kernel's `fs/ext4/super.c`). */
export function kernelReserve(blocks: number): number {
  return Math.min(Math.floor(blocks / 50), 4096);
}
