import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ImageSource } from '../../src/bytes/source.ts';
import type { BootBlob } from '../../src/disk/blobs.ts';
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

/** The type of a partition that the ROM of a JH7110 loads an SPL from. */
const SPL_TYPE = '2E54B353-1271-4842-806F-E436D6AF6985';
const GPT: Pick<CardOptions, 'table'> = { table: { kind: 'gpt', uuid: Buffer.alloc(16, 0x44) } };

it('has the partitions of a VisionFive 2, each from its file up to the next', () => {
  const layout = planCard({
    ...CARD,
    ...GPT,
    architecture: 'riscv64',
    blobs: [
      { ...blob(4 * MIB, 900_000, 'u-boot.itb'), partitionType: '5B193300-FC78-40CD-8002-E86C45580B47' },
      { ...blob(2 * MIB, 100_000, 'dir/spl.bin'), partitionType: SPL_TYPE },
    ],
  });
  const places = layout.partitions.map(({ number, kind, name, type, bootable, offset, length }) => {
    return [number, kind, name, type, bootable, offset / MIB, length / MIB];
  });
  expect(places).toEqual([
    [1, 'raw', 'spl.bin', SPL_TYPE, false, 2, 2],
    [2, 'raw', 'u-boot.itb', '5B193300-FC78-40CD-8002-E86C45580B47', false, 4, 4],
    [3, 'firmware', 'firmware', 'EBD0A0A2-B9E5-4433-87C0-68B6B72699C7', false, 8, 30],
    [4, 'root', 'nixos', '72EC70A6-CF74-40E6-BD49-4BDA08E8F224', true, 38, 40],
  ]);
  // The last 33 sectors are for the backup of the table.
  expect(layout.size).toBe(78 * MIB + 20 * KIB);
});

it.each([
  ['gpt', 'aarch64', 'B921B045-1DF0-41C3-AF44-4C6F280D3FAE'],
  ['gpt', 'x86-64', '4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709'],
  ['gpt', undefined, '0FC63DAF-8483-4772-8E79-3D69D8477DE4'],
  ['mbr', 'aarch64', '83'],
] as const)('has a root partition in an %s for %s of the type %s', (kind, architecture, type) => {
  const table = kind === 'gpt' ? GPT.table : CARD.table;
  expect(planCard({ ...CARD, table, architecture }).filesystem.type).toBe(type);
});

it.each([
  ['gpt', 'C12A7328-F81F-11D2-BA4B-00A0C93EC93B', 'ESP'],
  ['mbr', 'ef', 'ESP'],
] as const)('has an EFI system partition in an %s, and the boot flag where it is asked for', (kind, type, name) => {
  const table = kind === 'gpt' ? GPT.table : CARD.table;
  const firmware = { kind: 'esp', size: 40 * MIB } as const;
  const layout = planCard({ ...CARD, table, firmware, bootPartition: 'firmware' });
  expect(layout.firmware).toMatchObject({ kind: 'esp', type, name, bootable: true });
  expect(layout.filesystem.bootable).toBe(false);
});

it.each([
  [{ firmware: undefined, rootPartition: 2 }, [2]],
  [{ rootPartition: 1 }, [2, 1]],
  [{ rootPartition: 4 }, [1, 4]],
  [{ rootPartition: 2, blobs: [{ ...blob(MIB, 512), partitionType: 'da' }] }, [1, 3, 2]],
  [{ firmware: undefined, blobs: [{ ...blob(MIB, 512), partitionType: 'da' }] }, [1, 2]],
] as const)('numbers partitions by their places, except for the root partition: %j', (options, numbers) => {
  const { partitions, filesystem } = planCard({ ...CARD, ...options });
  expect(partitions.map(({ number }) => number)).toEqual(numbers);
  expect(filesystem).toMatchObject({ kind: 'root', number: numbers.at(-1) });
});

it('writes a file at offset 0 around the table, as two calls of dd do for Amlogic', { tags: ['system'] }, async () => {
  const uboot = bytesOf(100_000, 5);
  const filesystem = memory(bytesOf(40 * MIB, 6));
  const options = { ...CARD, firmware: undefined };
  const parts = { firmware: undefined, filesystem };
  const expected = join(directory, 'amlogic');
  writeSource(createCardSource(planCard(options), { ...parts, blobs: [] }), expected);
  const file = join(directory, 'u-boot.bin');
  writeFileSync(file, uboot);
  const dd = (...args: readonly string[]) => runTool('dd', [`if=${file}`, `of=${expected}`, 'conv=notrunc', ...args]);
  await dd('bs=1', 'count=440');
  await dd('bs=512', 'skip=1', 'seek=1');

  const layout = planCard({ ...options, blobs: [blob(0, uboot.length)] });
  const found = join(directory, 'found');
  writeSource(createCardSource(layout, { ...parts, blobs: [memory(uboot)] }), found);
  expect(sha256(readFileSync(found))).toBe(sha256(readFileSync(expected)));
});

