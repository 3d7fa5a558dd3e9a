/**
 * Checks the resize inode: a map from the blocks that are reserved after the descriptor table to their copies. e2fsck
 * checks a quarter of it, the kernel all of it when it grows the filesystem.
 *
 * Source: `lib/ext2fs/res_gdt.c` of e2fsprogs, `verify_reserved_gdb` in the kernel's `fs/ext4/resize.c`.
 */
import { BLOCK_SIZE, BLOCKS_PER_GROUP, INODE, MODE, SECTORS_PER_BLOCK } from '../../format/constants.ts';
import { DOUBLE_INDIRECT_WORD } from '../../format/offsets.ts';
import { Ext4FormatError } from '../format-error.ts';
import type { Inode } from '../inode.ts';
import type { Ext4Reader } from '../reader.ts';
import { backupGroups } from '../volume/group-layout.ts';
import { difference } from './difference.ts';
import type { Findings } from './findings.ts';

const WORDS = BLOCK_SIZE / 4;
/** The size of a file with all direct, indirect and double-indirect blocks. */
const SIZE = (WORDS * WORDS + WORDS + 12) * BLOCK_SIZE;

/** Checks the fields of the resize inode, its map, and every reserved block, word by word. */
export function auditResizeInode(reader: Ext4Reader, findings: Findings): void {
  const { descriptorBlocks, reservedDescriptorBlocks: reserved } = reader.superblock;
  const backups = backupGroups(reader.superblock);
  const inode = reader.inode(INODE.resize);
  auditFields(inode, reserved * (1 + backups.length), findings);

  const firstReserved = 1 + descriptorBlocks;
  const map = new Uint32Array(WORDS);
  for (let k = 0; k < reserved; k++) {
    map[(descriptorBlocks + k) % WORDS] = firstReserved + k;
  }
  expectWords(reader, doubleIndirectBlock(reader, inode), map, findings);
  for (let k = 0; k < reserved; k++) {
    const copies = new Uint32Array(WORDS);
    for (const [i, group] of backups.entries()) {
      copies[i] = group * BLOCKS_PER_GROUP + firstReserved + k;
    }
    expectWords(reader, firstReserved + k, copies, findings);
  }
}

/** The block that the resize inode owns besides the reserved blocks. Throws an error if it is outside the filesystem. */
export function doubleIndirectBlock(reader: Ext4Reader, inode: Inode): number {
  const block = Buffer.from(inode.block).readUInt32LE(DOUBLE_INDIRECT_WORD * 4);
  if (block >= 1 && block < reader.superblock.blocks) {
    return block;
  }
  throw new Ext4FormatError({
    structure: 'resize inode',
    place: `inode ${inode.number}`,
    expected: `a double-indirect block from 1 to ${reader.superblock.blocks - 1}`,
    found: `${block}`,
  });
}

function auditFields(inode: Inode, indirectBlocks: number, findings: Findings): void {
  const expect = (field: string, expected: number, found: number): void => {
    if (found !== expected) {
      findings.report('resize-inode', `${field}: expected ${expected}, found ${found}`);
    }
  };
  expect('i_mode', MODE.regular | 0o600, inode.mode);
  expect('i_links_count', 1, inode.links);
  expect('i_flags', 0, inode.flags);
  expect('i_size', SIZE, inode.size);
  expect('i_blocks', SECTORS_PER_BLOCK * (1 + indirectBlocks), inode.sectors);
  const words = Buffer.from(inode.block);
  for (let word = 0; word < 15; word++) {
    if (word !== DOUBLE_INDIRECT_WORD) {
      expect(`i_block[${word}]`, 0, words.readUInt32LE(word * 4));
    }
  }
}

/** Compares the words of a block. */
function expectWords(reader: Ext4Reader, block: number, words: Uint32Array, findings: Findings): void {
  const expected = Buffer.alloc(BLOCK_SIZE);
  for (const [i, word] of words.entries()) {
    expected.writeUInt32LE(word, i * 4);
  }
  const found = Buffer.alloc(BLOCK_SIZE);
  reader.read(found, block * BLOCK_SIZE);
  const different = difference(expected, found);
  if (different !== undefined) {
    findings.report('resize-inode', `block ${block}: ${different}`);
  }
}
