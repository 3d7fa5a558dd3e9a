// @module-tag system
import { expect, it } from 'vitest';
import { INODE_FIELD } from '../../../src/ext4/format/offsets.ts';
import { type Fault, formatErrorOf, inodeOf, u16, u32, withFaults } from './support/faults.ts';
import { makeSmallImage } from './support/small-image.ts';

const small = makeSmallImage();
const number = inodeOf(small, '10');

function errorOf(fault: Omit<Fault, 'kind' | 'of'>): string {
  return withFaults(small, [{ kind: 'inode', of: '10', ...fault }], (open) =>
    formatErrorOf(() => open().inode(number)),
  );
}

it.each<readonly [string, number, Fault['put'], RegExp]>([
  ['a device', INODE_FIELD.mode, u16(0o060644), /regular file, directory or symlink, found mode 060644/],
  ['a socket', INODE_FIELD.mode, u16(0o140644), /found mode 0140644/],
  ['inline data', INODE_FIELD.flags, u32(0x10080000), /no i_flags except 0x81000, found 0x10080000/],
  ['encryption', INODE_FIELD.flags, u32(0x80800), /no i_flags except/],
  ['the highest flag', INODE_FIELD.flags, u32(0x80080000), /found 0x80080000/],
  ['other extra fields', INODE_FIELD.extraIsize, u16(28), /i_extra_isize 32, found 28/],
  ['a block of attributes', 0x68, u32(1200), /no extended attributes, found block 1200/],
  ['a block of attributes beyond 2^32', 0x76, u16(1), /no extended attributes, found block 4294967296/],
  ['a size over 16 TiB less a block', INODE_FIELD.sizeHi, u32(0x1001), /at most 17592186040320 bytes/],
])('refuses %s', (_, at, put, message) => {
  expect(errorOf({ at, put })).toMatch(message);
  expect(errorOf({ at, put })).toMatch(`ext4 inode at inode ${number}: `);
});

it('refuses any changed bit that the checksum covers', () => {
  for (let at = 0; at < 256; at++) {
    const old = withFaults(small, [], (open) => open().rawInode(number)[at]);
    for (const bit of [0x01, 0x80]) {
      expect(errorOf({ at, put: [old ^ bit], unsealed: true }), `byte ${at}`).toMatch(/checksum|i_extra_isize/);
    }
  }
});

it('refuses invalid inode numbers', () => {
  const messages = withFaults(small, [], (open) =>
    [0, -1, 257, 1.5, Number.NaN, 2 ** 32].map((wrong) => formatErrorOf(() => open().inode(wrong))),
  );
  for (const message of messages) {
    expect(message).toMatch(/a number from 1 to 256/);
  }
});

it('accepts unused inodes, and the reserved inodes of mke2fs, which have no extra fields', () => {
  withFaults(small, [], (open) => {
    const reader = open();
    expect(reader.inode(256)).toMatchObject({ kind: 'none', mode: 0, links: 0, size: 0 });
    expect(reader.inode(1).kind).toBe('none');
    expect(reader.rawInode(1).some((byte) => byte !== 0)).toBe(true);
  });
});

it('reads owners and sizes of more than 16 and 32 bits', () => {
  const put = (at: number, bytes: Buffer): Fault => ({ kind: 'inode', of: '10', at, put: bytes });
  const faults = [
    ...[put(INODE_FIELD.uidLo, u16(1)), put(INODE_FIELD.uidHi, u16(2)), put(INODE_FIELD.gidHi, u16(3))],
    ...[put(INODE_FIELD.sizeHi, u32(2)), put(INODE_FIELD.blocksHi, u16(1)), put(INODE_FIELD.mtime, u32(0xffffffff))],
  ];
  const inode = withFaults(small, faults, (open) => open().inode(number));
  const wide = { uid: 0x20001, gid: 0x30000, size: 2 ** 33 + 10, sectors: 2 ** 32 + 8, mtime: 0xffffffff };
  expect(inode).toMatchObject(wide);
});
