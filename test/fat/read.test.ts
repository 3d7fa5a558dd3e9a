import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RandomAccess } from '../../src/bytes/source.ts';
import { compareFat } from '../../src/fat/compare.ts';
import { planFat } from '../../src/fat/plan.ts';
import { FatFormatError } from '../../src/fat/read/format-error.ts';
import { type FatVolume, openFat } from '../../src/fat/read.ts';
import { createFatSource } from '../../src/fat/source.ts';
import type { FatTree, ReadFatContents } from '../../src/fat/tree.ts';
import { runTool } from '../support/run-tool.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { mtools } from './support/tools.ts';
import { bytesOf, type Files, MIB, OPTIONS, treeOf, volumeOf } from './support/volume.ts';

const FILES: Files = {
  'config.txt': bytesOf(5000, 1),
  'a longer name.txt': bytesOf(100, 2),
  'directory/sub/file.bin': bytesOf(700_000, 3),
  'directory/empty': Buffer.alloc(0),
};

function memory(bytes: Buffer): RandomAccess {
  return {
    size: bytes.length,
    read(target, offset) {
      if (offset + target.length > bytes.length) {
        throw new RangeError('outside');
      }
      bytes.copy(target, 0, offset, offset + target.length);
    },
  };
}

function compare(volume: FatVolume, files: Files): readonly string[] {
  const { tree, contents } = treeOf(files);
  return compareFat(volume, tree, (entry, position, target) => {
    target.set(contents[entry].subarray(position, position + target.length));
  });
}

it.each([9 * MIB, 30 * MIB, 512 * MIB])('reads a volume of the writer: %i bytes', (size) => {
  const volume = openFat(volumeOf(FILES, { size }).source);
  expect(volume).toMatchObject({ bits: size < 512 * MIB ? 16 : 32, volumeId: 0x2178694e, label: 'FIRMWARE' });
  expect(compare(volume, FILES)).toEqual([]);
  expect(volume.entries.map(({ path }) => path)).toEqual([
    ...[
      '',
      'a longer name.txt',
      'config.txt',
      'directory',
      'directory/empty',
      'directory/sub',
      'directory/sub/file.bin',
    ],
  ]);
  const target = Buffer.alloc(10);
  expect(() => volume.read(2, 4995, target)).toThrow(RangeError);
});

it.each([30, 600])('reads a volume of mkfs.vfat and mtools: %i MiB', { tags: ['system'] }, async (mebibytes) => {
  const directory = temporaryDirectory();
  const image = join(directory, 'image');
  writeFileSync(image, '');
  truncateSync(image, mebibytes * MIB);
  await runTool('mkfs.vfat', ['-n', 'OTHER', image]);
  await mtools('mmd', ['-i', image, '::directory', '::directory/sub']);
  // The deleted file leaves free clusters between the others, and a deleted entry.
  for (const [path, data] of Object.entries({ gone: bytesOf(9000, 9), ...FILES })) {
    writeFileSync(join(directory, 'file'), data);
    await mtools('mcopy', ['-i', image, join(directory, 'file'), `::${path}`]);
  }
  await mtools('mdel', ['-i', image, '::gone']);
  const late = bytesOf(20_000, 10);
  writeFileSync(join(directory, 'file'), late);
  await mtools('mcopy', ['-i', image, join(directory, 'file'), '::directory/Late and Long.name']);
  const volume = openFat(memory(readFileSync(image)));
  expect(volume.label).toBe('OTHER');
  expect(compare(volume, { ...FILES, 'directory/Late and Long.name': late })).toEqual([]);
});

