import { checkBounds } from '../../bytes/bounds.ts';
import { isZero } from '../../bytes/zero.ts';
import { BLOCK_SIZE } from '../format/constants.ts';
import { type Extent, walkExtents } from './extents.ts';
import { Ext4FormatError } from './format-error.ts';
import type { Inode } from './inode.ts';
import type { Volume } from './volume/volume.ts';

/** The contents of a regular file. */
export interface FileContents {
  /** Bytes of the file. */
  readonly size: number;
  /** `size` rounded up to whole blocks. */
  readonly paddedSize: number;
  /**
   * Fills `target` with the bytes from `position` on, and with zeros in holes. The bytes between `size` and `paddedSize` can
   * be read too. Throws a `RangeError` after that.
   */
  read(position: number, target: Uint8Array): void;
  /** Whether the bytes between `size` and `paddedSize` are zero. */
  tailIsZero(): boolean;
}

/**
 * Opens a regular file. Each extent is read with one call, directly into the target; sequential reads do not search the
 * extent tree again.
 */
export function openFile(volume: Volume, inode: Inode): FileContents {
  if (inode.kind !== 'file') {
    throw new Ext4FormatError({
      structure: 'inode',
      place: `inode ${inode.number}`,
      expected: 'a regular file',
      found: inode.kind,
    });
  }
  const { size } = inode;
  const paddedSize = Math.ceil(size / BLOCK_SIZE) * BLOCK_SIZE;
  const find = extentFinder(volume, inode);

  const read = (position: number, target: Uint8Array): void => {
    checkBounds({ offset: position, length: target.length }, paddedSize, 'a file');
    let done = 0;
    while (done < target.length) {
      const at = position + done;
      const extent = find(Math.floor(at / BLOCK_SIZE));
      const start = extent === undefined ? paddedSize : extent.logical * BLOCK_SIZE;
      if (extent === undefined || at < start) {
        const hole = target.subarray(done, done + start - at);
        hole.fill(0);
        done += hole.length;
      } else {
        const piece = target.subarray(done, done + start + extent.length * BLOCK_SIZE - at);
        volume.read(piece, extent.physical * BLOCK_SIZE + at - start);
        done += piece.length;
      }
    }
  };

  return {
    size,
    paddedSize,
    read,
    tailIsZero() {
      const bytes = tail.subarray(0, paddedSize - size);
      read(size, bytes);
      return isZero(bytes);
    },
  };
}

/** Shared by all files, because a buffer for each would be most of the memory of a walk. */
const tail = new Uint8Array(BLOCK_SIZE);

/** Returns a function that finds the extent of a block of the file, or the first extent after it. */
function extentFinder(volume: Volume, inode: Inode): (block: number) => Extent | undefined {
  let walk = walkExtents(volume, inode);
  // `current` is the result for the blocks from `start` to the end of the extent.
  let start = 0;
  let current = walk.next().value ?? undefined;
  const end = (): number => (current === undefined ? Number.POSITIVE_INFINITY : current.logical + current.length);

  return (block) => {
    if (block === end()) {
      start = block;
      current = walk.next().value ?? undefined;
    }
    if (block < start || block >= end()) {
      walk = walkExtents(volume, inode, { from: block });
      start = block;
      current = walk.next().value ?? undefined;
    }
    return current;
  };
}
