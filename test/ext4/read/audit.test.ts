// @module-tag system
import { expect, it } from 'vitest';
import { INODE_FIELD, JOURNAL_SUPERBLOCK, SUPERBLOCK } from '../../../src/ext4/format/offsets.ts';
import { auditExt4 } from '../../../src/ext4/read/audit/audit.ts';
import type { AuditCheck } from '../../../src/ext4/read/audit/findings.ts';
import { openExt4 } from '../../../src/ext4/read/reader.ts';
import { type Fault, inodeOf, u16, u32, withFaults } from './support/faults.ts';
import { makeSmallImage } from './support/small-image.ts';

const small = makeSmallImage();
const BLOCK = 4096;

/** What mke2fs writes and this project does not: times in inode 1, and unused entries of an extent root that moved to a block. */
const OF_MKE2FS = auditExt4(openExt4(small.image)).map(({ message }) => message);

it('has three findings for an image of mke2fs and e2fsck', () => {
  expect(OF_MKE2FS).toEqual([
    expect.stringMatching('^reserved inode: inode 1: expected 0x0 at byte \\d+, found 0x'),
    expect.stringMatching(
      `^extent tree: space after the last entry of inode ${inodeOf(small, 'depth-1')}: expected 0x0 at`,
    ),
    expect.stringMatching(
      `^extent tree: space after the last entry of block \\d+ of inode ${inodeOf(small, 'depth-2')}: expected 0x0`,
    ),
  ]);
});

/** The checks that fail in addition to those that fail without the faults. */
function failing(faults: readonly Fault[], options = {}): readonly AuditCheck[] {
  const findings = withFaults(small, faults, (open) => auditExt4(open(), options));
  const checks = findings.filter(({ message }) => !OF_MKE2FS.includes(message)).map(({ check }) => check);
  return [...new Set(checks)].sort();
}

const data = physicalBlock('10000');
const freeBlock = small.image.size / BLOCK - 1;
const superblock = (at: number, put: Fault['put']): Fault => ({ kind: 'superblock', at, put });
const descriptor = (at: number, put: Fault['put']): Fault => ({ kind: 'descriptor', at, put });
const inode = (of: string, at: number, put: Fault['put']): Fault => ({ kind: 'inode', of, at, put });
const inodeNumber = (number: number, at: number, put: Fault['put']): Fault => {
  const found = small.structures.filter((one) => one.kind === 'inode');
  return { kind: 'inode', nth: found.findIndex((one) => one.inode === number), at, put };
};
/** Changes bytes without updating a checksum. */
const raw = (offset: number, put: Fault['put']): Fault => ({
  ...superblock(offset - 1024, put),
  unsealed: true,
});
const flip = (kind: 'block-bitmap' | 'inode-bitmap', bit: number): Fault => {
  const bitmap = small.structures.find((one) => one.kind === kind);
  const at = Math.floor(bit / 8);
  const byte = small.image.slice((bitmap?.offset ?? 0) + at, 1)[0];
  return { kind, at, put: [byte ^ (1 << (bit % 8))] };
};

