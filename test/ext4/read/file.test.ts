// @module-tag system
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openExt4 } from '../../../src/ext4/read/reader.ts';
import { formatErrorOf, inodeOf, withFaults } from './support/faults.ts';
import { makeSmallImage } from './support/small-image.ts';

const small = makeSmallImage();

it.each(['four-extents', 'depth-1', 'depth-2', '10000'])('reads any pieces of %s in any order', (path) => {
  withFaults(small, [], (open) => {
    const reader = open();
    const inode = reader.inode(inodeOf(small, path));
    const whole = Buffer.alloc(inode.size);
    reader.file(inode).read(0, whole);
    expect(whole.some((byte) => byte !== 0)).toBe(true);

    const piece = fc.tuple(fc.nat(inode.size), fc.nat(20_000));
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 10 }), (pieces) => {
        const file = reader.file(inode);
        for (const [position, length] of pieces) {
          const target = Buffer.alloc(Math.min(length, inode.size - position), 0xaa);
          file.read(position, target);
          expect(target.equals(whole.subarray(position, position + target.length))).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });
});

/** A reader of the image, and the number of its reads. */
function countingReader() {
  const { size, read } = small.image;
  const count = { reads: 0 };
  const reader = openExt4({
    size,
    read(target, offset) {
      count.reads++;
      read(target, offset);
    },
  });
  return { reader, count };
}

it('reads an extent with one call', () => {
  const { reader, count } = countingReader();
  const file = reader.file(reader.inode(inodeOf(small, '10000')));
  expect(file).toMatchObject({ size: 10_000, paddedSize: 12_288 });
  count.reads = 0;
  file.read(0, Buffer.alloc(12_288));
  expect(count.reads).toBe(1);
});

it('reads each node of the tree once in sequential reads', () => {
  const { reader, count } = countingReader();
  const inode = reader.inode(inodeOf(small, 'depth-2'));
  count.reads = 0;
  const file = reader.file(inode);
  for (let position = 0; position < file.paddedSize; position += 2048) {
    file.read(position, Buffer.alloc(2048));
  }
  // Two halves of eight blocks, the node and the leaf; the other blocks are holes.
  expect(count.reads).toBe(2 * 8 + 2);
});

it('reads the bytes after the end of a file, and checks whether they are zero', () => {
  withFaults(small, [], (open) => {
    const reader = open();
    const inode = reader.inode(inodeOf(small, '10'));
    expect(reader.file(inode).tailIsZero()).toBe(true);
    const [{ physical }] = [...reader.extents(inode)];
    small.image.write(physical * 4096 + 4095, Buffer.from([7]));
    expect(reader.file(inode).tailIsZero()).toBe(false);
    const block = Buffer.alloc(4096);
    reader.file(inode).read(0, block);
    expect(block[4095]).toBe(7);
    expect(block.subarray(0, 10).toString()).toBe('datadatada');
  });
});

it('has no tail if a file is empty or fills its last block', () => {
  withFaults(small, [], (open) => {
    const reader = open();
    for (const path of ['0', '4096']) {
      const file = reader.file(reader.inode(inodeOf(small, path)));
      expect(file.paddedSize).toBe(file.size);
      expect(file.tailIsZero()).toBe(true);
    }
  });
});

it('refuses ranges outside the file, and inodes of other types', () => {
  withFaults(small, [], (open) => {
    const reader = open();
    const file = reader.file(reader.inode(inodeOf(small, '10')));
    expect(() => file.read(4096, Buffer.alloc(1))).toThrow(RangeError);
    expect(() => file.read(-1, Buffer.alloc(1))).toThrow(RangeError);
    expect(() => file.read(Number.NaN, Buffer.alloc(1))).toThrow(RangeError);
    expect(formatErrorOf(() => reader.file(reader.inode(2)))).toMatch(/a regular file, found directory/);
    expect(formatErrorOf(() => reader.symlink(reader.inode(2)))).toMatch(/a symlink, found directory/);
    expect(formatErrorOf(() => [...reader.directory(reader.inode(8))])).toMatch(/a directory, found file/);
  });
});
