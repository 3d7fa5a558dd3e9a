// @module-tag system
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { MACHINE_TIMEOUT } from '../support/vm/machine.ts';
import { type KernelVolume, readWithKernel } from './support/kernel-vfat.ts';
import { checkWithFsck, copyWithMtools, filesBelow, listWithMtools } from './support/tools.ts';
import { allPaths, bytesOf, type Files, MIB, volumeOf, writeSource } from './support/volume.ts';

const directory = temporaryDirectory();

const FILES: Files = {
  'config.txt': bytesOf(321, 1),
  'CMDLINE.TXT': bytesOf(2048, 2),
  empty: Buffer.alloc(0),
  'start4.elf': bytesOf(2_253_248, 3),
  'fixup4.dat': bytesOf(5_448, 4),
  'bcm2711-rpi-4-b.dtb': bytesOf(2049, 5),
  'bcm2711-rpi-400.dtb': bytesOf(2047, 6),
  'a name with spaces, commas; and [brackets].txt': bytesOf(1, 7),
  ' space first': bytesOf(2, 8),
  '.hidden': bytesOf(3, 9),
  '..two.dots': bytesOf(3, 29),
  'no-extension-at-all': bytesOf(4, 10),
  'archive.tar.gz': bytesOf(5, 11),
  'thirteen.char': bytesOf(6, 12),
  'twenty-six.characters.long': bytesOf(7, 13),
  'Überfärbung.näßlich': bytesOf(8, 14),
  日本語のファイル名: bytesOf(9, 15),
  'plus+equals=.x+y': bytesOf(10, 16),
  'LONGNA~1.TXT': bytesOf(11, 17),
  'long name one.txt': bytesOf(12, 18),
  'long name two.txt': bytesOf(13, 19),
  [`${'m'.repeat(251)}.bin`]: bytesOf(14, 20),
  'empty-directory': 'directory',
  'overlays/vc4-kms-v3d-pi4.dtbo': bytesOf(4096, 21),
  'overlays/disable-bt.dtbo': bytesOf(1073, 22),
  'extlinux/deep/er/and/deeper/still/extlinux.conf': bytesOf(500, 23),
  ...Object.fromEntries(Array.from({ length: 700 }, (_, i) => [`many/device-tree-number-${i}.dtb`, bytesOf(i, i)])),
};

const SIZES: Readonly<Record<string, number>> = {
  'FAT16 of 9 MiB': 9 * MIB,
  'FAT16 of 30 MiB': 30 * MIB,
  'FAT16 of 300 MiB, larger clusters': 300 * MIB,
  'FAT32 of 512 MiB': 512 * MIB,
  'FAT32 of 9 GiB, larger clusters, a size that is no whole track': 9 * 1024 * MIB + 512,
};

const VOLUMES = Object.entries(SIZES).map(([name, size]) => {
  const image = () => join(directory, name.replaceAll(/[^A-Za-z0-9]/g, '-'));
  return [name, { image, ...volumeOf(FILES, { size }) }] as const;
});

beforeAll(() => {
  for (const [, { source, image }] of VOLUMES) {
    writeSource(source, image());
  }
});

describe.each(VOLUMES)('%s', (_, { image, plan }) => {
  it('is clean according to fsck.vfat, which counts the same clusters', async () => {
    const counts = await checkWithFsck(image());
    expect(counts.clusters).toBe(plan.layout.clusters);
    expect(counts.usedClusters).toBe(plan.chains[plan.chains.length - 1] - 2);
    // fsck.vfat counts the label as a file.
    expect(counts.files).toBe(allPaths(FILES).length + 1);
  });

  it('is listed and copied back by mtools', async () => {
    expect(await listWithMtools(image())).toEqual(allPaths(FILES));
    await copyWithMtools(image(), `${image()}.copy`);
    expect(comparable(filesBelow(`${image()}.copy`))).toEqual(comparable(FILES));
  });
});

describe('the kernel reads', () => {
  // One virtual machine for all of them.
  let volumes: readonly KernelVolume[];
  beforeAll(async () => {
    const images = VOLUMES.map(([, { image }]) => image());
    volumes = await readWithKernel(images, join(directory, 'kernel'));
  }, MACHINE_TIMEOUT);

  it.each(VOLUMES.map(([name, { plan }], i) => [name, plan, i] as const))('%s', (_, { layout, chains }, index) => {
    const volume = volumes[index];
    expect(volume.complaints).toEqual([]);
    expect(comparable(volume.files)).toEqual(comparable(FILES));
    expect(volume.times).toEqual([Date.UTC(2000, 0, 1) / 1000]);
    expect(volume.modes).toEqual(['755']);
    const used = chains[chains.length - 1] - 2;
    expect(volume.free).toBe((layout.clusters - used) * layout.sectorsPerCluster * 512);
  });
});

function comparable(files: Files): Readonly<Record<string, string>> {
  const whole = Object.fromEntries(allPaths(files).map((path) => [path, 'directory']));
  for (const [path, data] of Object.entries(files)) {
    whole[path] = data === 'directory' ? data : Buffer.from(data).toString('base64');
  }
  return whole;
}
