// @module-tag system
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors/user-error.ts';
import type { BootOptions } from '../../../src/nixos/boot-options.ts';
import { type BootableSystem, readBootableSystem } from '../../../src/nixos/bootable.ts';
import { emptyDirectories, filesOf } from '../support/overlay.ts';
import { BOOTSPEC, buildSystem, type SystemOptions } from '../support/system.ts';

const OPTIONS: BootOptions = {
  bootLoader: 'auto',
  bootPartition: 'auto',
  deviceTree: undefined,
  bootTimeout: undefined,
  firmwareFiles: undefined,
  fat: { label: 'FIRMWARE', volumeId: 0x2178694e },
};

const FSTAB = (...lines: readonly string[]): string =>
  `mkdir $out/etc; printf '%s\\n' ${lines.map((line) => `'${line}'`).join(' ')} > $out/etc/fstab`;

function read(system: SystemOptions, options: Partial<BootOptions> = {}): BootableSystem {
  return readBootableSystem(buildSystem(system).toplevel, { ...OPTIONS, ...options });
}

function refusal(system: SystemOptions, options: Partial<BootOptions> = {}): string {
  try {
    return `read: ${read(system, options).boot.summary}`;
  } catch (error) {
    return error instanceof UserError ? `${error.title}\n${error.message}\n${error.remedy}` : `bug: ${error}`;
  }
}

/** An installer with a call for each directory, instead of one for `/boot`. */
const MENUS = (...directories: readonly string[]): SystemOptions => ({
  others: {
    copy: { script: `printf '#!/bin/sh\\nwhile getopts x o; do echo extlinux.conf APPEND; done\\n' > $out` },
    menus: {
      uses: { copy: 'copy' },
      script: `echo '#!/bin/sh' > $out; ${directories.map((path) => `echo "$copy -g 20 -t 5 -d '${path}' -c \\"\\$@\\"" >> $out`).join('; ')}`,
    },
  },
});

const SWITCH = `printf "export INSTALL_BOOTLOADER='%s'\\n" $menus > $out/bin/switch-to-configuration`;

const FILES = [
  'extlinux/extlinux.conf',
  'nixos/HASH-initrd-linux-6.12.1-initrd',
  'nixos/HASH-linux-6.12.1-Image',
  'nixos/HASH-linux-6.12.1-dtbs/broadcom/bcm2711-rpi-4-b.dtb',
  'nixos/HASH-linux-6.12.1-dtbs/rockchip/rk3399.dtb',
];
const AT_BOOT = FILES.map((path) => `/boot/${path}`);
const AT_TOP = FILES.map((path) => `/${path}`);

function pathsOf({ boot }: BootableSystem): object {
  const list = (overlay: Parameters<typeof filesOf>[0]): readonly string[] => Object.keys(filesOf(overlay)).sort();
  return { root: list(boot.rootOverlay), firmware: list(boot.firmwareOverlay), flag: boot.bootPartition };
}

