import { isZero } from '../../../bytes/zero.ts';
import { EXTRA_ISIZE, INODE, INODE_SIZE } from '../../format/constants.ts';
import { INODE_FIELD } from '../../format/offsets.ts';
import type { Inode } from '../inode.ts';
import type { Ext4Reader } from '../reader.ts';
import { auditInodeBitmap } from './bitmaps.ts';
import type { BlockSet } from './block-set.ts';
import { nonZero } from './difference.ts';
import type { Findings } from './findings.ts';
import { claimInodeBlocks } from './inode-blocks.ts';
import { auditDirectory, auditFileTail, auditSymlink } from './tails.ts';

/** The state of an audit of inodes. */
export interface InodeAudit {
  readonly reader: Ext4Reader;
  /** Receives the blocks of all inodes. */
  readonly owned: BlockSet;
  /** Whether to check the bytes after the end of files. */
  readonly fileTails: boolean;
  readonly findings: Findings;
}

/** Checks the inode bitmap and the inode table of a group: the inodes in use, and that all others are zero. */
export function auditInodes(audit: InodeAudit, group: number): void {
  const { reader, findings } = audit;
  const { inodesPerGroup } = reader.superblock;
  const bitmap = auditInodeBitmap(reader, group, findings);
  const first = group * inodesPerGroup + 1;
  let directories = 0;
  let lastUsed = -1;
  for (let index = 0; index < inodesPerGroup; index++) {
    const number = first + index;
    if (((bitmap[index >> 3] >> (index & 7)) & 1) === 0) {
      auditUnused(reader, number, findings);
      continue;
    }
    lastUsed = index;
    if (isReserved(number)) {
      auditReserved(reader, number, findings);
    } else if (auditInode(audit, number) === 'directory') {
      directories++;
    }
  }

  const { unusedInodes, usedDirectories } = reader.groups;
  const unused = inodesPerGroup - 1 - lastUsed;
  if (unusedInodes[group] > unused) {
    findings.report(
      'group',
      `group ${group}: expected bg_itable_unused of at most ${unused}, found ${unusedInodes[group]}`,
    );
  }
  if (usedDirectories[group] !== directories) {
    findings.report(
      'count',
      `group ${group}: expected bg_used_dirs_count ${directories}, found ${usedDirectories[group]}`,
    );
  }
}

function auditUnused(reader: Ext4Reader, number: number, findings: Findings): void {
  const raw = reader.rawInode(number);
  if (!isZero(raw)) {
    findings.report('unused-inode', `inode ${number}: ${nonZero(raw, 0)}`);
  }
}

/** Checks an inode in use. Returns its kind, `none` if it cannot be decoded. */
function auditInode(audit: InodeAudit, number: number): Inode['kind'] {
  let kind: Inode['kind'] = 'none';
  audit.findings.attempt('inode', () => {
    const inode = audit.reader.inode(number);
    kind = inode.kind;
    auditFields(audit, inode);
    auditBlocks(audit, inode);
  });
  return kind;
}

function auditFields({ reader, findings }: InodeAudit, { number, kind, links }: Inode): void {
  if (kind === 'none') {
    findings.report('inode', `inode ${number}: expected a file, since it is marked as used, found none`);
    return;
  }
  const raw = reader.rawInode(number);
  const deleted = Buffer.from(raw.buffer, raw.byteOffset).readUInt32LE(INODE_FIELD.dtime);
  if (links === 0) {
    findings.report('inode', `inode ${number}: expected i_links_count of at least 1, found 0`);
  }
  if (deleted !== 0) {
    findings.report('inode', `inode ${number}: expected i_dtime 0, found ${deleted}`);
  }
  const end = GOOD_OLD_SIZE + EXTRA_ISIZE;
  const used = nonZero(raw.subarray(end, INODE_SIZE), end);
  if (used !== undefined) {
    findings.report('inode', `bytes after the fields of inode ${number}: ${used}`);
  }
}

/** `EXT2_GOOD_OLD_INODE_SIZE`: the offset of the extra fields. */
const GOOD_OLD_SIZE = 128;

function auditBlocks({ reader, owned, fileTails, findings }: InodeAudit, inode: Inode): void {
  const { number, kind, size } = inode;
  if (kind === 'none' || !claimInodeBlocks(reader, inode, owned, findings) || number === INODE.resize) {
    return;
  }
  if (kind === 'symlink') {
    auditSymlink(reader, inode, findings);
  } else if (kind === 'directory') {
    auditDirectory(reader, inode, findings);
  } else if (fileTails && size > 0) {
    auditFileTail(reader, inode, findings);
  }
}

function isReserved(number: number): boolean {
  return number < INODE.firstFree && number !== INODE.root && number !== INODE.resize && number !== INODE.journal;
}

/** Checks that a reserved inode, which no image of this project uses, has nothing except its checksum. */
function auditReserved(reader: Ext4Reader, number: number, findings: Findings): void {
  findings.attempt('reserved-inode', () => {
    reader.inode(number);
    const raw = Buffer.from(reader.rawInode(number));
    raw.fill(0, INODE_FIELD.checksumLo, INODE_FIELD.checksumLo + 2);
    raw.fill(0, INODE_FIELD.checksumHi, INODE_FIELD.checksumHi + 2);
    raw.fill(0, INODE_FIELD.extraIsize, INODE_FIELD.extraIsize + 2);
    const used = nonZero(raw, 0);
    if (used !== undefined) {
      findings.report('reserved-inode', `inode ${number}: ${used}`);
    }
  });
}
