/**
 * Byte offsets of the fields of each ext4 structure, shared by the writer and the reader. Integers are little-endian,
 * except in the journal superblock. Names are those of the kernel's documentation, without the prefix.
 *
 * Sources: Linux `Documentation/filesystems/ext4/{super,group_descr,inodes,ifork,directory,journal}.rst`, and
 * `fs/ext4/namei.c` where those are wrong (`dx_node`).
 */

/** `struct ext4_super_block`, 1024 bytes. */
export const SUPERBLOCK = {
  inodesCount: 0x00, // u32
  blocksCountLo: 0x04, // u32
  rBlocksCountLo: 0x08, // u32
  freeBlocksCountLo: 0x0c, // u32
  freeInodesCount: 0x10, // u32
  firstDataBlock: 0x14, // u32
  logBlockSize: 0x18, // u32
  logClusterSize: 0x1c, // u32
  blocksPerGroup: 0x20, // u32
  clustersPerGroup: 0x24, // u32
  inodesPerGroup: 0x28, // u32
  mtime: 0x2c, // u32
  wtime: 0x30, // u32
  mntCount: 0x34, // u16
  maxMntCount: 0x36, // u16
  magic: 0x38, // u16
  state: 0x3a, // u16
  errors: 0x3c, // u16
  minorRevLevel: 0x3e, // u16
  lastcheck: 0x40, // u32
  checkinterval: 0x44, // u32
  creatorOs: 0x48, // u32
  revLevel: 0x4c, // u32
  defResuid: 0x50, // u16
  defResgid: 0x52, // u16
  firstIno: 0x54, // u32
  inodeSize: 0x58, // u16
  blockGroupNr: 0x5a, // u16
  featureCompat: 0x5c, // u32
  featureIncompat: 0x60, // u32
  featureRoCompat: 0x64, // u32
  uuid: 0x68, // 16 bytes
  volumeName: 0x78, // 16 bytes
  reservedGdtBlocks: 0xce, // u16
  journalUuid: 0xd0, // 16 bytes
  journalInum: 0xe0, // u32
  hashSeed: 0xec, // 4 x u32
  defHashVersion: 0xfc, // u8
  jnlBackupType: 0xfd, // u8
  descSize: 0xfe, // u16
  defaultMountOpts: 0x100, // u32
  firstMetaBg: 0x104, // u32
  mkfsTime: 0x108, // u32
  jnlBlocks: 0x10c, // 17 x u32: i_block[15], i_size_high, i_size
  blocksCountHi: 0x150, // u32
  rBlocksCountHi: 0x154, // u32
  freeBlocksCountHi: 0x158, // u32
  minExtraIsize: 0x15c, // u16
  wantExtraIsize: 0x15e, // u16
  flags: 0x160, // u32
  logGroupsPerFlex: 0x174, // u8
  checksumType: 0x175, // u8
  kbytesWritten: 0x178, // u64
  overheadClusters: 0x248, // u32
  checksum: 0x3fc, // u32, over everything before it
} as const;

/** `struct ext4_group_desc`, 64 bytes. */
export const GROUP_DESCRIPTOR = {
  blockBitmapLo: 0x00, // u32
  inodeBitmapLo: 0x04, // u32
  inodeTableLo: 0x08, // u32
  freeBlocksCountLo: 0x0c, // u16
  freeInodesCountLo: 0x0e, // u16
  usedDirsCountLo: 0x10, // u16
  flags: 0x12, // u16
  blockBitmapCsumLo: 0x18, // u16
  inodeBitmapCsumLo: 0x1a, // u16
  itableUnusedLo: 0x1c, // u16
  checksum: 0x1e, // u16
  blockBitmapHi: 0x20, // u32
  inodeBitmapHi: 0x24, // u32
  inodeTableHi: 0x28, // u32
  freeBlocksCountHi: 0x2c, // u16
  freeInodesCountHi: 0x2e, // u16
  usedDirsCountHi: 0x30, // u16
  itableUnusedHi: 0x32, // u16
  blockBitmapCsumHi: 0x38, // u16
  inodeBitmapCsumHi: 0x3a, // u16
} as const;

/** `struct ext4_inode`, 256 bytes. */
export const INODE_FIELD = {
  mode: 0x00, // u16
  uidLo: 0x02, // u16
  sizeLo: 0x04, // u32
  atime: 0x08, // u32
  ctime: 0x0c, // u32
  mtime: 0x10, // u32
  dtime: 0x14, // u32
  gidLo: 0x18, // u16
  linksCount: 0x1a, // u16
  blocksLo: 0x1c, // u32, in sectors
  flags: 0x20, // u32
  block: 0x28, // 60 bytes: block map, extent root, or symlink target
  generation: 0x64, // u32
  sizeHi: 0x6c, // u32
  blocksHi: 0x74, // u16
  uidHi: 0x78, // u16
  gidHi: 0x7a, // u16
  checksumLo: 0x7c, // u16
  extraIsize: 0x80, // u16
  checksumHi: 0x82, // u16
  crtime: 0x90, // u32
} as const;

/** Index in `i_block` of the double-indirect pointer, in u32 words. */
export const DOUBLE_INDIRECT_WORD = 13;

/** `struct ext4_extent_header`, 12 bytes, then entries of 12 bytes each. */
export const EXTENT_HEADER = { magic: 0, entries: 2, max: 4, depth: 6, generation: 8, size: 12 } as const;
/** `struct ext4_extent`. */
export const EXTENT = { block: 0, len: 4, startHi: 6, startLo: 8, size: 12 } as const;
/** `struct ext4_extent_idx`. */
export const EXTENT_INDEX = { block: 0, leafLo: 4, leafHi: 8, size: 12 } as const;
/** `struct ext4_extent_tail`: after the space for entries in an extent block. */
export const EXTENT_TAIL_OFFSET = 4092;

/** `struct ext4_dir_entry_2`; `rec_len` is a multiple of 4. */
export const DIRECTORY_ENTRY = { inode: 0, recLen: 4, nameLen: 6, fileType: 7, name: 8 } as const;
/** `struct ext4_dir_entry_tail`: the last 12 bytes of a leaf block, of which the last four are the checksum. */
export const DIRECTORY_TAIL = { size: 12, checksum: 8 } as const;

/** `struct dx_root`: the entries '.' and '..', the hash information, then limit and count, then entries of 8 bytes. */
export const DX_ROOT = { hashVersion: 0x1c, infoLength: 0x1d, indirectLevels: 0x1e, countLimit: 0x20 } as const;
/** `struct dx_node`: one unused entry that spans the block, then limit and count, then entries. */
export const DX_NODE = { countLimit: 0x08 } as const;
/** `struct dx_entry`; the first entry of a block has limit and count in place of the hash. */
export const DX_ENTRY = { limit: 0, count: 2, hash: 0, block: 4, size: 8 } as const;
/** Entries that fit in a root and in an inner block; e2fsck requires exactly these limits. */
export const DX_LIMIT = { root: 507, node: 510 } as const;
/** `struct dx_tail`, right after `limit` entries: a reserved word, then the checksum. */
export const DX_TAIL = { checksum: 4 } as const;

/** `journal_superblock_t`, big-endian. */
export const JOURNAL_SUPERBLOCK = {
  magic: 0x00,
  blockType: 0x04,
  blockSize: 0x0c,
  maxLen: 0x10,
  first: 0x14,
  sequence: 0x18,
  start: 0x1c,
  uuid: 0x30,
  nrUsers: 0x40,
} as const;
