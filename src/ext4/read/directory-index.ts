/**
 * Decodes the index of a directory: the root, which is block 0, and the inner blocks below it.
 *
 * Source: Linux `Documentation/filesystems/ext4/directory.rst`, and `fs/ext4/namei.c` for `dx_node` and the bytes that
 * checksums cover, where the document is wrong.
 */
import { BLOCK_SIZE, HASH_HALF_MD4 } from '../format/constants.ts';
import { crc32c } from '../format/crc32c.ts';
import { DIRECTORY_ENTRY, DX_ENTRY, DX_LIMIT, DX_NODE, DX_ROOT, DX_TAIL } from '../format/offsets.ts';
import { checkDots, type DirectoryBlock, directoryFault } from './directory-block.ts';
import { hex } from './format-error.ts';

/** A decoded block of an index. */
export interface IndexBlock {
  /** Number of blocks below it. */
  readonly count: number;
  /** Levels of inner blocks between this block and the leaves: 0 or 1 for the root, 0 for an inner block. */
  readonly indirectLevels: number;
  /** Bytes `unusedStart .. unusedEnd` are space for further entries, which no checksum covers. */
  readonly unusedStart: number;
  readonly unusedEnd: number;
}

/** `dx_root_info`: a reserved word before the hash version, and flags after the levels. */
const DX_INFO = { reserved: 0x18, unusedFlags: 0x1f, length: 8 } as const;

/** Decodes the root of an index, which is block 0 of the directory. */
export function decodeIndexRoot(block: DirectoryBlock): IndexBlock {
  const dotsEnd = checkDots(block, BLOCK_SIZE);
  if (dotsEnd !== BLOCK_SIZE) {
    throw directoryFault(block, `'..' to end at byte ${BLOCK_SIZE}`, `its end at byte ${dotsEnd}`);
  }
  const { bytes } = block;
  const version = bytes[DX_ROOT.hashVersion];
  const indirectLevels = bytes[DX_ROOT.indirectLevels];
  if (version !== HASH_HALF_MD4) {
    throw directoryFault(block, `hash version ${HASH_HALF_MD4}`, `${version}`);
  }
  if (bytes[DX_ROOT.infoLength] !== DX_INFO.length) {
    throw directoryFault(block, `${DX_INFO.length} bytes of index information`, `${bytes[DX_ROOT.infoLength]}`);
  }
  if (bytes[DX_INFO.unusedFlags] !== 0) {
    throw directoryFault(block, 'unused_flags 0x0', hex(bytes[DX_INFO.unusedFlags]));
  }
  const reserved = bytes.readUInt32LE(DX_INFO.reserved);
  if (reserved !== 0) {
    throw directoryFault(block, 'reserved_zero 0x0', hex(reserved));
  }
  if (indirectLevels > 1) {
    throw directoryFault(block, 'an index of at most 2 levels', `${indirectLevels + 1}`);
  }
  return { ...decodeIndex(block, DX_ROOT.countLimit, DX_LIMIT.root), indirectLevels };
}

/** Whether a block is an inner block of an index: its one unused entry spans the block, so that it has no tail. */
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
  if (limit !== capacity) {
    throw directoryFault(block, `a limit of ${capacity} index entries`, `${limit}`);
  }
  if (count < 1 || count > limit) {
    throw directoryFault(block, `1 to ${limit} index entries`, `${count}`);
  }

  const unusedStart = start + count * DX_ENTRY.size;
  const unusedEnd = start + limit * DX_ENTRY.size;
  const stored = bytes.readUInt32LE(unusedEnd + DX_TAIL.checksum);
  // The checksum covers the entries in use and the tail, with zero in place of the checksum.
  const entries = crc32c(seed, bytes.subarray(0, unusedStart));
  const reserved = crc32c(entries, bytes.subarray(unusedEnd, unusedEnd + DX_TAIL.checksum));
  const computed = crc32c(reserved, FOUR_ZEROS);
  if (stored !== computed) {
    throw directoryFault(block, `checksum ${hex(computed)}`, hex(stored));
  }
  return { count, unusedStart, unusedEnd };
}

const FOUR_ZEROS = new Uint8Array(4);
