/**
 * The layout of the groups: which of them have a superblock, and their sizes.
 *
 * Source: Linux `Documentation/filesystems/ext4/blockgroup.rst` (sparse_super).
 */
import { BLOCKS_PER_GROUP } from '../../format/constants.ts';
import type { Superblock } from './superblock.ts';

/** Whether a group begins with a superblock, a descriptor table and its reserved blocks. */
export function hasSuperblock(group: number): boolean {
  return group <= 1 || isPower(group, 3) || isPower(group, 5) || isPower(group, 7);
}

/** The groups with a backup of the superblock, ascending. */
export function backupGroups(superblock: Superblock): readonly number[] {
  const groups: number[] = [];
  for (let group = 1; group < superblock.groups; group++) {
    if (hasSuperblock(group)) {
      groups.push(group);
    }
  }
  return groups;
}

/** Number of blocks of a superblock, the descriptor table and its reserved blocks. */
export function superblockRun(superblock: Superblock): number {
  return 1 + superblock.descriptorBlocks + superblock.reservedDescriptorBlocks;
}

/** Number of blocks of a group. The last group may have fewer than the others. */
export function groupBlocks(superblock: Superblock, group: number): number {
  return Math.min(BLOCKS_PER_GROUP, superblock.blocks - group * BLOCKS_PER_GROUP);
}

function isPower(value: number, base: number): boolean {
  let power = base;
  while (power < value) {
    power *= base;
  }
  return power === value;
}
