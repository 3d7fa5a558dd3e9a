/**
 * Walks the extent tree of an inode.
 *
 * Source: Linux `Documentation/filesystems/ext4/ifork.rst`, and `fs/ext4/ext4_extents.h` for the limits.
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
import { Ext4FormatError, hex } from './format-error.ts';
import type { Inode } from './inode.ts';
import type { Volume } from './volume/volume.ts';

/** A run of blocks of a file: block `logical` of the file is block `physical` of the filesystem, and so on. */
export interface Extent {
  readonly logical: number;
  readonly physical: number;
  /** Blocks. */
  readonly length: number;
}

/** Options of a walk. */
export interface ExtentWalk {
  /** Leaves out extents that end before this block of the file. */
  readonly from?: number;
  /** Called with each node of the tree outside the inode, before the nodes below it are read. */
  readonly onNode?: (block: number, bytes: Uint8Array) => void;
}

/** `EXT4_MAX_EXTENT_DEPTH` */
const MAX_DEPTH = 5;

/**
 * Yields the extents of an inode in the order of the file. They do not overlap in the file, and are within its size and
 * within the filesystem. Keeps one node for each level of the tree in memory.
 */
export function* walkExtents(volume: Volume, inode: Inode, walk: ExtentWalk = {}): Generator<Extent> {
  if ((inode.flags & INODE_FLAG.extents) === 0) {
    throw new Ext4FormatError({
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

/** The place of a node, and the blocks `start .. end` of the file that it can map. */
interface Scope {
  readonly volume: Volume;
  readonly inode: Inode;
  readonly place: string;
  readonly start: number;
  readonly end: number;
}

/** A decoded node. */
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
      throw nodeFault(
        node.scope,
        `entries in order, with entry ${entry} from block ${next} on`,
        `blocks ${start} to ${end}`,
      );
    }
    next = end;
    if (end > from) {
      const child = readChild(node, entry, { start, end });
      walk.onNode?.(child.block, child.bytes);
      yield* walkNode(child.node, walk);
    }
  }
}

/** Reads the node that an entry points to, which maps the blocks `start .. end` of the file. */
function readChild(
  parent: Node,
  entry: number,
  { start, end }: Pick<Scope, 'start' | 'end'>,
): { readonly node: Node; readonly block: number; readonly bytes: Uint8Array } {
  const { volume, inode } = parent.scope;
  const at = EXTENT_HEADER.size + entry * EXTENT_INDEX.size;
  const block =
    parent.view.getUint32(at + EXTENT_INDEX.leafLo, true) +
    parent.view.getUint16(at + EXTENT_INDEX.leafHi, true) * 2 ** 32;
  if (block < 1 || block >= volume.superblock.blocks) {
    throw nodeFault(
      parent.scope,
      `entry ${entry} within blocks 1 to ${volume.superblock.blocks - 1}`,
      `block ${block}`,
    );
  }

  const bytes = new Uint8Array(BLOCK_SIZE);
  volume.read(bytes, block * BLOCK_SIZE);
  const scope = { volume, inode, place: `block ${block}`, start, end };
  const node = decodeNode(bytes, BLOCK_EXTENTS, scope);
  const stored = node.view.getUint32(EXTENT_TAIL_OFFSET, true);
  const seed = inodeSeed(volume.superblock.checksumSeed, inode.number, inode.generation);
  const computed = crc32c(seed, bytes.subarray(0, EXTENT_TAIL_OFFSET));
  if (stored !== computed) {
    throw nodeFault(scope, `checksum ${hex(computed)}`, hex(stored));
  }
  if (node.depth !== parent.depth - 1) {
    throw nodeFault(scope, `depth ${parent.depth - 1}`, `${node.depth}`);
  }
  // An empty node could be reached any number of times; a node with entries is valid at one place in the file only.
  if (node.entries === 0) {
    throw nodeFault(scope, 'at least 1 entry', '0');
  }
  return { node, block, bytes };
}

function decodeNode(bytes: Uint8Array, capacity: number, scope: Scope): Node {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = view.getUint16(EXTENT_HEADER.magic, true);
  if (magic !== EXTENT_MAGIC) {
    throw nodeFault(scope, `magic ${hex(EXTENT_MAGIC)}`, hex(magic));
  }
  const max = view.getUint16(EXTENT_HEADER.max, true);
  if (max !== capacity) {
    throw nodeFault(scope, `space for ${capacity} entries`, `${max}`);
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
    throw nodeFault(scope, `ee_len of extent ${entry} from 1 to ${EXTENT_MAX_BLOCKS}`, `${length}`);
  }
  if (logical < least || logical + length > scope.end) {
    throw nodeFault(
      scope,
      `extent ${entry} within blocks ${least} to ${scope.end - 1} of the file`,
      `${length} from block ${logical}`,
    );
  }
  if (physical < 1 || physical + length > scope.volume.superblock.blocks) {
    throw nodeFault(
      scope,
      `extent ${entry} within blocks 1 to ${scope.volume.superblock.blocks - 1}`,
      `${length} from block ${physical}`,
    );
  }
  return { logical, physical, length };
}

function indexStart(node: Node, entry: number): number {
  return node.view.getUint32(EXTENT_HEADER.size + entry * EXTENT_INDEX.size + EXTENT_INDEX.block, true);
}

function nodeFault(scope: Scope, expected: string, found: string): Error {
  return new Ext4FormatError({
    structure: 'extent node',
    place: `${scope.place}, inode ${scope.inode.number}`,
    expected,
    found,
  });
}