it.each<readonly [string, readonly Fault[], readonly AuditCheck[]]>([
  ['a byte in the boot block', [raw(100, [1])], ['padding']],
  ['a byte after the superblock', [raw(4095, [1])], ['padding']],
  ['a byte after the last group descriptor', [raw(BLOCK + 64, [1])], ['padding']],
  ['no sign of the directory hash', [superblock(SUPERBLOCK.flags, u32(0))], ['superblock']],
  ['a wrong overhead', [superblock(SUPERBLOCK.overheadClusters, u32(0))], ['superblock']],
  ['a UUID of an external journal', [superblock(SUPERBLOCK.journalUuid + 15, [1])], ['superblock']],
  ['a device of an external journal', [superblock(0xe4, u32(1))], ['superblock']],
  ['an orphan', [superblock(0xe8, u32(12))], ['superblock']],
  ['no backup of the journal inode', [superblock(SUPERBLOCK.jnlBackupType, [0])], ['superblock']],
  ['another backup of the journal inode', [superblock(SUPERBLOCK.jnlBlocks + 64, u32(1))], ['superblock']],
  ['a wrong count of free blocks', [superblock(SUPERBLOCK.freeBlocksCountLo, u32(1))], ['count']],
  ['a wrong upper half of the count of free blocks', [superblock(SUPERBLOCK.freeBlocksCountHi, u32(1))], ['count']],
  ['a wrong count of free inodes', [superblock(SUPERBLOCK.freeInodesCount, u32(1))], ['count']],
  ['a wrong count of free blocks in a group', [descriptor(0x0c, u16(1))], ['count']],
  ['a wrong count of free inodes in a group', [descriptor(0x0e, u16(1))], ['count']],
  ['a wrong count of directories', [descriptor(0x10, u16(1))], ['count']],
  ['inodes in use that count as unused', [descriptor(0x1c, u16(250))], ['group']],
  ['a group with uninitialized tables', [descriptor(0x12, u16(7))], ['count', 'group', 'unused-inode']],
  ['an inode table that is not marked as zeroed', [descriptor(0x12, u16(0))], ['group']],
  ['a free block marked used', [flip('block-bitmap', freeBlock)], ['count', 'ownership']],
  ['a block in use marked free', [flip('block-bitmap', data)], ['count', 'free-block', 'ownership']],
  ['a clear bit after the last block', [flip('block-bitmap', 32_767)], ['block-bitmap', 'count']],
  ['a clear bit after the last inode', [flip('inode-bitmap', 32_767)], ['inode-bitmap']],
  ['a wrong checksum of the block bitmap', [descriptor(0x18, u16(1))], ['block-bitmap']],
  ['a wrong upper half of the checksum of the block bitmap', [descriptor(0x38, u16(1))], ['block-bitmap']],
  ['a wrong checksum of the inode bitmap', [descriptor(0x3a, u16(1))], ['inode-bitmap']],
  [
    'an inode in use marked free',
    [flip('inode-bitmap', inodeOf(small, '10') - 1)],
    ['count', 'ownership', 'unused-inode'],
  ],
  ['an unused inode marked used', [flip('inode-bitmap', 255)], ['count', 'group', 'inode']],
  ['a byte in an unused inode', [raw(inodeOffset(256) + 255, [1])], ['unused-inode']],
  ['a byte in a reserved inode', [raw(inodeOffset(5) + 20, [1])], ['reserved-inode']],
  ['an inode without a link', [inode('10', INODE_FIELD.linksCount, u16(0))], ['inode']],
  ['a deleted inode', [inode('10', INODE_FIELD.dtime, u32(1))], ['inode']],
  ['bytes after the fields of an inode', [inode('10', 255, [1])], ['inode']],
  ['a wrong count of sectors', [inode('10', INODE_FIELD.blocksLo, u32(16))], ['inode']],
  ['a wrong upper half of the count of sectors', [inode('10', INODE_FIELD.blocksHi, u16(1))], ['inode']],
  [
    'a wrong checksum of an inode',
    [{ ...inode('10', INODE_FIELD.mtime, u32(1)), unsealed: true }],
    ['inode', 'ownership'],
  ],
  ['a block of two files', [inode('10', 0x28 + 20, u32(data))], ['ownership', 'tail']],
  ['a file that overlaps the inode table', [inode('10', 0x28 + 20, u32(inodeOffset(1) / BLOCK))], ['ownership']],
  ['an extent node that is also data', [inode('10', 0x28 + 20, u32(nodeBlock('depth-2')))], ['ownership', 'tail']],
  ['a file without its last block', [inode('10000', 0x28 + 16, u16(2))], ['inode', 'ownership']],
  ['bytes after the extents of an inode', [inode('10', 0x28 + 59, [1])], ['extent-tree']],
  ['bytes after the entries of a node', [{ kind: 'extent-node', of: 'depth-1', at: 4091, put: [1] }], ['extent-tree']],
  [
    'bytes after the entries of a directory index',
    [{ kind: 'directory-index', of: 'two-levels', at: 4080, put: [1] }],
    ['directory'],
  ],
  [
    'bytes after the entries of an inner index block',
    [{ kind: 'directory-index', of: 'two-levels', nth: 1, at: 4080, put: [1] }],
    ['directory'],
  ],
  ['a name in an unused entry', [{ kind: 'directory-leaf', of: 'donors', at: 24, put: u32(0) }], ['directory']],
  ['a wrong entry of a directory', [{ kind: 'directory-leaf', of: 'donors', at: 31, put: [9] }], ['inode']],
  ['bytes after the end of a file', [raw((data + 2) * BLOCK + 4095, [1])], ['tail']],
  ['bytes after a target in an inode', [inode('link-5', 0x28 + 59, [1])], ['tail']],
  ['bytes after a target in a block', [{ kind: 'symlink', of: 'link-1000', at: 4095, put: [1] }], ['tail']],
  ['a byte in a free block', [raw(freeBlock * BLOCK + 4095, [1])], ['free-block']],
  ['a used journal', [{ kind: 'journal', at: JOURNAL_SUPERBLOCK.start, put: [0, 0, 0, 1] }], ['journal']],
  ['a journal with features', [{ kind: 'journal', at: 0x28, put: [0, 0, 0, 0x12] }], ['journal']],
  ['a byte after the journal superblock', [{ kind: 'journal', at: 4095, put: [1] }], ['journal']],
  ['a byte in the journal', [raw((physicalBlockOf(8) + 1023) * BLOCK + 4095, [1])], ['journal']],
  [
    'a journal shorter than its superblock says',
    [inodeNumber(8, INODE_FIELD.sizeLo, u32(1024 * BLOCK - 1))],
    ['journal', 'superblock'],
  ],
  ['another mode of the journal', [inodeNumber(8, INODE_FIELD.mode, u16(0o100644))], ['journal']],
  ['another mode of the resize inode', [inodeNumber(7, INODE_FIELD.mode, u16(0o100644))], ['resize-inode']],
  ['a shorter resize inode', [inodeNumber(7, INODE_FIELD.sizeHi, u32(0))], ['resize-inode']],
  ['a data block in the resize inode', [inodeNumber(7, 0x28, u32(freeBlock))], ['resize-inode']],
  ['a resize inode without its map', [inodeNumber(7, 0x28 + 52, u32(0))], ['inode', 'ownership', 'resize-inode']],
  ['a wrong word in the map', [resizeMap(31, 31 * 4, u32(1))], ['resize-inode']],
  ['another word in the map', [resizeMap(31, 4092, u32(1))], ['resize-inode']],
  ['a word in the last reserved block', [resizeMap(30, 0, u32(1))], ['resize-inode']],
])('finds %s', (_, faults, checks) => {
  expect(failing(faults)).toEqual(checks);
});

