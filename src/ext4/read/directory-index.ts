/**
 * Decodes the blocks of a directory's index: the root, which is block 0, and the inner blocks below it.
 *
 * Source: Linux `Documentation/filesystems/ext4/directory.rst`; for `dx_node` and the extent of the checksums
 * `fs/ext4/namei.c`, where the document is wrong.
 */
import { BLOCK_SIZE, HASH_HALF_MD4 } from '../format/constants.ts';
import { crc32c } from '../format/crc32c.ts';
import { DIRECTORY_ENTRY, DX_ENTRY, DX_LIMIT, DX_NODE, DX_ROOT, DX_TAIL } from '../format/offsets.ts';
import { checkDots, type DirectoryBlock, directoryFault } from './directory-block.ts';
import { hex } from './format-error.ts';

/** Blocks below an index block, and where its entries stand. */
export interface IndexBlock {
  readonly count: number;
  /** Levels between a root and the leaves: 0 or 1. An inner block has 0. */
  readonly indirectLevels: number;
  /** Bytes `unusedStart .. unusedEnd` are room for further entries, which no checksum covers. */
  readonly unusedStart: number;
  readonly unusedEnd: number;
}

/** `dx_root_info`: a reserved word ahead of the hash version, and flags after the levels. */
const DX_INFO = { reserved: 0x18, unusedFlags: 0x1f, length: 8 } as const;

/** Decodes the root of an index, the block 0 of an indexed directory. */
export function decodeIndexRoot(block: DirectoryBlock): IndexBlock {
  const dotsEnd = checkDots(block, BLOCK_SIZE);
  if (dotsEnd !== BLOCK_SIZE) {
    throw directoryFault(block, "'..' over the whole index", `its end at ${dotsEnd}`);
  }
  const { bytes } = block;
  const version = bytes[DX_ROOT.hashVersion];
  const indirectLevels = bytes[DX_ROOT.indirectLevels];
  if (version !== HASH_HALF_MD4) {
    throw directoryFault(block, `hash version ${HASH_HALF_MD4}`, `${version}`);
  }
  if (bytes[DX_ROOT.infoLength] !== DX_INFO.length || bytes[DX_INFO.unusedFlags] !== 0) {
    throw directoryFault(block, `${DX_INFO.length} bytes of index information`, 'others');
  }
  if (bytes.readUInt32LE(DX_INFO.reserved) !== 0) {
    throw directoryFault(block, 'a reserved word of zero', 'another');
  }
  if (indirectLevels > 1) {
    throw directoryFault(block, 'an index of at most 2 levels', `${indirectLevels + 1}`);
  }
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
  if (limit !== capacity) {
    throw directoryFault(block, `room for ${capacity} index entries`, `${limit}`);
  }
  if (count < 1 || count > limit) {
    throw directoryFault(block, `1 to ${limit} index entries`, `${count}`);
  }

  const unusedStart = start + count * DX_ENTRY.size;
  const unusedEnd = start + limit * DX_ENTRY.size;
  const stored = bytes.readUInt32LE(unusedEnd + DX_TAIL.checksum);
  // The checksum covers the entries in use and the tail, with its own field as zero.
  const entries = crc32c(seed, bytes.subarray(0, unusedStart));
  const reserved = crc32c(entries, bytes.subarray(unusedEnd, unusedEnd + DX_TAIL.checksum));
  const computed = crc32c(reserved, FOUR_ZEROS);
  if (stored !== computed) {
    throw directoryFault(block, `checksum ${hex(computed)}`, hex(stored));
  }
  return { count, unusedStart, unusedEnd };
}

const FOUR_ZEROS = new Uint8Array(4);
