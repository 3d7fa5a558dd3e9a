/**
 * Encodes the blocks of a directory.
 *
 * Source: Linux `Documentation/filesystems/ext4/directory.rst`, and `fs/ext4/namei.c` (`struct dx_node`, `ext4_dx_csum`,
 * `ext4_dirblock_csum`) for `dx_node` and the ranges that checksums cover, where the document is wrong.
 */
import { BLOCK_SIZE, FILE_TYPE, HASH_HALF_MD4, MODE } from '../format/constants.ts';
import { crc32c } from '../format/crc32c.ts';
import { DIRECTORY_ENTRY, DIRECTORY_TAIL, DX_ENTRY, DX_LIMIT, DX_NODE, DX_ROOT, DX_TAIL } from '../format/offsets.ts';
import type { FileTree } from '../tree.ts';
import { nameOf, recordLength } from './children.ts';
import { type DirectoryLayout, type HashTreeLayout, LEAF_BYTES } from './pack.ts';

/** What the blocks of a directory depend on, besides its layout. */
export interface DirectoryContext {
  readonly tree: FileTree;
  /** The inode number of each entry of the tree. */
  readonly inodeOf: Uint32Array;
  /** The entry of the directory. */
  readonly directory: number;
  /** The checksum seed of the directory's inode. */
  readonly checksumSeed: number;
}

/** Encodes all blocks of a directory, with their checksums. */
export function encodeDirectory(layout: DirectoryLayout, context: DirectoryContext): Buffer {
  const bytes = Buffer.alloc(layout.blocks * BLOCK_SIZE);
  if (layout.kind === 'hash-tree') {
    encodeHashTree(bytes, layout, context);
  } else {
    encodeList(bytes, layout.children, context);
  }
  return bytes;
}

function encodeList(bytes: Buffer, children: Uint32Array, context: DirectoryContext): void {
  for (let start = 0; start < bytes.length; start += BLOCK_SIZE) {
    const leaf = bytes.subarray(start, start + BLOCK_SIZE);
    const dots = start === 0 ? encodeDots(leaf, context, LEAF_BYTES) : 0;
    encodeLeaf(leaf, start === 0 ? children : NO_CHILDREN, dots, context);
  }
}

const NO_CHILDREN = new Uint32Array(0);

function encodeHashTree(bytes: Buffer, layout: HashTreeLayout, context: DirectoryContext): void {
  const { innerBlocks, leafHash, leafStart, children } = layout;
  const firstLeaf = 1 + innerBlocks;
  const block = (index: number): Buffer => bytes.subarray(index * BLOCK_SIZE, (index + 1) * BLOCK_SIZE);

  encodeRoot(block(0), innerBlocks > 0 ? 1 : 0, context);
  if (innerBlocks === 0) {
    encodeIndex(block(0), { ...ROOT_INDEX, hashes: leafHash, firstBlock: firstLeaf }, context);
  } else {
    const groups = Array.from({ length: innerBlocks }, (_, i) =>
      leafHash.subarray(i * DX_LIMIT.node, (i + 1) * DX_LIMIT.node),
    );
    const groupHash = Uint32Array.from(groups, (group) => group[0]);
    encodeIndex(block(0), { ...ROOT_INDEX, hashes: groupHash, firstBlock: 1 }, context);
    for (const [i, hashes] of groups.entries()) {
      block(1 + i).writeUInt16LE(BLOCK_SIZE, DIRECTORY_ENTRY.recLen);
      encodeIndex(block(1 + i), { ...INNER_INDEX, hashes, firstBlock: firstLeaf + i * DX_LIMIT.node }, context);
    }
  }
  for (let leaf = 0; leaf < leafHash.length; leaf++) {
    encodeLeaf(block(firstLeaf + leaf), children.subarray(leafStart[leaf], leafStart[leaf + 1]), 0, context);
  }
}

/** `dx_root`: the entries '.' and '..', of which the latter spans the index, and `dx_root_info`. */
function encodeRoot(block: Buffer, indirectLevels: number, context: DirectoryContext): void {
  encodeDots(block, context, BLOCK_SIZE);
  block[DX_ROOT.hashVersion] = HASH_HALF_MD4;
  block[DX_ROOT.infoLength] = 8;
  block[DX_ROOT.indirectLevels] = indirectLevels;
}

