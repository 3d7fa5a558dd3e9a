/**
 * Checks that the journal has never been used: a version 2 superblock without features, then zeros.
 *
 * Source: Linux `Documentation/filesystems/ext4/journal.rst`, `lib/ext2fs/mkjournal.c` of e2fsprogs.
 */
import { BLOCK_SIZE, INODE, INODE_FLAG, JOURNAL_MAGIC, JOURNAL_SUPERBLOCK_V2, MODE } from '../../format/constants.ts';
import { JOURNAL_SUPERBLOCK } from '../../format/offsets.ts';
import type { Ext4Reader } from '../reader.ts';
import { difference, nonZeroInVolume } from './difference.ts';
import type { Findings } from './findings.ts';

/** Checks the journal inode, the journal superblock, and that the rest of the journal is zero. */
export function auditJournal(reader: Ext4Reader, findings: Findings): void {
  const inode = reader.inode(INODE.journal);
  const blocks = inode.size / BLOCK_SIZE;
  const fields = [
    ['i_mode', MODE.regular | 0o600, inode.mode],
    ['i_links_count', 1, inode.links],
    ['i_flags', INODE_FLAG.extents, inode.flags],
  ] as const;
  for (const [field, expected, found] of fields) {
    if (found !== expected) {
      findings.report('journal', `${field}: expected ${expected}, found ${found}`);
    }
  }

  // This also bounds the reads below, whatever the extents are.
  if (blocks > reader.superblock.blocks) {
    findings.report(
      'journal',
      `expected at most ${reader.superblock.blocks} blocks, those of the filesystem, found ${blocks}`,
    );
    return;
  }
  let mapped = 0;
  for (const { logical, physical, length } of reader.extents(inode)) {
    const first = logical === 0 ? 1 : 0;
    if (first === 1) {
      auditJournalSuperblock(reader, physical, blocks, findings);
    }
    const rest = { offset: (physical + first) * BLOCK_SIZE, length: (length - first) * BLOCK_SIZE };
    const used = nonZeroInVolume(reader, rest);
    if (used !== undefined) {
      findings.report('journal', `after its superblock: ${used}`);
    }
    mapped += length;
  }
  if (mapped !== blocks) {
    findings.report('journal', `expected ${blocks} blocks without a hole, found ${mapped}`);
  }
}

function auditJournalSuperblock(reader: Ext4Reader, block: number, blocks: number, findings: Findings): void {
  const expected = Buffer.alloc(BLOCK_SIZE);
  expected.writeUInt32BE(JOURNAL_MAGIC, JOURNAL_SUPERBLOCK.magic);
  expected.writeUInt32BE(JOURNAL_SUPERBLOCK_V2, JOURNAL_SUPERBLOCK.blockType);
  expected.writeUInt32BE(BLOCK_SIZE, JOURNAL_SUPERBLOCK.blockSize);
  expected.writeUInt32BE(Math.floor(blocks) % 2 ** 32, JOURNAL_SUPERBLOCK.maxLen);
  expected.writeUInt32BE(1, JOURNAL_SUPERBLOCK.first);
  expected.writeUInt32BE(1, JOURNAL_SUPERBLOCK.sequence);
  expected.set(reader.superblock.uuid, JOURNAL_SUPERBLOCK.uuid);
  expected.writeUInt32BE(1, JOURNAL_SUPERBLOCK.nrUsers);

  const found = Buffer.alloc(BLOCK_SIZE);
  reader.read(found, block * BLOCK_SIZE);
  const different = difference(expected, found);
  if (different !== undefined) {
    findings.report('journal', `superblock in block ${block}: ${different}`);
  }
}
