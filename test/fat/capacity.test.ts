import { expect, it } from 'vitest';
import { UserError, userError } from '../../src/errors/user-error.ts';
import { planFat } from '../../src/fat/plan.ts';
import type { FatTreeEntry } from '../../src/fat/tree.ts';
import type { FatFilesystem } from '../../src/fat/volume-layout.ts';
import { MIB, OPTIONS } from './support/volume.ts';

const ROOT: FatTreeEntry = { kind: 'directory', parent: 0, name: Buffer.alloc(0), size: 0 };

function plan(entries: readonly FatTreeEntry[], size: number, filesystem: FatFilesystem = 'auto') {
  return planFat({ entries: [ROOT, ...entries] }, { ...OPTIONS, size, filesystem });
}

function file(name: string, size: number, parent = 0): FatTreeEntry {
  return { kind: 'file', parent, name: Buffer.from(name), size };
}

it('fills a volume to the last cluster, and refuses one more byte', () => {
  const { layout } = plan([], 30 * MIB);
  const space = layout.clusters * layout.sectorsPerCluster * 512;
  expect(plan([file('a', space)], 30 * MIB).chains).toEqual(Uint32Array.of(2, layout.clusters + 2));
  expect(() => plan([file('a', space + 1)], 30 * MIB)).toThrow(
    userError({
      title: 'Invalid input firmware-size',
      message:
        `The firmware files do not fit: they need ${space + 2048} bytes in whole clusters, but a FAT partition of ` +
        `31457280 bytes has ${space}.`,
      remedy: 'Set the input firmware-size to 31MiB or more; 60MiB has space for a second generation of the files.',
    }),
  );
  expect(() => plan([file('a', space - 2048), file('b', 1), file('c', 1)], 30 * MIB)).toThrow(
    `need ${space + 2048} bytes`,
  );
});

it('reports the least sufficient size, also if larger volumes have larger clusters', () => {
  for (const bytes of [8.5, 60, 250, 255, 256, 300, 510, 511, 600, 9000].map((mebibytes) => mebibytes * MIB)) {
    const files = Array.from({ length: 10 }, (_, i) => file(`file${i}`, Math.floor(bytes / 10)));
    const size = neededFor(files);
    plan(files, size);
    expect(() => plan(files, size - MIB)).toThrow(size === 9 * MIB ? 'too small' : 'do not fit');
  }
});

it('reports a size that has space for all files twice', () => {
  const files = [file('kernel', 20 * MIB), file('initrd', 30 * MIB)];
  const remedy = 'Set the input firmware-size to 51MiB or more; 101MiB has space for a second generation of the files.';
  expect(() => plan(files, 30 * MIB)).toThrow(expect.objectContaining({ remedy }));
  plan([...files, file('kernel2', 20 * MIB), file('initrd2', 30 * MIB)], 101 * MIB);
});

it.each<[FatFilesystem, number, number, string, string]>([
  [
    'auto',
    8 * MIB,
    1,
    'A FAT partition of 8388608 bytes is too small: FAT16 needs at least 9437184 bytes.',
    'Set the input firmware-size to 9MiB or more; it has space for a second generation of the files.',
  ],
  [
    'fat32',
    20 * MIB,
    60 * MIB,
    'A FAT partition of 20971520 bytes is too small: FAT32, which an EFI system partition always has, needs at least ' +
      '34603008 bytes.',
    'Set the input firmware-size to 61MiB or more; 122MiB has space for a second generation of the files.',
  ],
  [
    'fat16',
    5000 * MIB,
    1,
    'A FAT partition of 5242880000 bytes is too large for FAT16.',
    'Set the input firmware-size to 9MiB or more; it has space for a second generation of the files.',
  ],
])('refuses %s of a size that it cannot have, with one for the files', (filesystem, size, bytes, message, remedy) => {
  expect(() => plan([file('a', bytes)], size, filesystem)).toThrow(
    userError({ title: 'Invalid input firmware-size', message, remedy }),
  );
});

it('asks for FAT32 where FAT16 has no size for the files', () => {
  const files = [file('a', 2500 * MIB), file('b', 2500 * MIB)];
  expect(() => plan(files, 30 * MIB, 'fat16')).toThrow(
    expect.objectContaining({ remedy: 'Set the input firmware-filesystem to fat32.' }),
  );
});

function neededFor(files: readonly FatTreeEntry[]): number {
  try {
    plan(files, 9 * MIB);
    return 9 * MIB;
  } catch (error) {
    const remedy = error instanceof UserError ? error.remedy : '';
    return Number(/firmware-size to (\d+)MiB or more/.exec(remedy)?.[1]) * MIB;
  }
}

it('reports that the root directory of FAT16 is full, which that of FAT32 cannot be', () => {
  const files = Array.from({ length: 511 }, (_, i) => file(`F${i}`, 1));
  plan(files, 30 * MIB);
  expect(() => plan([...files, file('ONEMORE', 1)], 30 * MIB)).toThrow(
    userError({
      title: 'Invalid input firmware-size',
      message: 'The firmware files do not fit: the root directory needs 513 entries, but with FAT16 it has 512.',
      remedy: 'Set the input firmware-size to 512MiB or more; it has space for a second generation of the files.',
    }),
  );
  plan([...files, file('ONEMORE', 1)], 512 * MIB);
});

it('accepts the largest file and the largest directory, and refuses larger ones', () => {
  plan([file('a', 2 ** 32 - 1)], 5000 * MIB);
  expect(() => plan([file('a', 2 ** 32)], 5000 * MIB)).toThrow(
    userError({
      title: 'Invalid input firmware-files',
      message:
        '"a" of the firmware files cannot be stored on a FAT partition: it has 4294967296 bytes, but a FAT file has at most 4294967295.',
      remedy: 'Remove it from the firmware files.',
    }),
  );
  const directory: FatTreeEntry = { kind: 'directory', parent: 0, name: Buffer.from('d'), size: 0 };
  const files = Array.from({ length: 65534 }, (_, i) => file(`F${i}`, 0, 1));
  plan([directory, ...files], 30 * MIB);
  expect(() => plan([directory, ...files, file('MORE', 0, 1)], 30 * MIB)).toThrow(
    userError({
      title: 'Invalid input firmware-files',
      message:
        '"d" of the firmware files cannot be stored on a FAT partition: its files need 65537 directory entries, but a FAT ' +
        'directory has at most 65536.',
      remedy: 'Distribute its files over several directories.',
    }),
  );
});
