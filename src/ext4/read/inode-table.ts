import { keepLast } from '../../bytes/keep-last.ts';
import { BLOCK_SIZE, INODE_SIZE } from '../format/constants.ts';
import { Ext4FormatError } from './format-error.ts';
import type { Volume } from './volume/volume.ts';

/** Returns the 256 bytes of an inode, which are valid until the next call. */
export type InodeTable = (number: number) => Uint8Array;

const PAGE_INODES = 256;
const PAGE_BYTES = PAGE_INODES * INODE_SIZE;
const MAX_PAGES = 32;

/**
 * Opens the inode tables of a filesystem. They are read in pages of 64 KiB, of which 32 are cached: a walk of the tree reads
 * neighbouring inodes, and a system call for each would cost more than everything else.
 */
export function openInodeTable(volume: Volume): InodeTable {
  const { inodes, inodesPerGroup, inodeTableBlocks } = volume.superblock;
  const pagesPerGroup = Math.ceil(inodesPerGroup / PAGE_INODES);
  // Pages are reused, because new ones would be most of the memory that a walk allocates.
  const spare: Uint8Array[] = [];
  const load = (key: number): Uint8Array => {
    const page = spare.pop() ?? new Uint8Array(PAGE_BYTES);
    const group = Math.floor(key / pagesPerGroup);
    const start = (key % pagesPerGroup) * PAGE_BYTES;
    const length = Math.min(PAGE_BYTES, inodeTableBlocks * BLOCK_SIZE - start);
    volume.read(page.subarray(0, length), volume.groups.inodeTable[group] * BLOCK_SIZE + start);
    return page;
  };
  const pages = keepLast(MAX_PAGES, load, (page) => spare.push(page));
  let lastKey = -1;
  let lastPage: Uint8Array = new Uint8Array(0);

  return (number) => {
    if (!Number.isInteger(number) || number < 1 || number > inodes) {
      throw new Ext4FormatError({
        structure: 'inode table',
        place: `inode ${number}`,
        expected: `a number from 1 to ${inodes}`,
        found: `${number}`,
      });
    }
    const group = Math.floor((number - 1) / inodesPerGroup);
    const index = (number - 1) % inodesPerGroup;
    const key = group * pagesPerGroup + Math.floor(index / PAGE_INODES);
    if (key !== lastKey) {
      lastPage = pages.get(key);
      lastKey = key;
    }
    const at = (index % PAGE_INODES) * INODE_SIZE;
    return lastPage.subarray(at, at + INODE_SIZE);
  };
}
