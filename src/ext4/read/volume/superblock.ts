/**
 * Decodes the superblock and rejects filesystems with other parameters than this project uses.
 *
 * Source: Linux `Documentation/filesystems/ext4/super.rst`, struct `ext4_super_block`.
 */
import {
  BLOCK_SIZE,
  BLOCKS_PER_GROUP,
  CHECKSUM_CRC32C,
  COMPAT,
  DESCRIPTOR_SIZE,
  DESCRIPTORS_PER_BLOCK,
  HASH_HALF_MD4,
  INCOMPAT,
  INODE,
  INODE_SIZE,
  INODES_PER_BLOCK,
  LOG_BLOCK_SIZE,
  LOG_GROUPS_PER_FLEX,
  RO_COMPAT,
  SUPERBLOCK_MAGIC,
} from '../../format/constants.ts';
import { SUPERBLOCK } from '../../format/offsets.ts';
import { filesystemSeed, superblockChecksum } from '../checksum.ts';
import { Ext4FormatError, hex } from '../format-error.ts';

/** A decoded superblock. Blocks have 4 KiB. */
export interface Superblock {
  /** The raw superblock, 1024 bytes. */
  readonly bytes: Uint8Array;
  readonly uuid: Uint8Array;
  /** The volume label without its padding. */
  readonly label: Buffer;
  readonly blocks: number;
  readonly freeBlocks: number;
  /** Blocks that only root may use. */
  readonly reservedBlocks: number;
  readonly inodes: number;
  readonly freeInodes: number;
  readonly groups: number;
  readonly inodesPerGroup: number;
  /** Blocks of one group's inode table. */
  readonly inodeTableBlocks: number;
  /** Blocks of the group descriptor table. */
  readonly descriptorBlocks: number;
  /** Blocks after that table, reserved for its growth. */
  readonly reservedDescriptorBlocks: number;
  /** `s_overhead_clusters`: blocks that no file can use. */
  readonly overheadBlocks: number;
  readonly journalInode: number;
  readonly hashSeed: Uint8Array;
  /** The seed of all checksums except that of the superblock. */
  readonly checksumSeed: number;
}

/** Decodes the 1024 bytes of the primary superblock, and checks that the filesystem fits into `size` bytes. */
export function decodeSuperblock(bytes: Uint8Array, size: number): Superblock {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  checkIdentity(bytes, view);
  checkProfile(view);

  const uuid = bytes.subarray(SUPERBLOCK.uuid, SUPERBLOCK.uuid + 16);
  const label = Buffer.from(bytes.subarray(SUPERBLOCK.volumeName, SUPERBLOCK.volumeName + 16));
  const blocks = u64(view, SUPERBLOCK.blocksCountLo, SUPERBLOCK.blocksCountHi);
  const groups = Math.ceil(blocks / BLOCKS_PER_GROUP);
  const inodesPerGroup = view.getUint32(SUPERBLOCK.inodesPerGroup, true);
  const superblock: Superblock = {
    bytes,
    uuid,
    label: label.subarray(0, label.indexOf(0) < 0 ? 16 : label.indexOf(0)),
    blocks,
    freeBlocks: u64(view, SUPERBLOCK.freeBlocksCountLo, SUPERBLOCK.freeBlocksCountHi),
    reservedBlocks: u64(view, SUPERBLOCK.rBlocksCountLo, SUPERBLOCK.rBlocksCountHi),
    inodes: view.getUint32(SUPERBLOCK.inodesCount, true),
    freeInodes: view.getUint32(SUPERBLOCK.freeInodesCount, true),
    groups,
    inodesPerGroup,
    inodeTableBlocks: inodesPerGroup / INODES_PER_BLOCK,
    descriptorBlocks: Math.ceil(groups / DESCRIPTORS_PER_BLOCK),
    reservedDescriptorBlocks: view.getUint16(SUPERBLOCK.reservedGdtBlocks, true),
    overheadBlocks: view.getUint32(SUPERBLOCK.overheadClusters, true),
    journalInode: view.getUint32(SUPERBLOCK.journalInum, true),
    hashSeed: bytes.subarray(SUPERBLOCK.hashSeed, SUPERBLOCK.hashSeed + 16),
    checksumSeed: filesystemSeed(uuid),
  };
  checkGeometry(superblock, size);
  return superblock;
}

function checkIdentity(bytes: Uint8Array, view: DataView): void {
  const magic = view.getUint16(SUPERBLOCK.magic, true);
  if (magic !== SUPERBLOCK_MAGIC) {
    throw fault('s_magic', hex(SUPERBLOCK_MAGIC), hex(magic));
  }
  const stored = view.getUint32(SUPERBLOCK.checksum, true);
  const computed = superblockChecksum(bytes);
  if (stored !== computed) {
    throw fault('s_checksum', hex(computed), hex(stored));
  }
}

