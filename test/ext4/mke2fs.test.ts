// @module-tag system
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RandomAccess } from '../../src/bytes/source.ts';
import { INODE_FIELD, SUPERBLOCK } from '../../src/ext4/format/offsets.ts';
import { openExt4 } from '../../src/ext4/read/reader.ts';
import { dumpe2fsFields, withFile } from '../support/image-check.ts';
import { allOf, pattern } from '../support/image-contents.ts';
import { makeImageFile, type SampleImage } from '../support/image-files.ts';
import { mke2fsLike } from '../support/image-mke2fs.ts';
import { directory, file, makeSample } from '../support/image-sample.ts';
import { runTool } from '../support/run-tool.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const scratch = temporaryDirectory();
const MIB = 1024 ** 2;
const BLOCK = 4096;

/** The same two entries in both: this compares the filesystem around the tree. */
const root = join(scratch, 'root');
const sample = makeSample([['directory', directory([['file', file(pattern(10_000))]])]]);
mkdirSync(join(root, 'directory'), { recursive: true });
writeFileSync(join(root, 'directory', 'file'), allOf(pattern(10_000)));

describe.each([
  ['1 group', 1, 20 * MIB],
  ['3 groups', 3, 250 * MIB],
  ['18 groups, so two flex groups', 18, 2100 * MIB],
  ['66 groups, so two blocks of descriptors', 66, 8180 * MIB],
])('%s: an image, and one of mke2fs with the same size and features', (_, groups, freeSpace) => {
  let ours: SampleImage;
  const theirs = join(scratch, `${groups}.mke2fs`);

  beforeAll(async () => {
    ours = makeImageFile(join(scratch, `${groups}.ours`), sample, { freeSpace });
    expect(ours.plan.geometry.groups).toBe(groups);
    await mke2fsLike(theirs, ours, root);
  });

  it('differ in two fields of the superblock', async () => {
    const [expected, found] = [await dumpe2fsFields(theirs), await dumpe2fsFields(ours.path)];
    const names = [...new Set([...expected.keys(), ...found.keys()])];
    expect(names.length).toBeGreaterThan(45);
    // mke2fs counts the bytes that it wrote; the checksum covers other bytes, see below.
    const different = names.filter((name) => expected.get(name) !== found.get(name));
    expect(different).toEqual(['Lifetime writes', 'Checksum']);
  });

  it('differ only in these bytes of the superblock', () => {
    const masked = (source: RandomAccess): Buffer =>
      withZeros(bytesAt(source, 1024, 1024), [
        // The copy of the map of the journal inode: the journal is at another place, see below.
        [SUPERBLOCK.jnlBlocks, 60],
        [SUPERBLOCK.kbytesWritten, 8],
        [SUPERBLOCK.checksum, 4],
      ]);
    expect(withFile(ours.path, masked)).toEqual(withFile(theirs, masked));
  });

  it('have their groups, superblocks, descriptors, bitmaps, inode tables and inodes at the same places', async () => {
    const [expected, found] = [await groupLines(theirs), await groupLines(ours.path)];
    const normal = (lines: readonly string[]): readonly string[] =>
      lines
        // The journal is before all files here, and in the middle of the filesystem with mke2fs.
        .filter((line) => !/^ {2}Free blocks:/.test(line))
        .map((line) => line.replace(/^ {2}\d+ free blocks, /, '  '))
        // mke2fs does not write unused bitmaps.
        .map((line) => line.replace('INODE_UNINIT, ', '').replace('BLOCK_UNINIT, ', ''))
        .map((line) => line.replace(/,? csum 0x[0-9a-f]{4,8}/, ''))
        // mke2fs reserves space for the bitmaps of 15 more groups, which can be anywhere.
        .map((line) => (groups === 1 ? line.replace(/(Inode (bitmap|table) at) .*/, '$1') : line));
    expect(normal(found)).toEqual(normal(expected));
    expect(found.filter((line) => /^Group \d+:.*\[ITABLE_ZEROED\]$/.test(line))).toHaveLength(groups);
  });

  it('have the same special inodes except for the locations of their blocks', () => {
    const compared = (source: RandomAccess): readonly Buffer[] => {
      const inodes = openExt4(source);
      return [2, 7, 8, 11].map((inode) =>
        withZeros(Buffer.from(inodes.rawInode(inode)), [
          [INODE_FIELD.block, 60],
          [INODE_FIELD.checksumLo, 2],
          [INODE_FIELD.checksumHi, 2],
        ]),
      );
    };
    expect(withFile(ours.path, compared)).toEqual(withFile(theirs, compared));
  });

  it('have no mode in the other reserved inodes', () => {
    const modes = (source: RandomAccess): readonly number[] => {
      const inodes = openExt4(source);
      return [1, 3, 4, 5, 6, 9, 10].map((inode) => Buffer.from(inodes.rawInode(inode)).readUInt16LE(INODE_FIELD.mode));
    };
    expect(withFile(ours.path, modes)).toEqual(withFile(theirs, modes));
  });

  it('have the same map of reserved blocks, to the last word', () => {
    const map = (source: RandomAccess): Buffer => {
      const reader = openExt4(source);
      const doubleIndirect = Buffer.from(reader.rawInode(7)).readUInt32LE(INODE_FIELD.block + 4 * 13);
      const { groups: count, reservedDescriptorBlocks } = reader.superblock;
      const first = 1 + Math.ceil(count / 64);
      const reserved = bytesAt(source, first * BLOCK, reservedDescriptorBlocks * BLOCK);
      return Buffer.concat([bytesAt(source, doubleIndirect * BLOCK, BLOCK), reserved]);
    };
    const found = withFile(ours.path, map);
    expect(found.length).toBe((1 + 256 - Math.ceil(groups / 64)) * BLOCK);
    expect(found.equals(withFile(theirs, map))).toBe(true);
  });

  it('have the same first block of the journal, and the same /lost+found', () => {
    const blocks = (source: RandomAccess): readonly Buffer[] =>
      [8, 11].map((inode) => {
        const reader = openExt4(source);
        const [extent] = reader.extents(reader.inode(inode));
        return bytesAt(source, extent.physical * BLOCK, (inode === 8 ? 1 : 4) * BLOCK);
      });
    expect(withFile(ours.path, blocks)).toEqual(withFile(theirs, blocks));
  });
});

async function groupLines(path: string): Promise<readonly string[]> {
  const { stdout } = await runTool('dumpe2fs', [path]);
  const text = stdout.toString('latin1');
  const lines = text
    .slice(text.indexOf('\nGroup 0:') + 1)
    .trimEnd()
    .split('\n');
  return lines.filter((line) => line !== '');
}

function bytesAt(source: RandomAccess, offset: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  source.read(bytes, offset);
  return bytes;
}

function withZeros(bytes: Buffer, ranges: readonly (readonly [offset: number, length: number])[]): Buffer {
  for (const [offset, length] of ranges) {
    bytes.fill(0, offset, offset + length);
  }
  return bytes;
}
