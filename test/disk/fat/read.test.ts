import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { RandomAccess } from '../../../src/bytes/source.ts';
import { compareFat } from '../../../src/disk/fat/compare.ts';
import { isFatError } from '../../../src/disk/fat/read/format-error.ts';
import { type FatVolume, openFat } from '../../../src/disk/fat/read.ts';
import { runTool } from '../../support/kernel-tool.ts';
import { mtools } from './support/tools.ts';
import { bytesOf, type Files, MIB, treeOf, volumeOf } from './support/volume.ts';

const FILES: Files = {
  'config.txt': bytesOf(5000, 1),
  'a longer name.txt': bytesOf(100, 2),
  'folder/sub/file.bin': bytesOf(70_000, 3),
  'folder/empty': Buffer.alloc(0),
};

function memory(bytes: Buffer): RandomAccess {
  return {
    size: bytes.length,
    read(target, offset) {
      if (offset + target.length > bytes.length) throw new RangeError('outside');
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

it.each([9 * MIB, 30 * MIB, 512 * MIB])('reads what the writer writes: %i bytes', (size) => {
  const volume = openFat(volumeOf(FILES, { size }).source);
  expect(volume).toMatchObject({ bits: size < 512 * MIB ? 16 : 32, volumeId: 0x2178694e, label: 'FIRMWARE' });
  expect(compare(volume, FILES)).toEqual([]);
  expect(volume.entries.map(({ path }) => path)).toEqual([
    ...['', 'a longer name.txt', 'config.txt', 'folder', 'folder/empty', 'folder/sub', 'folder/sub/file.bin'],
  ]);
  const target = Buffer.alloc(10);
  expect(() => volume.read(2, 4995, target)).toThrow(RangeError);
});

it.each([30, 600])('reads what mkfs.vfat and mtools write, in %i MiB', async (mebibytes) => {
  const folder = mkdtempSync(join(tmpdir(), 'fat-read-'));
  try {
    const image = join(folder, 'image');
    writeFileSync(image, '');
    truncateSync(image, mebibytes * MIB);
    await runTool('mkfs.vfat', ['-n', 'OTHER', image]);
    await mtools('mmd', ['-i', image, '::folder', '::folder/sub']);
    // Written in turns, the files have clusters between one another's; one that is deleted leaves a hole and its entry.
    for (const [path, data] of Object.entries({ gone: bytesOf(9000, 9), ...FILES })) {
      writeFileSync(join(folder, 'file'), data);
      await mtools('mcopy', ['-i', image, join(folder, 'file'), `::${path}`]);
    }
    await mtools('mdel', ['-i', image, '::gone']);
    const late = bytesOf(20_000, 10);
    writeFileSync(join(folder, 'file'), late);
    await mtools('mcopy', ['-i', image, join(folder, 'file'), '::folder/Late and Long.name']);
    const volume = openFat(memory(readFileSync(image)));
    expect(volume.label).toBe('OTHER');
    expect(compare(volume, { ...FILES, 'folder/Late and Long.name': late })).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('tells what differs from the files', () => {
  const volume = openFat(volumeOf(FILES).source);
  const changed = Buffer.from(FILES['folder/sub/file.bin']);
  changed[66_000] ^= 1;
  expect(compare(volume, { ...FILES, 'folder/sub/file.bin': changed, 'config.txt': bytesOf(4999, 1) })).toEqual([
    '"config.txt" has 5000 bytes, not 4999',
    '"folder/sub/file.bin" differs at byte 66000',
  ]);
  const { 'config.txt': _, ...fewer } = FILES;
  expect(compare(volume, { ...fewer, more: 'folder', 'folder/empty': 'folder' })).toEqual([
    '"folder/empty" is a file, not a folder',
    '"more" is missing',
    '"config.txt" is not one of the firmware files',
  ]);
});

it.each([
  ['no boot sector', 510, '00', 'boot sector at sector 0: expected signature 0xaa55, found 0xaa00'],
  ['larger sectors', 11, '0004', 'expected sectors of 512 bytes, found 1024'],
  ['more sectors than there are', 19, '00000000000000000000000000ffffff00', 'expected at most 31457280 bytes'],
  ['a different copy of the table', 2048 + 60 * 512 + 10, 'ffff', 'expected two equal copies'],
])('refuses %s', (_name, offset, change, message) => {
  const { source } = volumeOf(FILES);
  const bytes = Buffer.alloc(source.size);
  source.read(bytes, 0);
  bytes.write(change, offset, 'hex');
  expect(() => openFat(memory(bytes))).toThrow(message);
});

it('refuses clusters that are used twice, lost, or too many for a file', () => {
  const { source, plan } = volumeOf(FILES);
  const sound = Buffer.alloc(source.size);
  source.read(sound, 0);
  const withTable = (change: (table: Buffer) => void): RandomAccess => {
    const bytes = Buffer.from(sound);
    for (let copy = 0; copy < 2; copy++) change(bytes.subarray(2048 + copy * plan.layout.fatSectors * 512));
    return memory(bytes);
  };
  const [first] = plan.fileCluster;
  const refusal = (change: (table: Buffer) => void): unknown => {
    try {
      return openFat(withTable(change));
    } catch (error) {
      return isFatError(error) ? error.message : error;
    }
  };
  const end = plan.chains[plan.chains.length - 1];
  expect(refusal((table) => table.writeUInt16LE(first, first * 2))).toMatch(/expected a cluster of this chain alone/);
  expect(refusal((table) => table.writeUInt16LE(0xffff, end * 2))).toMatch(
    /table at all clusters: expected \d+ in use/,
  );
  expect(refusal((table) => table.writeUInt16LE(0, first * 2))).toMatch(/expected a cluster from 2 to \d+, found 0/);
  expect(refusal((table) => table.writeUInt16LE(0xffff, (first + 1) * 2))).toMatch(
    /at file .*: expected \d+ clusters, found 1/,
  );
});
