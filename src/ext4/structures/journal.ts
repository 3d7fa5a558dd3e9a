/**
 * The first block of an empty journal: a version 2 superblock, big-endian, without features and checksum, which the kernel
 * adds when it first mounts the filesystem for writing. The rest of the journal is zero.
 *
 * Source: Linux `Documentation/filesystems/ext4/journal.rst`, e2fsprogs `lib/ext2fs/mkjournal.c`.
 */
import { BLOCK_SIZE, JOURNAL_MAGIC, JOURNAL_SUPERBLOCK_V2 } from '../format/constants.ts';
import { JOURNAL_SUPERBLOCK } from '../format/offsets.ts';

/** Encodes the superblock of a journal of `blocks` blocks in the filesystem with the UUID `uuid`. */
export function encodeJournalSuperblock(blocks: number, uuid: Uint8Array): Buffer {
  const bytes = Buffer.alloc(BLOCK_SIZE);
  bytes.writeUInt32BE(JOURNAL_MAGIC, JOURNAL_SUPERBLOCK.magic);
  bytes.writeUInt32BE(JOURNAL_SUPERBLOCK_V2, JOURNAL_SUPERBLOCK.blockType);
  bytes.writeUInt32BE(BLOCK_SIZE, JOURNAL_SUPERBLOCK.blockSize);
  bytes.writeUInt32BE(blocks, JOURNAL_SUPERBLOCK.maxLen);
  bytes.writeUInt32BE(1, JOURNAL_SUPERBLOCK.first);
  bytes.writeUInt32BE(1, JOURNAL_SUPERBLOCK.sequence);
  bytes.set(uuid, JOURNAL_SUPERBLOCK.uuid);
  bytes.writeUInt32BE(1, JOURNAL_SUPERBLOCK.nrUsers);
  return bytes;
}
