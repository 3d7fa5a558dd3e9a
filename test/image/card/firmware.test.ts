import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { compareFat } from '../../../src/fat/compare.ts';
import { planFat } from '../../../src/fat/plan.ts';
import { openFat } from '../../../src/fat/read.ts';
import { createFatSource } from '../../../src/fat/source.ts';
import { fatPathOf } from '../../../src/fat/tree.ts';
import { type FirmwareFiles, scanFirmwareDirectory } from '../../../src/image/card/firmware.ts';
import { openHostFiles } from '../../../src/image/card/host-files.ts';
import { buildPaths } from '../../support/nix-store.ts';

let directory: string;
let firmware: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'firmware-'));
  firmware = join(directory, 'firmware');
  mkdirSync(join(firmware, 'overlays'), { recursive: true });
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

function contents({ tree, files }: FirmwareFiles): Readonly<Record<string, string>> {
  const reader = openHostFiles(files);
  const lines = tree.entries.map(({ kind, size }, entry) => {
    const bytes = Buffer.alloc(size);
    reader.read(entry, 0, bytes);
    return [fatPathOf(tree, entry).toString(), kind === 'directory' ? kind : bytes.toString()];
  });
  return Object.fromEntries(lines);
}

it('takes files, and what links lead to in the directory and in the store', () => {
  const paths = buildPaths({
    firmware: {
      script:
        'mkdir -p $out/boot/sub; echo start > $out/boot/start.elf; echo x > $out/boot/sub/x; ln -s start.elf $out/boot/alias',
    },
    'config.txt': { script: 'echo config > $out' },
  });
  writeFileSync(join(firmware, 'cmdline.txt'), 'line');
  writeFileSync(join(firmware, 'overlays/a.dtbo'), 'overlay');
  symlinkSync(paths['config.txt'], join(firmware, 'config.txt'));
  symlinkSync(join(paths.firmware, 'boot'), join(firmware, 'directory'));
  symlinkSync('overlays/a.dtbo', join(firmware, 'b.dtbo'));
  symlinkSync('overlays', join(firmware, 'more'));
  symlinkSync(firmware, join(directory, 'result'));
  expect(contents(scanFirmwareDirectory(join(directory, 'result')))).toEqual({
    '': 'directory',
    'b.dtbo': 'overlay',
    'cmdline.txt': 'line',
    'config.txt': 'config\n',
    directory: 'directory',
    'directory/alias': 'start\n',
    'directory/start.elf': 'start\n',
    'directory/sub': 'directory',
    'directory/sub/x': 'x\n',
    more: 'directory',
    'more/a.dtbo': 'overlay',
    overlays: 'directory',
    'overlays/a.dtbo': 'overlay',
  });
});

it('goes into a volume, and is compared with it', () => {
  writeFileSync(join(firmware, 'start4.elf'), Buffer.alloc(2_500_000, 'elf'));
  writeFileSync(join(firmware, 'overlays/a long name.dtbo'), 'overlay');
  const { tree, files } = scanFirmwareDirectory(firmware);
  const reader = openHostFiles(files);
  const plan = planFat(tree, { size: 30 * 2 ** 20, volumeId: 1, label: 'FIRMWARE' });
  const source = createFatSource(plan, reader.read);
  const bytes = Buffer.alloc(source.size);
  source.read(bytes, 0);
  reader.close();
  const volume = openFat({ size: bytes.length, read: (target, at) => bytes.copy(target, 0, at, at + target.length) });
  expect(compareFat(volume, tree, openHostFiles(files).read)).toEqual([]);
  writeFileSync(join(firmware, 'overlays/a long name.dtbo'), 'overlax');
  expect(compareFat(volume, tree, openHostFiles(files).read)).toEqual([
    '"overlays/a long name.dtbo" differs at byte 6',
  ]);
});

it('refuses links that lead elsewhere, to nothing or in a circle', () => {
  const link = (target: string): string => {
    const path = join(firmware, 'overlays/link');
    rmSync(path, { force: true });
    symlinkSync(target, path);
    try {
      return JSON.stringify(scanFirmwareDirectory(firmware));
    } catch (error) {
      return String(error);
    }
  };
  writeFileSync(join(directory, 'secret'), 'secret');
  expect(link('../../secret')).toMatch(
    /overlays\/link" of the firmware files is a symbolic link to ".*\/secret", which is neither in the directory nor in \/nix\/store\. Copy the file instead\./,
  );
  mkdirSync(join(directory, 'firmware-other'));
  expect(link('../../firmware-other')).toMatch(/neither in the directory nor in/);
  expect(link('/etc')).toMatch(/neither in the directory nor in/);
  expect(link('/nix')).toMatch(/neither in the directory nor in/);
  expect(link('missing')).toMatch(/overlays\/link" of the firmware files is not there, or leads to nothing\./);
  expect(link('link')).toMatch(/is not there, or leads to nothing\./);
  expect(link('..')).toMatch(
    /firmware" of the firmware files leads back to a directory that it is in, without an end\./,
  );
  expect(link('.')).toMatch(/overlays" of the firmware files leads back/);
});

it('refuses what is neither file nor directory, and what is no directory at the top', () => {
  execFileSync('mkfifo', [join(firmware, 'pipe')]);
  expect(() => scanFirmwareDirectory(firmware)).toThrow(
    /pipe" of the firmware files is a named pipe; a FAT partition holds files and directories only\. Remove it\./,
  );
  rmSync(join(firmware, 'pipe'));
  symlinkSync('/dev/null', join(firmware, 'null'));
  expect(() => scanFirmwareDirectory(firmware)).toThrow(/neither in the directory nor in/);
  writeFileSync(join(directory, 'file'), '');
  expect(() => scanFirmwareDirectory(join(directory, 'file'))).toThrow(
    /file" is not a directory\. Give a directory in the input firmware-files\./,
  );
  expect(() => scanFirmwareDirectory(join(directory, 'none'))).toThrow(/none" of the firmware files is not there/);
});

it('tells of files that are gone, or have become shorter, when they are read', () => {
  writeFileSync(join(firmware, 'gone'), 'x');
  writeFileSync(join(firmware, 'short'), 'xyz');
  const { tree, files } = scanFirmwareDirectory(firmware);
  const entryOf = (name: string): number =>
    tree.entries.findIndex((entry) => Buffer.from(entry.name).toString() === name);
  rmSync(join(firmware, 'gone'));
  truncateSync(join(firmware, 'short'), 2);
  const reader = openHostFiles(files);
  expect(() => reader.read(entryOf('gone'), 0, Buffer.alloc(1))).toThrow(/gone" cannot be read, though it was there/);
  expect(() => reader.read(entryOf('short'), 0, Buffer.alloc(3))).toThrow(
    /short" has become shorter while the image was built: 3 bytes were expected, 2 found\./,
  );
  reader.close();
});
