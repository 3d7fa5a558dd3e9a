/**
 * What the superblock says about places: group starts and the groups that hold copies of the superblock.
 *
 * Source: Linux `Documentation/filesystems/ext4/blockgroup.rst` (sparse_super).
 */
import { BLOCKS_PER_GROUP } from '../../format/constants.ts';
import type { Superblock } from './superblock.ts';

/** Whether a group starts with the superblock, the descriptor table and the blocks reserved for its growth. */
export function hasSuperblock(group: number): boolean {
  return group <= 1 || isPower(group, 3) || isPower(group, 5) || isPower(group, 7);
}

/** The groups with a copy of the superblock, ascending, without group 0. */
export function backupGroups(superblock: Superblock): readonly number[] {
  const groups: number[] = [];
  for (let group = 1; group < superblock.groups; group++) {
    if (hasSuperblock(group)) {
      groups.push(group);
    }
  }
  return groups;
}

/** Blocks that a group with a superblock starts with: itself, the descriptors, and those reserved. */
export function superblockRun(superblock: Superblock): number {
  return 1 + superblock.descriptorBlocks + superblock.reservedDescriptorBlocks;
}

/** How many blocks a group has; the last one may have fewer than the others. */
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
