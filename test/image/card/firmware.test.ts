import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { UserError } from '../../../src/errors/user-error.ts';
import { compareFat } from '../../../src/fat/compare.ts';
import { planFat } from '../../../src/fat/plan.ts';
import { openFat } from '../../../src/fat/read.ts';
import { createFatSource } from '../../../src/fat/source.ts';
import { fatPathOf } from '../../../src/fat/tree.ts';
import { scanFirmwareDirectory } from '../../../src/image/card/firmware.ts';
import { type FirmwareFiles, flattenFirmware } from '../../../src/image/card/firmware-tree.ts';
import { openSourceFiles } from '../../../src/image/card/source-files.ts';
import { buildPaths } from '../../support/nix-store.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

let directory: string;
let firmware: string;
beforeEach(() => {
  directory = temporaryDirectory();
  firmware = join(directory, 'firmware');
  mkdirSync(join(firmware, 'overlays'), { recursive: true });
});

function contents({ tree, files }: FirmwareFiles): Readonly<Record<string, string>> {
  const reader = openSourceFiles(files);
  const lines = tree.entries.map(({ kind, size }, entry) => {
    const bytes = Buffer.alloc(size);
    reader.read(entry, 0, bytes);
    return [fatPathOf(tree, entry).toString(), kind === 'directory' ? kind : bytes.toString()];
  });
  return Object.fromEntries(lines);
}

