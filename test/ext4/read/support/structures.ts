/**
 * The structures of an image, and how to update their checksums after a change, so that the intended check finds a fault.
 * The bytes that checksums cover are defined here independently of the reader.
 */
import { crc32c } from '../../../../src/ext4/format/crc32c.ts';
import {
  DIRECTORY_ENTRY,
  DX_ENTRY,
  EXTENT,
  EXTENT_HEADER,
  EXTENT_INDEX,
  GROUP_DESCRIPTOR,
  INODE_FIELD,
  JOURNAL_SUPERBLOCK,
  SUPERBLOCK,
} from '../../../../src/ext4/format/offsets.ts';
import { walkExtents } from '../../../../src/ext4/read/extents.ts';
import { openExt4 } from '../../../../src/ext4/read/reader.ts';
import type { MemoryImage } from './sources.ts';

/** The kinds of structures. */
export type StructureKind =
  | 'superblock'
  | 'descriptor'
  | 'block-bitmap'
  | 'inode-bitmap'
  | 'inode'
  | 'extent-node'
  | 'directory-leaf'
  | 'directory-index'
  | 'symlink'
  | 'journal'
  | 'resize-map';

/** A structure of an image. */
export interface Structure {
  readonly kind: StructureKind;
  /** Offset in the image, bytes. */
  readonly offset: number;
  readonly length: number;
  /** Offsets of its fields; those that point to other structures occur more often. */
  readonly fields: readonly number[];
  /** The inode that it is or belongs to, or 0. */
  readonly inode: number;
  /** Updates the checksums that cover it. */
  seal(): void;
}

const BLOCK = 4096;

/** Finds the structures of a valid image. */
export function findStructures(image: MemoryImage): readonly Structure[] {
  const reader = openExt4(image);
  const { groups, inodes, descriptorBlocks, reservedDescriptorBlocks } = reader.superblock;
  const seed = crc32c(0xffffffff, reader.superblock.uuid);
  const found: Structure[] = [];
  const add = (kind: StructureKind, offset: number, length: number, fields: readonly number[], seal = () => {}) => {
    found.push({ kind, offset, length, fields, inode: 0, seal });
  };

  add('superblock', 1024, 1024, Object.values(SUPERBLOCK), () => sealSuperblock(image));
  for (let group = 0; group < groups; group++) {
    const sealGroup = () => sealDescriptor(image, seed, group);
    add('descriptor', BLOCK + group * 64, 64, Object.values(GROUP_DESCRIPTOR), sealGroup);
    const blockBitmap = reader.groups.blockBitmap[group] * BLOCK;
    const inodeBitmap = reader.groups.inodeBitmap[group] * BLOCK;
    add('block-bitmap', blockBitmap, BLOCK, [], () => {
      sealBitmap(image, seed, group, image.slice(blockBitmap, BLOCK), 0x18);
    });
    add('inode-bitmap', inodeBitmap, BLOCK, [], () => {
      sealBitmap(image, seed, group, image.slice(inodeBitmap, inodes / groups / 8), 0x1a);
    });
  }
  for (let k = 0; k < reservedDescriptorBlocks; k++) {
    add('resize-map', (1 + descriptorBlocks + k) * BLOCK, BLOCK, WORDS);
  }
  for (let number = 1; number <= inodes; number++) {
    if (reader.inode(number).kind !== 'none') {
      found.push(...structuresOf(image, number));
    }
  }
  return found;
}

const WORDS = Array.from({ length: BLOCK / 4 }, (_, word) => word * 4);

/** An inode and all its blocks except those of files. */
function structuresOf(image: MemoryImage, number: number): readonly Structure[] {
  const reader = openExt4(image);
  const inode = reader.inode(number);
  const group = Math.floor((number - 1) / reader.superblock.inodesPerGroup);
  const index = (number - 1) % reader.superblock.inodesPerGroup;
  const offset = reader.groups.inodeTable[group] * BLOCK + index * 256;
  const ownSeed = () => inodeSeed(image, number, offset);
  const found: Structure[] = [];
  const add = (kind: StructureKind, block: number, fields: readonly number[], seal = () => {}) => {
    found.push({ kind, offset: block * BLOCK, length: BLOCK, fields, inode: number, seal });
  };

  if (number === 7) {
    add('resize-map', Buffer.from(inode.block).readUInt32LE(13 * 4), WORDS);
  }
  const extents =
    (inode.flags & 0x80000) === 0
      ? []
      : [
          ...walkExtents(reader, inode, {
            onNode: (block) =>
              add('extent-node', block, nodeFields(0, 340), () => sealNode(image, block * BLOCK, ownSeed())),
          }),
        ];
  for (const { logical, physical, length } of extents) {
    if (number === 8 && logical === 0) {
      add('journal', physical, Object.values(JOURNAL_SUPERBLOCK));
    }
    if (inode.kind === 'symlink') {
      add('symlink', physical, [0, inode.size]);
    }
    if (inode.kind !== 'directory') {
      continue;
    }
    for (let block = physical; block < physical + length; block++) {
      const bytes = image.slice(block * BLOCK, BLOCK);
      const indexed =
        (inode.flags & 0x1000) !== 0 && (block === extents[0].physical || bytes.readUInt16LE(4) === BLOCK);
      if (!indexed) {
        add('directory-leaf', block, leafFields(bytes), () => sealLeaf(image, block * BLOCK, ownSeed()));
      } else {
        add('directory-index', block, indexFields(bytes), () => sealIndex(image, block * BLOCK, ownSeed()));
      }
    }
  }
  const header = [0, 2, 4, 6].map((field) => INODE_FIELD.block + field);
  const often = [...header, INODE_FIELD.mode, INODE_FIELD.sizeLo, INODE_FIELD.sizeHi, INODE_FIELD.flags];
  const more = [...often, ...often, ...often, 0x68, 0x76];
  const inodeFields = [...Object.values(INODE_FIELD), ...nodeFields(INODE_FIELD.block, 4), ...more];
  const seal = (): void => {
    sealInode(image, offset, ownSeed());
    // Another generation results in another seed.
    for (const part of found) {
      part.seal();
    }
  };
  return [{ kind: 'inode', offset, length: 256, fields: inodeFields, inode: number, seal }, ...found];
}