// Faults that affect several checks, and the finding that must describe them.
it.each<readonly [string, readonly Fault[], RegExp]>([
  [
    'a free block marked used',
    [flip('block-bitmap', freeBlock)],
    /^ownership: block 2303: expected an owner, since it is marked as used, found none$/,
  ],
  [
    'a block in use marked free',
    [flip('block-bitmap', data)],
    /^ownership: block \d+: expected no owner, since it is marked as free, found one$/,
  ],
  [
    'a block of two files',
    [inode('10', 0x28 + 20, u32(data))],
    /^ownership: block \d+ of inode \d+: expected one owner, found another$/,
  ],
  [
    'two bitmaps in one block',
    [descriptor(0x04, bitmapBlock())],
    /^ownership: block \d+ of the inode bitmap of group 0: expected one owner, found another$/,
  ],
  [
    'an unused inode marked used',
    [flip('inode-bitmap', 255)],
    /^inode: inode 256: expected a file, since it is marked as used, found none$/,
  ],
  [
    'a journal larger than the filesystem',
    [inodeNumber(8, INODE_FIELD.sizeHi, u32(1))],
    /^journal: expected at most 2304 blocks, those of the filesystem, found \d+$/,
  ],
  ['a hole in the journal', [inodeNumber(8, 0x28 + 12, u32(1)), inodeNumber(8, 0x28 + 16, u16(8))], /without a hole/],
])('describes %s', (_, faults, message) => {
  const messages = withFaults(small, faults, (open) => auditExt4(open())).map((finding) => finding.message);
  expect(messages.filter((one) => message.test(one))).toHaveLength(1);
});

it('does not catch the errors of a source', () => {
  let reads = 0;
  const failing = {
    size: small.image.size,
    read(target: Uint8Array, offset: number) {
      if (++reads === 10) {
        throw new Error('EIO: the disk is gone');
      }
      small.image.read(target, offset);
    },
  };
  expect(() => auditExt4(openExt4(failing))).toThrow('EIO: the disk is gone');
});

it('skips only the bytes after the end of files if fileTails is false', () => {
  const tail = raw((data + 2) * BLOCK + 4095, [1]);
  expect(failing([tail], { fileTails: false })).toEqual([]);
  const target: Fault = { kind: 'symlink', of: 'link-1000', at: 4095, put: [1] };
  expect(failing([tail, target], { fileTails: false })).toEqual(['tail']);
});

it('keeps ten findings of each check, and counts the others', () => {
  const faults = Array.from({ length: 40 }, (_, i) => raw(inodeOffset(200 + i), [1]));
  const findings = withFaults(small, faults, (open) => auditExt4(open()));
  const unused = findings.filter(({ check }) => check === 'unused-inode');
  expect(unused).toHaveLength(11);
  expect(unused[0].message).toBe('unused inode: inode 200: expected 0x0 at byte 0, found 0x1');
  expect(unused[10].message).toBe('unused inode: 30 more findings');
});

/** In the list of structures, the map is after the 31 reserved blocks that it points to. */
function resizeMap(nth: number, at: number, put: Fault['put']): Fault {
  return { kind: 'resize-map', nth, at, put };
}

function bitmapBlock(): Buffer {
  return u32(openExt4(small.image).groups.blockBitmap[0]);
}

function physicalBlock(path: string): number {
  return physicalBlockOf(inodeOf(small, path));
}

function physicalBlockOf(number: number): number {
  const reader = openExt4(small.image);
  for (const { physical } of reader.extents(reader.inode(number))) {
    return physical;
  }
  throw new Error(`inode ${number} has no blocks`);
}

function nodeBlock(path: string): number {
  const node = small.structures.find((one) => one.kind === 'extent-node' && one.inode === inodeOf(small, path));
  return (node?.offset ?? 0) / BLOCK;
}

function inodeOffset(number: number): number {
  return openExt4(small.image).groups.inodeTable[0] * BLOCK + (number - 1) * 256;
}
