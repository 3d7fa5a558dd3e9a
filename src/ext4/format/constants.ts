/**
 * Constants of the ext4 on-disk format, for the one profile this project writes and reads:
 * 4 KiB blocks, 256-byte inodes, 64-byte group descriptors, metadata_csum.
 *
 * Sources: Linux `Documentation/filesystems/ext4/`, `fs/ext4/ext4.h`, `include/linux/jbd2.h`,
 * and e2fsprogs `lib/ext2fs/ext2_fs.h`.
 */
import { SECTOR_SIZE } from '../../bytes/source.ts';

/** Bytes of a block. */
export const BLOCK_SIZE = 4096;
/** `s_log_block_size`: the block size is 1024 << this. */
export const LOG_BLOCK_SIZE = 2;
/** Blocks in a group: one bitmap block has a bit for each. */
export const BLOCKS_PER_GROUP = 8 * BLOCK_SIZE;
/** Bytes of an inode in the table. */
export const INODE_SIZE = 256;
export const INODES_PER_BLOCK = BLOCK_SIZE / INODE_SIZE;
/** `i_extra_isize`: bytes of the inode used beyond the first 128. */
export const EXTRA_ISIZE = 32;
/** Bytes of a group descriptor with the 64bit feature. */
export const DESCRIPTOR_SIZE = 64;
export const DESCRIPTORS_PER_BLOCK = BLOCK_SIZE / DESCRIPTOR_SIZE;
/** `s_log_groups_per_flex`: the bitmaps and inode tables of 16 groups are stored together. */
export const LOG_GROUPS_PER_FLEX = 4;
export const GROUPS_PER_FLEX = 1 << LOG_GROUPS_PER_FLEX;
/** Sectors of a block: `i_blocks` counts in sectors. */
export const SECTORS_PER_BLOCK = BLOCK_SIZE / SECTOR_SIZE;

/** Bytes of block 0 before the primary superblock. A backup is at the start of its block. */
export const PRIMARY_SUPERBLOCK_OFFSET = 1024;
export const SUPERBLOCK_SIZE = 1024;
export const SUPERBLOCK_MAGIC = 0xef53;
export const EXTENT_MAGIC = 0xf30a;
/** `h_magic` of a journal block. Integers in the journal are big-endian. */
export const JOURNAL_MAGIC = 0xc03b3998;
/** `h_blocktype` of a version 2 journal superblock. */
export const JOURNAL_SUPERBLOCK_V2 = 4;

/** Inode numbers with a meaning of their own. */
export const INODE = { root: 2, resize: 7, journal: 8, firstFree: 11, lostAndFound: 11 } as const;

/** `EXT4_LINK_MAX`: the most links of an inode. A directory with more subdirectories than that has the link count 1. */
export const LINK_MAX = 65_000;
/** Most blocks in one extent; larger values of `ee_len` mean an unwritten extent. */
export const EXTENT_MAX_BLOCKS = 32_768;
/** Bytes of the largest file: its blocks have numbers of 32 bits, and the last number stays unused (`EXT_MAX_BLOCKS`). */
export const FILE_SIZE_MAX = (2 ** 32 - 1) * BLOCK_SIZE;
/** Extents that fit in the inode, and in a block of an extent tree. */
export const INODE_EXTENTS = 4;
export const BLOCK_EXTENTS = 340;
/** A symlink target shorter than this is stored in the inode. */
export const FAST_SYMLINK_LIMIT = 60;
/** Bytes of the longest symlink target: with its terminating NUL it fills a block (`PATH_MAX`). */
export const SYMLINK_MAX = BLOCK_SIZE - 1;
/** Bytes of `s_volume_name`, and so of the longest volume label. */
export const LABEL_BYTES = 16;

/** File type bits of `i_mode`. */
export const MODE = { typeMask: 0o170000, regular: 0o100000, directory: 0o040000, symlink: 0o120000 } as const;
/** `file_type` of a directory entry; `checksum` marks the tail of a leaf block. */
export const FILE_TYPE = { regular: 1, directory: 2, symlink: 7, checksum: 0xde } as const;

/** `i_flags` bits: a directory with a hash index, and a block map made of extents. */
export const INODE_FLAG = { index: 0x1000, extents: 0x80000 } as const;
/** `bg_flags` bits. */
export const GROUP_FLAG = { inodeUninit: 1, blockUninit: 2, inodeZeroed: 4 } as const;

/** `s_feature_compat` bits written. */
export const COMPAT = { hasJournal: 0x4, extAttr: 0x8, resizeInode: 0x10, dirIndex: 0x20 } as const;
/** `s_feature_incompat` bits written. */
export const INCOMPAT = { filetype: 0x2, extents: 0x40, bits64: 0x80, flexBg: 0x200 } as const;
/** `s_feature_ro_compat` bits written. */
export const RO_COMPAT = {
  sparseSuper: 0x1,
  largeFile: 0x2,
  hugeFile: 0x8,
  dirNlink: 0x20,
  extraIsize: 0x40,
  metadataCsum: 0x400,
} as const;

/** `s_def_hash_version` and `dx_root.hash_version`: half MD4. `s_flags` says whether names are signed bytes. */
export const HASH_HALF_MD4 = 1;
/** `s_flags`: directory hashes are of names as signed bytes. */
export const FLAG_SIGNED_HASH = 1;
/** `s_checksum_type`: CRC-32C. */
export const CHECKSUM_CRC32C = 1;