it.each([1, 439, 440, 441, 511, 512])('writes of a boot sector of %i bytes what is before the table', (size) => {
  const code = Buffer.alloc(size, 0x90);
  const layout = planCard({ ...CARD, ...GPT, blobs: [blob(0, size)] });
  const { source: firmware } = volumeOf({});
  const parts = { firmware, filesystem: memory(Buffer.alloc(40 * MIB)) };
  const read = (source: ImageSource) => {
    const bytes = Buffer.alloc(1024);
    source.read(bytes, 0);
    return bytes;
  };
  const expected = read(createCardSource({ ...layout, blobs: [] }, { ...parts, blobs: [] }));
  expected.fill(0x90, 0, Math.min(size, 440));
  expect(read(createCardSource(layout, { ...parts, blobs: [memory(code)] })).equals(expected)).toBe(true);
});

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
      'The boot loader file "spl.bin" (bytes 9437184 to 9437184) overlaps the ext4 partition (from byte 8388608 to the end).',
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
      'The boot loader file "spl.bin" (bytes 81788928 to 81788937) overlaps the ext4 partition (from byte 39845888 to the end).',
      'Set the input firmware-offset to more, or change its offset in the input bootloader.',
    ],
    [
      'more than 2 TiB',
      { filesystemSize: 2 ** 41 - 38 * MIB },
      undefined,
      'The card would have at least 2199023255552 bytes, but its partition table allows at most 2199023255040 bytes (2 TiB).',
      'Leave out store paths, or set free-space, firmware-offset or firmware-size to less.',
    ],
    [
      'a firmware partition of 2 TiB',
      { firmware: { kind: 'firmware', size: 2 ** 41 } },
      'firmware-size',
      'The card would have at least 2199073587200 bytes, but its partition table allows at most 2199023255040 bytes (2 TiB).',
      'Set firmware-size to less.',
    ],
    [
      'a first partition at 2 TiB',
      { firmwareOffset: 2 ** 41 },
      'firmware-offset',
      'The card would have at least 2199096655872 bytes, but its partition table allows at most 2199023255040 bytes (2 TiB).',
      'Set firmware-offset to less.',
    ],
    [
      'a first partition over the entries of a GPT',
      { ...GPT, firmwareOffset: 16 * KIB },
      'firmware-offset',
      'The first partition begins at byte 16384, but the partition table takes the first 17408 bytes.',
      'Set firmware-offset to 17408 bytes or more; 8MiB is usual.',
    ],
    [
      "Allwinner's SPL over the entries of a GPT",
      { ...GPT, blobs: [blob(8192, 40_000)] },
      'bootloader',
      'The boot loader file "spl.bin" (bytes 8192 to 48191) overlaps the partition table (GPT) (bytes 440 to 17407).',
      'Set the input partition-table to mbr, or change its offset in the input bootloader.',
    ],
    [
      "Amlogic's second part over the header of a GPT",
      { ...GPT, blobs: [blob(0, 700_000)] },
      'bootloader',
      'The boot loader file "spl.bin" (bytes 512 to 699999) overlaps the partition table (GPT) (bytes 440 to 17407).',
      'Set the input partition-table to mbr, or change its offset in the input bootloader.',
    ],
    [
      'a partition for an SPL over the entries of a GPT',
      { ...GPT, blobs: [{ ...blob(17 * KIB - 512, 512), partitionType: SPL_TYPE }] },
      'bootloader',
      'The boot loader file "spl.bin" (bytes 16896 to 17407) overlaps the partition table (GPT) (bytes 440 to 17407).',
      'Set the input partition-table to mbr, or change its offset in the input bootloader.',
    ],
    [
      'a blob over the backup of a GPT',
      { ...GPT, blobs: [blob(78 * MIB + 4096, 512)] },
      'bootloader',
      'The boot loader file "spl.bin" (bytes 81793024 to 81793535) overlaps the ext4 partition (from byte 39845888 to the end).',
      'Set the input firmware-offset to more, or change its offset in the input bootloader.',
    ],
    [
      'a partition for an SPL that reaches into the FAT partition',
      { ...GPT, blobs: [{ ...blob(7 * MIB, MIB + 1), partitionType: SPL_TYPE }] },
      'bootloader',
      'The boot loader file "spl.bin" (bytes 7340032 to 8388608) overlaps the firmware partition (bytes 8388608 to 39845887).',
      'Set the input firmware-offset to more, or change its offset in the input bootloader.',
    ],
    [
      'more partitions than an MBR has',
      { blobs: [1, 2, 3].map((i) => ({ ...blob(i * MIB, 512, `${i}`), partitionType: 'da' })) },
      'bootloader',
      'An MBR has at most 4 partitions, but the card would have 5.',
      'Leave out partition types in the input bootloader, or set partition-table to gpt.',
    ],
  ])('%s', (_name, change, input, message, remedy) => {
    const title = input === undefined ? 'The card is too large' : `Invalid input ${input}`;
    expect(() => planCard({ ...CARD, ...change })).toThrow(userError({ title, message, remedy }));
  });

  it('nothing at the limits', () => {
    planCard({ ...CARD, blobs: [blob(512, 8 * MIB - 512)] });
    planCard({ ...CARD, blobs: [blob(8192, 8192), blob(16_384, 10, 'u-boot.itb')] });
    planCard({ ...CARD, blobs: [blob(0, 8 * MIB)] });
    planCard({ ...CARD, filesystemSize: 2 ** 41 - 38 * MIB - 4096 });
    planCard({ ...CARD, ...GPT, firmwareOffset: 17 * KIB, blobs: [blob(0, 512)] });
    planCard({ ...CARD, ...GPT, blobs: [blob(17 * KIB, 8 * MIB - 17 * KIB)] });
  });
});

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function blob(offset: number, size: number, path = 'spl.bin'): BootBlob {
  return { path, offset, size };
}