/** The entries of an index block. */
interface Index {
  /** Offset of the first entry. */
  readonly start: number;
  /** Number of entries that fit. */
  readonly limit: number;
  readonly hashes: Uint32Array;
  /** The block that the first entry points to; the others point to the following blocks. */
  readonly firstBlock: number;
}

const ROOT_INDEX = { start: DX_ROOT.countLimit, limit: DX_LIMIT.root } as const;
const INNER_INDEX = { start: DX_NODE.countLimit, limit: DX_LIMIT.node } as const;

/** Writes the entries of an index and its checksum. The first entry has limit and count in place of a hash. */
function encodeIndex(block: Buffer, { start, limit, hashes, firstBlock }: Index, context: DirectoryContext): void {
  for (const [i, hash] of hashes.entries()) {
    const at = start + i * DX_ENTRY.size;
    block.writeUInt32LE(hash, at + DX_ENTRY.hash);
    block.writeUInt32LE(firstBlock + i, at + DX_ENTRY.block);
  }
  block.writeUInt16LE(limit, start + DX_ENTRY.limit);
  block.writeUInt16LE(hashes.length, start + DX_ENTRY.count);
  const used = crc32c(context.checksumSeed, block.subarray(0, start + hashes.length * DX_ENTRY.size));
  // The checksum covers the tail, with zero in place of the checksum.
  block.writeUInt32LE(crc32c(used, EMPTY_TAIL), start + limit * DX_ENTRY.size + DX_TAIL.checksum);
}

const EMPTY_TAIL = new Uint8Array(8);

/** Writes '.' and '..', of which the latter ends at `end`. Returns the offset at which further entries can begin. */
function encodeDots(block: Buffer, context: DirectoryContext, end: number): number {
  const { tree, inodeOf, directory } = context;
  const own = recordLength(1);
  encodeEntryHeader(block, 0, own, inodeOf[directory]);
  encodeEntryName(block, 0, FILE_TYPE.directory, DOT);
  encodeEntryHeader(block, own, end - own, inodeOf[tree.parent[directory]]);
  encodeEntryName(block, own, FILE_TYPE.directory, DOT_DOT);
  return own + recordLength(2);
}

const DOT = Buffer.from('.');
const DOT_DOT = Buffer.from('..');

/** Writes entries from `start` on, of which the last ends at the tail, and the tail with the checksum of the block. */
function encodeLeaf(block: Buffer, children: Uint32Array, start: number, context: DirectoryContext): void {
  const { tree, inodeOf } = context;
  let at = start;
  let previous = start === 0 ? -1 : recordLength(1);
  for (const child of children) {
    if (previous >= 0) {
      block.writeUInt16LE(at - previous, previous + DIRECTORY_ENTRY.recLen);
    }
    const name = nameOf(tree, child);
    encodeEntryHeader(block, at, LEAF_BYTES - at, inodeOf[child]);
    encodeEntryName(block, at, fileType(tree.mode[child]), name);
    previous = at;
    at += recordLength(name.length);
  }
  // An empty block has one unused entry: U-Boot recognizes it by its name length of 0, others by its inode number of 0.
  if (previous < 0) {
    block.writeUInt16LE(LEAF_BYTES, DIRECTORY_ENTRY.recLen);
  }
  block.writeUInt16LE(DIRECTORY_TAIL.size, LEAF_BYTES + DIRECTORY_ENTRY.recLen);
  block[LEAF_BYTES + DIRECTORY_ENTRY.fileType] = FILE_TYPE.checksum;
  const checksum = crc32c(context.checksumSeed, block.subarray(0, LEAF_BYTES));
  block.writeUInt32LE(checksum, LEAF_BYTES + DIRECTORY_TAIL.checksum);
}

function encodeEntryHeader(block: Buffer, at: number, length: number, inode: number): void {
  block.writeUInt32LE(inode, at + DIRECTORY_ENTRY.inode);
  block.writeUInt16LE(length, at + DIRECTORY_ENTRY.recLen);
}

function encodeEntryName(block: Buffer, at: number, type: number, name: Uint8Array): void {
  block[at + DIRECTORY_ENTRY.nameLen] = name.length;
  block[at + DIRECTORY_ENTRY.fileType] = type;
  block.set(name, at + DIRECTORY_ENTRY.name);
}

function fileType(mode: number): number {
  const type = mode & MODE.typeMask;
  if (type === MODE.directory) {
    return FILE_TYPE.directory;
  }
  return type === MODE.symlink ? FILE_TYPE.symlink : FILE_TYPE.regular;
}
