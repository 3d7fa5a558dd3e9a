/**
 * Finds the holes of a file. Node.js has no SEEK_HOLE, so this does what GNU tar does with --hole-detection=raw and cp where
 * the system has none: a file that has less space on disk than its size needs is read, and blocks of zeros are holes.
 */
import { closeSync, type Stats } from 'node:fs';
import { readFully } from '../../bytes/read-fully.ts';
import { cutRanges, PIECE_BYTES, SECTOR_SIZE } from '../../bytes/source.ts';
import { isZero } from '../../bytes/zero.ts';
import { BLOCK_SIZE } from '../../ext4/format/constants.ts';
import type { DataRuns } from '../../ext4/tree.ts';
import { changeOf, identityOf } from '../../host/identity.ts';
import { openWithoutLinks } from '../../host/open.ts';
import { STORE_DIRECTORY } from '../../nix/store-path.ts';
import { printable } from '../../text/printable.ts';
import { changedFileError } from '../source-error.ts';

/** Whether a regular file has less space on disk than its size needs. `st_blocks` counts sectors (stat(3type)). */
export function hasHoles({ blocks, size }: Pick<Stats, 'blocks' | 'size'>): boolean {
  return blocks * SECTOR_SIZE < size;
}

/**
 * Reads a whole file, and returns the runs of blocks that are not all zeros. Throws a `UserError` if it is no longer the file
 * of `stats`, and an error of the system if it cannot be read.
 */
export function readDataRuns(path: Buffer, stats: Stats): DataRuns {
  using stack = new DisposableStack();
  const descriptor = stack.adopt(openWithoutLinks(path, STORE_DIRECTORY), closeSync);
  const checkUnchanged = (): void => {
    const how = changeOf(descriptor, identityOf(stats));
    if (how !== undefined) {
      throw changedFileError(printable(path), how);
    }
  };
  checkUnchanged();
  try {
    return findRuns(descriptor, stats.size, printable(path));
  } finally {
    checkUnchanged();
  }
}

function findRuns(descriptor: number, size: number, path: string): DataRuns {
  const start: number[] = [];
  const length: number[] = [];
  const buffer = Buffer.allocUnsafe(PIECE_BYTES);
  let end = -1;
  for (const piece of cutRanges(size, PIECE_BYTES)) {
    const bytes = buffer.subarray(0, piece.length);
    readFully(descriptor, bytes, piece.offset, path);
    if (isZero(bytes)) {
      continue;
    }
    for (const { offset, length: blockBytes } of cutRanges(bytes.length, BLOCK_SIZE)) {
      if (isZero(bytes.subarray(offset, offset + blockBytes))) {
        continue;
      }
      const block = (piece.offset + offset) / BLOCK_SIZE;
      if (block === end) {
        length[length.length - 1]++;
      } else {
        start.push(block);
        length.push(1);
      }
      end = block + 1;
    }
  }
  return { start: Uint32Array.from(start), length: Uint32Array.from(length) };
}
