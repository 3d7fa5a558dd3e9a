import { isZero } from '../../../bytes/zero.ts';
import { EXTRA_ISIZE, INODE, INODE_SIZE } from '../../format/constants.ts';
import { INODE_FIELD } from '../../format/offsets.ts';
import type { Inode } from '../inode.ts';
import type { Ext4Reader } from '../reader.ts';
import { auditInodeBitmap } from './bitmaps.ts';
import type { BlockSet } from './block-set.ts';
import type { Findings } from './findings.ts';
import { claimInodeBlocks } from './inode-blocks.ts';
import { auditDirectory, auditFileTail, auditSymlink } from './tails.ts';

/** What the audit of inodes works on. */
export interface InodeAudit {
  readonly reader: Ext4Reader;
  /** Gets the blocks of all inodes. */
  readonly owned: BlockSet;
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
      if (!isZero(reader.rawInode(number))) {
        findings.report('unused-inode', `inode ${number} is free but not zero`);
      }
      continue;
    }
    lastUsed = index;
    if (isReserved(number)) {
      auditReserved(reader, number, findings);
    } else {
      findings.attempt('inode', () => {
        const inode = reader.inode(number);
        if (inode.kind === 'directory') {
          directories++;
        }
        auditInode(audit, inode);
      });
    }
  }
  const { unusedInodes, usedDirectories } = reader.groups;
  const unused = inodesPerGroup - 1 - lastUsed;
  if (unusedInodes[group] > unused) {
    findings.report('group', `group ${group}: bg_itable_unused is ${unusedInodes[group]}, but only ${unused} are`);
  }
  if (usedDirectories[group] !== directories) {
    findings.report(
      'count',
      `group ${group}: ${directories} directories, its descriptor has ${usedDirectories[group]}`,
    );
  }
}

function auditInode(audit: InodeAudit, inode: Inode): void {
  const { reader, owned, fileTails, findings } = audit;
  const { number, kind, links, size } = inode;
  if (kind === 'none') {
    findings.report('inode', `inode ${number} is marked used but holds no file`);
    return;
  }
  const raw = reader.rawInode(number);
  const deleted = Buffer.from(raw.buffer, raw.byteOffset).readUInt32LE(INODE_FIELD.dtime);
  if (links === 0 || deleted !== 0) {
    findings.report('inode', `inode ${number} is marked used but deleted: ${links} links, dtime ${deleted}`);
  }
  if (!isZero(raw.subarray(GOOD_OLD_SIZE + EXTRA_ISIZE, INODE_SIZE))) {
    findings.report('inode', `inode ${number}: bytes after its fields are not zero`);
  }

  if (!claimInodeBlocks(reader, inode, owned, findings) || number === INODE.resize) {
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

/** `EXT2_GOOD_OLD_INODE_SIZE`: the extra fields start here. */
const GOOD_OLD_SIZE = 128;

function isReserved(number: number): boolean {
  return number < INODE.firstFree && number !== INODE.root && number !== INODE.resize && number !== INODE.journal;
}

/** An inode that is kept for a purpose this profile does not use holds nothing but its checksum. */
function auditReserved(reader: Ext4Reader, number: number, findings: Findings): void {
  findings.attempt('reserved-inode', () => {
    reader.inode(number);
    const raw = Buffer.from(reader.rawInode(number));
    raw.fill(0, INODE_FIELD.checksumLo, INODE_FIELD.checksumLo + 2);
    raw.fill(0, INODE_FIELD.checksumHi, INODE_FIELD.checksumHi + 2);
    raw.fill(0, INODE_FIELD.extraIsize, INODE_FIELD.extraIsize + 2);
    if (!isZero(raw)) {
      findings.report('reserved-inode', `inode ${number}: expected none, found one in use`);
    }
  });
}