type Width = 8 | 16 | 32;

/** Fields that are the same in all filesystems that this project writes. */
const PROFILE: readonly (readonly [name: string, offset: number, width: Width, value: number])[] = [
  ['s_rev_level', SUPERBLOCK.revLevel, 32, 1],
  ['s_checksum_type', SUPERBLOCK.checksumType, 8, CHECKSUM_CRC32C],
  ['s_feature_compat', SUPERBLOCK.featureCompat, 32, allOf(COMPAT)],
  ['s_feature_incompat', SUPERBLOCK.featureIncompat, 32, allOf(INCOMPAT)],
  ['s_feature_ro_compat', SUPERBLOCK.featureRoCompat, 32, allOf(RO_COMPAT)],
  ['s_log_block_size', SUPERBLOCK.logBlockSize, 32, LOG_BLOCK_SIZE],
  ['s_log_cluster_size', SUPERBLOCK.logClusterSize, 32, LOG_BLOCK_SIZE],
  ['s_blocks_per_group', SUPERBLOCK.blocksPerGroup, 32, BLOCKS_PER_GROUP],
  ['s_clusters_per_group', SUPERBLOCK.clustersPerGroup, 32, BLOCKS_PER_GROUP],
  ['s_first_data_block', SUPERBLOCK.firstDataBlock, 32, 0],
  ['s_inode_size', SUPERBLOCK.inodeSize, 16, INODE_SIZE],
  ['s_desc_size', SUPERBLOCK.descSize, 16, DESCRIPTOR_SIZE],
  ['s_first_ino', SUPERBLOCK.firstIno, 32, INODE.firstFree],
  ['s_journal_inum', SUPERBLOCK.journalInum, 32, INODE.journal],
  ['s_log_groups_per_flex', SUPERBLOCK.logGroupsPerFlex, 8, LOG_GROUPS_PER_FLEX],
  ['s_def_hash_version', SUPERBLOCK.defHashVersion, 8, HASH_HALF_MD4],
  ['s_state (1: cleanly unmounted)', SUPERBLOCK.state, 16, 1],
  ['s_block_group_nr', SUPERBLOCK.blockGroupNr, 16, 0],
];

function checkProfile(view: DataView): void {
  for (const [name, offset, width, value] of PROFILE) {
    const found = unsigned(view, offset, width);
    if (found !== value) {
      throw fault(name, hex(value), hex(found));
    }
  }
}

function checkGeometry(superblock: Superblock, size: number): void {
  const { blocks, groups, inodes, inodesPerGroup, descriptorBlocks, reservedDescriptorBlocks } = superblock;
  const available = Math.floor(size / BLOCK_SIZE);
  if (blocks > available) {
    throw fault('s_blocks_count', `at most ${available} blocks, those of the source`, `${blocks}`);
  }
  // The resize inode maps the reserved descriptor blocks with one block of 1024 words.
  if (reservedDescriptorBlocks > BLOCK_SIZE / 4) {
    throw fault('s_reserved_gdt_blocks', `at most ${BLOCK_SIZE / 4}`, `${reservedDescriptorBlocks}`);
  }
  const least = 1 + descriptorBlocks + reservedDescriptorBlocks;
  if (blocks <= least) {
    throw fault('s_blocks_count', `more than ${least}`, `${blocks}`);
  }
  if (inodesPerGroup < INODES_PER_BLOCK || inodesPerGroup % INODES_PER_BLOCK > 0 || inodesPerGroup > BLOCKS_PER_GROUP) {
    throw fault(
      's_inodes_per_group',
      `a multiple of ${INODES_PER_BLOCK} from ${INODES_PER_BLOCK} to ${BLOCKS_PER_GROUP}`,
      `${inodesPerGroup}`,
    );
  }
  if (inodes !== groups * inodesPerGroup) {
    throw fault(
      's_inodes_count',
      `${groups * inodesPerGroup}, ${inodesPerGroup} for each of ${groups} groups`,
      `${inodes}`,
    );
  }
}

function unsigned(view: DataView, offset: number, width: Width): number {
  if (width === 8) {
    return view.getUint8(offset);
  }
  return width === 16 ? view.getUint16(offset, true) : view.getUint32(offset, true);
}

function u64(view: DataView, low: number, high: number): number {
  return view.getUint32(low, true) + view.getUint32(high, true) * 2 ** 32;
}

function allOf(features: Readonly<Record<string, number>>): number {
  return Object.values(features).reduce((all, bit) => all | bit, 0);
}

function fault(field: string, expected: string, found: string): Error {
  return new Ext4FormatError({ structure: 'superblock', place: field, expected, found });
}
