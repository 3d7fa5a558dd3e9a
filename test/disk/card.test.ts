import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ImageSource } from '../../src/bytes/source.ts';
import { type CardOptions, planCard } from '../../src/disk/card-layout.ts';
import { createCardSource } from '../../src/disk/card-source.ts';
import { decodeMbr } from '../../src/disk/mbr.ts';
import { userError } from '../../src/errors/user-error.ts';
import { openFat } from '../../src/fat/read.ts';
import { bytesOf, MIB, volumeOf, writeSource } from '../fat/support/volume.ts';
import { runTool } from '../support/run-tool.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { CARD, firmwareOf } from './support/card.ts';

const directory = temporaryDirectory();

const KIB = 1024;

function memory(bytes: Buffer): ImageSource {
  return {
    size: bytes.length,
    read: (target, offset) => target.set(bytes.subarray(offset, offset + target.length)),
    dataRanges: (within) => [within],
  };
}

it('has the same bytes as a card from sfdisk and dd, as in the sd-image module', { tags: ['system'] }, async () => {
  const spl = bytesOf(33_333, 1);
  const uboot = bytesOf(700_000, 2);
  const filesystem = bytesOf(40 * MIB, 3);
  const { source: firmware } = volumeOf({ 'config.txt': bytesOf(100, 4) });
  const layout = planCard({
    ...CARD,
    blobs: [
      { path: 'u-boot.itb', offset: 256 * KIB, size: uboot.length },
      { path: 'spl.bin', offset: 8 * KIB, size: spl.length },
    ],
  });
  expect(layout).toMatchObject({
    size: 78 * MIB,
    firmware: { offset: 8 * MIB, length: 30 * MIB },
    filesystem: { offset: 38 * MIB, length: 40 * MIB },
  });
  expect(layout.blobs.map(({ path }) => path)).toEqual(['spl.bin', 'u-boot.itb']);
  const blobs = [memory(spl), memory(uboot)];
  const card = createCardSource(structuredClone(layout), { firmware, filesystem: memory(filesystem), blobs });

  const expected = join(directory, 'expected');
  await runTool('truncate', ['--size', String(78 * MIB), expected]);
  const script = [
    'label: dos\nlabel-id: 0x2178694e',
    `start=8M, size=${30 * 2048}, type=b\nstart=38M, type=83, bootable\n`,
  ].join('\n');
  await runTool('sfdisk', ['--quiet', '--no-reread', '--no-tell-kernel', expected], { stdin: Buffer.from(script) });
  const place = async (bytes: Uint8Array, offset: number): Promise<void> => {
    writeFileSync(join(directory, 'part'), bytes);
    const args = [`if=${join(directory, 'part')}`, `of=${expected}`, 'conv=notrunc', `seek=${offset / 512}`, 'bs=512'];
    await runTool('dd', args);
  };
  const fat = Buffer.alloc(30 * MIB);
  firmware.read(fat, 0);
  await place(spl, 8 * KIB);
  await place(uboot, 256 * KIB);
  await place(fat, 8 * MIB);
  await place(filesystem, 38 * MIB);
  const found = join(directory, 'found');
  writeSource(card, found);
  expect(sha256(readFileSync(found))).toBe(sha256(readFileSync(expected)));
});

it('has the ext4 partition as the first one if there is no FAT partition', () => {
  const layout = planCard({ ...CARD, firmware: undefined });
  expect(layout).toMatchObject({ size: 48 * MIB, firmware: undefined, filesystem: { offset: 8 * MIB } });
  const card = createCardSource(layout, { firmware: undefined, filesystem: memory(bytesOf(40 * MIB, 1)), blobs: [] });
  const sector = Buffer.alloc(512);
  card.read(sector, 0);
  const partition = { number: 1, type: 0x83, bootable: true, start: 16384, length: 40 * 2048 };
  expect(decodeMbr(sector)).toEqual({ diskId: 0x2178694e, partitions: [partition] });
});

it('begins the ext4 partition on a whole MiB, and accepts blobs in the gap before it', () => {
  const gap = 8 * MIB + 512 + 10 * MIB;
  const layout = planCard({
    ...CARD,
    firmwareOffset: 8 * MIB + 512,
    firmware: firmwareOf(10 * MIB),
    blobs: [{ path: 'a', offset: gap, size: 19 * MIB - gap }],
  });
  expect(layout.filesystem.offset).toBe(19 * MIB);
});

