import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors/user-error.ts';
import { compareFat } from '../../../src/fat/compare.ts';
import { planFat } from '../../../src/fat/plan.ts';
import { openFat } from '../../../src/fat/read.ts';
import { createFatSource } from '../../../src/fat/source.ts';
import { fatPathOf } from '../../../src/fat/tree.ts';
import { firmwareOverlay, scanFirmwareDirectory } from '../../../src/image/card/firmware.ts';
import { type FirmwareDirectory, flattenFirmware, mergeFirmware } from '../../../src/image/card/firmware-tree.ts';
import { openSourceFiles } from '../../../src/image/card/source-files.ts';
import type { Child, Directory } from '../../../src/tree/compose.ts';
import { scanPath } from '../../../src/tree/scan.ts';
import { buildPaths } from '../../support/nix-store.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

let firmware: string;
beforeEach(() => {
  firmware = temporaryDirectory();
});

function directory(children: Readonly<Record<string, Child['node']>>): Directory {
  const list = Object.entries(children).map(([name, node]) => ({ name: Buffer.from(name), node }));
  return { kind: 'directory', mode: 0o755, gid: 0, children: list };
}

function generated(text: string): Child['node'] {
  return { kind: 'generated', mode: 0o644, gid: 0, contents: Buffer.from(text) };
}

/** Paths in the order of the tree with contents; a directory ends with a slash. */
function listing(root: FirmwareDirectory): readonly (readonly [string, string])[] {
  const { tree, files } = flattenFirmware(root);
  using reader = openSourceFiles(files);
  return tree.entries.slice(1).map(({ kind, size }, i) => {
    const bytes = Buffer.alloc(size);
    if (kind === 'file') {
      reader.read(i + 1, 0, bytes);
    }
    return [`${fatPathOf(tree, i + 1)}${kind === 'directory' ? '/' : ''}`, bytes.toString()];
  });
}

it('has generated files, and store paths with the targets of their links', { tags: ['system'] }, () => {
  const paths = buildPaths({
    'merged-target': { script: 'echo target > $out' },
    'merged-dtbs': {
      uses: { target: 'merged-target' },
      script: 'mkdir -p $out/vendor; ln -s $target $out/vendor/a.dtb; echo b > $out/b.dtb; ln -s vendor $out/more',
    },
  });
  const path = Buffer.from(paths['merged-dtbs']);
  const overlay = directory({
    nixos: directory({ dtbs: { kind: 'graft', gid: 0, tree: scanPath(path), path } }),
    extlinux: directory({ 'extlinux.conf': generated('DEFAULT') }),
  });
  expect(listing(firmwareOverlay(overlay))).toEqual([
    ['extlinux/', ''],
    ['extlinux/extlinux.conf', 'DEFAULT'],
    ['nixos/', ''],
    ['nixos/dtbs/', ''],
    ['nixos/dtbs/b.dtb', 'b\n'],
    ['nixos/dtbs/more/', ''],
    ['nixos/dtbs/more/a.dtb', 'target\n'],
    ['nixos/dtbs/vendor/', ''],
    ['nixos/dtbs/vendor/a.dtb', 'target\n'],
  ]);
});

it('is compared with the volume that it is on, generated files too', () => {
  const { tree, files } = flattenFirmware(
    firmwareOverlay(directory({ loader: directory({ 'a.conf': generated('timeout 5') }) })),
  );
  using reader = openSourceFiles(files);
  const source = createFatSource(
    planFat(tree, { size: 30 * 2 ** 20, filesystem: 'auto', volumeId: 1, label: 'X' }),
    reader.read,
  );
  const bytes = Buffer.alloc(source.size);
  source.read(bytes, 0);
  const differences = (): readonly string[] => {
    const volume = openFat({ size: bytes.length, read: (target, at) => bytes.copy(target, 0, at, at + target.length) });
    return compareFat(volume, tree, reader.read);
  };
  expect(differences()).toEqual([]);
  bytes[bytes.indexOf('timeout 5') + 8] ^= 1;
  expect(differences()).toEqual(['"loader/a.conf" differs at byte 8']);
});

describe('firmware files and boot files', () => {
  const merged = (overlay: Directory): FirmwareDirectory => {
    return mergeFirmware(scanFirmwareDirectory(firmware), firmwareOverlay(overlay));
  };
  const refusal = (overlay: Directory): string => {
    try {
      return JSON.stringify(listing(merged(overlay)));
    } catch (error) {
      return error instanceof UserError ? `${error.title}\n${error.message}\n${error.remedy}` : `bug: ${error}`;
    }
  };

  it('share directories, in upper or lower case', () => {
    mkdirSync(join(firmware, 'EFI/boot'), { recursive: true });
    writeFileSync(join(firmware, 'EFI/boot/a'), 'a');
    writeFileSync(join(firmware, 'start4.elf'), 'elf');
    const overlay = directory({ efi: directory({ BOOT: directory({ B: generated('b') }) }), loader: directory({}) });
    expect(listing(merged(overlay))).toEqual([
      ['EFI/', ''],
      ['EFI/boot/', ''],
      ['EFI/boot/B', 'b'],
      ['EFI/boot/a', 'a'],
      ['loader/', ''],
      ['start4.elf', 'elf'],
    ]);
  });

  it('do not share a file, nor a file and a directory, in upper or lower case', () => {
    mkdirSync(join(firmware, 'EFI/Boot'), { recursive: true });
    writeFileSync(join(firmware, 'EFI/Boot/bootaa64.efi'), 'a');
    expect(refusal(directory({ EFI: directory({ BOOT: directory({ 'BOOTAA64.EFI': generated('b') }) }) }))).toMatch(
      /^Invalid input firmware-files\n"EFI\/Boot\/bootaa64\.efi" of the firmware files is one of the boot files of the system too as "EFI\/Boot\/BOOTAA64\.EFI", and FAT ignores upper and lower case\.\nRemove it from firmware-files/,
    );
    expect(refusal(directory({ EFI: generated('b') }))).toMatch(
      /\n"EFI" of the firmware files is one of the boot files of the system too\.\n/,
    );
  });
});
