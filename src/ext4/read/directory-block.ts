/**
 * Decodes the blocks of a directory: leaves with entries, and the root and inner blocks of its index.
 *
 * Source: Linux `Documentation/filesystems/ext4/directory.rst`; for `dx_node` and the extent of the checksums
 * `fs/ext4/namei.c`, where the document is wrong.
 */
import { BLOCK_SIZE, FILE_TYPE, HASH_HALF_MD4, INODE } from '../format/constants.ts';
import { crc32c } from '../format/crc32c.ts';
import { DIRECTORY_ENTRY, DIRECTORY_TAIL, DX_ENTRY, DX_LIMIT, DX_NODE, DX_ROOT, DX_TAIL } from '../format/offsets.ts';
import { formatError, hex, quote } from './format-error.ts';
import type { FileKind } from './inode.ts';

export interface DirectoryEntry {
  /** The name as it stands on disk; it stays valid. */
  readonly name: Buffer;
  readonly inode: number;
  readonly type: FileKind;
}

/** One block of a directory, and what is needed to judge it. */
export interface DirectoryBlock {
  readonly bytes: Buffer;
  /** The number of the directory's inode. */
  readonly directory: number;
  /** Which block of the directory this is. */
  readonly index: number;
  /** The checksum seed of the directory's inode. */
  readonly seed: number;
  /** Inodes of the filesystem. */
  readonly inodes: number;
}

/** Blocks below an index block, and where its entries stand. */
export interface IndexBlock {
  readonly count: number;
  /** Levels between a root and the leaves: 0 or 1. An inner block has 0. */
  readonly indirectLevels: number;
  /** Bytes `unusedStart .. unusedEnd` are room for further entries, which no checksum covers. */
  readonly unusedStart: number;
  readonly unusedEnd: number;
}

const LEAF_END = BLOCK_SIZE - DIRECTORY_TAIL.size;
const KINDS: ReadonlyMap<number, FileKind> = new Map([
  [FILE_TYPE.regular, 'file'],
  [FILE_TYPE.directory, 'directory'],
  [FILE_TYPE.symlink, 'symlink'],
]);
/** `dx_root_info`: a reserved word ahead of the hash version, and flags behind the levels. */
const DX_INFO = { reserved: 0x18, unusedFlags: 0x1f, length: 8 } as const;

/** Decodes the root of an index, the block 0 of an indexed directory. */
export function decodeIndexRoot(block: DirectoryBlock): IndexBlock {
  const dotsEnd = checkDots(block, BLOCK_SIZE);
  if (dotsEnd !== BLOCK_SIZE) throw fault(block, "'..' over the whole index", `its end at ${dotsEnd}`);
  const { bytes } = block;
  const version = bytes[DX_ROOT.hashVersion];
  const indirectLevels = bytes[DX_ROOT.indirectLevels];
  if (version !== HASH_HALF_MD4) throw fault(block, `hash version ${HASH_HALF_MD4}`, `${version}`);
  if (bytes[DX_ROOT.infoLength] !== DX_INFO.length || bytes[DX_INFO.unusedFlags] !== 0)
    throw fault(block, `${DX_INFO.length} bytes of index information`, 'others');
  if (bytes.readUInt32LE(DX_INFO.reserved) !== 0) throw fault(block, 'a reserved word of zero', 'another');
  if (indirectLevels > 1) throw fault(block, 'an index of at most 2 levels', `${indirectLevels + 1}`);
  return { ...decodeIndex(block, DX_ROOT.countLimit, DX_LIMIT.root), indirectLevels };
}

/** Whether the block is an inner one of an index: one unused entry over the whole block, where a leaf has its tail. */
export function isInnerIndexBlock(bytes: Buffer): boolean {
  return bytes.readUInt32LE(DIRECTORY_ENTRY.inode) === 0 && bytes.readUInt16LE(DIRECTORY_ENTRY.recLen) === BLOCK_SIZE;
}

/** Decodes an inner block of an index. */
export function decodeInnerIndexBlock(block: DirectoryBlock): IndexBlock {
  return { ...decodeIndex(block, DX_NODE.countLimit, DX_LIMIT.node), indirectLevels: 0 };
}

function decodeIndex(block: DirectoryBlock, start: number, capacity: number): Omit<IndexBlock, 'indirectLevels'> {
  const { bytes, seed } = block;
  const limit = bytes.readUInt16LE(start + DX_ENTRY.limit);
  const count = bytes.readUInt16LE(start + DX_ENTRY.count);
  if (limit !== capacity) throw fault(block, `room for ${capacity} index entries`, `${limit}`);
  if (count < 1 || count > limit) throw fault(block, `1 to ${limit} index entries`, `${count}`);

  const unusedStart = start + count * DX_ENTRY.size;
  const unusedEnd = start + limit * DX_ENTRY.size;
  const stored = bytes.readUInt32LE(unusedEnd + DX_TAIL.checksum);
  // The checksum covers the entries in use and the tail, with its own field as zero.
  const entries = crc32c(seed, bytes.subarray(0, unusedStart));
  const reserved = crc32c(entries, bytes.subarray(unusedEnd, unusedEnd + DX_TAIL.checksum));
  const computed = crc32c(reserved, FOUR_ZEROS);
  if (stored !== computed) throw fault(block, `checksum ${hex(computed)}`, hex(stored));
  return { count, unusedStart, unusedEnd };
}

