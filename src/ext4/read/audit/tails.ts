import { FAST_SYMLINK_LIMIT } from '../../format/constants.ts';
import { DIRECTORY_ENTRY, DIRECTORY_TAIL } from '../../format/offsets.ts';
import { directoryParts } from '../directory.ts';
import { type DirectoryBlock, decodeLeaf } from '../directory-block.ts';
import type { Inode } from '../inode.ts';
import type { Ext4Reader } from '../reader.ts';
import { readSymlinkBlock } from '../symlink.ts';
import { nonZero } from './difference.ts';
import type { Findings } from './findings.ts';

/** Checks the bytes between the end of a file and the end of its last block. */
export function auditFileTail(reader: Ext4Reader, inode: Inode, findings: Findings): void {
  if (!reader.file(inode).tailIsZero()) {
    findings.report('tail', `inode ${inode.number}: expected zeros after the end of the file, found other bytes`);
  }
}

/** Checks that a symlink can be read, and that the bytes after its target are zero. */
export function auditSymlink(reader: Ext4Reader, inode: Inode, findings: Findings): void {
  const target = reader.symlink(inode);
  const isFast = inode.size < FAST_SYMLINK_LIMIT;
  const stored = isFast ? inode.block : readSymlinkBlock(reader, inode);
  const used = nonZero(stored.subarray(target.length), target.length);
  if (used !== undefined) {
    findings.report('tail', `bytes after the target of symlink ${inode.number}: ${used}`);
  }
}

/**
 * Checks every block of a directory, and what neither checksums nor readers cover: the space for further index entries,
 * and the names of unused entries (U-Boot considers an entry used if its name has a length).
 */
export function auditDirectory(reader: Ext4Reader, inode: Inode, findings: Findings): void {
  for (const part of directoryParts(reader, inode)) {
    if (part.role === 'leaf') {
      auditLeaf(part.block, findings);
      continue;
    }
    const { unusedStart, unusedEnd } = part.index;
    const used = nonZero(part.block.bytes.subarray(unusedStart, unusedEnd), unusedStart);
    if (used !== undefined) {
      findings.report('directory', `space after the last index entry of ${placeOf(part.block)}: ${used}`);
    }
  }
}

function auditLeaf(block: DirectoryBlock, findings: Findings): void {
  decodeLeaf(block);
  const { bytes } = block;
  const end = bytes.length - DIRECTORY_TAIL.size;
  for (let at = 0; at < end; at += bytes.readUInt16LE(at + DIRECTORY_ENTRY.recLen)) {
    const nameLength = bytes[at + DIRECTORY_ENTRY.nameLen];
    if (bytes.readUInt32LE(at + DIRECTORY_ENTRY.inode) === 0 && nameLength !== 0) {
      const fault = `expected no name in the unused entry at byte ${at}, found one of ${nameLength} bytes`;
      findings.report('directory', `${placeOf(block)}: ${fault}`);
    }
  }
}

function placeOf({ index, directory }: DirectoryBlock): string {
  return `block ${index} of directory ${directory}`;
}
