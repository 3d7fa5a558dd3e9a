import { isZero } from '../../../bytes/zero.ts';
import { FAST_SYMLINK_LIMIT } from '../../format/constants.ts';
import { DIRECTORY_ENTRY, DIRECTORY_TAIL } from '../../format/offsets.ts';
import { directoryParts } from '../directory.ts';
import { decodeLeaf } from '../directory-block.ts';
import type { Inode } from '../inode.ts';
import type { Ext4Reader } from '../reader.ts';
import { readSymlinkBlock } from '../symlink.ts';
import type { Findings } from './findings.ts';

/** Checks the bytes of a file's last block after its end. */
export function auditFileTail(reader: Ext4Reader, inode: Inode, findings: Findings): void {
  if (!reader.file(inode).tailIsZero()) {
    findings.report('tail', `inode ${inode.number}: bytes after the end of the file are not zero`);
  }
}

/** Checks that a symlink can be read, and the bytes after its target. */
export function auditSymlink(reader: Ext4Reader, inode: Inode, findings: Findings): void {
  const target = reader.symlink(inode);
  const fast = inode.size < FAST_SYMLINK_LIMIT;
  const stored = fast ? inode.block : readSymlinkBlock(reader, inode);
  if (!isZero(stored.subarray(target.length))) {
    findings.report('tail', `inode ${inode.number}: bytes after the target of the symlink are not zero`);
  }
}

/**
 * Checks every block of a directory, and in it what no checksum or reader looks at: the room for further index
 * entries, and the names of unused entries (U-Boot takes an entry for used when its name has a length).
 */
export function auditDirectory(reader: Ext4Reader, inode: Inode, findings: Findings): void {
  for (const part of directoryParts(reader, inode)) {
    const { bytes, index } = part.block;
    const place = `block ${index} of directory ${inode.number}`;
    if (part.role === 'index') {
      if (!isZero(bytes.subarray(part.index.unusedStart, part.index.unusedEnd))) {
        findings.report('directory', `${place}: room for further index entries is not zero`);
      }
      continue;
    }
    decodeLeaf(part.block);
    const end = bytes.length - DIRECTORY_TAIL.size;
    for (let at = 0; at < end; at += bytes.readUInt16LE(at + DIRECTORY_ENTRY.recLen)) {
      const unused = bytes.readUInt32LE(at + DIRECTORY_ENTRY.inode) === 0;
      if (unused && bytes[at + DIRECTORY_ENTRY.nameLen] !== 0) {
        findings.report('directory', `${place}: the unused entry at ${at} has a name`);
      }
    }
  }
}
