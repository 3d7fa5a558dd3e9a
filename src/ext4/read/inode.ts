/**
 * Decodes an inode.
 *
 * Source: Linux `Documentation/filesystems/ext4/inodes.rst`, struct `ext4_inode`.
 */

import { isZero } from '../../bytes/zero.ts';
import { EXTRA_ISIZE, FILE_SIZE_MAX, INODE_FLAG, MODE } from '../format/constants.ts';
import { INODE_FIELD } from '../format/offsets.ts';
import { inodeChecksum, inodeSeed } from './checksum.ts';
import { Ext4FormatError, hex } from './format-error.ts';

/** The types of files that this project writes. */
export type FileKind = 'file' | 'directory' | 'symlink';

/** A decoded inode. */
export interface Inode {
  readonly number: number;
  /** `none` for an inode without a file: unused or reserved. */
  readonly kind: FileKind | 'none';
  /** Type and permission bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Bytes. */
  readonly size: number;
  readonly links: number;
  /** Sectors of its data blocks and extent nodes. */
  readonly sectors: number;
  readonly flags: number;
  readonly generation: number;
  /** Times are in seconds since 1970, as unsigned 32-bit numbers. */
  readonly atime: number;
  readonly ctime: number;
  readonly mtime: number;
  readonly crtime: number;
  /** `i_block`, 60 bytes: the root of the extent tree, a block map, or a symlink's target. */
  readonly block: Uint8Array;
}

/** Fields that are zero in all images of this project, and therefore not in the shared table. */
const FILE_ACL = { lo: 0x68, hi: 0x76 } as const;
const KNOWN_FLAGS = INODE_FLAG.index | INODE_FLAG.extents;

/**
 * Decodes the 256 bytes of inode `number` and verifies its checksum. An inode of zeros has never been used. Throws an
 * `Ext4FormatError` for anything that this project does not write: devices, extended attributes, inline data, other flags.
 */
export function decodeInode(raw: Uint8Array, number: number, filesystemSeed: number): Inode {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const mode = view.getUint16(INODE_FIELD.mode, true);
  const generation = view.getUint32(INODE_FIELD.generation, true);
  if (mode !== 0 || !isZero(raw)) {
    verify(raw, view, number, inodeSeed(filesystemSeed, number, generation));
  }

  const inode: Inode = {
    number,
    kind: kindOf(mode, number),
    mode,
    uid: view.getUint16(INODE_FIELD.uidLo, true) + view.getUint16(INODE_FIELD.uidHi, true) * 0x10000,
    gid: view.getUint16(INODE_FIELD.gidLo, true) + view.getUint16(INODE_FIELD.gidHi, true) * 0x10000,
    size: view.getUint32(INODE_FIELD.sizeLo, true) + view.getUint32(INODE_FIELD.sizeHi, true) * 2 ** 32,
    links: view.getUint16(INODE_FIELD.linksCount, true),
    sectors: view.getUint32(INODE_FIELD.blocksLo, true) + view.getUint16(INODE_FIELD.blocksHi, true) * 2 ** 32,
    flags: view.getUint32(INODE_FIELD.flags, true),
    generation,
    atime: view.getUint32(INODE_FIELD.atime, true),
    ctime: view.getUint32(INODE_FIELD.ctime, true),
    mtime: view.getUint32(INODE_FIELD.mtime, true),
    crtime: view.getUint32(INODE_FIELD.crtime, true),
    block: raw.slice(INODE_FIELD.block, INODE_FIELD.block + 60),
  };
  if (inode.size > FILE_SIZE_MAX) {
    throw fault(number, `a size of at most ${FILE_SIZE_MAX} bytes`, `${inode.size}`);
  }
  if (inode.kind !== 'none') {
    checkProfile(inode, view);
  }
  return inode;
}

function verify(raw: Uint8Array, view: DataView, number: number, seed: number): void {
  const extra = view.getUint16(INODE_FIELD.extraIsize, true);
  const computed = inodeChecksum(seed, raw);
  const low = view.getUint16(INODE_FIELD.checksumLo, true);
  const high = view.getUint16(INODE_FIELD.checksumHi, true);
  // Reserved inodes of mke2fs have no extra fields, and therefore only the lower half of the checksum.
  const expected = extra === 0 ? computed & 0xffff : computed;
  const stored = low + high * 0x10000;
  if (stored !== expected) {
    throw fault(number, `checksum ${hex(expected)}`, hex(stored));
  }
}

function checkProfile(inode: Inode, view: DataView): void {
  const { number, flags } = inode;
  const extra = view.getUint16(INODE_FIELD.extraIsize, true);
  if (extra !== EXTRA_ISIZE) {
    throw fault(number, `i_extra_isize ${EXTRA_ISIZE}`, `${extra}`);
  }
  if ((flags & ~KNOWN_FLAGS) !== 0) {
    throw fault(number, `no i_flags except ${hex(KNOWN_FLAGS)}`, hex(flags));
  }
  const attributes = view.getUint32(FILE_ACL.lo, true) + view.getUint16(FILE_ACL.hi, true) * 2 ** 32;
  if (attributes !== 0) {
    throw fault(number, 'no extended attributes', `block ${attributes}`);
  }
}

function kindOf(mode: number, number: number): Inode['kind'] {
  if (mode === 0) {
    return 'none';
  }
  const type = mode & MODE.typeMask;
  if (type === MODE.regular) {
    return 'file';
  }
  if (type === MODE.directory) {
    return 'directory';
  }
  if (type === MODE.symlink) {
    return 'symlink';
  }
  throw fault(number, 'a regular file, directory or symlink', `mode 0${mode.toString(8)}`);
}

function fault(number: number, expected: string, found: string): Error {
  return new Ext4FormatError({ structure: 'inode', place: `inode ${number}`, expected, found });
}