it('describes how it differs from the files', () => {
  const volume = openFat(volumeOf(FILES).source);
  const changed = Buffer.from(FILES['directory/sub/file.bin']);
  changed[666_000] ^= 1;
  expect(compare(volume, { ...FILES, 'directory/sub/file.bin': changed, 'config.txt': bytesOf(4999, 1) })).toEqual([
    '"config.txt" has 5000 bytes, not 4999',
    '"directory/sub/file.bin" differs at byte 666000',
  ]);
  const { 'config.txt': _, ...fewer } = FILES;
  expect(compare(volume, { ...fewer, more: 'directory', 'directory/empty': 'directory' })).toEqual([
    '"directory/empty" is a file, not a directory',
    '"more" is missing',
    '"config.txt" is not one of the firmware files',
  ]);
});

it('reads files after cluster 65,535 of FAT32', () => {
  const root = { kind: 'directory', parent: 0, name: Buffer.alloc(0), size: 0 } as const;
  const file = (name: string, size: number) => ({ kind: 'file', parent: 0, name: Buffer.from(name), size }) as const;
  const tree: FatTree = { entries: [root, file('a', 300 * MIB), file('b', 5000)] };
  const fill: ReadFatContents = (entry, position, target) => target.fill(entry + Math.floor(position / MIB));
  const plan = planFat(tree, { ...OPTIONS, size: 512 * MIB });
  expect(plan.fileCluster[1]).toBeGreaterThan(0x10000);
  const volume = openFat(createFatSource(plan, fill));
  const found = Buffer.alloc(5000);
  volume.read(2, 0, found);
  expect(found.equals(Buffer.alloc(5000, 2))).toBe(true);
});

it.each([
  ['a long name of another short name', 2048 + 120 * 512 + 32 + 13, '00', 'expected checksum'],
  [
    'a wrong signature of the boot sector',
    510,
    '00',
    'boot sector at sector 0: expected signature 0xaa55, found 0xaa00',
  ],
  ['larger sectors', 11, '0004', 'expected sectors of 512 bytes, found 1024'],
  ['more sectors than the volume has', 19, '00000000000000000000000000ffffff00', 'expected at most 31457280 bytes'],
  ['a different copy of the table', 2048 + 60 * 512 + 10, 'ffff', 'expected two equal copies'],
])('refuses %s', (_name, offset, change, message) => {
  const { source } = volumeOf(FILES);
  const bytes = Buffer.alloc(source.size);
  source.read(bytes, 0);
  bytes.write(change, offset, 'hex');
  expect(() => openFat(memory(bytes))).toThrow(message);
});

it('throws errors with a code and a message with structure, place, expected and found value', () => {
  const error = new FatFormatError({ structure: 'table', place: 'byte 7', expected: '1', found: '2' });
  expect(error).toMatchObject({ name: 'FatFormatError', code: 'FAT_FORMAT' });
  expect(error.message).toBe('FAT table at byte 7: expected 1, found 2');
});

it('refuses clusters that are used twice or lost, and chains of the wrong length', () => {
  const { source, plan } = volumeOf(FILES);
  const sound = Buffer.alloc(source.size);
  source.read(sound, 0);
  const withTable = (change: (table: Buffer) => void): RandomAccess => {
    const bytes = Buffer.from(sound);
    for (let copy = 0; copy < 2; copy++) {
      change(bytes.subarray(2048 + copy * plan.layout.fatSectors * 512));
    }
    return memory(bytes);
  };
  const [first] = plan.fileCluster;
  const refusal = (change: (table: Buffer) => void): unknown => {
    try {
      return openFat(withTable(change));
    } catch (error) {
      return error instanceof FatFormatError ? error.message : error;
    }
  };
  const end = plan.chains[plan.chains.length - 1];
  expect(refusal((table) => table.writeUInt16LE(first, first * 2))).toMatch(
    /expected a cluster that is in no chain yet/,
  );
  expect(refusal((table) => table.writeUInt16LE(0xffff, end * 2))).toMatch(
    /table at all clusters: expected \d+ used clusters/,
  );
  expect(refusal((table) => table.writeUInt16LE(0, first * 2))).toMatch(/expected a cluster from 2 to \d+, found 0/);
  expect(refusal((table) => table.writeUInt16LE(0xffff, (first + 1) * 2))).toMatch(
    /at file .*: expected \d+ clusters, found 1/,
  );
});

