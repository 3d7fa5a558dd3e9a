import {
  BLOCK_SIZE,
  DESCRIPTOR_SIZE,
  FLAG_SIGNED_HASH,
  GROUP_FLAG,
  INODE,
  PRIMARY_SUPERBLOCK_OFFSET,
  SUPERBLOCK_SIZE,
} from '../../format/constants.ts';
import { SUPERBLOCK } from '../../format/offsets.ts';
import { hex } from '../format-error.ts';
import type { Ext4Reader } from '../reader.ts';
import { hasSuperblock, superblockRun } from '../volume/group-layout.ts';
import { difference, nonZero, nonZeroInVolume } from './difference.ts';
import type { Findings } from './findings.ts';

/** Fields that are zero in all images of this project, and therefore not in the shared table. */
const JOURNAL_DEVICE = 0xe4;
const LAST_ORPHAN = 0xe8;
/** `EXT3_JNL_BACKUP_BLOCKS`: `s_jnl_blocks` is a copy of `i_block` and the size of the journal inode. */
const BACKUP_OF_BLOCKS = 1;

/** Checks the fields of the superblock that e2fsck trusts, and the bytes around it and the group descriptors. */
export function auditSuperblock(reader: Ext4Reader, findings: Findings): void {
  const { bytes, groups, descriptorBlocks, overheadBlocks } = reader.superblock;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const flags = view.getUint32(SUPERBLOCK.flags, true);
  if (flags !== FLAG_SIGNED_HASH) {
    findings.report('superblock', `s_flags: expected ${hex(FLAG_SIGNED_HASH)} (signed hash), found ${hex(flags)}`);
  }
  const overhead = expectedOverhead(reader);
  if (overheadBlocks !== overhead) {
    findings.report('superblock', `s_overhead_clusters: expected ${overhead}, found ${overheadBlocks}`);
  }
  auditJournalFields(reader, view, findings);

  const superblockEnd = PRIMARY_SUPERBLOCK_OFFSET + SUPERBLOCK_SIZE;
  const descriptorEnd = BLOCK_SIZE + groups * DESCRIPTOR_SIZE;
  const tableEnd = (1 + descriptorBlocks) * BLOCK_SIZE;
  const padding = [
    ['before the superblock', { offset: 0, length: PRIMARY_SUPERBLOCK_OFFSET }],
    ['after the superblock', { offset: superblockEnd, length: BLOCK_SIZE - superblockEnd }],
    ['after the last group descriptor', { offset: descriptorEnd, length: tableEnd - descriptorEnd }],
  ] as const;
  for (const [place, range] of padding) {
    const used = nonZeroInVolume(reader, range);
    if (used !== undefined) {
      findings.report('padding', `${place}: ${used}`);
    }
  }
  for (let group = 0; group < groups; group++) {
    const found = reader.groups.flags[group];
    if (found !== GROUP_FLAG.inodeZeroed) {
      findings.report(
        'group',
        `group ${group}: expected bg_flags ${hex(GROUP_FLAG.inodeZeroed)} (INODE_ZEROED), found ${hex(found)}`,
      );
    }
  }
}

/** Blocks of superblocks, descriptors, bitmaps, inode tables and the journal, as the kernel computes them on mount. */
function expectedOverhead(reader: Ext4Reader): number {
  const { groups, inodeTableBlocks, journalInode } = reader.superblock;
  let blocks = Math.ceil(reader.inode(journalInode).size / BLOCK_SIZE);
  for (let group = 0; group < groups; group++) {
    blocks += 2 + inodeTableBlocks;
    if (hasSuperblock(group)) {
      blocks += superblockRun(reader.superblock);
    }
  }
  return blocks;
}

function auditJournalFields(reader: Ext4Reader, view: DataView, findings: Findings): void {
  const { bytes } = reader.superblock;
  const journalUuid = nonZero(bytes.subarray(SUPERBLOCK.journalUuid, SUPERBLOCK.journalUuid + 16), 0);
  if (journalUuid !== undefined) {
    findings.report('superblock', `s_journal_uuid: ${journalUuid}`);
  }
  const fields = [
    ['s_journal_dev', 0, view.getUint32(JOURNAL_DEVICE, true)],
    ['s_last_orphan', 0, view.getUint32(LAST_ORPHAN, true)],
    ['s_jnl_backup_type', BACKUP_OF_BLOCKS, view.getUint8(SUPERBLOCK.jnlBackupType)],
  ] as const;
  for (const [field, expected, found] of fields) {
    if (found !== expected) {
      findings.report('superblock', `${field}: expected ${expected}, found ${found}`);
    }
  }

  const journal = reader.inode(INODE.journal);
  const expected = Buffer.alloc(17 * 4);
  expected.set(journal.block);
  expected.writeUInt32LE(Math.floor(journal.size / 2 ** 32), 15 * 4);
  expected.writeUInt32LE(journal.size % 2 ** 32, 16 * 4);
  const found = bytes.subarray(SUPERBLOCK.jnlBlocks, SUPERBLOCK.jnlBlocks + expected.length);
  const different = difference(expected, found);
  if (different !== undefined) {
    findings.report('superblock', `s_jnl_blocks: ${different}`);
  }
}
