import { BLOCK_EXTENTS, EXTENT_MAX_BLOCKS, INODE_EXTENTS } from '../format/constants.ts';
import type { BlockCursor } from './free-space.ts';

/** All extents of a filesystem, ascending by physical block; those of one inode stand together. */
export interface ExtentTable {
  readonly count: number;
  /** First block on disk. */
  readonly physical: Uint32Array;
  /** First block within the file. */
  readonly logical: Uint32Array;
  /** Blocks; at most `EXTENT_MAX_BLOCKS`. */
  readonly length: Uint32Array;
  readonly inode: Uint32Array;
  /** By inode number: the index of its first extent, and how many it has. */
  readonly first: Uint32Array;
  readonly countOf: Uint32Array;
  /** The trees of inodes with more extents than the inode itself can hold, ascending by inode. */
  readonly trees: readonly ExtentTree[];
}

/** The blocks of an extent tree. `levels[0]` are the leaves; the inode points to the nodes of the last level. */
export interface ExtentTree {
  readonly inode: number;
  readonly levels: readonly (readonly ExtentNode[])[];
}

/** One block of an extent tree: `count` entries from index `first` of the table, or of the level below. */
export interface ExtentNode {
  readonly block: number;
  readonly first: number;
  readonly count: number;
}

export interface ExtentAllocator {
  /** Gives `blocks` blocks to an inode; false when the space ends first. */
  allocate(inode: number, blocks: number): boolean;
  /** The table of all that was allocated. */
  finish(): ExtentTable;
}

/**
 * Allocates blocks to one inode after the other, in the order of the disk. `inodes` is how many of them may get
 * blocks, `lastInode` the highest number; the tables are made for that many and for every break that can occur.
 */
export function createExtentAllocator(
  cursor: BlockCursor,
  inodes: number,
  lastInode: number,
  breaks: number,
): ExtentAllocator {
  const capacity = inodes + breaks;
  const table = {
    physical: sharedU32(capacity),
    logical: sharedU32(capacity),
    length: sharedU32(capacity),
    inode: sharedU32(capacity),
    first: sharedU32(lastInode + 1),
    countOf: sharedU32(lastInode + 1),
  };
  const trees: ExtentTree[] = [];
  let count = 0;

  return {
    allocate(inode, blocks) {
      table.first[inode] = count;
      for (let logical = 0; logical < blocks; ) {
        const run = cursor.take(Math.min(blocks - logical, EXTENT_MAX_BLOCKS));
        if (run === null) {
          return false;
        }
        table.physical[count] = run.start;
        table.logical[count] = logical;
        table.length[count] = run.length;
        table.inode[count] = inode;
        count++;
        logical += run.length;
      }
      table.countOf[inode] = count - table.first[inode];
      if (table.countOf[inode] <= INODE_EXTENTS) {
        return true;
      }
      const levels = allocateTree(cursor, table.first[inode], table.countOf[inode]);
      if (levels === null) {
        return false;
      }
      trees.push({ inode, levels });
      return true;
    },
    finish: () => ({ ...table, count, trees: trees.toSorted((a, b) => a.inode - b.inode) }),
  };
}

/** The extent tree of an inode, if it needs one. */
export function treeOf(extents: ExtentTable, inode: number): ExtentTree | undefined {
  return extents.countOf[inode] <= INODE_EXTENTS ? undefined : extents.trees.find((tree) => tree.inode === inode);
}

/** Blocks that the nodes of a tree take. */
export function nodeBlocks(tree: ExtentTree | undefined): number {
  return tree === undefined ? 0 : tree.levels.reduce((sum, level) => sum + level.length, 0);
}

/** The blocks of the tree stand right after the data they describe. */
function allocateTree(cursor: BlockCursor, first: number, count: number): readonly (readonly ExtentNode[])[] | null {
  const levels: ExtentNode[][] = [];
  let start = first;
  let entries = count;
  while (entries > INODE_EXTENTS) {
    const level: ExtentNode[] = [];
    for (let done = 0; done < entries; done += BLOCK_EXTENTS) {
      const run = cursor.take(1);
      if (run === null) {
        return null;
      }
      level.push({ block: run.start, first: start + done, count: Math.min(BLOCK_EXTENTS, entries - done) });
    }
    levels.push(level);
    start = 0;
    entries = level.length;
  }
  return levels;
}

function sharedU32(length: number): Uint32Array {
  return new Uint32Array(new SharedArrayBuffer(length * 4));
}
