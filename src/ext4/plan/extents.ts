import { firstAfter } from '../../bytes/search.ts';
import { BLOCK_EXTENTS, EXTENT_MAX_BLOCKS, INODE_EXTENTS } from '../format/constants.ts';
import type { BlockCursor } from './free-space.ts';
import type { BlockRun } from './geometry.ts';

/** All extents of a filesystem, ascending by physical block; those of one inode are contiguous. */
export interface ExtentTable {
  readonly count: number;
  /** First block in the filesystem. */
  readonly physical: Uint32Array;
  /** First block within the file. */
  readonly logical: Uint32Array;
  /** Blocks; at most `EXTENT_MAX_BLOCKS`. */
  readonly length: Uint32Array;
  readonly inode: Uint32Array;
  /** By inode number: the index of its first extent, and its number of extents. */
  readonly first: Uint32Array;
  readonly countOf: Uint32Array;
  /** The trees of inodes with more extents than fit in the inode, ascending by inode number. */
  readonly trees: readonly ExtentTree[];
}

/** The blocks of an extent tree. `levels[0]` has the leaves; the inode points to the nodes of the last level. */
export interface ExtentTree {
  readonly inode: number;
  readonly levels: readonly (readonly ExtentNode[])[];
}

/** One block of an extent tree, with `count` entries: from index `first` of the extent table, or of the level below. */
export interface ExtentNode {
  readonly block: number;
  readonly first: number;
  readonly count: number;
}

/** Allocates blocks to inodes. */
export interface ExtentAllocator {
  /**
   * Allocates blocks to the runs of a file, which ascend with holes between them, and blocks for its extent tree. Returns
   * false if there is too little space.
   */
  allocate(inode: number, runs: readonly BlockRun[]): boolean;
  /** Returns the table of all allocated extents. */
  finish(): ExtentTable;
}

/**
 * Creates an allocator that takes the blocks of one inode after the other from `cursor`.
 *
 * @param runs the most runs that blocks are allocated to.
 * @param lastInode the highest inode number.
 * @param breaks the most extents beyond one for each run.
 */
export function createExtentAllocator(
  cursor: BlockCursor,
  runs: number,
  lastInode: number,
  breaks: number,
): ExtentAllocator {
  const table = createTable(runs + breaks, lastInode);
  const trees: ExtentTree[] = [];
  let count = 0;

  const allocateRun = (inode: number, { start, length }: BlockRun): boolean => {
    let done = 0;
    while (done < length) {
      const run = cursor.take(Math.min(length - done, EXTENT_MAX_BLOCKS));
      if (run === undefined) {
        return false;
      }
      table.physical[count] = run.start;
      table.logical[count] = start + done;
      table.length[count] = run.length;
      table.inode[count] = inode;
      count++;
      done += run.length;
    }
    return true;
  };

  return {
    allocate(inode, dataRuns) {
      table.first[inode] = count;
      if (!dataRuns.every((run) => allocateRun(inode, run))) {
        return false;
      }
      table.countOf[inode] = count - table.first[inode];
      if (table.countOf[inode] <= INODE_EXTENTS) {
        return true;
      }
      const levels = allocateTree(cursor, table.first[inode], table.countOf[inode]);
      if (levels === undefined) {
        return false;
      }
      trees.push({ inode, levels });
      return true;
    },
    finish: () => ({ ...table, count, trees: trees.toSorted((a, b) => a.inode - b.inode) }),
  };
}

function createTable(capacity: number, lastInode: number): Omit<ExtentTable, 'count' | 'trees'> {
  return {
    physical: sharedU32(capacity),
    logical: sharedU32(capacity),
    length: sharedU32(capacity),
    inode: sharedU32(capacity),
    first: sharedU32(lastInode + 1),
    countOf: sharedU32(lastInode + 1),
  };
}

/** The extent tree of an inode; `undefined` if its extents fit in the inode. */
export function treeOf(extents: ExtentTable, inode: number): ExtentTree | undefined {
  const { countOf, trees } = extents;
  return countOf[inode] <= INODE_EXTENTS
    ? undefined
    : trees[firstAfter(trees.length, (at) => trees[at].inode, inode) - 1];
}

/** Number of blocks of a tree. */
export function nodeBlocks(tree: ExtentTree | undefined): number {
  return tree === undefined ? 0 : tree.levels.reduce((sum, level) => sum + level.length, 0);
}

/** Allocates the blocks of a tree, right after the data that they map; `undefined` if there is too little space. */
function allocateTree(cursor: BlockCursor, first: number, count: number): ExtentTree['levels'] | undefined {
  const levels: ExtentNode[][] = [];
  let start = first;
  let entries = count;
  while (entries > INODE_EXTENTS) {
    const level: ExtentNode[] = [];
    for (let done = 0; done < entries; done += BLOCK_EXTENTS) {
      const run = cursor.take(1);
      if (run === undefined) {
        return undefined;
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
