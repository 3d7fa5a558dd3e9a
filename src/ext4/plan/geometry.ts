/**
 * The locations of the metadata of a filesystem with a given number of block groups, in blocks.
 *
 * Sources: Linux `Documentation/filesystems/ext4/{blockgroup,special_inodes}.rst`, e2fsprogs
 * `lib/ext2fs/{initialize,alloc_tables,closefs}.c`.
 */
import { BLOCKS_PER_GROUP, DESCRIPTORS_PER_BLOCK, GROUPS_PER_FLEX, INODES_PER_BLOCK } from '../format/constants.ts';

/** `length` blocks from block `start`. */
export interface BlockRun {
  readonly start: number;
  readonly length: number;
}

/** The locations of the metadata of a filesystem. */
export interface Geometry {
  readonly groups: number;
  readonly inodesPerGroup: number;
  /** Blocks of one group's inode table. */
  readonly inodeTableBlocks: number;
  /** Blocks of the group descriptor table. */
  readonly descriptorBlocks: number;
  /** Blocks after the descriptor table, reserved so that the mounted filesystem can grow. */
  readonly reservedDescriptorBlocks: number;
  readonly journalBlocks: number;
  /** Groups that begin with a superblock and a descriptor table, ascending. Those of group 0 are the primary ones. */
  readonly backupGroups: readonly number[];
  /** By group: the block of its block bitmap, that of its inode bitmap, and the first block of its inode table. */
  readonly blockBitmap: Uint32Array;
  readonly inodeBitmap: Uint32Array;
  readonly inodeTable: Uint32Array;
}

/** Groups of the largest filesystem that this project writes, and up to which a mounted one can grow: 2 TiB. */
export const MAX_GROUPS = 16_384;

/** The most inodes of a group: their bitmap is one block. */
export const MAX_INODES_PER_GROUP = BLOCKS_PER_GROUP;

/**
 * The number of inodes per group never changes, also in groups that are added as the filesystem grows. An image of few
 * files therefore has as many as mke2fs creates by default: one for each 16 KiB.
 */
const MIN_INODES_PER_GROUP = 8192;

/** Computes the geometry of `groups` groups with at least `inodes` inodes in total. */
export function planGeometry(groups: number, inodes: number): Geometry {
  const inodesPerGroup = Math.max(MIN_INODES_PER_GROUP, roundUp(Math.ceil(inodes / groups), INODES_PER_BLOCK));
  const descriptorBlocks = Math.ceil(groups / DESCRIPTORS_PER_BLOCK);
  const reservedDescriptorBlocks = MAX_GROUPS / DESCRIPTORS_PER_BLOCK - descriptorBlocks;
  const backupGroups = groupsWithSuperblock(groups);
  const inodeTableBlocks = inodesPerGroup / INODES_PER_BLOCK;
  const backupBlocks = 1 + descriptorBlocks + reservedDescriptorBlocks;
  return {
    groups,
    inodesPerGroup,
    inodeTableBlocks,
    descriptorBlocks,
    reservedDescriptorBlocks,
    journalBlocks: journalBlocks(groups),
    backupGroups,
    ...placeTables(groups, inodeTableBlocks, backupGroups, backupBlocks),
  };
}

/** Blocks at the start of a group with a superblock: the superblock, the descriptor table and its reserved blocks. */
export function superblockRunBlocks(geometry: Geometry): number {
  return 1 + geometry.descriptorBlocks + geometry.reservedDescriptorBlocks;
}

/** All runs of blocks that hold the metadata of a geometry, ascending. */
export function metadataRuns(geometry: Geometry): readonly BlockRun[] {
  const length = superblockRunBlocks(geometry);
  const runs = geometry.backupGroups.map((group) => ({ start: group * BLOCKS_PER_GROUP, length }));
  for (let group = 0; group < geometry.groups; group++) {
    runs.push({ start: geometry.blockBitmap[group], length: 1 });
    runs.push({ start: geometry.inodeBitmap[group], length: 1 });
    runs.push({ start: geometry.inodeTable[group], length: geometry.inodeTableBlocks });
  }
  return runs.sort((a, b) => a.start - b.start);
}

/** sparse_super: groups 0 and 1 and the powers of 3, 5 and 7 have a superblock. */
function groupsWithSuperblock(groups: number): readonly number[] {
  const found = new Set([0, 1]);
  for (const base of [3, 5, 7]) {
    for (let power = base; power < groups; power *= base) {
      found.add(power);
    }
  }
  return [...found].filter((group) => group < groups).sort((a, b) => a - b);
}

/**
 * The journal sizes of mke2fs by the size of the filesystem, but between 16 and 128 MiB. Not less: to grow a mounted
 * filesystem, the kernel needs `reservedDescriptorBlocks + 8` credits in one transaction, which may take up to a quarter
 * of the journal.
 */
function journalBlocks(groups: number): number {
  if (groups <= 8) {
    return 4096;
  }
  if (groups <= 16) {
    return 8192;
  }
  return groups <= 128 ? 16_384 : 32_768;
}

/**
 * flex_bg: the bitmaps and inode tables of 16 groups are stored together at the start of the first of these groups, after
 * its superblock if it has one. A table that would overlap the superblock of a later group begins after that.
 */
function placeTables(
  groups: number,
  inodeTableBlocks: number,
  backupGroups: readonly number[],
  backupBlocks: number,
): Pick<Geometry, 'blockBitmap' | 'inodeBitmap' | 'inodeTable'> {
  const blockBitmap = new Uint32Array(new SharedArrayBuffer(groups * 4));
  const inodeBitmap = new Uint32Array(new SharedArrayBuffer(groups * 4));
  const inodeTable = new Uint32Array(new SharedArrayBuffer(groups * 4));
  const backups = new Set(backupGroups);
  let cursor = 0;

  /** Where the superblock run ends in the group in which a table of `length` blocks at the cursor would end. */
  const superblockEnd = (length: number): number => {
    const group = Math.floor((cursor + length - 1) / BLOCKS_PER_GROUP);
    return backups.has(group) ? group * BLOCKS_PER_GROUP + backupBlocks : 0;
  };
  const place = (length: number): number => {
    while (cursor < superblockEnd(length)) {
      cursor = superblockEnd(length);
    }
    const start = cursor;
    cursor += length;
    return start;
  };

  for (let first = 0; first < groups; first += GROUPS_PER_FLEX) {
    cursor = first * BLOCKS_PER_GROUP;
    const end = Math.min(first + GROUPS_PER_FLEX, groups);
    for (let group = first; group < end; group++) {
      blockBitmap[group] = place(1);
    }
    for (let group = first; group < end; group++) {
      inodeBitmap[group] = place(1);
    }
    for (let group = first; group < end; group++) {
      inodeTable[group] = place(inodeTableBlocks);
    }
  }
  return { blockBitmap, inodeBitmap, inodeTable };
}

function roundUp(value: number, unit: number): number {
  return Math.ceil(value / unit) * unit;
}
