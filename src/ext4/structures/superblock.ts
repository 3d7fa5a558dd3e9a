/**
 * The superblock and its backups. All other fields are zero: no quota, no encryption, no RAID geometry, no blocks reserved
 * for root (so that all users can use the free space), no recorded mounts or writes, no external journal, no checksum
 * seed other than the UUID.
 *
 * Source: Linux `Documentation/filesystems/ext4/super.rst`, e2fsprogs `lib/ext2fs/initialize.c`, `misc/mke2fs.c`.
 */
import {
  BLOCKS_PER_GROUP,
  CHECKSUM_CRC32C,
  COMPAT,
  DESCRIPTOR_SIZE,
  EXTRA_ISIZE,
  FLAG_SIGNED_HASH,
  HASH_HALF_MD4,
  INCOMPAT,
  INODE,
  INODE_SIZE,
  LOG_BLOCK_SIZE,
  LOG_GROUPS_PER_FLEX,
  RO_COMPAT,
  SUPERBLOCK_MAGIC,
  SUPERBLOCK_SIZE,
} from '../format/constants.ts';
import { crc32c } from '../format/crc32c.ts';
import { INODE_FIELD, SUPERBLOCK } from '../format/offsets.ts';
import { type Geometry, superblockRunBlocks } from '../plan/geometry.ts';
import type { Ext4Plan } from '../plan/plan.ts';
import { writeSplit32 } from './fields.ts';
import { encodeInode, journalInodeFields } from './inode.ts';

const STATE_VALID = 1;
const ERRORS_CONTINUE = 1;
const REVISION_DYNAMIC = 1;
/** `s_default_mount_opts`: user extended attributes and ACLs, as mke2fs sets them. */
const DEFAULT_MOUNT_OPTIONS = 0xc;
/** `s_max_mnt_count`: no check after a number of mounts. Zero would be replaced by 20. */
const NO_MOUNT_LIMIT = 0xffff;
/** `s_jnl_backup_type`: `s_jnl_blocks` is a copy of the block map and the size of the journal inode. */
const JOURNAL_BACKUP_BLOCKS = 1;

/** The superblock in a group, 1024 bytes. `freeBlocks` and `freeInodes` are those of the whole filesystem. */
export function encodeSuperblock(plan: Ext4Plan, group: number, freeBlocks: number, freeInodes: number): Buffer {
  const { geometry, time } = plan;
  const bytes = Buffer.alloc(SUPERBLOCK_SIZE);
  const u8 = (field: keyof typeof SUPERBLOCK, value: number): number => bytes.writeUInt8(value, SUPERBLOCK[field]);
  const u16 = (field: keyof typeof SUPERBLOCK, value: number): number => bytes.writeUInt16LE(value, SUPERBLOCK[field]);
  const u32 = (field: keyof typeof SUPERBLOCK, value: number): number => bytes.writeUInt32LE(value, SUPERBLOCK[field]);

  u32('inodesCount', geometry.inodesPerGroup * geometry.groups);
  writeSplit32(bytes, plan.blocks, SUPERBLOCK.blocksCountLo, SUPERBLOCK.blocksCountHi);
  writeSplit32(bytes, freeBlocks, SUPERBLOCK.freeBlocksCountLo, SUPERBLOCK.freeBlocksCountHi);
  u32('freeInodesCount', freeInodes);
  u32('logBlockSize', LOG_BLOCK_SIZE);
  u32('logClusterSize', LOG_BLOCK_SIZE);
  u32('blocksPerGroup', BLOCKS_PER_GROUP);
  u32('clustersPerGroup', BLOCKS_PER_GROUP);
  u32('inodesPerGroup', geometry.inodesPerGroup);
  u32('wtime', time);
  u16('maxMntCount', NO_MOUNT_LIMIT);
  u16('magic', SUPERBLOCK_MAGIC);
  // The state of a backup is never "cleanly unmounted", since only the primary superblock is kept up to date.
  u16('state', group === 0 ? STATE_VALID : 0);
  u16('errors', ERRORS_CONTINUE);
  u32('lastcheck', time);
  u32('revLevel', REVISION_DYNAMIC);
  u32('firstIno', INODE.firstFree);
  u16('inodeSize', INODE_SIZE);
  u16('blockGroupNr', group);
  u32('featureCompat', bits(COMPAT));
  u32('featureIncompat', bits(INCOMPAT));
  u32('featureRoCompat', bits(RO_COMPAT));
  bytes.set(plan.uuid, SUPERBLOCK.uuid);
  bytes.set(plan.label, SUPERBLOCK.volumeName);
  u16('reservedGdtBlocks', geometry.reservedDescriptorBlocks);
  u32('journalInum', INODE.journal);
  for (const [i, word] of plan.hashSeed.entries()) {
    bytes.writeUInt32LE(word, SUPERBLOCK.hashSeed + 4 * i);
  }
  u8('defHashVersion', HASH_HALF_MD4);
  u8('jnlBackupType', JOURNAL_BACKUP_BLOCKS);
  u16('descSize', DESCRIPTOR_SIZE);
  u32('defaultMountOpts', DEFAULT_MOUNT_OPTIONS);
  u32('mkfsTime', time);
  writeJournalBackup(bytes, plan);
  u16('minExtraIsize', EXTRA_ISIZE);
  u16('wantExtraIsize', EXTRA_ISIZE);
  u32('flags', FLAG_SIGNED_HASH);
  u8('logGroupsPerFlex', LOG_GROUPS_PER_FLEX);
  u8('checksumType', CHECKSUM_CRC32C);
  u32('overheadClusters', overheadBlocks(geometry));
  // The checksum of a superblock has no seed; those of other structures are seeded with the UUID.
  u32('checksum', crc32c(0xffffffff, bytes.subarray(0, SUPERBLOCK.checksum)));
  return bytes;
}

/** `s_jnl_blocks`: `i_block` of the journal inode, then the upper and the lower half of its size. */
function writeJournalBackup(bytes: Buffer, plan: Ext4Plan): void {
  const inode = encodeInode(plan, INODE.journal, journalInodeFields(plan));
  inode.copy(bytes, SUPERBLOCK.jnlBlocks, INODE_FIELD.block, INODE_FIELD.block + 60);
  inode.copy(bytes, SUPERBLOCK.jnlBlocks + 60, INODE_FIELD.sizeHi, INODE_FIELD.sizeHi + 4);
  inode.copy(bytes, SUPERBLOCK.jnlBlocks + 64, INODE_FIELD.sizeLo, INODE_FIELD.sizeLo + 4);
}

/** `s_overhead_clusters`, as the kernel computes it (`ext4_calculate_overhead`): blocks that no file can use. */
function overheadBlocks(geometry: Geometry): number {
  const superblocks = geometry.backupGroups.length * superblockRunBlocks(geometry);
  return superblocks + geometry.groups * (2 + geometry.inodeTableBlocks) + geometry.journalBlocks;
}

function bits(features: Readonly<Record<string, number>>): number {
  return Object.values(features).reduce((mask, bit) => mask | bit, 0);
}
