// @module-tag system
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { crc32c } from '../../../src/ext4/format/crc32c.ts';
import { SUPERBLOCK } from '../../../src/ext4/format/offsets.ts';
import { auditExt4 } from '../../../src/ext4/read/audit/audit.ts';
import { openExt4 } from '../../../src/ext4/read/reader.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { e2fsckFaults, mke2fs } from './support/e2fsprogs.ts';
import { makeManyFiles } from './support/source-tree.ts';
import { loadImage, type MemoryImage } from './support/sources.ts';
import { le32 } from './support/structures.ts';

const BLOCK = 4096;
const GROUP = 32_768 * BLOCK;
const BACKUP_GROUPS = [1, 3, 5, 7, 9];

const directory = temporaryDirectory();
let path = '';
let image: MemoryImage;
let reserved = 0;

beforeAll(() => {
  const root = join(directory, 'root');
  mkdirSync(root);
  writeFileSync(join(root, 'file'), 'contents');
  makeManyFiles(join(root, 'many'), 100, 20);
  path = mke2fs(directory, 'large.img', { mebibytes: 1300, root, inodes: 2048 });
  image = loadImage(path);
  reserved = openExt4(image).superblock.reservedDescriptorBlocks;
});

const audit = () => auditExt4(openExt4(image));

it('finds only uninitialized bitmaps in eleven groups of mke2fs', () => {
  const messages = audit().map(({ message }) => message);
  for (const message of messages) {
    expect(message).toMatch(/^(group: group \d+: expected bg_flags|group: \d+ more findings|reserved inode: inode 1:)/);
  }
  expect(openExt4(image).superblock.groups).toBe(11);
});

describe('finds what e2fsck does not', () => {
  // Each fault is one bit, which is also changed in the file, for e2fsck.
  const faults: readonly (readonly [string, string, () => number])[] = [
    ...BACKUP_GROUPS.flatMap((group) => [
      [`a field of the superblock in group ${group}`, 'superblock-copy', () => group * GROUP + 0x48] as const,
      [`the checksum of the superblock in group ${group}`, 'superblock-copy', () => group * GROUP + 0x3ff] as const,
      [`a byte after the superblock in group ${group}`, 'padding', () => group * GROUP + 4095] as const,
      [`a descriptor in group ${group}`, 'descriptor-copy', () => group * GROUP + BLOCK + 64 + 8] as const,
      [`the end of the descriptors in group ${group}`, 'descriptor-copy', () => group * GROUP + 2 * BLOCK - 1] as const,
      [`a reserved block in group ${group}`, 'padding', () => group * GROUP + (1 + reserved) * BLOCK + 9] as const,
    ]),
    ['the last word of the resize inode in use', 'resize-inode', () => (1 + reserved) * BLOCK + 4 * 4],
    ['a block that is free', 'free-block', () => 10 * GROUP + 1000 * BLOCK],
  ];

  it.each(faults)('%s', (_, check, offset) => {
    const known = audit().map(({ message }) => message);
    const at = offset();
    const byte = image.slice(at, 1)[0] ^ 0x40;
    image.write(at, Buffer.from([byte]));
    try {
      const found = audit().filter(({ message }) => !known.includes(message));
      expect(found.map((finding) => finding.check)).toEqual([check]);
    } finally {
      image.restore();
    }
    expect(withByte(at, byte, () => e2fsckFaults(path))).toEqual([]);
  });
});

it('finds a last group that is too small for its backups', () => {
  const { superblock } = openExt4(image);
  const field = (offset: number, value: number): void => image.write(1024 + offset, le32(value));
  field(SUPERBLOCK.blocksCountLo, 9 * 32_768 + 10);
  field(SUPERBLOCK.inodesCount, 10 * superblock.inodesPerGroup);
  field(SUPERBLOCK.checksum, crc32c(0xffffffff, image.slice(1024, SUPERBLOCK.checksum)));
  try {
    const messages = audit().map(({ message }) => message);
    expect(messages).toContainEqual(
      expect.stringMatching(/^superblock copy: group 9: expected at least \d+ blocks, found 10$/),
    );
  } finally {
    image.restore();
  }
});

it('changes the file that e2fsck reads: e2fsck finds a fault in the primary descriptors', () => {
  const at = BLOCK + 8;
  const faults = withByte(at, image.slice(at, 1)[0] ^ 0x40, () => e2fsckFaults(path));
  expect(faults.join('\n')).toMatch(/^e2fsck -fn, exit code [1-9].*descriptor/s);
});

/** Calls `run` while a byte of the image on disk is changed. */
function withByte<T>(offset: number, byte: number, run: () => T): T {
  const fd = openSync(path, 'r+');
  const old = image.slice(offset, 1);
  try {
    writeSync(fd, Buffer.from([byte]), 0, 1, offset);
    return run();
  } finally {
    writeSync(fd, old, 0, 1, offset);
    closeSync(fd);
  }
}
