/**
 * Checks the bitmaps: their checksums, the bits beyond what they describe, and the counts of free blocks and inodes.
 *
 * Source: Linux `Documentation/filesystems/ext4/bitmaps.rst`; for the extent of the checksums `fs/ext4/bitmap.c`.
 */
import { BLOCK_SIZE, BLOCKS_PER_GROUP, GROUP_FLAG } from '../../format/constants.ts';
import { crc32c } from '../../format/crc32c.ts';
import { hex } from '../format-error.ts';
import type { Ext4Reader } from '../reader.ts';
import { groupBlocks } from '../volume/group-layout.ts';
import type { BlockSet } from './block-set.ts';
import { firstNonZeroByte } from './difference.ts';
import type { Findings } from './findings.ts';

/**
 * Reads the inode bitmap of a group and checks it; returns its 4096 bytes. One that is said not to be on disk, which
 * is a finding of its own (`auditSuperblock`), counts as empty.
 */
export function auditInodeBitmap(reader: Ext4Reader, group: number, findings: Findings): Uint8Array {
  const { inodesPerGroup, checksumSeed } = reader.superblock;
  const { inodeBitmap, inodeBitmapChecksum, freeInodes, flags } = reader.groups;
  if ((flags[group] & GROUP_FLAG.inodeUninit) !== 0) {
    return new Uint8Array(BLOCK_SIZE);
  }
  const bitmap = readBitmap(reader, inodeBitmap[group]);
  const computed = crc32c(checksumSeed, bitmap.subarray(0, inodesPerGroup / 8));
  if (inodeBitmapChecksum[group] !== computed) {
    findings.report(
      'inode-bitmap',
      `group ${group}: checksum is ${hex(computed)}, not ${hex(inodeBitmapChecksum[group])}`,
    );
  }
  const padding = bitmap.subarray(inodesPerGroup / 8).findIndex((byte) => byte !== 0xff);
  if (padding >= 0) {
    findings.report(
      'inode-bitmap',
      `group ${group}: bits beyond its inodes not all set, at byte ${inodesPerGroup / 8 + padding}`,
    );
  }
  const free = inodesPerGroup - countBits(bitmap.subarray(0, inodesPerGroup / 8));
  if (freeInodes[group] !== free) {
    findings.report('count', `group ${group}: its inode bitmap has ${free} free, its descriptor ${freeInodes[group]}`);
  }
  return bitmap;
}

/**
 * Compares a block bitmap with the blocks that have an owner, and checks that its free blocks are zero. One that is
 * said not to be on disk is a finding of its own (`auditSuperblock`).
 */
export function auditBlockBitmap(reader: Ext4Reader, group: number, owned: BlockSet, findings: Findings): void {
  const { blockBitmap, blockBitmapChecksum, freeBlocks, flags } = reader.groups;
  if ((flags[group] & GROUP_FLAG.blockUninit) !== 0) {
    return;
  }
  const bitmap = readBitmap(reader, blockBitmap[group]);
  const computed = crc32c(reader.superblock.checksumSeed, bitmap);
  if (blockBitmapChecksum[group] !== computed) {
    findings.report(
      'block-bitmap',
      `group ${group}: checksum is ${hex(computed)}, not ${hex(blockBitmapChecksum[group])}`,
    );
  }
  const free = BLOCKS_PER_GROUP - countBits(bitmap);
  if (freeBlocks[group] !== free) {
    findings.report('count', `group ${group}: its block bitmap has ${free} free, its descriptor ${freeBlocks[group]}`);
  }
  compareOwners(group, groupBlocks(reader.superblock, group), bitmap, owned.group(group), findings);
  auditFreeBlocks(reader, group, bitmap, findings);
}

/** Checks that the counts of the superblock are the sums of those of the groups. */
export function auditCounts(reader: Ext4Reader, findings: Findings): void {
  const { freeBlocks, freeInodes } = reader.superblock;
  const blocks = reader.groups.freeBlocks.reduce((sum, count) => sum + count, 0);
  const inodes = reader.groups.freeInodes.reduce((sum, count) => sum + count, 0);
  if (freeBlocks !== blocks) {
    findings.report('count', `free blocks: the groups have ${blocks}, the superblock ${freeBlocks}`);
  }
  if (freeInodes !== inodes) {
    findings.report('count', `free inodes: the groups have ${inodes}, the superblock ${freeInodes}`);
  }
}

/** Reports the first block of a group whose mark is wrong. */
function compareOwners(group: number, blocks: number, marked: Uint8Array, owned: Uint8Array, findings: Findings): void {
  const byte = marked.findIndex((bits, i) => bits !== owned[i]);
  if (byte < 0) {
    return;
  }
  const wrong = marked[byte] ^ owned[byte];
  const bit = 31 - Math.clz32(wrong & -wrong);
  const index = byte * 8 + bit;
  const block = group * BLOCKS_PER_GROUP + index;
  const used = ((marked[byte] >> bit) & 1) === 1;
  if (index >= blocks) {
    findings.report('block-bitmap', `group ${group}: bit ${index} beyond its blocks is not set`);
  } else if (used) {
    findings.report('ownership', `block ${block} is marked used and has no owner`);
  } else {
    findings.report('ownership', `block ${block} is marked free and has an owner`);
  }
}

function auditFreeBlocks(reader: Ext4Reader, group: number, bitmap: Uint8Array, findings: Findings): void {
  const blocks = groupBlocks(reader.superblock, group);
  const used = (index: number): boolean => ((bitmap[index >> 3] >> (index & 7)) & 1) === 1;
  for (let start = 0; start < blocks; start++) {
    if (used(start)) {
      continue;
    }
    let end = start + 1;
    while (end < blocks && !used(end)) {
      end++;
    }
    const at = firstNonZeroByte(reader, (group * BLOCKS_PER_GROUP + start) * BLOCK_SIZE, (end - start) * BLOCK_SIZE);
    if (at >= 0) {
      findings.report('free-block', `block ${Math.floor(at / BLOCK_SIZE)} is free but not zero at byte ${at}`);
    }
    start = end;
  }
}

function readBitmap(reader: Ext4Reader, block: number): Uint8Array {
  const bitmap = new Uint8Array(BLOCK_SIZE);
  reader.read(bitmap, block * BLOCK_SIZE);
  return bitmap;
}

function countBits(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) {
    for (let rest = byte; rest !== 0; rest &= rest - 1) {
      count++;
    }
  }
  return count;
}
