import { BLOCKS_PER_GROUP } from '../../format/constants.ts';
import type { Ext4Reader } from '../reader.ts';
import { hasSuperblock, superblockRun } from '../volume/group-layout.ts';
import { auditBackups } from './backups.ts';
import { auditBlockBitmap, auditCounts } from './bitmaps.ts';
import { type BlockSet, createBlockSet } from './block-set.ts';
import { type AuditFinding, collectFindings, type Findings } from './findings.ts';
import { auditInodes } from './inodes.ts';
import { auditJournal } from './journal.ts';
import { auditResizeInode } from './resize-inode.ts';
import { auditSuperblock } from './superblock.ts';

/** Options of an audit. */
export interface AuditOptions {
  /**
   * Whether to check the bytes after the end of every file; true by default. A caller that reads all files anyway can check
   * them more cheaply with `FileContents.tailIsZero`.
   */
  readonly fileTails?: boolean;
}

/**
 * Checks everything that e2fsck does not: backups, the resize inode, the journal, counts, padding, that every used block has
 * exactly one owner, and that every free block is zero. Together with e2fsck and a comparison of all contents, this covers
 * every bit of an image. Reads no contents of files. Needs memory of one bit for each block.
 *
 * Returns the faults; there are none in an image that this project wrote.
 */
export function auditExt4(reader: Ext4Reader, options: AuditOptions = {}): readonly AuditFinding[] {
  const findings = collectFindings();
  const { blocks, groups } = reader.superblock;
  findings.attempt('superblock', () => auditSuperblock(reader, findings));
  findings.attempt('superblock-copy', () => auditBackups(reader, findings));
  findings.attempt('resize-inode', () => auditResizeInode(reader, findings));
  findings.attempt('journal', () => auditJournal(reader, findings));
  auditCounts(reader, findings);

  const owned = createBlockSet(blocks);
  claimMetadata(reader, owned, findings);
  const inodes = { reader, owned, fileTails: options.fileTails ?? true, findings };
  for (let group = 0; group < groups; group++) {
    auditInodes(inodes, group);
  }
  for (let group = 0; group < groups; group++) {
    auditBlockBitmap(reader, group, owned, findings);
  }
  return findings.list();
}

/** Claims the blocks of superblocks, descriptors, bitmaps and inode tables. */
function claimMetadata(reader: Ext4Reader, owned: BlockSet, findings: Findings): void {
  const { superblock, groups } = reader;
  const claim = (what: string, start: number, length: number): void => {
    const block = owned.claim(start, Math.min(length, superblock.blocks - start));
    if (block !== undefined) {
      findings.report('ownership', `block ${block} of the ${what}: expected one owner, found another`);
    }
  };
  for (let group = 0; group < superblock.groups; group++) {
    if (hasSuperblock(group)) {
      claim(`superblock of group ${group}`, group * BLOCKS_PER_GROUP, superblockRun(superblock));
    }
  }
  for (let group = 0; group < superblock.groups; group++) {
    claim(`block bitmap of group ${group}`, groups.blockBitmap[group], 1);
    claim(`inode bitmap of group ${group}`, groups.inodeBitmap[group], 1);
    claim(`inode table of group ${group}`, groups.inodeTable[group], superblock.inodeTableBlocks);
  }
}
