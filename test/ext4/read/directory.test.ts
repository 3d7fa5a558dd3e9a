// @module-tag system
import { expect, it } from 'vitest';
import { INODE_FIELD } from '../../../src/ext4/format/offsets.ts';
import { type Fault, formatErrorOf, inodeOf, u16, u32, withFaults } from './support/faults.ts';
import { makeSmallImage } from './support/small-image.ts';

const small = makeSmallImage();

function list(path: string, faults: readonly Omit<Fault, 'of'>[]): readonly string[] {
  const all = faults.map((fault) => ({ of: path, ...fault }));
  return withFaults(small, all, (open) => {
    const reader = open();
    return [...reader.directory(reader.inode(inodeOf(small, path)))].map(({ name }) => name.toString('latin1'));
  });
}

const errorOf = (path: string, ...faults: readonly Omit<Fault, 'of'>[]): string =>
  formatErrorOf(() => list(path, faults));
const leaf = (at: number, put: Fault['put']): Omit<Fault, 'of'> => ({ kind: 'directory-leaf', at, put });
const index = (nth: number, at: number, put: Fault['put']): Omit<Fault, 'of'> => ({
  kind: 'directory-index',
  nth,
  at,
  put,
});

// 'donors' has '.' at 0, '..' at 12, then two entries at 24 and 36, of which the last ends at the tail at 4084.
it('skips unused entries, also if they have a name', () => {
  const names = list('donors', []);
  expect([...names].sort()).toEqual(['index', 'node']);
  expect(list('donors', [leaf(24, u32(0))])).toEqual([names[1]]);
});