describe('boot menus', () => {
  it.each<[string, readonly string[], string, object]>([
    ['/boot', ['/boot'], ':', { root: AT_BOOT, firmware: [], flag: 'root' }],
    ['/boot/firmware', ['/boot/firmware'], ':', { root: [], firmware: AT_TOP, flag: 'firmware' }],
    ['both', ['/boot', '/boot/firmware/'], ':', { root: AT_BOOT, firmware: AT_TOP, flag: 'root' }],
    [
      '/boot, where the FAT partition is mounted by its label',
      ['/boot'],
      FSTAB('/dev/disk/by-label/NIXOS_SD / ext4', '/dev/disk/by-label/FIRMWARE /boot vfat'),
      { root: [], firmware: AT_TOP, flag: 'firmware' },
    ],
    [
      '/efi/boot, where the FAT partition is mounted at /efi by its UUID',
      ['/efi/boot'],
      FSTAB('UUID=2178-694E /efi vfat'),
      { root: [], firmware: AT_BOOT, flag: 'firmware' },
    ],
    [
      '/mnt, where the FAT partition is mounted by PARTUUID',
      ['/mnt'],
      FSTAB('PARTUUID=2178694e-01 /mnt vfat'),
      { root: [], firmware: AT_TOP, flag: 'firmware' },
    ],
  ])('in %s', (_, directories, fstab, expected) => {
    const system = { ...MENUS(...directories), more: `${SWITCH}; ${fstab}` };
    expect(pathsOf(read(system))).toEqual(expected);
    // An input wins over what the system says.
    const onRoot = { root: AT_BOOT, firmware: [], flag: 'root' };
    expect(pathsOf(read(system, { bootPartition: 'root' }))).toEqual(onRoot);
    const onFirmware = { root: [], firmware: AT_TOP, flag: 'firmware' };
    expect(pathsOf(read(system, { bootPartition: 'firmware' }))).toEqual(onFirmware);
  });

  it('are refused in a directory that is on no partition of the image', () => {
    const refused = (path: string, fstab = ':', options: Partial<BootOptions> = {}): string => {
      return refusal({ ...MENUS('/boot', path), more: `${SWITCH}; ${fstab}` }, options);
    };
    expect(refused('/boot2')).toMatch(
      /^The boot files have no place in the image\nThe installer of the system writes its boot files to "\/boot2", which is on no partition of the image that U-Boot looks at\.\nSet boot-partition to root or firmware/,
    );
    expect(refused('/boot2', FSTAB('LABEL=BOOT2 /boot2 vfat'))).toMatch(
      /"\/boot2", where its fstab mounts "LABEL=BOOT2", which is no partition of the image: the label of the FAT partition is "FIRMWARE"\.\nSet firmware-label or disk-id/,
    );
    expect(refused('/boot2', FSTAB('/dev/sda3 /boot2 ext4'))).toMatch(/mounts "\/dev\/sda3", which is no partition/);
    expect(refused('/boot/firmware', ':', { fat: undefined })).toMatch(
      /"\/boot\/firmware", on a FAT partition, which an image with format: ext4 does not have\.\nSet format to sd-card/,
    );
  });
});

describe('the inputs', () => {
  it('win over the device tree and the timeout of the system', () => {
    const system = { loader: '-g 20 -t 5 -r' };
    const configuration = (options: Partial<BootOptions>): string => {
      return filesOf(read(system, options).boot.rootOverlay)['/boot/extlinux/extlinux.conf'] ?? '';
    };
    expect(configuration({})).not.toContain('FDT');
    const given = configuration({ deviceTree: 'rockchip/rk3399.dtb', bootTimeout: 0 });
    expect(given).toContain('\n  FDT ../nixos/HASH-linux-6.12.1-dtbs/rockchip/rk3399.dtb\n');
    expect(given).toContain('TIMEOUT 1\n\nLABEL');
    expect(refusal(system, { deviceTree: 'none.dtb' })).toMatch(
      /^Invalid input device-tree\nThe system ".*" does not have the device tree "none\.dtb"\.\nSet device-tree to/,
    );
  });

  it('can leave out all boot files', () => {
    const { boot } = read({}, { bootLoader: 'none' });
    expect(boot).toMatchObject({ firmwareOverlay: undefined, bootPartition: 'root', summary: 'none' });
    expect(boot.rootOverlay.children).toEqual([]);
    expect(refusal({}, { bootLoader: 'none', bootTimeout: 5 })).toMatch(
      /^Invalid input boot-timeout\n.*is a setting of extlinux, but the boot loader of the image is none\.\nRemove boot-timeout/,
    );
  });
});

