import { BLOCK_SIZE, FAST_SYMLINK_LIMIT, INODE_FLAG, SYMLINK_MAX } from '../format/constants.ts';
import { walkExtents } from './extents.ts';
import { formatError } from './format-error.ts';
import type { Inode } from './inode.ts';
import type { Volume } from './volume/volume.ts';

/** Reads the target of a symlink: 1 to 4095 bytes without a NUL. */
export function readSymlink(volume: Volume, inode: Inode): Buffer {
  const { kind, size, flags } = inode;
  if (kind !== 'symlink') {
    throw fault(inode, 'a symlink', kind);
  }
  if (size < 1 || size > SYMLINK_MAX) {
    throw fault(inode, `a target of 1 to ${SYMLINK_MAX} bytes`, `${size}`);
  }
  const fast = size < FAST_SYMLINK_LIMIT;
  if (fast && (flags & INODE_FLAG.extents) !== 0) {
    throw fault(inode, 'a short target in the inode', 'an extent tree');
  }

  const target = (fast ? Buffer.from(inode.block) : readSymlinkBlock(volume, inode)).subarray(0, size);
  const end = target.indexOf(0);
  if (end >= 0) {
    throw fault(inode, `${size} bytes without NUL`, `a NUL at ${end}`);
  }
  return target;
}

/** Reads the block that holds the target of a symlink of 60 bytes or more. */
export function readSymlinkBlock(volume: Volume, inode: Inode): Buffer {
  const [extent] = walkExtents(volume, inode);
  if (extent === undefined) {
    throw fault(inode, 'a block with the target', 'none');
  }
  const block = Buffer.alloc(BLOCK_SIZE);
  volume.read(block, extent.physical * BLOCK_SIZE);
  return block;
}

function fault(inode: Inode, expected: string, found: string): Error {
  return formatError({ structure: 'symlink', place: `inode ${inode.number}`, expected, found });
}
