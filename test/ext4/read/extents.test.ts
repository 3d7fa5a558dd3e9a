// @module-tag system
import { expect, it } from 'vitest';
import { type Fault, formatErrorOf, inodeOf, u16, u32, withFaults } from './support/faults.ts';
import { makeSmallImage } from './support/small-image.ts';

const small = makeSmallImage();
const ROOT = 0x28;

function errorOf(path: string, ...faults: readonly Omit<Fault, 'of'>[]): string {
  const all = faults.map((fault) => ({ of: path, ...fault }));
  return withFaults(small, all, (open) =>
    formatErrorOf(() => {
      const reader = open();
      return [...reader.extents(reader.inode(inodeOf(small, path)))];
    }),
  );
}

const root = (at: number, put: Buffer): Omit<Fault, 'of'> => ({ kind: 'inode', at: ROOT + at, put });
const node = (nth: number, at: number, put: Buffer): Omit<Fault, 'of'> => ({ kind: 'extent-node', nth, at, put });

// The file has the blocks 1, 3, 5 and 7. Entry i is at 12 + 12 * i: block, length, upper and lower half of its location.
it.each<readonly [string, Omit<Fault, 'of'>, RegExp]>([
  ['no tree', { kind: 'inode', at: 0x20, put: u32(0) }, /an extent tree, found flags 0x0/],
  ['another magic number', root(0, u16(0xf30b)), /magic 0xf30a, found 0xf30b/],
  ['space for more entries than fit', root(4, u16(5)), /space for 4 entries, found 5/],
  ['more entries than fit', root(2, u16(5)), /at most 4 entries, found 5/],
  ['a tree too deep', root(6, u16(6)), /a depth of at most 5, found 6/],
  ['an extent of no blocks', root(16, u16(0)), /ee_len of extent 0 from 1 to 32768, found 0/],
  ['an unwritten extent', root(16, u16(32_769)), /ee_len of extent 0 from 1 to 32768, found 32769/],
  ['extents out of order', root(24, u32(0)), /extent 1 within blocks 2 to 7 of the file, found 1 from block 0/],
  ['overlapping extents', root(16, u16(3)), /extent 1 within blocks 4 to 7 of the file, found 1 from block 3/],
  [
    'an extent after the end of the file',
    root(48, u32(8)),
    /extent 3 within blocks 6 to 7 of the file, found 1 from block 8/,
  ],
  ['an extent that ends after it', root(52, u16(2)), /found 2 from block 7/],
  ['the boot block as data', root(20, u32(0)), /extent 0 within blocks 1 to 2303, found 1 from block 0/],
  ['data after the filesystem', root(20, u32(2304)), /found 1 from block 2304/],
  ['data far after it', root(18, u16(0xffff)), /extent 0 within blocks 1 to 2303/],
])('refuses %s in the inode', (_, fault, message) => {
  expect(errorOf('four-extents', fault)).toMatch(message);
  expect(errorOf('four-extents', fault)).toMatch(`inode ${inodeOf(small, 'four-extents')}`);
});

// The file has eight such blocks. The inode points to node 0, which points to node 1 (a leaf).
it.each<readonly [string, Omit<Fault, 'of'>, RegExp]>([
  ['a node after the filesystem', root(16, u32(2304)), /entry 0 within blocks 1 to 2303, found block 2304/],
  ['the boot block as a node', node(0, 16, u32(0)), /entry 0 within blocks 1 to 2303, found block 0/],
  ['another magic number', node(1, 0, u16(0)), /magic 0xf30a, found 0x0/],
  ['space for fewer entries than fit', node(1, 4, u16(339)), /space for 340 entries, found 339/],
  ['more entries than fit', node(1, 2, u16(341)), /at most 340 entries, found 341/],
  ['an empty node', node(1, 2, u16(0)), /at least 1 entry, found 0/],
  ['a node of its own depth', node(1, 6, u16(1)), /depth 0, found 1/],
  ['a node deeper than its parent', node(0, 6, u16(2)), /depth 1, found 2/],
  ['a leaf where a node should be', node(0, 6, u16(0)), /depth 1, found 0/],
  [
    'an extent before its index',
    node(0, 12, u32(2)),
    /extent 0 within blocks 2 to 15 of the file, found 1 from block 1/,
  ],
  ['an index before its parent', node(0, 12, u32(0)), /entry 0 from block 1 on, found blocks 0 to 16/],
  ['an index after the end of the file', node(0, 12, u32(16)), /entry 0 from block 1 on, found blocks 16 to 16/],
  ['a wrong checksum', { ...node(1, 4095, Buffer.from([0])), unsealed: true }, /checksum 0x/],
])('refuses %s in a tree', (_, fault, message) => {
  expect(errorOf('depth-2', fault)).toMatch(message);
});

it('refuses a node that is pointed to twice', () => {
  const [extent] = nodeBlocks('depth-2');
  const second = Buffer.concat([u32(9), u32(extent), u32(0)]);
  expect(errorOf('depth-2', root(2, u16(2)), root(24, second))).toMatch(/extent 4 within blocks 8 to 8 of the file/);
});

it('refuses a node that belongs to another inode', () => {
  const [other] = nodeBlocks('depth-1');
  expect(errorOf('depth-2', node(0, 16, u32(other)))).toMatch(/checksum 0x/);
});

function nodeBlocks(path: string): readonly number[] {
  const inode = inodeOf(small, path);
  return small.structures
    .filter((one) => one.kind === 'extent-node' && one.inode === inode)
    .map(({ offset }) => offset / 4096);
}