it('has a readable FAT volume', () => {
  const layout = planCard({ ...CARD, firmware: firmwareOf(512 * MIB) });
  const { source: firmware } = volumeOf({ 'a/b': bytesOf(10, 1) }, { size: 512 * MIB });
  const filesystem = memory(bytesOf(40 * MIB, 1));
  const card = createCardSource(layout, { firmware, filesystem, blobs: [] });
  const partition = {
    size: 512 * MIB,
    read: (target: Uint8Array, offset: number) => card.read(target, offset + layout.filesystem.offset - 512 * MIB),
  };
  expect(openFat(partition).entries.map(({ path }) => path)).toEqual(['', 'a', 'a/b']);
});

const blob = (offset: number, size: number, path = 'spl.bin') => ({ path, offset, size });

describe('refuses a card with', () => {
  it.each<[string, Partial<CardOptions>, string | undefined, string, string]>([
    [
      'a firmware offset that is not on a sector',
      { firmwareOffset: 8 * MIB + 1 },
      'firmware-offset',
      'Expected a multiple of 512 bytes, found 8388609 bytes.',
      'Set firmware-offset to a multiple of 512 bytes.',
    ],
    [
      'a firmware size that is not a multiple of the sector size',
      { firmware: firmwareOf(30 * MIB + 100) },
      'firmware-size',
      'Expected a multiple of 512 bytes, found 31457380 bytes.',
      'Set firmware-size to a multiple of 512 bytes.',
    ],
    [
      'a first partition over the partition table',
      { firmwareOffset: 0 },
      'firmware-offset',
      'The first partition begins at byte 0, but the partition table takes the first 512 bytes.',
      'Set firmware-offset to 512 bytes or more; 8MiB is usual.',
    ],
    [
      'a blob that is not on a sector',
      { blobs: [blob(1000, 10)] },
      'bootloader',
      'The offset of the boot loader file "spl.bin" must be a multiple of 512 bytes, but is 1000.',
      'Set its offset to a multiple of 512 in the input bootloader.',
    ],
    [
      'an empty blob',
      { blobs: [blob(1024, 0)] },
      'bootloader',
      'The boot loader file "spl.bin" is empty.',
      'Name a file that holds a boot loader in the input bootloader.',
    ],
    [
      'a blob that overlaps the firmware partition',
      { blobs: [blob(8 * MIB - 512, 513)] },
      'bootloader',
      'The boot loader file "spl.bin" (bytes 8388096 to 8388608) overlaps the firmware partition (bytes 8388608 to 39845887).',
      'Set the input firmware-offset to more, or change its offset in the input bootloader.',
    ],
    [
      'a blob in the ext4 partition',
      { firmware: undefined, blobs: [blob(9 * MIB, 1)] },
      'bootloader',
      'The boot loader file "spl.bin" (bytes 9437184 to 9437184) overlaps the ext4 partition (bytes 8388608 to 50331647).',
      'Set the input firmware-offset to more, or change its offset in the input bootloader.',
    ],
    [
      'blobs that overlap',
      { blobs: [blob(8192, 40_000), blob(16_384, 10, 'u-boot.itb')] },
      'bootloader',
      'The boot loader file "u-boot.itb" (bytes 16384 to 16393) overlaps the boot loader file "spl.bin" (bytes 8192 to 48191).',
      'Change its offset in the input bootloader.',
    ],
    [
      'a blob that begins at the last byte of another one',
      { blobs: [blob(8192, 8193), blob(16_384, 10, 'u-boot.itb')] },
      'bootloader',
      'The boot loader file "u-boot.itb" (bytes 16384 to 16393) overlaps the boot loader file "spl.bin" (bytes 8192 to 16384).',
      'Change its offset in the input bootloader.',
    ],
    [
      'a blob after the end of the disk',
      { blobs: [blob(78 * MIB, 10)] },
      'bootloader',
      'The boot loader file "spl.bin" (bytes 81788928 to 81788937) must end within the disk of 81788928 bytes.',
      'Set its offset to less in the input bootloader.',
    ],
    [
      'more than 2 TiB',
      { filesystemSize: 2 ** 41 - 38 * MIB },
      undefined,
      'The card would have 2199023255552 bytes, but its partition table allows at most 2199023255040 bytes (2 TiB).',
      'Leave out store paths, or set free-space, firmware-offset or firmware-size to less.',
    ],
  ])('%s', (_name, change, input, message, remedy) => {
    const title = input === undefined ? 'The card is too large' : `Invalid input ${input}`;
    expect(() => planCard({ ...CARD, ...change })).toThrow(userError({ title, message, remedy }));
  });

  it('nothing at the limits', () => {
    planCard({ ...CARD, blobs: [blob(512, 8 * MIB - 512)] });
    planCard({ ...CARD, blobs: [blob(8192, 8192), blob(16_384, 10, 'u-boot.itb')] });
    planCard({ ...CARD, filesystemSize: 2 ** 41 - 38 * MIB - 4096 });
  });
});

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