function nodeFields(start: number, entries: number): readonly number[] {
  const header = [EXTENT_HEADER.magic, EXTENT_HEADER.entries, EXTENT_HEADER.max, EXTENT_HEADER.depth];
  const entry: readonly number[] = [EXTENT.block, EXTENT.len, EXTENT.startHi, EXTENT.startLo, EXTENT_INDEX.leafHi];
  const fields: number[] = [...header, ...header, ...header];
  for (let i = 0; i < entries; i++) {
    for (const field of entry) {
      fields.push(EXTENT_HEADER.size + i * 12 + field);
    }
  }
  return fields.map((field) => start + field);
}

function leafFields(bytes: Buffer): readonly number[] {
  const fields: number[] = [4084, 4088, 4090, 4091];
  for (let at = 0; at < 4084; at += bytes.readUInt16LE(at + 4)) {
    for (const field of Object.values(DIRECTORY_ENTRY)) {
      fields.push(at + field);
    }
  }
  return fields;
}

function indexFields(bytes: Buffer): readonly number[] {
  const start = countLimit(bytes);
  const fields = [0, 4, 6, 7, 8, 12, 16, 18, 19, 20, 24, 28, 29, 30, 31, start, start + DX_ENTRY.count];
  for (let i = 0; i < bytes.readUInt16LE(start + DX_ENTRY.count); i++) {
    fields.push(start + i * 8, start + i * 8 + 4);
  }
  return fields;
}

function sealSuperblock(image: MemoryImage): void {
  image.write(1024 + 0x3fc, le32(crc32c(0xffffffff, image.slice(1024, 0x3fc))));
}

function sealDescriptor(image: MemoryImage, seed: number, group: number): void {
  const offset = BLOCK + group * 64;
  const bytes = image.slice(offset, 64);
  bytes.fill(0, 0x1e, 0x20);
  image.write(offset + 0x1e, le32(crc32c(crc32c(seed, le32(group)), bytes)).subarray(0, 2));
}

function sealBitmap(image: MemoryImage, seed: number, group: number, bytes: Buffer, field: number): void {
  const checksum = le32(crc32c(seed, bytes));
  image.write(BLOCK + group * 64 + field, checksum.subarray(0, 2));
  image.write(BLOCK + group * 64 + field + 0x20, checksum.subarray(2));
  sealDescriptor(image, seed, group);
}

function sealInode(image: MemoryImage, offset: number, seed: number): void {
  const bytes = image.slice(offset, 256);
  bytes.fill(0, 0x7c, 0x7e).fill(0, 0x82, 0x84);
  const checksum = le32(crc32c(seed, bytes));
  image.write(offset + 0x7c, checksum.subarray(0, 2));
  image.write(offset + 0x82, checksum.subarray(2));
}

/** The checksum seed of the inode at `offset`. */
export function inodeSeed(image: MemoryImage, number: number, offset: number): number {
  const filesystem = crc32c(0xffffffff, image.slice(1024 + SUPERBLOCK.uuid, 16));
  return crc32c(crc32c(filesystem, le32(number)), image.slice(offset + INODE_FIELD.generation, 4));
}

/** Updates the checksum of the extent node at `offset`. */
export function sealNode(image: MemoryImage, offset: number, seed: number): void {
  image.write(offset + 4092, le32(crc32c(seed, image.slice(offset, 4092))));
}

function sealLeaf(image: MemoryImage, offset: number, seed: number): void {
  image.write(offset + 4092, le32(crc32c(seed, image.slice(offset, 4084))));
}

/** Updates the checksum of an index block of a directory. */
export function sealIndex(image: MemoryImage, offset: number, seed: number): void {
  const bytes = image.slice(offset, BLOCK);
  const start = countLimit(bytes);
  // With a limit or count beyond the block there is no checksum.
  const used = Math.min(start + bytes.readUInt16LE(start + 2) * 8, BLOCK);
  const tail = Math.min(start + bytes.readUInt16LE(start) * 8, BLOCK - 8);
  const checksum = crc32c(
    crc32c(seed, bytes.subarray(0, used)),
    Buffer.concat([bytes.subarray(tail, tail + 4), le32(0)]),
  );
  image.write(offset + tail + 4, le32(checksum));
}

/** The offset of limit and count, in an inner block (with one entry that spans it) or in a root. */
function countLimit(bytes: Buffer): number {
  return bytes.readUInt16LE(4) === BLOCK ? 8 : 32;
}

/** A number as 4 bytes, little-endian; only its lowest 32 bits. */
export function le32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}