it.each<readonly [string, Omit<Fault, 'of'>, RegExp]>([
  ['a record of no bytes', leaf(28, u16(0)), /a record of \d+ to 4060 bytes at byte 24, found 0/],
  ['a record whose length is not a multiple of 4', leaf(28, u16(14)), /found 14/],
  ['a record too short for its name', leaf(30, [200]), /a record of 208 to 4060 bytes at byte 24/],
  ['a record that overlaps the tail', leaf(28, u16(4072)), /found 4072/],
  ['a record of the greatest length', leaf(28, u16(0xfffc)), /found 65532/],
  ['a slash in a name', leaf(33, [0x2f]), /a name without '\/' and NUL, found ".\//],
  ['a NUL in a name', leaf(33, [0]), /a name without '\/' and NUL, found ".\\x00/],
  ['an empty name', leaf(30, [0]), /a name without '\/' and NUL, found ""/],
  ["another '.'", leaf(30, [1, 2, 0x2e]), /'\.' and '\.\.' only at the start, found "\." at byte 24/],
  ["another '..'", leaf(30, [2, 2, 0x2e, 0x2e]), /only at the start, found "\.\." at byte 24/],
  ['an inode that does not exist', leaf(24, u32(257)), /inode 2 or 11 to 256, found 257/],
  ['an inode that is reserved', leaf(24, u32(8)), /inode 2 or 11 to 256, found 8/],
  [
    'a type that this project does not write',
    leaf(31, [3]),
    /the type of a file, directory or symlink, found type 3 for/,
  ],
  ["no '.'", leaf(8, [0x2c]), /'\.' in 12 bytes, found ","/],
  ["a longer record for '.'", leaf(4, u16(16)), /'\.' in 12 bytes/],
  ["'.' for another inode", leaf(0, u32(2)), /found inode 2 of type 2/],
  ["'.' for a file", leaf(7, [1]), /of type 1/],
  ["no '..'", leaf(21, [0x2c]), /'\.\.' of type 2, found "\.,"/],
  ["'..' for no inode", leaf(12, u32(0)), /inode 2 or 11 to 256/],
  ['no tail', leaf(4091, [0]), /a tail 0xde00000c/],
  ['a tail with a name', leaf(4090, [1]), /a tail 0xde00000c/],
  ['a tail with an inode', leaf(4084, u32(12)), /a tail 0xde00000c/],
  ['a wrong checksum', { ...leaf(4000, [1]), unsealed: true }, /checksum 0x/],
  [
    'a size of half a block',
    { kind: 'inode', at: INODE_FIELD.sizeLo, put: u32(2048) },
    /a size that is a multiple of 4096 bytes, not 0, found 2048/,
  ],
  [
    'a size of 0',
    { kind: 'inode', at: INODE_FIELD.sizeLo, put: u32(0) },
    /a size that is a multiple of 4096 bytes, not 0, found 0/,
  ],
  ['fewer blocks than its size', { kind: 'inode', at: INODE_FIELD.sizeLo, put: u32(8192) }, /2 blocks, found 1/],
])('refuses %s', (_, fault, message) => {
  expect(errorOf('donors', fault)).toMatch(message);
  expect(errorOf('donors', fault)).toMatch(/^ext4 directory at /);
});

it('refuses a hole', () => {
  const size: Omit<Fault, 'of'> = { kind: 'inode', at: INODE_FIELD.sizeLo, put: u32(8192) };
  expect(errorOf('donors', size, { kind: 'inode', at: 0x28 + 12, put: u32(1) })).toMatch(/a hole up to block 1/);
});

// Root: information at 24, limit and count at 32. Inner block: limit and count at 8.
it.each<readonly [string, Omit<Fault, 'of'>, RegExp]>([
  ['another hash', index(0, 28, [4]), /hash version 1, found 4/],
  ['other index information', index(0, 29, [16]), /8 bytes of index information, found 16/],
  ['flags', index(0, 31, [1]), /unused_flags 0x0, found 0x1/],
  ['a reserved word', index(0, 24, [1]), /reserved_zero 0x0, found 0x1/],
  ['three levels', index(0, 30, [2]), /at most 2 levels, found 3/],
  ['one level too few', index(0, 30, [0]), /0 inner blocks and 5 leaves, as in its index, found 1 and 4/],
  ['another limit', index(0, 32, u16(506)), /a limit of 507 index entries, found 506/],
  ['another limit in an inner block', index(1, 8, u16(511)), /a limit of 510 index entries, found 511/],
  ['no entries', index(1, 10, u16(0)), /1 to 510 index entries, found 0/],
  ['more entries than fit', index(1, 10, u16(511)), /1 to 510 index entries, found 511/],
  ['too few leaves', index(1, 10, u16(3)), /1 inner blocks and 3 leaves, as in its index, found 1 and 4/],
  ['too many leaves', index(1, 10, u16(5)), /1 inner blocks and 5 leaves, as in its index, found 1 and 4/],
  ["a '..' that ends early", index(0, 16, u16(12)), /'\.\.' to end at byte 4096, found its end at byte 24/],
  ["'.' for another inode", index(0, 0, u32(2)), /found inode 2 of type 2/],
  ['a wrong checksum', { ...index(0, 37, [1]), unsealed: true }, /checksum 0x/],
  ['a wrong checksum in an inner block', { ...index(1, 13, [1]), unsealed: true }, /checksum 0x/],
])('refuses an index with %s', (_, fault, message) => {
  expect(list('two-levels', [])).toHaveLength(60);
  expect(errorOf('two-levels', fault)).toMatch(message);
});

it('refuses index blocks in a directory that is not indexed, and one without any', () => {
  expect(errorOf('indexed', { kind: 'inode', at: INODE_FIELD.flags, put: u32(0x80000) })).toMatch(/a record of|a tail/);
  expect(errorOf('donors', { kind: 'inode', at: INODE_FIELD.flags, put: u32(0x81000) })).toMatch(
    /'\.\.' to end at byte 4096/,
  );
});

it('refuses an entry on a path whose type is not that of its inode', () => {
  const file: Fault = { kind: 'directory-leaf', of: 'donors', at: 31, put: [2] };
  const message = withFaults(small, [file], (open) =>
    formatErrorOf(() => {
      for (const name of ['index', 'node']) {
        open().lookup([Buffer.from('donors'), Buffer.from(name)]);
      }
    }),
  );
  expect(message).toMatch(/the entry of inode \d+.*expected the type file, found directory/);
});
