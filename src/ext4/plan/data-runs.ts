import { firstAfter } from '../../bytes/search.ts';
import { BLOCK_SIZE } from '../format/constants.ts';
import type { FileTree } from '../tree.ts';
import type { BlockRun } from './geometry.ts';

/** The runs of blocks of a regular file that have data, ascending. All other blocks up to its size are holes. */
export function dataRuns(tree: FileTree, entry: number): readonly BlockRun[] {
  return sparseRuns(tree, entry) ?? wholeRun(Math.ceil(tree.size[entry] / BLOCK_SIZE));
}

/** The number of blocks of a regular file that have data. */
export function dataBlocks(tree: FileTree, entry: number): number {
  const runs = sparseRuns(tree, entry);
  return runs === undefined
    ? Math.ceil(tree.size[entry] / BLOCK_SIZE)
    : runs.reduce((sum, { length }) => sum + length, 0);
}

/** As `dataRuns`; `undefined` for an entry without holes. */
export function sparseRuns({ sparse }: FileTree, entry: number): readonly BlockRun[] | undefined {
  const { entry: entries, firstRun, start, length } = sparse;
  const at = firstAfter(entries.length, (i) => entries[i], entry) - 1;
  if (at < 0 || entries[at] !== entry) {
    return undefined;
  }
  const first = firstRun[at];
  return Array.from({ length: firstRun[at + 1] - first }, (_, i) => ({
    start: start[first + i],
    length: length[first + i],
  }));
}

/** The run of all blocks of an inode without holes. */
export function wholeRun(blocks: number): readonly BlockRun[] {
  return blocks === 0 ? [] : [{ start: 0, length: blocks }];
}
