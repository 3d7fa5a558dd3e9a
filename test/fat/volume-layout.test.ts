// @module-tag system
import { closeSync, openSync, readSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { layOutFat } from '../../src/fat/volume-layout.ts';
import { runTool } from '../support/run-tool.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { MIB, volumeOf } from './support/volume.ts';

const directory = temporaryDirectory();

const GIB = 1024 * MIB;
const SECTOR = 512;

// Sizes around those at which mkfs.vfat chooses another geometry, cluster size or type.
const SIZES = [
  ...[9, 10, 15, 16, 17, 30, 31, 32, 33, 64, 127, 128, 129, 255, 256, 257, 258, 259, 300, 511].map((n) => n * MIB),
  ...[16, 32, 128, 256, 511].flatMap((n) => [-SECTOR, SECTOR, 31 * SECTOR].map((more) => n * MIB + more)),
  ...[512 * MIB - SECTOR, 512 * MIB, 512 * MIB + SECTOR, 600 * MIB, 1000 * MIB + 777 * SECTOR],
  ...[504, 1008, 2016, 4032].flatMap((n) => [n * MIB, n * MIB + SECTOR]),
  ...[8, 16, 32].flatMap((n) => [-SECTOR, 0, SECTOR, 63 * SECTOR].map((more) => n * GIB + more)),
  ...[100 * GIB, 1024 * GIB, 2048 * GIB - 16 * MIB],
];

const FAT32_SIZES = [
  33 * MIB - 512 * SECTOR,
  ...[33, 64, 100, 259, 260].map((n) => n * MIB),
  ...[-SECTOR, 4 * SECTOR].map((more) => 260 * MIB + more),
  ...[261, 300, 511].map((n) => n * MIB),
];
const FAT16_SIZES = [512, 600, 1024, 2048, 4000, 4094].map((n) => n * MIB);

it.each([
  ...SIZES.map((size) => ['auto', size] as const),
  ...FAT32_SIZES.map((size) => ['fat32', size] as const),
  ...FAT16_SIZES.map((size) => ['fat16', size] as const),
])('makes the same empty volume as mkfs.vfat: %s, %i bytes', async (filesystem, size) => {
  const path = join(directory, `${filesystem}-${size}`);
  writeFileSync(path, '');
  truncateSync(path, size);
  const { source, plan } = volumeOf({}, { size, filesystem });
  // mkfs.vfat leaves out sectors after the last whole track, so the length of a track is ours.
  const geometry = ['-g', `${plan.layout.heads}/${plan.layout.sectorsPerTrack}`];
  const type = filesystem === 'auto' ? [] : ['-F', filesystem.slice(3)];
  await runTool('mkfs.vfat', ['--invariant', ...geometry, ...type, '-i', '2178694e', '-n', 'FIRMWARE', path]);
  expect(plan.layout.sectors).toBe(size / SECTOR);
  // Everything after the first sectors of the data area is zero in both.
  const { reservedSectors, fatSectors, bits } = plan.layout;
  const sectors = reservedSectors + 2 * fatSectors + 64;
  const file = openSync(path, 'r');
  try {
    for (const start of bits === 16 ? [0] : [0, reservedSectors + fatSectors - 4, sectors - 80]) {
      const expected = Buffer.alloc(Math.min(sectors - start, 1000) * SECTOR);
      const found = Buffer.alloc(expected.length, 0xaa);
      readSync(file, expected, 0, expected.length, start * SECTOR);
      source.read(found, start * SECTOR);
      expect(firstDifference(found, expected)).toBe('none');
    }
  } finally {
    closeSync(file);
    rmSync(path);
  }
});

it.each([30, 128, 256, 257, 300, 512, 1000, 4096].map((n) => n * MIB))(
  'has the geometry of mkfs.vfat where its tracks divide the volume: %i bytes',
  async (size) => {
    const path = join(directory, String(size));
    writeFileSync(path, '');
    truncateSync(path, size);
    await runTool('mkfs.vfat', ['--invariant', path]);
    const file = openSync(path, 'r');
    const sector = Buffer.alloc(SECTOR);
    readSync(file, sector, 0, SECTOR, 0);
    closeSync(file);
    rmSync(path);
    const layout = layOutFat(size, 'auto');
    const tracks = size / SECTOR / sector.readUInt16LE(24);
    expect(layout?.heads).toBe(sector.readUInt16LE(26));
    expect(layout?.sectorsPerTrack === sector.readUInt16LE(24)).toBe(Number.isInteger(tracks));
  },
);

it('accepts every size from 9 MiB on, and no size for which mkfs.vfat uses FAT12', () => {
  for (let sectors = 9 * 2048; sectors < 12 * 2048; sectors++) {
    expect(layOutFat(sectors * SECTOR, 'auto')?.bits).toBe(16);
  }
  for (let size = 12; size < 512; size++) {
    expect(layOutFat(size * MIB, 'auto')?.bits).toBe(16);
  }
  expect(layOutFat(8 * MIB, 'auto')).toBeUndefined();
  expect(layOutFat(0, 'auto')).toBeUndefined();
});

it('accepts FAT32 where it has enough clusters for every reader to take it for FAT32', () => {
  for (let size = 33; size < 600; size++) {
    expect(layOutFat(size * MIB, 'fat32')?.clusters).toBeGreaterThanOrEqual(65525);
  }
  expect(layOutFat(32 * MIB, 'fat32')).toBeUndefined();
});

function firstDifference(found: Buffer, expected: Buffer): string {
  for (let i = 0; i < expected.length; i++) {
    if (found[i] !== expected[i]) {
      return `byte ${i}: ${found[i].toString(16)}, mkfs.vfat has ${expected[i].toString(16)}`;
    }
  }
  return 'none';
}
