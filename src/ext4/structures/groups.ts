/**
 * Bitmaps and group descriptors. All blocks are used except those in a free run, and all inodes up to the last numbered one.
 *
 * Source: Linux `Documentation/filesystems/ext4/{bitmaps,group_descr}.rst`, and `fs/ext4/bitmap.c` for the range that the
 * checksum of an inode bitmap covers (not "the entire bitmap").
 */
import {
  BLOCK_SIZE,
  BLOCKS_PER_GROUP,
  DESCRIPTOR_SIZE,
  GROUP_FLAG,
  INODES_PER_BLOCK,
  MODE,
} from '../format/constants.ts';
import { crc32c, crc32cOfU32 } from '../format/crc32c.ts';
import { GROUP_DESCRIPTOR as FIELD } from '../format/offsets.ts';
import { NO_ENTRY } from '../plan/inodes.ts';
import type { Ext4Plan } from '../plan/plan.ts';
import type { FileTree } from '../tree.ts';
import { writeSplit16, writeSplit32 } from './fields.ts';

/** The descriptor table, which follows every superblock: `descriptorBlocks` blocks. */
export function encodeDescriptors(plan: Ext4Plan, tree: FileTree): Buffer {
  const { geometry } = plan;
  const table = Buffer.alloc(geometry.descriptorBlocks * BLOCK_SIZE);
  const seed = crc32c(0xffffffff, plan.uuid);
  const directories = countDirectories(plan, tree);
  for (let group = 0; group < geometry.groups; group++) {
    const descriptor = table.subarray(group * DESCRIPTOR_SIZE, (group + 1) * DESCRIPTOR_SIZE);
    const freeInodes = geometry.inodesPerGroup - usedInodes(plan, group);
    writeSplit32(descriptor, geometry.blockBitmap[group], FIELD.blockBitmapLo, FIELD.blockBitmapHi);
    writeSplit32(descriptor, geometry.inodeBitmap[group], FIELD.inodeBitmapLo, FIELD.inodeBitmapHi);
    writeSplit32(descriptor, geometry.inodeTable[group], FIELD.inodeTableLo, FIELD.inodeTableHi);
    writeSplit16(descriptor, freeBlocks(plan, group), FIELD.freeBlocksCountLo, FIELD.freeBlocksCountHi);
    writeSplit16(descriptor, freeInodes, FIELD.freeInodesCountLo, FIELD.freeInodesCountHi);
    writeSplit16(descriptor, directories[group], FIELD.usedDirsCountLo, FIELD.usedDirsCountHi);
    writeSplit16(descriptor, freeInodes, FIELD.itableUnusedLo, FIELD.itableUnusedHi);
    writeSplit16(
      descriptor,
      crc32c(seed, encodeBlockBitmap(plan, group)),
      FIELD.blockBitmapCsumLo,
      FIELD.blockBitmapCsumHi,
    );
    const inodeBitmap = encodeInodeBitmap(plan, group).subarray(0, geometry.inodesPerGroup / 8);
    writeSplit16(descriptor, crc32c(seed, inodeBitmap), FIELD.inodeBitmapCsumLo, FIELD.inodeBitmapCsumHi);
    // Unused parts of the inode tables are zero, so the kernel does not have to write them on first boot.
    descriptor.writeUInt16LE(GROUP_FLAG.inodeZeroed, FIELD.flags);
    descriptor.writeUInt16LE(crc32c(crc32cOfU32(seed, group), descriptor) & 0xffff, FIELD.checksum);
  }
  return table;
}

/** The block bitmap of a group. Bits after the end of the filesystem are set. */
export function encodeBlockBitmap(plan: Ext4Plan, group: number): Buffer {
  const bitmap = Buffer.alloc(BLOCK_SIZE, 0xff);
  const start = group * BLOCKS_PER_GROUP;
  for (const run of plan.freeRuns) {
    const from = Math.max(run.start - start, 0);
    const to = Math.min(run.start + run.length - start, BLOCKS_PER_GROUP);
    if (from < to) {
      clearBits(bitmap, from, to);
    }
  }
  return bitmap;
}

/** The inode bitmap of a group. Bits after its last inode are set. */
export function encodeInodeBitmap(plan: Ext4Plan, group: number): Buffer {
  const bitmap = Buffer.alloc(BLOCK_SIZE, 0xff);
  clearBits(bitmap, usedInodes(plan, group), plan.geometry.inodesPerGroup);
  return bitmap;
}

/** Number of inodes in use in a group, which are its first ones. */
function usedInodes({ geometry, inodes }: Ext4Plan, group: number): number {
  return Math.min(Math.max(inodes.last - group * geometry.inodesPerGroup, 0), geometry.inodesPerGroup);
}

/** Number of blocks of a group's inode table with inodes in use. */
export function usedTableBlocks(plan: Ext4Plan, group: number): number {
  return Math.ceil(usedInodes(plan, group) / INODES_PER_BLOCK);
}

function freeBlocks(plan: Ext4Plan, group: number): number {
  const start = group * BLOCKS_PER_GROUP;
  let free = 0;
  for (const run of plan.freeRuns) {
    const from = Math.max(run.start, start);
    const to = Math.min(run.start + run.length, start + BLOCKS_PER_GROUP);
    if (from < to) {
      free += to - from;
    }
  }
  return free;
}

function countDirectories({ geometry, inodes }: Ext4Plan, tree: FileTree): Uint32Array {
  const directories = new Uint32Array(geometry.groups);
  for (let inode = 1; inode <= inodes.last; inode++) {
    const entry = inodes.entryOf[inode];
    if (entry === NO_ENTRY || (tree.mode[entry] & MODE.typeMask) !== MODE.directory) {
      continue;
    }
    directories[Math.floor((inode - 1) / geometry.inodesPerGroup)]++;
  }
  return directories;
}

/** Clears the bits `from .. to` of a bitmap. */
function clearBits(bitmap: Buffer, from: number, to: number): void {
  let bit = from;
  for (; bit < to && bit % 8 !== 0; bit++) {
    bitmap[bit >> 3] &= ~(1 << (bit & 7));
  }
  const bytes = Math.floor((to - bit) / 8);
  bitmap.fill(0, bit >> 3, (bit >> 3) + bytes);
  for (bit += 8 * bytes; bit < to; bit++) {
    bitmap[bit >> 3] &= ~(1 << (bit & 7));
  }
}
