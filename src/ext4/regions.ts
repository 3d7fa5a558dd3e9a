import {
  BLOCK_SIZE,
  BLOCKS_PER_GROUP,
  INODE,
  INODE_SIZE,
  INODES_PER_BLOCK,
  PRIMARY_SUPERBLOCK_OFFSET,
} from './format/constants.ts';
import { superblockRunBlocks } from './plan/geometry.ts';
import { NO_ENTRY } from './plan/inodes.ts';
import type { Ext4Plan } from './plan/plan.ts';
import { encodeExtentBlock } from './structures/extents.ts';
import { encodeBlockBitmap, encodeDescriptors, encodeInodeBitmap, usedTableBlocks } from './structures/groups.ts';
import {
  encodeInode,
  entryInodeFields,
  inodeChecksumSeed,
  journalInodeFields,
  resizeInodeFields,
} from './structures/inode.ts';
import { encodeReservedDescriptorBlock, encodeResizeBlock } from './structures/resize-inode.ts';
import { encodeSuperblock } from './structures/superblock.ts';
import type { FileTree } from './tree.ts';

/** A run of metadata blocks that no extent maps, and their encoder. */
export interface Region {
  readonly start: number;
  readonly length: number;
  /** Encodes block `index` of the run. If the result is shorter than a block, the rest is zero. */
  readonly encode: (index: number) => Uint8Array;
}

/** The regions of a planned filesystem, ascending. Blocks that are neither in a region nor in an extent are zero. */
export function metadataRegions(plan: Ext4Plan, tree: FileTree): readonly Region[] {
  const { geometry } = plan;
  const regions: Region[] = [
    ...superblockRegions(plan, tree),
    { start: plan.resizeBlock, length: 1, encode: () => encodeResizeBlock(geometry) },
    ...extentTreeRegions(plan),
  ];
  for (let group = 0; group < geometry.groups; group++) {
    regions.push(
      { start: geometry.blockBitmap[group], length: 1, encode: () => encodeBlockBitmap(plan, group) },
      { start: geometry.inodeBitmap[group], length: 1, encode: () => encodeInodeBitmap(plan, group) },
    );
    const length = usedTableBlocks(plan, group);
    if (length > 0) {
      const encode = (index: number): Uint8Array => encodeTableBlock(plan, tree, group, index);
      regions.push({ start: geometry.inodeTable[group], length, encode });
    }
  }
  return regions.sort((a, b) => a.start - b.start);
}

/** The superblock, the descriptor table and its reserved blocks, in each group that has them. */
function superblockRegions(plan: Ext4Plan, tree: FileTree): readonly Region[] {
  const { geometry } = plan;
  const { descriptorBlocks, reservedDescriptorBlocks } = geometry;
  const descriptors = once(() => encodeDescriptors(plan, tree));
  const freeBlocks = plan.freeRuns.reduce((sum, run) => sum + run.length, 0);
  const freeInodes = geometry.groups * geometry.inodesPerGroup - plan.inodes.last;

  return geometry.backupGroups.map((group) => ({
    start: group * BLOCKS_PER_GROUP,
    // The reserved blocks are zero in backup groups.
    length: group === 0 ? superblockRunBlocks(geometry) : superblockRunBlocks(geometry) - reservedDescriptorBlocks,
    encode: (index) => {
      if (index > descriptorBlocks) {
        return encodeReservedDescriptorBlock(geometry, index - 1 - descriptorBlocks);
      }
      if (index > 0) {
        return descriptors().subarray((index - 1) * BLOCK_SIZE, index * BLOCK_SIZE);
      }
      const superblock = encodeSuperblock(plan, group, freeBlocks, freeInodes);
      return group > 0 ? superblock : Buffer.concat([Buffer.alloc(PRIMARY_SUPERBLOCK_OFFSET), superblock]);
    },
  }));
}

function extentTreeRegions(plan: Ext4Plan): readonly Region[] {
  const { extents } = plan;
  return extents.trees.flatMap((tree) =>
    tree.levels.flatMap((nodes, level) =>
      nodes.map((node) => ({
        start: node.block,
        length: 1,
        encode: () => encodeExtentBlock(extents, { tree, node, level, seed: inodeChecksumSeed(plan, tree.inode) }),
      })),
    ),
  );
}

/** One block of an inode table. Reserved inodes are zero, except the root, resize and journal inodes. */
function encodeTableBlock(plan: Ext4Plan, tree: FileTree, group: number, index: number): Uint8Array {
  const block = Buffer.alloc(BLOCK_SIZE);
  const first = group * plan.geometry.inodesPerGroup + index * INODES_PER_BLOCK + 1;
  const end = Math.min(first + INODES_PER_BLOCK, plan.inodes.last + 1);
  for (let inode = first; inode < end; inode++) {
    const bytes = encodeInodeOf(plan, tree, inode);
    if (bytes !== undefined) {
      block.set(bytes, (inode - first) * INODE_SIZE);
    }
  }
  return block;
}

function encodeInodeOf(plan: Ext4Plan, tree: FileTree, inode: number): Buffer | undefined {
  if (inode === INODE.resize) {
    return encodeInode(plan, inode, resizeInodeFields(plan));
  }
  if (inode === INODE.journal) {
    return encodeInode(plan, inode, journalInodeFields(plan));
  }
  const entry = plan.inodes.entryOf[inode];
  return entry === NO_ENTRY ? undefined : encodeInode(plan, inode, entryInodeFields(plan, tree, inode, entry));
}

/** Calls `make` on first use, and returns its result from then on. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
