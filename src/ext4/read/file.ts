import { isZero } from '../../bytes/zero.ts';
import { BLOCK_SIZE } from '../format/constants.ts';
import { type Extent, walkExtents } from './extents.ts';
import { formatError } from './format-error.ts';
import type { Inode } from './inode.ts';
import type { Volume } from './volume/volume.ts';

/** The contents of a regular file. */
export interface FileContents {
  /** Bytes of the file. */
  readonly size: number;
  /** Bytes of its blocks, holes counted: the size rounded up to 4 KiB. */
  readonly paddedSize: number;
  /**
   * Fills `target` from byte `position`, holes as zeros, up to `paddedSize`: who reads all of a file sees the bytes
   * after its end, which must be zero, without a second read. Throws a `RangeError` beyond that.
   */
  read(position: number, target: Uint8Array): void;
  /** Whether the bytes between the end of the file and the end of its last block are zero. */
  tailIsZero(): boolean;
}

/**
 * Opens a regular file. Reads go straight into the target, one for each extent; going on where the last one
 * ended costs no search.
 */
export function openFile(volume: Volume, inode: Inode): FileContents {
  if (inode.kind !== 'file') {
    throw formatError({
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
    if (!(position >= 0 && position + target.length <= paddedSize)) {
      throw new RangeError(`${target.length} bytes at ${position} leave the ${paddedSize} of inode ${inode.number}`);
    }
    for (let done = 0; done < target.length; ) {
      const at = position + done;
      const extent = find(Math.floor(at / BLOCK_SIZE));
      const start = (extent?.logical ?? Number.POSITIVE_INFINITY) * BLOCK_SIZE;
      const hole = at < start || extent === undefined;
      const end = extent === undefined ? paddedSize : hole ? start : start + extent.length * BLOCK_SIZE;
      const piece = target.subarray(done, Math.min(target.length, done + end - at));
      if (hole) {
        piece.fill(0);
      } else {
        volume.read(piece, extent.physical * BLOCK_SIZE + at - start);
      }
      done += piece.length;
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

/** Of the file that is looked at right now: one for each would be most of the memory that a walk takes. */
const tail = new Uint8Array(BLOCK_SIZE);

/** Finds the extent that holds a block of the file, or else the next one after it. */
function extentFinder(volume: Volume, inode: Inode): (block: number) => Extent | undefined {
  let walk = walkExtents(volume, inode);
  // `current` is the answer for the blocks from `start` to its end.
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
