import { describe, expect, it } from 'vitest';
import { findBootable, parseConfigTxt, parseExtlinux } from '../../../src/boot/card/boot-files.ts';
import type { Volume } from '../../../src/boot/card/volume.ts';
import { PLATFORMS } from '../../../src/boot/machine/platforms.ts';
import { chooseFirmware } from '../../../src/boot/plan.ts';

/** A volume with files in memory. */
function volumeOf(kind: Volume['kind'], files: Readonly<Record<string, string>>): Volume {
  const paths = Object.keys(files);
  return {
    kind,
    name: kind,
    list: async (directory) => {
      const start = directory.replace(/\/*$/, '/');
      const inside = paths.filter((path) => path.startsWith(start));
      return [...new Set(inside.map((path) => path.slice(start.length).split('/')[0]))];
    },
    read: async (path) => (path in files ? Buffer.from(files[path]) : undefined),
    extract: async (path) => path in files,
  };
}

/** As the builder of nixpkgs writes it. */
const EXTLINUX = `# Generated file, all changes will be lost on nixos-rebuild!

# Change this to e.g. nixos-42 to temporarily boot to an older configuration.
DEFAULT nixos-default

MENU TITLE ------------------------------------------------------------
TIMEOUT 50

LABEL nixos-1-default
  MENU LABEL NixOS - Configuration 1
  LINUX ../nixos/old-Image
  INITRD ../nixos/old-initrd
  APPEND init=/nix/store/old/init
LABEL nixos-default
  MENU LABEL NixOS - Default
  LINUX ../nixos/new-Image
  INITRD ../nixos/new-initrd
  APPEND init=/nix/store/new/init console=ttyS0,115200n8 root=LABEL=A B
  FDTDIR ../nixos/new-dtbs
`;

describe('boot files', () => {
  it('of extlinux are those of the default entry', async () => {
    expect(parseExtlinux(EXTLINUX)).toEqual({
      kernel: '../nixos/new-Image',
      initrds: ['../nixos/new-initrd'],
      parameters: 'init=/nix/store/new/init console=ttyS0,115200n8 root=LABEL=A B',
    });
    expect(parseExtlinux('LABEL only\r\n  kernel /Image\r\n').kernel).toBe('/Image');
    expect(parseExtlinux('')).toEqual({ kernel: undefined, initrds: [], parameters: '' });
    const { efi, files } = await findBootable([
      volumeOf('fat', { '/config.txt': 'arm_64bit=1' }),
      volumeOf('ext4', { '/boot/extlinux/extlinux.conf': EXTLINUX }),
    ]);
    expect(efi).toEqual([]);
    expect(files).toMatchObject({
      loader: 'extlinux',
      configuration: '/boot/extlinux/extlinux.conf',
      kernel: '/boot/nixos/new-Image',
      initrds: ['/boot/nixos/new-initrd'],
    });
  });

  it('of systemd-boot are those of the last entry', async () => {
    const entry = 'title NixOS\nlinux /EFI/nixos/a.efi\ninitrd /EFI/nixos/b.efi\noptions init=/x loglevel=4\n';
    const { efi, files } = await findBootable([
      volumeOf('fat', {
        '/EFI/BOOT/BOOTAA64.EFI': '',
        '/loader/entries/nixos-generation-1.conf': 'linux /old\n',
        '/loader/entries/nixos-generation-2.conf': entry,
      }),
    ]);
    expect(efi).toEqual([PLATFORMS.arm64]);
    expect(files).toMatchObject({
      loader: 'systemd-boot',
      kernel: '/EFI/nixos/a.efi',
      initrds: ['/EFI/nixos/b.efi'],
      parameters: 'init=/x loglevel=4',
    });
  });

  it('of a Raspberry Pi are those that config.txt names', async () => {
    expect(
      parseConfigTxt('os_prefix=a/\nkernel=old\nos_prefix=nixos/default/\ninitramfs initrd followkernel\n'),
    ).toEqual({
      prefix: 'nixos/default/',
      kernel: 'old',
      initrd: 'initrd',
    });
    const { files } = await findBootable([
      volumeOf('fat', {
        '/config.txt': 'os_prefix=nixos/default/\n',
        '/nixos/default/kernel.img': '',
        '/nixos/default/initrd': '',
        '/nixos/default/cmdline.txt': 'root=LABEL=NIXOS_SD init=/x\n',
      }),
    ]);
    expect(files).toMatchObject({
      loader: 'raspberry-pi',
      kernel: '/nixos/default/kernel.img',
      initrds: ['/nixos/default/initrd'],
      parameters: 'root=LABEL=NIXOS_SD init=/x',
    });
  });

  it('are none on a card without', async () => {
    expect(await findBootable([volumeOf('fat', { '/config.txt': '' }), volumeOf('ext4', {})])).toEqual({
      efi: [],
      files: undefined,
    });
  });
});

describe('the firmware', () => {
  const files = {
    loader: 'extlinux',
    volume: volumeOf('ext4', {}),
    configuration: '',
    kernel: '/Image',
    initrds: [],
    parameters: '',
  } as const;
  const { arm64, 'x86-64': x86, riscv64 } = PLATFORMS;

  it.each([
    ['uefi', [arm64], undefined, arm64],
    ['uefi', [x86], undefined, x86],
    ['u-boot', [], files, arm64],
    ['u-boot', [], files, riscv64],
    ['kernel', [], files, x86],
    ['kernel', [], { ...files, loader: 'raspberry-pi' as const }, arm64],
    ['u-boot', [], undefined, arm64],
    ['uefi', [], undefined, x86],
  ] as const)('is %s for such a card', (firmware, efi, found, platform) => {
    expect(chooseFirmware('auto', { efi, files: found }, platform)).toBe(firmware);
  });

  it('is the one that is wanted, if there is one', () => {
    expect(chooseFirmware('kernel', { efi: [arm64], files: undefined }, arm64)).toBe('kernel');
    expect(chooseFirmware('uefi', { efi: [], files }, arm64)).toBe('uefi');
    expect(() => chooseFirmware('u-boot', { efi: [], files }, x86)).toThrow(
      'The image is for x86-64, for which this action has no u-boot.',
    );
  });
});
