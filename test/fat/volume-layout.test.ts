// @module-tag system
import { closeSync, openSync, readSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { userError } from '../../src/errors/user-error.ts';
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

it.each(SIZES)('makes the same empty volume as mkfs.vfat: %i bytes', async (size) => {
  const path = join(directory, String(size));
  writeFileSync(path, '');
  truncateSync(path, size);
  await runTool('mkfs.vfat', ['--invariant', '-i', '2178694e', '-n', 'FIRMWARE', path]);
  const { source, plan } = volumeOf({}, { size });
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

it('accepts every size from 9 MiB on, and refuses sizes for which mkfs.vfat uses FAT12', () => {
  for (let sectors = 9 * 2048; sectors < 12 * 2048; sectors++) {
    expect(layOutFat(sectors * SECTOR).bits).toBe(16);
  }
  for (let size = 12; size < 512; size++) {
    expect(layOutFat(size * MIB).bits).toBe(16);
  }
  expect(() => layOutFat(8 * MIB)).toThrow(
    userError({
      title: 'Invalid input firmware-size',
      message: 'A FAT partition of 8388608 bytes is too small: FAT16 needs at least 9437184 bytes.',
      remedy: 'Set the input firmware-size to 9MiB or more.',
    }),
  );
  expect(() => layOutFat(0)).toThrow('too small');
});

function firstDifference(found: Buffer, expected: Buffer): string {
  for (let i = 0; i < expected.length; i++) {
    if (found[i] !== expected[i]) {
      return `byte ${i}: ${found[i].toString(16)}, mkfs.vfat has ${expected[i].toString(16)}`;
    }
  }
  return 'none';
}
