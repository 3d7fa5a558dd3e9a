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

// 'donors' holds '.' at 0, '..' at 12, then two entries at 24 and 36, the last reaching to the tail at 4084.
it('passes over unused entries, whatever name is left in them', () => {
  const names = list('donors', []);
  expect([...names].sort()).toEqual(['index', 'node']);
  expect(list('donors', [leaf(24, u32(0))])).toEqual([names[1]]);
});

it.each<readonly [string, Omit<Fault, 'of'>, RegExp]>([
  ['a record of no bytes', leaf(28, u16(0)), /a record of \d+ to 4060 bytes at 24, found 0/],
  ['a record not in whole words', leaf(28, u16(14)), /found 14/],
  ['a record too short for its name', leaf(30, [200]), /a record of 208 to 4060 bytes at 24/],
  ['a record that reaches into the tail', leaf(28, u16(4072)), /found 4072/],
  ['a record as long as can be told', leaf(28, u16(0xfffc)), /found 65532/],
  ['a slash in a name', leaf(33, [0x2f]), /a name without '\/' and NUL, found ".\//],
  ['a NUL in a name', leaf(33, [0]), /a name without '\/' and NUL, found ".\\x00/],
  ['an empty name', leaf(30, [0]), /a name without '\/' and NUL, found ""/],
  ["another '.'", leaf(30, [1, 2, 0x2e]), /'\.' and '\.\.' only at the start, found "\." at 24/],
  ["another '..'", leaf(30, [2, 2, 0x2e, 0x2e]), /only at the start, found "\.\." at 24/],
  ['an inode that does not exist', leaf(24, u32(257)), /an inode that a name may have, up to 256, found 257/],
  ['an inode that is reserved', leaf(24, u32(8)), /an inode that a name may have, up to 256, found 8/],
  ['a type that is not written here', leaf(31, [3]), /the type of a file, directory or symlink, found 3 for/],
  ["no '.'", leaf(8, [0x2c]), /'\.' in 12 bytes, found ","/],
  ["a longer record for '.'", leaf(4, u16(16)), /'\.' in 12 bytes/],
  ["'.' for another inode", leaf(0, u32(2)), /found inode 2 of type 2/],
  ["'.' for a file", leaf(7, [1]), /of type 1/],
  ["no '..'", leaf(21, [0x2c]), /'\.\.' for a directory, found "\.,"/],
  ["'..' for no inode", leaf(12, u32(0)), /an inode that a name may have/],
  ['no tail', leaf(4091, [0]), /a tail with a checksum/],
  ['a tail with a name', leaf(4090, [1]), /a tail with a checksum/],
  ['a tail with an inode', leaf(4084, u32(12)), /a tail with a checksum/],
  ['a wrong checksum', { ...leaf(4000, [1]), unsealed: true }, /checksum 0x/],
  ['half a block', { kind: 'inode', at: INODE_FIELD.sizeLo, put: u32(2048) }, /a size of whole blocks, found 2048/],
  ['no block', { kind: 'inode', at: INODE_FIELD.sizeLo, put: u32(0) }, /a size of whole blocks, found 0/],
  ['a block less than its size', { kind: 'inode', at: INODE_FIELD.sizeLo, put: u32(8192) }, /2 blocks, found 1/],
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
  ['other index information', index(0, 29, [16]), /8 bytes of index information/],
  ['flags', index(0, 31, [1]), /8 bytes of index information/],
  ['a reserved word', index(0, 24, [1]), /a reserved word of zero/],
  ['three levels', index(0, 30, [2]), /at most 2 levels, found 3/],
  ['one level less than there is', index(0, 30, [0]), /0 inner and 5 leaf blocks, as its index counts, found 1 and 4/],
  ['another limit', index(0, 32, u16(506)), /room for 507 index entries, found 506/],
  ['another limit below', index(1, 8, u16(511)), /room for 510 index entries, found 511/],
  ['no entries', index(1, 10, u16(0)), /1 to 510 index entries, found 0/],
  ['more entries than room', index(1, 10, u16(511)), /1 to 510 index entries, found 511/],
  [
    'fewer leaves than there are',
    index(1, 10, u16(3)),
    /1 inner and 3 leaf blocks, as its index counts, found 1 and 4/,
  ],
  ['more leaves than there are', index(1, 10, u16(5)), /1 inner and 5 leaf blocks, as its index counts, found 1 and 4/],
  ["a '..' that ends early", index(0, 16, u16(12)), /'\.\.' over the whole index/],
  ["'.' for another inode", index(0, 0, u32(2)), /found inode 2 of type 2/],
  ['a wrong checksum', { ...index(0, 37, [1]), unsealed: true }, /checksum 0x/],
  ['a wrong checksum below', { ...index(1, 13, [1]), unsealed: true }, /checksum 0x/],
])('refuses an index with %s', (_, fault, message) => {
  expect(list('two-levels', [])).toHaveLength(60);
  expect(errorOf('two-levels', fault)).toMatch(message);
});

it('refuses index blocks in a directory that is not indexed, and one without any', () => {
  expect(errorOf('indexed', { kind: 'inode', at: INODE_FIELD.flags, put: u32(0x80000) })).toMatch(/a record of|a tail/);
  expect(errorOf('donors', { kind: 'inode', at: INODE_FIELD.flags, put: u32(0x81000) })).toMatch(
    /over the whole index/,
  );
});

it('refuses an entry whose type is not that of its inode, when a path leads through it', () => {
  const file: Fault = { kind: 'directory-leaf', of: 'donors', at: 31, put: [2] };
  const message = withFaults(small, [file], (open) =>
    formatErrorOf(() => {
      for (const name of ['index', 'node']) {
        open().lookup([Buffer.from('donors'), Buffer.from(name)]);
      }
    }),
  );
  expect(message).toMatch(/the entry of inode \d+.*expected an entry for a file, found one for a directory/);
});