describe('refuses a directory with', () => {
  const { source } = volumeOf({ 'thirteen-unit': bytesOf(1, 1), directory: 'directory' });
  const root = 2048 + 120 * 512;
  const sound = Buffer.alloc(source.size);
  source.read(sound, 0);

  function refusal(change: (entries: Buffer) => void): string {
    const bytes = Buffer.from(sound);
    change(bytes.subarray(root));
    try {
      return openFat(memory(bytes))
        .entries.map(({ path }) => path)
        .join();
    } catch (error) {
      return error instanceof FatFormatError ? error.message : String(error);
    }
  }

  // Entries: the label, a long and a short one for the directory, a long and a short one for the file.
  it.each<[string, (entries: Buffer) => void, RegExp]>([
    [
      'a directory without a cluster',
      (entries) => entries.writeUInt16LE(0, 2 * 32 + 26),
      /expected a cluster for the directory "directory", found none/,
    ],
    [
      'a short name that does not match the long name',
      (entries) => entries.write('FOLDES', 2 * 32, 'latin1'),
      /expected checksum/,
    ],
    [
      'a name twice',
      (entries) => entries.copy(entries, 96, 32, 96),
      /expected each name once, found "directory" twice/,
    ],
    [
      'a second label',
      (entries) => entries.copy(entries, 5 * 32, 0, 32),
      /expected at most one label, without a long name, found another/,
    ],
    [
      'a long name without a short entry',
      (entries) => entries.fill(0, 4 * 32, 5 * 32),
      /expected the short entry of a long name, found the end of the directory/,
    ],
    [
      'a long name of a deleted entry',
      (entries) => entries.fill(0xe5, 4 * 32, 4 * 32 + 1),
      /expected the short entry of a long name, found a deleted entry/,
    ],
    [
      'long name entries in the wrong order',
      (entries) => entries.fill(0x42, 3 * 32, 3 * 32 + 1),
      /expected order 65 of a long name entry, found 66/,
    ],
    [
      'a slash in a name',
      (entries) => entries.write('/', 3 * 32 + 1, 'latin1'),
      /expected a valid name, found "\/hirteen-unit"/,
    ],
    [
      'an unpaired surrogate',
      (entries) => entries.writeUInt16LE(0xd83c, 3 * 32 + 1),
      /expected a name in UTF-16, found an unpaired surrogate/,
    ],
    [
      'no part of the name in the last long name entry',
      (entries) => entries.writeUInt16LE(0, 3 * 32 + 1),
      /expected a long name that ends in its last entry, found 0 units/,
    ],
    [
      'characters after the end of a name',
      (entries) => entries.writeUInt16LE(0, 3 * 32 + 28),
      /expected a long name that ends in its last entry, found 11 units/,
    ],
    [
      'a short name that is not ASCII',
      (entries) => entries.fill(0x81, 2 * 32, 2 * 32 + 1).fill(0xe5, 32, 33),
      /expected a short name in ASCII, found byte 0x81/,
    ],
  ])('%s', (_name, change, message) => {
    expect(refusal(() => {})).toBe(',directory,thirteen-unit');
    expect(refusal(change)).toMatch(message);
  });

  it('wrong entries for itself and its parent', () => {
    const directory = sound.subarray(root + 512 * 32);
    expect(directory.toString('latin1', 0, 1)).toBe('.');
    const at = 512 * 32;
    expect(refusal((entries) => entries.writeUInt16LE(5, at + 26))).toMatch(
      /expected the entry \. at cluster 2, found "\." at cluster 5/,
    );
    expect(refusal((entries) => entries.writeUInt16LE(2, at + 32 + 26))).toMatch(
      /expected the entry \.\. at cluster 0, found "\.\." at cluster 2/,
    );
    expect(refusal((entries) => entries.copy(entries, at + 64, 0, 32))).toMatch(
      /expected a volume label in the root only, found "FIRMWARE"/,
    );
  });
});