it('has files, and the targets of links in the directory and in the store', { tags: ['system'] }, () => {
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
  expect(contents(flattenFirmware(scanFirmwareDirectory(join(directory, 'result'))))).toEqual({
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

it('is written to a volume, and compared with it', () => {
  writeFileSync(join(firmware, 'start4.elf'), Buffer.alloc(2_500_000, 'elf'));
  writeFileSync(join(firmware, 'overlays/a long name.dtbo'), 'overlay');
  const { tree, files } = flattenFirmware(scanFirmwareDirectory(firmware));
  const reader = openSourceFiles(files);
  const plan = planFat(tree, { size: 30 * 2 ** 20, filesystem: 'auto', volumeId: 1, label: 'FIRMWARE' });
  const source = createFatSource(plan, reader.read);
  const bytes = Buffer.alloc(source.size);
  source.read(bytes, 0);
  reader.close();
  const volume = openFat({ size: bytes.length, read: (target, at) => bytes.copy(target, 0, at, at + target.length) });
  expect(compareFat(volume, tree, openSourceFiles(files).read)).toEqual([]);
  writeFileSync(join(firmware, 'overlays/a long name.dtbo'), 'overlax');
  expect(compareFat(volume, tree, openSourceFiles(files).read)).toEqual([
    '"overlays/a long name.dtbo" differs at byte 6',
  ]);
});

it('refuses links that lead elsewhere, to nothing or in a loop', { tags: ['system'] }, () => {
  const link = (target: string): string => {
    const path = join(firmware, 'overlays/link');
    rmSync(path, { force: true });
    symlinkSync(target, path);
    try {
      return JSON.stringify(scanFirmwareDirectory(firmware));
    } catch (error) {
      return error instanceof UserError ? `${error.title}\n${error.message}\n${error.remedy}` : `bug: ${error}`;
    }
  };
  writeFileSync(join(directory, 'secret'), 'secret');
  expect(link('../../secret')).toMatch(
    /overlays\/link" of the firmware files is a symbolic link to ".*\/secret", which is neither in the directory nor in \/nix\/store\.\nReplace the symbolic link by a copy of the file\./,
  );
  mkdirSync(join(directory, 'firmware-other'));
  expect(link('../../firmware-other')).toMatch(/neither in the directory nor in/);
  expect(link('/etc')).toMatch(/neither in the directory nor in/);
  expect(link('/nix')).toMatch(/neither in the directory nor in/);
  expect(link('missing')).toMatch(
    /^Invalid input firmware-files\n".*overlays\/link" of the firmware files does not exist, or is a link to nothing\./,
  );
  expect(link('link')).toMatch(/does not exist, or is a link to nothing\./);
  expect(link('..')).toMatch(
    /The firmware files have a symbolic link to ".*firmware", a directory that contains the link itself\.\nRemove/,
  );
  expect(link('.')).toMatch(/have a symbolic link to ".*overlays", a directory that contains/);
});

it('refuses what is neither a file nor a directory, and a path that is not a directory', () => {
  execFileSync('mkfifo', [join(firmware, 'pipe')]);
  const refused = (message: RegExp, remedy: string): unknown =>
    expect.objectContaining({
      title: 'Invalid input firmware-files',
      message: expect.stringMatching(message),
      remedy: expect.stringContaining(remedy),
    });
  expect(() => scanFirmwareDirectory(firmware)).toThrow(
    refused(
      /pipe" of the firmware files is a named pipe; a FAT partition holds only files and directories\.$/,
      'Remove it',
    ),
  );
  rmSync(join(firmware, 'pipe'));
  symlinkSync('/dev/null', join(firmware, 'null'));
  expect(() => scanFirmwareDirectory(firmware)).toThrow(/neither in the directory nor in/);
  writeFileSync(join(directory, 'file'), '');
  expect(() => scanFirmwareDirectory(join(directory, 'file'))).toThrow(
    refused(/file" is not a directory\.$/, 'Set firmware-files to a directory'),
  );
  expect(() => scanFirmwareDirectory(join(directory, 'none'))).toThrow(
    refused(/none" of the firmware files does not exist/, 'Set firmware-files'),
  );
});

it('reports files that are missing, or changed, when they are read', () => {
  writeFileSync(join(firmware, 'gone'), 'x');
  for (const name of ['short', 'long', 'other', 'link', 'pipe']) {
    writeFileSync(join(firmware, name), 'xyz');
  }
  mkdirSync(join(firmware, 'below'));
  writeFileSync(join(firmware, 'below', 'file'), 'xyz');
  const { tree, files } = flattenFirmware(scanFirmwareDirectory(firmware));
  const entryOf = (name: string): number =>
    tree.entries.findIndex((entry) => Buffer.from(entry.name).toString() === name);
  rmSync(join(firmware, 'gone'));
  truncateSync(join(firmware, 'short'), 2);
  truncateSync(join(firmware, 'long'), 4);
  // The new file must not get the inode of the old one.
  writeFileSync(join(firmware, 'new'), 'abc');
  renameSync(join(firmware, 'new'), join(firmware, 'other'));
  for (const name of ['link', 'pipe']) {
    rmSync(join(firmware, name));
  }
  symlinkSync('long', join(firmware, 'link'));
  execFileSync('mkfifo', [join(firmware, 'pipe')]);
  renameSync(join(firmware, 'below'), join(firmware, 'moved'));
  symlinkSync('moved', join(firmware, 'below'));
  const reader = openSourceFiles(files);
  const changed = (message: RegExp): unknown =>
    expect.objectContaining({
      title: 'A file changed while the image was built',
      message: expect.stringMatching(message),
      remedy: expect.stringContaining('re-run the job'),
    });
  expect(() => reader.read(entryOf('gone'), 0, Buffer.alloc(1))).toThrow(
    changed(/gone" cannot be read, but existed when the image was planned\.$/),
  );
  expect(() => reader.read(entryOf('short'), 0, Buffer.alloc(3))).toThrow(
    changed(/short" changed while the image was built: it had 3 bytes and now has 2\.$/),
  );
  const reading = (name: string) => () => reader.read(entryOf(name), 0, Buffer.alloc(3));
  expect(reading('long')).toThrow(changed(/it had 3 bytes and now has 4\.$/));
  expect(reading('other')).toThrow(changed(/it was replaced by another file\.$/));
  expect(reading('link')).toThrow(changed(/link" cannot be read, but existed/));
  expect(reading('pipe')).toThrow(changed(/it is no longer a regular file\.$/));
  // The file is the same, but a directory above it has become a link.
  expect(reading('file')).toThrow(changed(/below\/file" cannot be read, but existed/));
  reader.close();
});
