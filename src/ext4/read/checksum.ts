/**
 * The bytes that the checksums of the metadata_csum feature cover.
 *
 * Source: Linux `Documentation/filesystems/ext4/checksums.rst`, and `fs/ext4/bitmap.c` and `fs/ext4/namei.c` where it is
 * wrong (inode bitmaps, indexed directories).
 */
import { INODE_SIZE } from '../format/constants.ts';
import { crc32c, crc32cOfU32 } from '../format/crc32c.ts';
import { GROUP_DESCRIPTOR, INODE_FIELD, SUPERBLOCK } from '../format/offsets.ts';

const INITIAL = 0xffffffff;

/** The checksum of a superblock, of all bytes before it. */
export function superblockChecksum(superblock: Uint8Array): number {
  return crc32c(INITIAL, superblock.subarray(0, SUPERBLOCK.checksum));
}

/** The seed of all other checksums of a filesystem. */
export function filesystemSeed(uuid: Uint8Array): number {
  return crc32c(INITIAL, uuid);
}

/** The seed of the checksums of an inode, its directory blocks and its extent nodes. */
export function inodeSeed(filesystem: number, inode: number, generation: number): number {
  return crc32cOfU32(crc32cOfU32(filesystem, inode), generation);
}

/** The checksum of a group descriptor, 16 bits. */
export function descriptorChecksum(filesystem: number, group: number, descriptor: Uint8Array): number {
  const at = GROUP_DESCRIPTOR.checksum;
  const head = crc32c(crc32cOfU32(filesystem, group), descriptor.subarray(0, at));
  return crc32c(crc32c(head, TWO_ZEROS), descriptor.subarray(at + 2)) & 0xffff;
}

/** The checksum of a raw inode of 256 bytes. `seed` is from `inodeSeed`. */
export function inodeChecksum(seed: number, raw: Uint8Array): number {
  scratch.set(raw);
  scratch.fill(0, INODE_FIELD.checksumLo, INODE_FIELD.checksumLo + 2);
  scratch.fill(0, INODE_FIELD.checksumHi, INODE_FIELD.checksumHi + 2);
  return crc32c(seed, scratch);
}

const TWO_ZEROS = new Uint8Array(2);
const scratch = new Uint8Array(INODE_SIZE);
