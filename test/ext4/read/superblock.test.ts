// @module-tag system
import { expect, it } from 'vitest';
import { SUPERBLOCK } from '../../../src/ext4/format/offsets.ts';
import { Ext4FormatError } from '../../../src/ext4/read/format-error.ts';
import { openExt4 } from '../../../src/ext4/read/reader.ts';
import { type Fault, formatErrorOf, u16, u32, withFaults } from './support/faults.ts';
import { makeSmallImage } from './support/small-image.ts';

const small = makeSmallImage();
const superblock = (at: number, put: Fault['put']): Fault => ({ kind: 'superblock', at, put });

it.each<readonly [string, number, Fault['put'], RegExp]>([
  ['another magic number', SUPERBLOCK.magic, u16(0xef54), /s_magic: expected 0xef53, found 0xef54/],
  ['the old revision', SUPERBLOCK.revLevel, u32(0), /s_rev_level/],
  ['a missing feature', SUPERBLOCK.featureCompat, u32(0x2c), /s_feature_compat: expected 0x3c, found 0x2c/],
  ['a later feature', SUPERBLOCK.featureCompat, u32(0x103c), /s_feature_compat/],
  [
    'a journal that must be replayed',
    SUPERBLOCK.featureIncompat,
    u32(0x2c6),
    /s_feature_incompat: expected 0x2c2, found 0x2c6/,
  ],
  ['inline data', SUPERBLOCK.featureIncompat, u32(0x82c2), /s_feature_incompat/],
  ['no checksums', SUPERBLOCK.featureRoCompat, u32(0x6b), /s_feature_ro_compat: expected 0x46b, found 0x6b/],
  ['blocks of 1 KiB', SUPERBLOCK.logBlockSize, u32(0), /s_log_block_size/],
  ['clusters', SUPERBLOCK.logClusterSize, u32(4), /s_log_cluster_size/],
  ['smaller groups', SUPERBLOCK.blocksPerGroup, u32(8192), /s_blocks_per_group/],
  ['a first data block', SUPERBLOCK.firstDataBlock, u32(1), /s_first_data_block/],
  ['inodes of 128 bytes', SUPERBLOCK.inodeSize, u16(128), /s_inode_size: expected 0x100, found 0x80/],
  ['descriptors of 32 bytes', SUPERBLOCK.descSize, u16(32), /s_desc_size/],
  ['another checksum type', SUPERBLOCK.checksumType, [2], /s_checksum_type/],
  ['another directory hash', SUPERBLOCK.defHashVersion, [4], /s_def_hash_version/],
  ['an unclean state', SUPERBLOCK.state, u16(0), /s_state/],
  ['the error state', SUPERBLOCK.state, u16(3), /s_state/],
  ['another journal inode', SUPERBLOCK.journalInum, u32(12), /s_journal_inum/],
  [
    'more blocks than the source has',
    SUPERBLOCK.blocksCountLo,
    u32(2305),
    /at most 2304 blocks, those of the source, found 2305/,
  ],
  ['2^32 blocks more', SUPERBLOCK.blocksCountHi, u32(1), /at most 2304 blocks/],
  [
    'no space for the descriptors',
    SUPERBLOCK.blocksCountLo,
    u32(33),
    /s_blocks_count: expected more than 33, found 33/,
  ],
  ['no blocks', SUPERBLOCK.blocksCountLo, u32(0), /s_blocks_count/],
  ['too many reserved blocks', SUPERBLOCK.reservedGdtBlocks, u16(1025), /s_reserved_gdt_blocks/],
  ['inodes that do not fill whole blocks', SUPERBLOCK.inodesPerGroup, u32(264), /s_inodes_per_group/],
  ['no inodes', SUPERBLOCK.inodesPerGroup, u32(0), /s_inodes_per_group/],
  ['more inodes than a bitmap has bits', SUPERBLOCK.inodesPerGroup, u32(32_784), /s_inodes_per_group/],
  [
    'another number of inodes',
    SUPERBLOCK.inodesCount,
    u32(257),
    /s_inodes_count: expected 256, 256 for each of 1 groups, found 257/,
  ],
])('refuses %s, naming the field, what was expected and what was found', (_, at, put, message) => {
  const error = withFaults(small, [superblock(at, put)], (open) => formatErrorOf(open));
  expect(error).toMatch(/^ext4 superblock at /);
  expect(error).toMatch(message);
});

it('has a code and a message with structure, place, expected and found value', () => {
  const error = new Ext4FormatError({ structure: 'inode', place: 'inode 7', expected: '1', found: '2' });
  expect(error).toMatchObject({ name: 'Ext4FormatError', code: 'EXT4_FORMAT' });
  expect(error.message).toBe('ext4 inode at inode 7: expected 1, found 2');
});

it('refuses any changed byte that the checksum covers', () => {
  for (let at = 0; at < 1024; at += 37) {
    const old = small.image.slice(1024 + at, 1)[0];
    const fault = { ...superblock(at, [old ^ 0x10]), unsealed: true };
    expect(withFaults(small, [fault], (open) => formatErrorOf(open))).toMatch(/s_magic|s_checksum/);
  }
});

it.each([0, 1024, 2047])('refuses a source of %i bytes', (size) => {
  expect(formatErrorOf(() => openExt4({ size, read: small.image.read }))).toMatch(/at least 2048 bytes, found/);
});

it('accepts bytes after the filesystem, and refuses a truncated one', () => {
  const { size, read } = small.image;
  expect(openExt4({ size: size + 5000, read }).superblock.blocks).toBe(2304);
  expect(formatErrorOf(() => openExt4({ size: size - 1, read }))).toMatch(/at most 2303 blocks/);
});

it('reads nothing outside the filesystem, even if the source is larger', () => {
  const { size, read } = small.image;
  const reader = openExt4({ size: size + 4096, read: (target, at) => (at < size ? read(target, at) : target.fill(1)) });
  const one = new Uint8Array(1);
  reader.read(one, size - 1);
  for (const offset of [-1, size, size + 1]) {
    expect(formatErrorOf(() => reader.read(one, offset))).toMatch(`a range within ${size} bytes`);
  }
});

it('refuses group descriptors with a wrong checksum, or with locations outside the filesystem', () => {
  const errorOf = (fault: Omit<Fault, 'kind'>): string =>
    withFaults(small, [{ kind: 'descriptor', ...fault }], (open) => formatErrorOf(open));
  expect(errorOf({ at: 0x0c, put: [0], unsealed: true })).toMatch(/group 0: expected bg_checksum/);
  expect(errorOf({ at: 0x00, put: u32(2304) })).toMatch(
    /block bitmap within blocks 1 to 2303, found 1 from block 2304/,
  );
  expect(errorOf({ at: 0x24, put: u32(1) })).toMatch(/inode bitmap within/);
  expect(errorOf({ at: 0x08, put: u32(2300) })).toMatch(/inode table within .* found 16 from block 2300/);
  expect(errorOf({ at: 0x08, put: u32(0) })).toMatch(/inode table within/);
});
