import { BLOCK_SIZE, INODE_FLAG } from '../format/constants.ts';
import { inodeSeed } from './checksum.ts';
import { type DirectoryBlock, type DirectoryEntry, decodeLeaf } from './directory-block.ts';
import { decodeIndexRoot, decodeInnerIndexBlock, type IndexBlock, isInnerIndexBlock } from './directory-index.ts';
import { walkExtents } from './extents.ts';
import { Ext4FormatError } from './format-error.ts';
import type { Inode } from './inode.ts';
import type { Volume } from './volume/volume.ts';

/** A block of a directory: a leaf with entries, or a part of the index. */
export type DirectoryPart =
  | { readonly role: 'leaf'; readonly block: DirectoryBlock }
  | { readonly role: 'index'; readonly block: DirectoryBlock; readonly index: IndexBlock };

/** Yields the entries of a directory except '.' and '..', in the order of its blocks, each of which is verified. */
export function* readDirectory(volume: Volume, inode: Inode): Generator<DirectoryEntry> {
  for (const part of directoryParts(volume, inode)) {
    if (part.role === 'leaf') {
      yield* decodeLeaf(part.block);
    }
  }
}

/**
 * Yields the blocks of a directory in order, without decoding the leaves. The index of an indexed directory is verified, but
 * not used to find the leaves; the numbers of inner blocks and leaves must be those of the index.
 */
export function* directoryParts(volume: Volume, inode: Inode): Generator<DirectoryPart> {
  const indexed = (inode.flags & INODE_FLAG.index) !== 0;
  const counted = { inner: 0, leaves: 0 };
  const found = { inner: 0, leaves: 0 };
  for (const block of directoryBlocks(volume, inode)) {
    const root = indexed && block.index === 0;
    if (root || (indexed && isInnerIndexBlock(block.bytes))) {
      const index = root ? decodeIndexRoot(block) : decodeInnerIndexBlock(block);
      if (!root) {
        found.inner++;
      }
      if (index.indirectLevels > 0) {
        counted.inner += index.count;
      } else {
        counted.leaves += index.count;
      }
      yield { role: 'index', block, index };
    } else {
      found.leaves++;
      yield { role: 'leaf', block };
    }
  }
  if (indexed && (found.inner !== counted.inner || found.leaves !== counted.leaves)) {
    throw fault(
      inode,
      `${counted.inner} inner blocks and ${counted.leaves} leaves, as in its index`,
      `${found.inner} and ${found.leaves}`,
    );
  }
}

/** Number of blocks to read at once. */
const READ_BLOCKS = 16;

/** Yields the blocks of a directory in order, without verifying them. Throws an error if the directory has holes. */
function* directoryBlocks(volume: Volume, inode: Inode): Generator<DirectoryBlock> {
  const { number, generation, size, kind } = inode;
  if (kind !== 'directory') {
    throw fault(inode, 'a directory', kind);
  }
  if (size === 0 || size % BLOCK_SIZE > 0) {
    throw fault(inode, `a size that is a multiple of ${BLOCK_SIZE} bytes, not 0`, `${size} bytes`);
  }
  const { checksumSeed, inodes } = volume.superblock;
  const seed = inodeSeed(checksumSeed, number, generation);

  let index = 0;
  for (const { logical, physical, length } of walkExtents(volume, inode)) {
    if (logical !== index) {
      throw fault(inode, `block ${index}`, `a hole up to block ${logical}`);
    }
    for (let done = 0; done < length; done += READ_BLOCKS) {
      const bytes = Buffer.allocUnsafeSlow(Math.min(READ_BLOCKS, length - done) * BLOCK_SIZE);
      volume.read(bytes, (physical + done) * BLOCK_SIZE);
      for (let at = 0; at < bytes.length; at += BLOCK_SIZE) {
        yield { bytes: bytes.subarray(at, at + BLOCK_SIZE), directory: number, index, seed, inodes };
        index++;
      }
    }
  }
  if (index !== size / BLOCK_SIZE) {
    throw fault(inode, `${size / BLOCK_SIZE} blocks`, `${index}`);
  }
}

function fault(inode: Inode, expected: string, found: string): Error {
  return new Ext4FormatError({ structure: 'directory', place: `inode ${inode.number}`, expected, found });
}
