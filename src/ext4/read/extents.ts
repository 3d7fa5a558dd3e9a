/**
 * Walks the extent tree of an inode.
 *
 * Source: Linux `Documentation/filesystems/ext4/ifork.rst`; the limits are those of `fs/ext4/ext4_extents.h`.
 */
import {
  BLOCK_EXTENTS,
  BLOCK_SIZE,
  EXTENT_MAGIC,
  EXTENT_MAX_BLOCKS,
  INODE_EXTENTS,
  INODE_FLAG,
} from '../format/constants.ts';
import { crc32c } from '../format/crc32c.ts';
import { EXTENT, EXTENT_HEADER, EXTENT_INDEX, EXTENT_TAIL_OFFSET } from '../format/offsets.ts';
import { inodeSeed } from './checksum.ts';
import { formatError, hex } from './format-error.ts';
import type { Inode } from './inode.ts';
import type { Volume } from './volume/volume.ts';

/** A run of a file's blocks: block `logical` of the file is block `physical` of the filesystem, and so on. */
export interface Extent {
  readonly logical: number;
  readonly physical: number;
  /** Blocks. */
  readonly length: number;
}

/** Is told each block of the tree outside the inode, before what it points to is read. */
export type OnNode = (block: number, bytes: Uint8Array) => void;

/** What a walk leaves out, and who is told of the nodes. */
export interface ExtentWalk {
  /** Leaves out what ends before this block of the file. */
  readonly from?: number;
  readonly onNode?: OnNode;
}

/** `EXT4_MAX_EXTENT_DEPTH` */
const MAX_DEPTH = 5;

/**
 * Gives the extents of an inode in the order of the file. What they map lies within the file's size and within the
 * filesystem; no two overlap in the file. Memory: one node for each level of the tree.
 */
export function* walkExtents(volume: Volume, inode: Inode, walk: ExtentWalk = {}): Generator<Extent> {
  if ((inode.flags & INODE_FLAG.extents) === 0) {
    throw formatError({
      structure: 'inode',
      place: `inode ${inode.number}`,
      expected: 'an extent tree',
      found: `flags ${hex(inode.flags)}`,
    });
  }
  const end = Math.ceil(inode.size / BLOCK_SIZE);
  const root = decodeNode(inode.block, INODE_EXTENTS, { volume, inode, place: 'the inode', start: 0, end });
  if (root.depth > MAX_DEPTH) {
    throw nodeFault(root.scope, `a depth of at most ${MAX_DEPTH}`, `${root.depth}`);
  }
  yield* walkNode(root, walk);
}

/** Where a node stands, and the part `start .. end` of the file, in blocks, that it may speak of. */
interface Scope {
  readonly volume: Volume;
  readonly inode: Inode;
  readonly place: string;
  readonly start: number;
  readonly end: number;
}

interface Node {
  readonly scope: Scope;
  readonly view: DataView;
  readonly depth: number;
  readonly entries: number;
}

function* walkNode(node: Node, walk: ExtentWalk): Generator<Extent> {
  const from = walk.from ?? 0;
  let next = node.scope.start;
  for (let entry = 0; entry < node.entries; entry++) {
    if (node.depth === 0) {
      const extent = decodeExtent(node, entry, next);
      next = extent.logical + extent.length;
      if (next > from) {
        yield extent;
      }
      continue;
    }
    const start = indexStart(node, entry);
    const end = entry + 1 < node.entries ? indexStart(node, entry + 1) : node.scope.end;
    if (start < next || end <= start) {
      throw nodeFault(node.scope, `entry ${entry} in order`, `blocks ${start} to ${end}`);
    }
    next = end;
    if (end > from) {
      yield* walkNode(readChild(node, entry, start, end, walk), walk);
    }
  }
}

function readChild(parent: Node, entry: number, start: number, end: number, walk: ExtentWalk): Node {
  const { volume, inode } = parent.scope;
  const at = EXTENT_HEADER.size + entry * EXTENT_INDEX.size;
  const block =
    parent.view.getUint32(at + EXTENT_INDEX.leafLo, true) +
    parent.view.getUint16(at + EXTENT_INDEX.leafHi, true) * 2 ** 32;
  if (block < 1 || block >= volume.superblock.blocks) {
    throw nodeFault(parent.scope, `entry ${entry} within the filesystem`, `block ${block}`);
  }

  const bytes = new Uint8Array(BLOCK_SIZE);
  volume.read(bytes, block * BLOCK_SIZE);
  const scope = { volume, inode, place: `block ${block}`, start, end };
  const child = decodeNode(bytes, BLOCK_EXTENTS, scope);
  const stored = child.view.getUint32(EXTENT_TAIL_OFFSET, true);
  const seed = inodeSeed(volume.superblock.checksumSeed, inode.number, inode.generation);
  const computed = crc32c(seed, bytes.subarray(0, EXTENT_TAIL_OFFSET));
  if (stored !== computed) {
    throw nodeFault(scope, `checksum ${hex(computed)}`, hex(stored));
  }
  if (child.depth !== parent.depth - 1) {
    throw nodeFault(scope, `depth ${parent.depth - 1}`, `${child.depth}`);
  }
  // An empty node could be pointed to without end; one with entries can only be at its own place in the file.
  if (child.entries === 0) {
    throw nodeFault(scope, 'an entry', 'none');
  }
  walk.onNode?.(block, bytes);
  return child;
}

function decodeNode(bytes: Uint8Array, capacity: number, scope: Scope): Node {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = view.getUint16(EXTENT_HEADER.magic, true);
  if (magic !== EXTENT_MAGIC) {
    throw nodeFault(scope, `magic ${hex(EXTENT_MAGIC)}`, hex(magic));
  }
  const max = view.getUint16(EXTENT_HEADER.max, true);
  if (max !== capacity) {
    throw nodeFault(scope, `room for ${capacity} entries`, `${max}`);
  }
  const entries = view.getUint16(EXTENT_HEADER.entries, true);
  if (entries > max) {
    throw nodeFault(scope, `at most ${max} entries`, `${entries}`);
  }
  return { scope, view, depth: view.getUint16(EXTENT_HEADER.depth, true), entries };
}

function decodeExtent(node: Node, entry: number, least: number): Extent {
  const { scope, view } = node;
  const at = EXTENT_HEADER.size + entry * EXTENT.size;
  const logical = view.getUint32(at + EXTENT.block, true);
  const length = view.getUint16(at + EXTENT.len, true);
  const physical = view.getUint32(at + EXTENT.startLo, true) + view.getUint16(at + EXTENT.startHi, true) * 2 ** 32;
  if (length < 1 || length > EXTENT_MAX_BLOCKS) {
    throw nodeFault(scope, `extent ${entry} of 1 to ${EXTENT_MAX_BLOCKS} written blocks`, `length field ${length}`);
  }
  if (logical < least || logical + length > scope.end) {
    throw nodeFault(scope, `extent ${entry} within blocks ${least} to ${scope.end}`, `${length} from ${logical}`);
  }
  if (physical < 1 || physical + length > scope.volume.superblock.blocks) {
    throw nodeFault(scope, `extent ${entry} within the filesystem`, `${length} blocks from block ${physical}`);
  }
  return { logical, physical, length };
}

function indexStart(node: Node, entry: number): number {
  return node.view.getUint32(EXTENT_HEADER.size + entry * EXTENT_INDEX.size + EXTENT_INDEX.block, true);
}

function nodeFault(scope: Scope, expected: string, found: string): Error {
  return formatError({
    structure: 'extent node',
    place: `${scope.place}, inode ${scope.inode.number}`,
    expected,
    found,
  });
}
