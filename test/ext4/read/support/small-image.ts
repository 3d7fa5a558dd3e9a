import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ext4Reader, openExt4 } from '../../../../src/ext4/read/reader.ts';
import { e2fsck, mke2fs } from './e2fsprogs.ts';
import { HARD_NAMES, joinBytes, makeManyNames, makeSparse } from './source-tree.ts';
import { loadImage, type MemoryImage } from './sources.ts';
import { findStructures, inodeSeed, le32, type Structure, sealIndex, sealNode } from './structures.ts';

/** A small image in memory, and its structures. */
export interface SmallImage {
  readonly image: MemoryImage;
  readonly structures: readonly Structure[];
  /** Inode numbers by path from the root. */
  readonly inodes: ReadonlyMap<string, number>;
}

const BLOCK = 4096;

/**
 * Creates an image of 9 MiB with every structure: linear and indexed directories, an index of two levels, extents in the
 * inode and in trees of depth 1 and 2, symlinks of both kinds. It is from mke2fs and e2fsck; only the inner blocks, for which
 * they would need thousands of entries, are added here.
 */
export function makeSmallImage(): SmallImage {
  using cleanup = new DisposableStack();
  const directory = mkdtempSync(join(tmpdir(), 'ext4-small-'));
  cleanup.defer(() => rmSync(directory, { recursive: true }));
  const root = join(directory, 'root');
  for (const name of ['names', 'donors', 'empty']) {
    mkdirSync(join(root, name), { recursive: true });
  }
  for (const name of HARD_NAMES) {
    writeFileSync(joinBytes(join(root, 'names'), name), name);
  }
  for (const name of ['node', 'index']) {
    writeFileSync(join(root, 'donors', name), 'a block for another');
  }
  for (const size of [0, 10, BLOCK, 10_000]) {
    writeFileSync(join(root, `${size}`), Buffer.alloc(size, 'data'));
  }
  for (const length of [5, 59, 60, 1000]) {
    symlinkSync('t'.repeat(length), join(root, `link-${length}`));
  }
  makeManyNames(join(root, 'indexed'), 60, 200);
  makeManyNames(join(root, 'two-levels'), 60, 200);
  makeSparse(join(root, 'four-extents'), 4);
  makeSparse(join(root, 'depth-1'), 8);
  makeSparse(join(root, 'depth-2'), 8);
  const path = mke2fs(directory, 'small.img', { mebibytes: 9, root, inodes: 256, journal: 4, growth: 2 ** 26 });
  e2fsck(path, '-fyD');

  const image = loadImage(path);
  deepenExtents(image, 'depth-2', 'donors/node');
  deepenIndex(image, 'two-levels', 'donors/index');
  image.commit();
  return { image, structures: findStructures(image), inodes: inodeNumbers(openExt4(image)) };
}

/** Inserts a node between the inode and the leaf of the extent tree of a file. */
function deepenExtents(image: MemoryImage, name: string, donor: string): void {
  const block = takeBlock(image, donor);
  const inode = structureOf(image, name);
  const root = image.slice(inode.offset + 0x28, 60);
  image.write(block * BLOCK, Buffer.alloc(BLOCK));
  image.write(block * BLOCK, root);
  image.write(block * BLOCK + 4, Buffer.from([0x54, 0x01])); // eh_max 340

  root.writeUInt16LE(1, 2);
  root.writeUInt16LE(2, 6);
  root.fill(0, 24);
  root.writeUInt32LE(block, 16);
  image.write(inode.offset + 0x28, root);
  addSectors(image, inode, 8);
  sealNode(image, block * BLOCK, inodeSeed(image, inode.inode, inode.offset));
  inode.seal();
}

/** Appends an inner block to a directory, between the root of its index and the leaves. */
function deepenIndex(image: MemoryImage, name: string, donor: string): void {
  const block = takeBlock(image, donor);
  const inode = structureOf(image, name);
  const reader = openExt4(image);
  const { size, extents } = describe(reader, inode.inode);
  const root = extents[0].physical * BLOCK;
  const count = image.slice(root + 34, 2).readUInt16LE();
  image.write(block * BLOCK, Buffer.alloc(BLOCK));
  image.write(block * BLOCK + 4, Buffer.from([0x00, 0x10])); // one unused entry of 4096 bytes
  image.write(block * BLOCK + 8, image.slice(root + 32, count * 8));
  image.write(block * BLOCK + 8, Buffer.from([0xfe, 0x01])); // limit 510
  image.write(root + 30, Buffer.from([1])); // indirect levels
  image.write(root + 34, Buffer.from([1, 0])); // count
  image.write(root + 36, le32(size / BLOCK));
  image.write(root + 40, Buffer.alloc((count - 1) * 8));

  const at = inode.offset + 0x28 + 12 + extents.length * 12;
  image.write(inode.offset + 0x28 + 2, Buffer.from([extents.length + 1]));
  image.write(at, le32(size / BLOCK));
  image.write(at + 4, le32(1));
  image.write(at + 8, le32(block));
  image.write(inode.offset + 4, le32(size + BLOCK));
  addSectors(image, inode, 8);
  sealIndex(image, block * BLOCK, inodeSeed(image, inode.inode, inode.offset));
  inode.seal();
}

/** Removes the only block of a file, which is empty then. */
function takeBlock(image: MemoryImage, donor: string): number {
  const inode = structureOf(image, donor);
  const [extent] = describe(openExt4(image), inode.inode).extents;
  image.write(inode.offset + 4, le32(0));
  image.write(inode.offset + 0x1c, le32(0));
  image.write(inode.offset + 0x28 + 2, Buffer.from([0]));
  image.write(inode.offset + 0x28 + 12, Buffer.alloc(48));
  inode.seal();
  return extent.physical;
}

function describe(reader: Ext4Reader, number: number) {
  const inode = reader.inode(number);
  return { size: inode.size, extents: [...reader.extents(inode)] };
}

function addSectors(image: MemoryImage, inode: Structure, sectors: number): void {
  const field = inode.offset + 0x1c;
  image.write(field, le32(image.slice(field, 4).readUInt32LE() + sectors));
}

function structureOf(image: MemoryImage, name: string): Structure {
  const number = inodeNumbers(openExt4(image)).get(name);
  const found = findStructures(image).find(({ kind, inode }) => kind === 'inode' && inode === number);
  if (found === undefined) {
    throw new Error(`no inode for ${name}`);
  }
  return found;
}

function inodeNumbers(reader: Ext4Reader): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  const walk = (directory: number, path: string): void => {
    for (const { name, inode, type } of reader.directory(reader.inode(directory))) {
      numbers.set(path + name.toString('latin1'), inode);
      if (type === 'directory') {
        walk(inode, `${path}${name.toString('latin1')}/`);
      }
    }
  };
  walk(2, '');
  return numbers;
}
