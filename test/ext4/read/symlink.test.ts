// @module-tag system
import { expect, it } from 'vitest';
import { INODE_FIELD } from '../../../src/ext4/format/offsets.ts';
import { type Fault, formatErrorOf, inodeOf, u16, u32, withFaults } from './support/faults.ts';
import { makeSmallImage } from './support/small-image.ts';

const small = makeSmallImage();

it('reads targets in the inode and in a block', () => {
  withFaults(small, [], (open) => {
    const reader = open();
    for (const length of [5, 59, 60, 1000]) {
      expect(reader.symlink(reader.inode(inodeOf(small, `link-${length}`))).toString()).toBe('t'.repeat(length));
    }
  });
});

it.each<readonly [string, string, Omit<Fault, 'of'>, RegExp]>([
  [
    'an extent tree for a short target',
    'link-59',
    { kind: 'inode', at: INODE_FIELD.flags, put: u32(0x80000) },
    /a target of 59 bytes in the inode, found an extent tree/,
  ],
  [
    'no extent tree for a long target',
    'link-60',
    { kind: 'inode', at: INODE_FIELD.flags, put: u32(0) },
    /an extent tree/,
  ],
  [
    'no block for a long target',
    'link-60',
    { kind: 'inode', at: 0x2a, put: u16(0) },
    /a block with the target, found none/,
  ],
  ['an empty target', 'link-5', { kind: 'inode', at: INODE_FIELD.sizeLo, put: u32(0) }, /1 to 4095 bytes, found 0/],
  ['a target of a block', 'link-1000', { kind: 'inode', at: INODE_FIELD.sizeLo, put: u32(4096) }, /found 4096/],
  [
    'a NUL in the inode',
    'link-5',
    { kind: 'inode', at: 0x28 + 2, put: [0] },
    /5 bytes without NUL, found a NUL at byte 2/,
  ],
  ['a NUL in the block', 'link-1000', { kind: 'symlink', at: 999, put: [0] }, /found a NUL at byte 999/],
])('refuses %s', (_, path, fault, message) => {
  const error = withFaults(small, [{ of: path, ...fault }], (open) =>
    formatErrorOf(() => {
      const reader = open();
      return reader.symlink(reader.inode(inodeOf(small, path)));
    }),
  );
  expect(error).toMatch(message);
});
