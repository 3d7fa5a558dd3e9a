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

/** What an audit is to look at. */
export interface AuditOptions {
  /**
   * Whether to read the last block of every file and check the bytes after its end; true unless told. Who reads all
   * files anyway sees those bytes there (`FileContents.paddedSize`).
   */
  readonly fileTails?: boolean;
}

/**
 * Checks all that e2fsck does not: copies, the resize inode, the journal, counts, padding, that every block has
 * exactly one owner and every free one is zero. With e2fsck and a comparison of all contents, no bit of an image
 * goes unseen. Reads no contents of files. Memory: one bit a block.
 *
 * Returns what is wrong, nothing for an image as this project writes it.
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

/** Gives an owner to the blocks of superblocks, descriptors, bitmaps and inode tables. */
function claimMetadata(reader: Ext4Reader, owned: BlockSet, findings: Findings): void {
  const { superblock, groups } = reader;
  const claim = (what: string, start: number, length: number): void => {
    const block = owned.claim(start, Math.min(length, superblock.blocks - start));
    if (block >= 0) {
      findings.report('ownership', `block ${block} of the ${what} has another owner too`);
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
