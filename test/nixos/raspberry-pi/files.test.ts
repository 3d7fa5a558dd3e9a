// @module-tag system
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors/user-error.ts';
import type { BootOptions } from '../../../src/nixos/boot-options.ts';
import { type BootableSystem, readBootableSystem } from '../../../src/nixos/bootable.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { emptyDirectories, filesOf } from '../support/overlay.ts';
import { buildSystem, type SystemOptions } from '../support/system.ts';

const KERNEL = `mkdir -p $out/dtbs/broadcom $out/dtbs/overlays $out/dtbs/other
  printf one > $out/dtbs/broadcom/bcm2712-rpi-5-b.dtb; ln -s bcm2712-rpi-5-b.dtb $out/dtbs/broadcom/link.dtb
  printf top > $out/dtbs/top.dtb; printf lower > $out/dtbs/bcm2712-rpi-5-b.dtb; printf x > $out/dtbs/.hidden.dtb
  printf no > $out/dtbs/other/no.dtb; printf no > $out/dtbs/broadcom/no.dts
  printf map > $out/dtbs/overlays/overlay_map.dtb; printf text > $out/dtbs/overlays/README`;

/** A system with the kernel loader of nixos-raspberrypi, whose scripts are named in its installer. */
function system(option = ''): SystemOptions {
  const script = (line: string): string => `printf '#!/bin/sh\\n%s\\n' "${line}" > $out`;
  return {
    others: {
      fw: { script: 'd=$out/share/raspberrypi/boot; mkdir -p $d; printf vendor > $d/bcm2712-rpi-5-b.dtb' },
      k: { script: KERNEL },
      'install-device-tree.sh': { uses: { fw: 'fw' }, script: script('dtb_path=$fw/share/raspberrypi/boot') },
      'kernelboot-gen-builder.sh': { uses: { t: 'install-device-tree.sh' }, script: script(`$t ${option} -c x`) },
      'nixos-generations-builder.sh': {
        uses: { g: 'kernelboot-gen-builder.sh' },
        script: script('$g -c x -n default'),
      },
    },
    more: `rm $out/dtbs; ln -s $k/dtbs $out/dtbs; printf 'a=\\351\\n' > $out/kernel-params
      printf "export INSTALL_BOOTLOADER='%s'\\n" "$nixos_generations_builder_sh -g 4 -f /boot/firmware -c" > $out/bin/switch-to-configuration`,
  };
}

/** A directory with the firmware and a `config.txt` with lines. */
function firmware(...lines: readonly string[]): string {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'start4.elf'), 'elf');
  writeFileSync(join(directory, 'config.txt'), `arm_64bit=1\n${lines.join('\n')}\n`);
  return directory;
}

const PREFIX = 'os_prefix=nixos/default/';

function read(
  firmwareFiles: string | undefined,
  { option = '', ...options }: Partial<BootOptions> & { readonly option?: string } = {},
): BootableSystem {
  return readBootableSystem(buildSystem(system(option)).toplevel, {
    bootLoader: 'auto',
    bootPartition: 'auto',
    deviceTree: undefined,
    bootTimeout: undefined,
    firmwareFiles,
    fat: { label: 'FIRMWARE', volumeId: 0x2175794e },
    ...options,
  });
}

function refusal(firmwareFiles: string | undefined): string {
  try {
    return `read: ${read(firmwareFiles).boot.summary}`;
  } catch (error) {
    return error instanceof UserError ? `${error.title}\n${error.message}\n${error.remedy}` : `bug: ${error}`;
  }
}

/** The files of the generation, as kernelboot-gen-builder.sh and install-device-tree.sh of nixos-raspberrypi write them. */
const GENERATION = {
  'bcm2712-rpi-5-b.dtb': 'one',
  'cmdline.txt': 'a=é init=/nix/store/HASH-nixos-system-test-25.11/init\n',
  initrd: '\0'.repeat(5000),
  'kernel-link': '/nix/store/HASH-linux-6.12.1/Image\n',
  'kernel.img': 'kernel',
  'overlays/README': 'text',
  'overlays/overlay_map.dtb': 'map',
  'system-link': '/nix/store/HASH-nixos-system-test-25.11\n',
  'top.dtb': 'top',
};

function below(prefix: string, files: Readonly<Record<string, string>>): object {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [`${prefix}/${name}`, text]));
}

describe('the generation of a Raspberry Pi', () => {
  it('is added at the prefix of config.txt, as its own installer writes it', () => {
    const { boot } = read(firmware(PREFIX));
    // A symbolic link is a file on the FAT partition, not here.
    expect(filesOf(boot.firmwareOverlay)).toEqual(below('/nixos/default', GENERATION));
    expect(boot).toMatchObject({
      bootPartition: 'root',
      summary: 'Raspberry Pi firmware, nixos/default of the FAT partition',
    });
    expect(emptyDirectories(boot.rootOverlay)).toEqual(['/boot/firmware']);
    expect(boot.notes.map(({ text }) => text)).toEqual([
      'The firmware of the Raspberry Pi boots nixos/default of the FAT partition, as its config.txt sets it. nixos-rebuild on the device writes to the same partition',
    ]);
  });

  it('has the device trees of the firmware where the installer copies those', () => {
    const files = filesOf(read(firmware('os_prefix=old/', 'os_prefix=a/b/'), { option: '-r' }).boot.firmwareOverlay);
    expect(Object.keys(files).filter((path) => path.endsWith('.dtb'))).toEqual(['/a/b/bcm2712-rpi-5-b.dtb']);
    expect(files['/a/b/bcm2712-rpi-5-b.dtb']).toBe('vendor');
  });

  it.each<[string, () => string]>([
    ['no prefix', () => firmware()],
    ['a prefix that is not a directory', () => firmware('os_prefix=test-')],
    ['a comment', () => firmware(`#${PREFIX}`)],
    [
      'the generation already',
      () => {
        const directory = firmware(PREFIX);
        mkdirSync(join(directory, 'nixos/default'), { recursive: true });
        symlinkSync('/dev/null', join(directory, 'nixos/default/kernel.img'));
        return directory;
      },
    ],
  ])('is not added to firmware files with %s', (_, make) => {
    const { boot } = read(make());
    expect(boot.firmwareOverlay).toBe(undefined);
    expect(boot.summary).toBe('Raspberry Pi firmware, as firmware-files has it');
    expect(emptyDirectories(boot.rootOverlay)).toEqual(['/boot/firmware']);
  });

  it('is not made without firmware files, or for firmware files of another system', () => {
    expect(refusal(undefined)).toMatch(/^Invalid input firmware-files\n.*\nSet firmware-files to a directory/);
    const directory = firmware();
    writeFileSync(join(directory, 'cmdline.txt'), 'quiet init=/nix/store/other/init\n');
    expect(refusal(directory)).toMatch(
      /^The firmware files boot another system\n".*cmdline\.txt" of the firmware files starts "\/nix\/store\/other", but the input system is ".*"\.\nMake firmware-files from this system/,
    );
  });

  it('can be made for a system with another boot loader', () => {
    const { toplevel } = buildSystem();
    const files = { firmwareFiles: firmware(PREFIX), fat: { label: 'FIRMWARE', volumeId: 1 } };
    const given = { bootPartition: 'auto', deviceTree: undefined, bootTimeout: undefined, ...files } as const;
    const { boot } = readBootableSystem(toplevel, { ...given, bootLoader: 'raspberry-pi' });
    expect(Object.keys(filesOf(boot.firmwareOverlay))).toContain('/nixos/default/kernel.img');
    expect(boot.notes[0]?.text).toContain('nixos-rebuild on the device will not update it');
  });
});