describe('the log', () => {
  const notes = (system: SystemOptions, options: Partial<BootOptions> = {}): string => {
    const lines = read(system, options).boot.notes.map(({ title, text }) => `${title ?? 'info'}: ${text}`);
    return lines.join('\n');
  };

  it('says what was read', () => {
    expect(notes({ loader: '-g 20 -t 0 -n rockchip/rk3399.dtb' })).toBe(
      'info: The image has an extlinux.conf in /boot of the root partition: no menu, the device tree rockchip/rk3399.dtb, as the system sets it. nixos-rebuild on the device writes to /boot',
    );
    const onFat = { ...MENUS('/boot/firmware'), more: SWITCH };
    expect(notes(onFat)).toMatch(/in \/ of the FAT partition: a menu for 5 s, .* writes to \/boot\/firmware$/);
    const unmounted = { ...onFat, more: `${SWITCH}; ${FSTAB('LABEL=FIRMWARE /boot/firmware vfat noauto,nofail')}` };
    expect(notes(unmounted)).toMatch(
      /^The boot menu will not be updated: .* does not mount \/boot\/firmware \(noauto\)\.$/,
    );
  });

  it('says what the inputs change', () => {
    expect(notes({}, { bootPartition: 'root', bootTimeout: 0 })).toBe(
      'info: The image has an extlinux.conf in /boot of the root partition: no menu, a device tree of the kernel that U-Boot chooses, as the inputs and the system set it. nixos-rebuild on the device writes to /boot',
    );
    expect(notes({}, { bootPartition: 'firmware' })).toMatch(
      /^The boot menu will not be updated: .* in \/ of the FAT partition: .* will not update it: it writes to \/boot\.$/,
    );
  });

  it.each([
    ['rm -r $out/bin', /system\.switch\.enable is false/],
    [
      'echo /nix/store/0123456789abcdfghijklmnpqrsvwxyz-install-grub.sh > $out/bin/switch-to-configuration',
      /uses GRUB/,
    ],
    ['echo other > $out/bin/switch-to-configuration', /does not know/],
  ])('says what is a default after %s', (more, expected) => {
    const text = notes({ more });
    expect(text).toMatch(/^The boot menu will not be updated: /);
    expect(read({ more }).boot.summary).toBe(
      'extlinux in /boot of the root partition, which nixos-rebuild does not update',
    );
    expect(text).toMatch(expected);
    expect(text).toContain('a menu for 5 s, a device tree of the kernel that U-Boot chooses');
  });

  it('warns of kernel parameters that U-Boot skips, and of secrets', () => {
    const parameters = (length: number): string => `printf '%0${length}d' 0 > $out/kernel-params`;
    const rest = 'init=/nix/store/0123456789abcdfghijklmnpqrsvwxyz-nixos-system-test-25.11/init '.length;
    expect(notes({ more: parameters(1023 - rest) })).not.toContain('are long');
    expect(notes({ more: parameters(1024 - rest) })).toMatch(/The kernel parameters are long: .* have 1024 bytes\./);
    const secrets = (lines: string): string => `printf '${lines}' > $out/append-initrd-secrets`;
    const none = secrets('if help; then\\n  exit 0\\nfi\\nexit 0\\n');
    expect(notes({ bootspec: BOOTSPEC, more: none })).not.toContain('secrets');
    const some = secrets('if help; then\\n  exit 0\\nfi\\ncp key\\n');
    expect(notes({ bootspec: BOOTSPEC, more: some })).toMatch(/The initrd has no secrets: .* are not in the image/);
    expect(notes({ more: some })).toContain('The initrd has no secrets');
  });
});

describe('files of a menu', () => {
  it('have kernel parameters that are not UTF-8', () => {
    const { boot } = read({ more: `printf 'a=\\351t\\351\\n\\n' > $out/kernel-params` });
    expect(filesOf(boot.rootOverlay)['/boot/extlinux/extlinux.conf']).toContain('/init a=été\n');
  });

  it('have names of at most 255 bytes', () => {
    const kernel = (length: number): SystemOptions => ({
      others: {
        k: { script: `mkdir -p $out/${'a'.repeat(100)}; echo > $out/${'a'.repeat(100)}/${'b'.repeat(length)}` },
      },
      more: 'rm $out/kernel; ln -s $k/*/* $out/kernel',
    });
    const fits = 255 - 'HASH-k--'.length - 28 - 100;
    expect(refusal(kernel(fits))).toMatch(/^read: extlinux in \/boot of the root partition$/);
    expect(refusal(kernel(fits + 1))).toMatch(
      /^The NixOS system cannot be read\nThe boot file ".*" would have the name ".*" in \/boot\/nixos: 256 bytes, and a name has at most 255\.\nShorten/,
    );
  });

  it('leave no directory where there are none', () => {
    const { boot } = read({}, { bootPartition: 'firmware' });
    expect(emptyDirectories(boot.rootOverlay)).toEqual(['/']);
  });
});
