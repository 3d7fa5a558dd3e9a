/**
 * Checks the bitmaps: their checksums, the bits after the last block or inode, and the counts of free blocks and inodes.
 *
 * Source: Linux `Documentation/filesystems/ext4/bitmaps.rst`, and `fs/ext4/bitmap.c` for the ranges that checksums cover.
 */
import { BLOCK_SIZE, BLOCKS_PER_GROUP, GROUP_FLAG } from '../../format/constants.ts';
import { crc32c } from '../../format/crc32c.ts';
import { hex } from '../format-error.ts';
import type { Ext4Reader } from '../reader.ts';
import { groupBlocks } from '../volume/group-layout.ts';
import type { BlockSet } from './block-set.ts';
import { nonZeroInVolume } from './difference.ts';
import type { Findings } from './findings.ts';

/**
 * Reads the inode bitmap of a group, 4096 bytes, and checks it. A bitmap that is flagged as uninitialized, which
 * `auditSuperblock` reports, is returned as empty.
 */
export function auditInodeBitmap(reader: Ext4Reader, group: number, findings: Findings): Uint8Array {
  const { inodesPerGroup, checksumSeed } = reader.superblock;
  const { inodeBitmap, inodeBitmapChecksum, freeInodes, flags } = reader.groups;
  if ((flags[group] & GROUP_FLAG.inodeUninit) !== 0) {
    return new Uint8Array(BLOCK_SIZE);
  }
  const bitmap = readBitmap(reader, inodeBitmap[group]);
  const used = bitmap.subarray(0, inodesPerGroup / 8);
  const checksum = crc32c(checksumSeed, used);
  if (inodeBitmapChecksum[group] !== checksum) {
    const found = hex(inodeBitmapChecksum[group]);
    findings.report('inode-bitmap', `group ${group}: expected checksum ${hex(checksum)}, found ${found}`);
  }
  const free = inodesPerGroup - countBits(used);
  if (freeInodes[group] !== free) {
    findings.report('count', `group ${group}: expected bg_free_inodes_count ${free}, found ${freeInodes[group]}`);
  }
  const padding = bitmap.subarray(used.length).findIndex((byte) => byte !== 0xff);
  if (padding >= 0) {
    const at = used.length + padding;
    findings.report(
      'inode-bitmap',
      `group ${group}: expected 0xff after its last inode, at byte ${at}, found ${hex(bitmap[at])}`,
    );
  }
  return bitmap;
}

/**
 * Compares the block bitmap of a group with the blocks that have an owner, and checks that its free blocks are zero. Skips
 * a bitmap that is flagged as uninitialized, which `auditSuperblock` reports.
 */
export function auditBlockBitmap(reader: Ext4Reader, group: number, owned: BlockSet, findings: Findings): void {
  const { blockBitmap, blockBitmapChecksum, freeBlocks, flags } = reader.groups;
  if ((flags[group] & GROUP_FLAG.blockUninit) !== 0) {
    return;
  }
  const bitmap = readBitmap(reader, blockBitmap[group]);
  const checksum = crc32c(reader.superblock.checksumSeed, bitmap);
  if (blockBitmapChecksum[group] !== checksum) {
    const found = hex(blockBitmapChecksum[group]);
    findings.report('block-bitmap', `group ${group}: expected checksum ${hex(checksum)}, found ${found}`);
  }
  const free = BLOCKS_PER_GROUP - countBits(bitmap);
  if (freeBlocks[group] !== free) {
    findings.report('count', `group ${group}: expected bg_free_blocks_count ${free}, found ${freeBlocks[group]}`);
  }
  auditOwners(reader, group, { bitmap, owned: owned.group(group) }, findings);
  auditFreeBlocks(reader, group, bitmap, findings);
}

/** Checks that the counts of the superblock are the sums of those of the groups. */
export function auditCounts(reader: Ext4Reader, findings: Findings): void {
  const { freeBlocks, freeInodes } = reader.superblock;
  const blocks = reader.groups.freeBlocks.reduce((sum, count) => sum + count, 0);
  const inodes = reader.groups.freeInodes.reduce((sum, count) => sum + count, 0);
  if (freeBlocks !== blocks) {
    findings.report('count', `s_free_blocks_count: expected ${blocks}, the sum of all groups, found ${freeBlocks}`);
  }
  if (freeInodes !== inodes) {
    findings.report('count', `s_free_inodes_count: expected ${inodes}, the sum of all groups, found ${freeInodes}`);
  }
}

/** Reports the first bit of a block bitmap that differs from the owners. */
function auditOwners(
  reader: Ext4Reader,
  group: number,
  { bitmap, owned }: { readonly bitmap: Uint8Array; readonly owned: Uint8Array },
  findings: Findings,
): void {
  const byte = bitmap.findIndex((bits, i) => bits !== owned[i]);
  if (byte < 0) {
    return;
  }
  const wrong = bitmap[byte] ^ owned[byte];
  const bit = 31 - Math.clz32(wrong & -wrong);
  const index = byte * 8 + bit;
  const block = group * BLOCKS_PER_GROUP + index;
  const isUsed = ((bitmap[byte] >> bit) & 1) === 1;
  if (index >= groupBlocks(reader.superblock, group)) {
    findings.report('block-bitmap', `group ${group}: expected bit ${index}, after its last block, to be 1, found 0`);
  } else if (isUsed) {
    findings.report('ownership', `block ${block}: expected an owner, since it is marked as used, found none`);
  } else {
    findings.report('ownership', `block ${block}: expected no owner, since it is marked as free, found one`);
  }
}

function auditFreeBlocks(reader: Ext4Reader, group: number, bitmap: Uint8Array, findings: Findings): void {
  const blocks = groupBlocks(reader.superblock, group);
  const isUsed = (index: number): boolean => ((bitmap[index >> 3] >> (index & 7)) & 1) === 1;
  let start = 0;
  while (start < blocks) {
    if (isUsed(start)) {
      start++;
      continue;
    }
    let end = start + 1;
    while (end < blocks && !isUsed(end)) {
      end++;
    }
    const first = group * BLOCKS_PER_GROUP + start;
    const used = nonZeroInVolume(reader, { offset: first * BLOCK_SIZE, length: (end - start) * BLOCK_SIZE });
    if (used !== undefined) {
      findings.report('free-block', `free blocks ${first} to ${first + end - start - 1}: ${used}`);
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
