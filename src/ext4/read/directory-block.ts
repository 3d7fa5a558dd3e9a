/**
 * Decodes the blocks of a directory that hold entries.
 *
 * Source: Linux `Documentation/filesystems/ext4/directory.rst`.
 */
import { BLOCK_SIZE, FILE_TYPE, INODE } from '../format/constants.ts';
import { crc32c } from '../format/crc32c.ts';
import { DIRECTORY_ENTRY, DIRECTORY_TAIL } from '../format/offsets.ts';
import { Ext4FormatError, hex, quote } from './format-error.ts';
import type { FileKind } from './inode.ts';

/** An entry of a directory. */
export interface DirectoryEntry {
  /** The raw name; it stays valid. */
  readonly name: Buffer;
  readonly inode: number;
  readonly type: FileKind;
}

/** A block of a directory, and what is needed to verify it. */
export interface DirectoryBlock {
  readonly bytes: Buffer;
  /** The number of the directory's inode. */
  readonly directory: number;
  /** Number of the block within the directory. */
  readonly index: number;
  /** The checksum seed of the directory's inode. */
  readonly seed: number;
  /** Number of inodes of the filesystem. */
  readonly inodes: number;
}

const LEAF_END = BLOCK_SIZE - DIRECTORY_TAIL.size;
const KINDS: ReadonlyMap<number, FileKind> = new Map([
  [FILE_TYPE.regular, 'file'],
  [FILE_TYPE.directory, 'directory'],
  [FILE_TYPE.symlink, 'symlink'],
]);

/** Decodes a leaf. '.' and '..' must be the first entries of block 0, and are left out. */
export function decodeLeaf(block: DirectoryBlock): readonly DirectoryEntry[] {
  const { bytes, seed } = block;
  const tail = bytes.subarray(LEAF_END);
  if (tail.readUInt32LE(DIRECTORY_ENTRY.inode) !== 0 || tail.readUInt32LE(DIRECTORY_ENTRY.recLen) !== TAIL_WORD) {
    throw directoryFault(block, `a tail ${hex(TAIL_WORD)}`, hex(tail.readUInt32LE(DIRECTORY_ENTRY.recLen)));
  }
  const stored = tail.readUInt32LE(DIRECTORY_TAIL.checksum);
  const computed = crc32c(seed, bytes.subarray(0, LEAF_END));
  if (stored !== computed) {
    throw directoryFault(block, `checksum ${hex(computed)}`, hex(stored));
  }

  const entries: DirectoryEntry[] = [];
  let at = block.index === 0 ? checkDots(block, LEAF_END) : 0;
  while (at < LEAF_END) {
    const length = recordLength(block, at, LEAF_END);
    if (bytes.readUInt32LE(at + DIRECTORY_ENTRY.inode) !== 0) {
      entries.push(decodeEntry(block, at));
    }
    at += length;
  }
  return entries;
}

/** The record length, name length and file type of a tail, as one word. */
const TAIL_WORD = (DIRECTORY_TAIL.size | (FILE_TYPE.checksum << 24)) >>> 0;

/** Checks '.' and '..' at the start of block 0, which must end by `end`. Returns the end of '..'. */
export function checkDots(block: DirectoryBlock, end: number): number {
  const dot = entryAt(block, 0);
  if (recordLength(block, 0, end) !== MIN_RECORD || dot.name.toString('latin1') !== '.') {
    throw directoryFault(block, `'.' in ${MIN_RECORD} bytes`, quote(dot.name));
  }
  if (dot.inode !== block.directory || dot.type !== FILE_TYPE.directory) {
    throw directoryFault(
      block,
      `'.' to be inode ${block.directory} of type ${FILE_TYPE.directory}`,
      `inode ${dot.inode} of type ${dot.type}`,
    );
  }
  const dotDot = entryAt(block, MIN_RECORD);
  if (dotDot.name.toString('latin1') !== '..' || dotDot.type !== FILE_TYPE.directory) {
    throw directoryFault(block, `'..' of type ${FILE_TYPE.directory}`, `${quote(dotDot.name)} of type ${dotDot.type}`);
  }
  checkInode(block, dotDot.inode);
  return MIN_RECORD + recordLength(block, MIN_RECORD, end);
}

function decodeEntry(block: DirectoryBlock, at: number): DirectoryEntry {
  const { name, inode, type } = entryAt(block, at);
  checkInode(block, inode);
  if (name.length === 0 || name.includes(0) || name.includes(0x2f)) {
    throw directoryFault(block, "a name without '/' and NUL", quote(name));
  }
  const isDots = name[0] === 0x2e && (name.length === 1 || (name.length === 2 && name[1] === 0x2e));
  if (isDots) {
    throw directoryFault(block, "'.' and '..' only at the start", `${quote(name)} at byte ${at}`);
  }
  const kind = KINDS.get(type);
  if (kind === undefined) {
    throw directoryFault(block, 'the type of a file, directory or symlink', `type ${type} for ${quote(name)}`);
  }
  return { name, inode, type: kind };
}

function entryAt(block: DirectoryBlock, at: number): { name: Buffer; inode: number; type: number } {
  const { bytes } = block;
  const nameStart = at + DIRECTORY_ENTRY.name;
  return {
    name: bytes.subarray(nameStart, nameStart + bytes[at + DIRECTORY_ENTRY.nameLen]),
    inode: bytes.readUInt32LE(at + DIRECTORY_ENTRY.inode),
    type: bytes[at + DIRECTORY_ENTRY.fileType],
  };
}

/** The length of the record at `at`, which must contain its name and end by `end`. */
function recordLength(block: DirectoryBlock, at: number, end: number): number {
  const { bytes } = block;
  const length = bytes.readUInt16LE(at + DIRECTORY_ENTRY.recLen);
  const least = DIRECTORY_ENTRY.name + bytes[at + DIRECTORY_ENTRY.nameLen];
  if (length % 4 > 0 || length < Math.max(least, MIN_RECORD) || at + length > end) {
    throw directoryFault(block, `a record of ${least} to ${end - at} bytes at byte ${at}`, `${length}`);
  }
  return length;
}

const MIN_RECORD = 12;

function checkInode(block: DirectoryBlock, inode: number): void {
  if (inode === INODE.root || (inode >= INODE.firstFree && inode <= block.inodes)) {
    return;
  }
  throw directoryFault(block, `inode ${INODE.root} or ${INODE.firstFree} to ${block.inodes}`, `${inode}`);
}

/** Creates the error for a block of a directory. */
export function directoryFault(block: DirectoryBlock, expected: string, found: string): Ext4FormatError {
  const place = `block ${block.index} of inode ${block.directory}`;
  return new Ext4FormatError({ structure: 'directory', place, expected, found });
}
