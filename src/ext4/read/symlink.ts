import { BLOCK_SIZE, FAST_SYMLINK_LIMIT, INODE_FLAG, SYMLINK_MAX } from '../format/constants.ts';
import { walkExtents } from './extents.ts';
import { Ext4FormatError } from './format-error.ts';
import type { Inode } from './inode.ts';
import type { Volume } from './volume/volume.ts';

/** Reads the target of a symlink: 1 to 4095 bytes without NUL. */
export function readSymlink(volume: Volume, inode: Inode): Buffer {
  const { kind, size, flags } = inode;
  if (kind !== 'symlink') {
    throw fault(inode, 'a symlink', kind);
  }
  if (size < 1 || size > SYMLINK_MAX) {
    throw fault(inode, `a target of 1 to ${SYMLINK_MAX} bytes`, `${size}`);
  }
  const isFast = size < FAST_SYMLINK_LIMIT;
  if (isFast && (flags & INODE_FLAG.extents) !== 0) {
    throw fault(inode, `a target of ${size} bytes in the inode`, 'an extent tree');
  }

  const target = (isFast ? Buffer.from(inode.block) : readSymlinkBlock(volume, inode)).subarray(0, size);
  const end = target.indexOf(0);
  if (end >= 0) {
    throw fault(inode, `a target of ${size} bytes without NUL`, `a NUL at byte ${end}`);
  }
  return target;
}

/** Reads the block with the target of a symlink of 60 bytes or more. */
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
  return new Ext4FormatError({ structure: 'symlink', place: `inode ${inode.number}`, expected, found });
}