const FOUR_ZEROS = new Uint8Array(4);

/** Decodes a block of entries; '.' and '..' must stand at the start of block 0 and are left out. */
export function decodeLeaf(block: DirectoryBlock): readonly DirectoryEntry[] {
  const { bytes, seed } = block;
  const tail = bytes.subarray(LEAF_END);
  if (tail.readUInt32LE(DIRECTORY_ENTRY.inode) !== 0 || tail.readUInt32LE(DIRECTORY_ENTRY.recLen) !== TAIL_WORD)
    throw fault(block, 'a tail with a checksum', `${hex(tail.readUInt32LE(DIRECTORY_ENTRY.recLen))}`);
  const stored = tail.readUInt32LE(DIRECTORY_TAIL.checksum);
  const computed = crc32c(seed, bytes.subarray(0, LEAF_END));
  if (stored !== computed) throw fault(block, `checksum ${hex(computed)}`, hex(stored));

  const entries: DirectoryEntry[] = [];
  let at = block.index === 0 ? checkDots(block, LEAF_END) : 0;
  while (at < LEAF_END) {
    const length = recordLength(block, at, LEAF_END);
    if (bytes.readUInt32LE(at + DIRECTORY_ENTRY.inode) !== 0) entries.push(decodeEntry(block, at));
    at += length;
  }
  return entries;
}

/** Record length 12, name length 0 and the checksum's file type, as one word. */
const TAIL_WORD = (DIRECTORY_TAIL.size | (FILE_TYPE.checksum << 24)) >>> 0;

/** Checks '.' and '..' at the start of block 0, of which the latter ends at or before `end`; returns that end. */
function checkDots(block: DirectoryBlock, end: number): number {
  const dot = entryAt(block, 0);
  if (recordLength(block, 0, end) !== MIN_RECORD || dot.name.toString('latin1') !== '.')
    throw fault(block, `'.' in ${MIN_RECORD} bytes`, quote(dot.name));
  if (dot.inode !== block.directory || dot.type !== FILE_TYPE.directory)
    throw fault(block, `'.' for the directory ${block.directory}`, `inode ${dot.inode} of type ${dot.type}`);
  const dotDot = entryAt(block, MIN_RECORD);
  if (dotDot.name.toString('latin1') !== '..' || dotDot.type !== FILE_TYPE.directory)
    throw fault(block, "'..' for a directory", `${quote(dotDot.name)} of type ${dotDot.type}`);
  checkInode(block, dotDot.inode);
  return MIN_RECORD + recordLength(block, MIN_RECORD, end);
}

function decodeEntry(block: DirectoryBlock, at: number): DirectoryEntry {
  const { name, inode, type } = entryAt(block, at);
  checkInode(block, inode);
  if (name.length === 0 || name.includes(0) || name.includes(0x2f))
    throw fault(block, "a name without '/' and NUL", quote(name));
  const dots = name[0] === 0x2e && (name.length === 1 || (name.length === 2 && name[1] === 0x2e));
  if (dots) throw fault(block, "'.' and '..' only at the start", `${quote(name)} at ${at}`);
  const kind = KINDS.get(type);
  if (kind === undefined) throw fault(block, 'the type of a file, directory or symlink', `${type} for ${quote(name)}`);
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

/** The length of the record at `at`, which must hold its name and end at or before `end`. */
function recordLength(block: DirectoryBlock, at: number, end: number): number {
  const { bytes } = block;
  const length = bytes.readUInt16LE(at + DIRECTORY_ENTRY.recLen);
  const least = DIRECTORY_ENTRY.name + bytes[at + DIRECTORY_ENTRY.nameLen];
  if (length % 4 > 0 || length < Math.max(least, MIN_RECORD) || at + length > end)
    throw fault(block, `a record of ${least} to ${end - at} bytes at ${at}`, `${length}`);
  return length;
}

const MIN_RECORD = 12;

function checkInode(block: DirectoryBlock, inode: number): void {
  if (inode === INODE.root || (inode >= INODE.firstFree && inode <= block.inodes)) return;
  throw fault(block, `an inode that a name may have, up to ${block.inodes}`, `${inode}`);
}

function fault(block: DirectoryBlock, expected: string, found: string): Error {
  const place = `block ${block.index} of inode ${block.directory}`;
  return formatError({ structure: 'directory', place, expected, found });
}
