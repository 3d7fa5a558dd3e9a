import { isZero } from '../../../bytes/zero.ts';
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
import { difference, firstNonZeroByte } from './difference.ts';
import type { Findings } from './findings.ts';

/** Fields the profile leaves zero, so they are not in the shared table. */
const JOURNAL_DEVICE = 0xe4;
const LAST_ORPHAN = 0xe8;
/** `EXT3_JNL_BACKUP_BLOCKS`: `s_jnl_blocks` holds the journal inode's `i_block` and size. */
const BACKUP_OF_BLOCKS = 1;

/** Checks what e2fsck takes from the superblock without a question, and the bytes round it and the descriptors. */
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
  expectZero(reader, 0, PRIMARY_SUPERBLOCK_OFFSET, 'ahead of the superblock', findings);
  expectZero(reader, superblockEnd, BLOCK_SIZE, 'after the superblock', findings);
  expectZero(reader, descriptorEnd, tableEnd, 'after the last group descriptor', findings);

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

/** Blocks of superblocks, descriptors, bitmaps, inode tables and the journal: what the kernel computes at mount. */
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
  if (!isZero(bytes.subarray(SUPERBLOCK.journalUuid, SUPERBLOCK.journalUuid + 16))) {
    findings.report('superblock', 's_journal_uuid: expected zero, found an external journal');
  }
  if (view.getUint32(JOURNAL_DEVICE, true) !== 0) {
    findings.report('superblock', 's_journal_dev: expected zero, found an external journal');
  }
  if (view.getUint32(LAST_ORPHAN, true) !== 0) {
    findings.report('superblock', `s_last_orphan: expected 0, found ${view.getUint32(LAST_ORPHAN, true)}`);
  }
  const type = view.getUint8(SUPERBLOCK.jnlBackupType);
  if (type !== BACKUP_OF_BLOCKS) {
    findings.report('superblock', `s_jnl_backup_type: expected ${BACKUP_OF_BLOCKS}, found ${type}`);
  }

  const journal = reader.inode(INODE.journal);
  const expected = Buffer.alloc(17 * 4);
  expected.set(journal.block);
  expected.writeUInt32LE(Math.floor(journal.size / 2 ** 32), 15 * 4);
  expected.writeUInt32LE(journal.size % 2 ** 32, 16 * 4);
  const found = bytes.subarray(SUPERBLOCK.jnlBlocks, SUPERBLOCK.jnlBlocks + expected.length);
  const where = difference(expected, found);
  if (where !== undefined) {
    findings.report('superblock', `s_jnl_blocks is not the journal inode's: ${where}`);
  }
}

function expectZero(reader: Ext4Reader, start: number, end: number, what: string, findings: Findings): void {
  const at = firstNonZeroByte(reader, start, end - start);
  if (at >= 0) {
    findings.report('padding', `${what}: expected zeros, found another byte at ${at}`);
  }
}
