// @module-tag system
import { describe, expect, it } from 'vitest';
import { nameOf, pathOf } from '../../../src/ext4/directory/children.ts';
import { extlinuxFiles } from '../../../src/nixos/extlinux/boot-files.ts';
import { encodeExtlinux } from '../../../src/nixos/extlinux/configuration.ts';
import { DEFAULT_LOADER_SETTINGS, type LoaderSettings } from '../../../src/nixos/extlinux/settings.ts';
import { readNixosSystem } from '../../../src/nixos/nixos-system.ts';
import { composeTree } from '../../../src/tree/compose.ts';
import { createContentsReader } from '../../../src/tree/contents.ts';
import { directoryAt } from '../../../src/tree/directory.ts';
import type { ImageTree } from '../../../src/tree/image-tree.ts';
import { BOOTSPEC, buildSystem } from '../support/system.ts';

/** All entries of a tree: mode, path, and contents or link target. */
function listing(tree: ImageTree): readonly string[] {
  const reader = createContentsReader(tree);
  return Array.from({ length: tree.count - 1 }, (_, i) => {
    const entry = i + 1;
    const bytes = Buffer.alloc(Math.min(tree.size[entry], 20));
    const isLink = tree.mode[entry] >> 12 === 0o12;
    if (isLink) {
      bytes.set(tree.targets.subarray(tree.targetStart[entry]).subarray(0, bytes.length));
    } else if (tree.mode[entry] >> 12 === 0o10) {
      reader.read(entry, 0, bytes);
    }
    expect(nameOf(tree, entry).length).toBeGreaterThan(0);
    expect(tree.gid[entry]).toBe(0);
    return `${tree.mode[entry].toString(8)} ${pathOf(tree, entry)} ${isLink ? '-> ' : ''}${bytes.toString('latin1').replaceAll('\0', '0')}`.trimEnd();
  });
}

it('places kernel, initrd, device trees and configuration as NixOS does', () => {
  const { toplevel, paths } = buildSystem({ bootspec: BOOTSPEC });
  const tree = composeTree(directoryAt('boot', extlinuxFiles(readNixosSystem(toplevel), DEFAULT_LOADER_SETTINGS)));
  const base = (name: string): string => paths[name].slice('/nix/store/'.length);
  const [kernel, initrd] = [base('linux-6.12.1'), base('initrd-linux-6.12.1')];
  const nixos = [
    `100444 /boot/nixos/${kernel}-Image kernel`,
    `40555 /boot/nixos/${kernel}-dtbs`,
    `40555 /boot/nixos/${kernel}-dtbs/broadcom`,
    `100444 /boot/nixos/${kernel}-dtbs/broadcom/bcm2711-rpi-4-b.dtb tree`,
    `40555 /boot/nixos/${kernel}-dtbs/rockchip`,
    `120777 /boot/nixos/${kernel}-dtbs/rockchip/link.dtb -> rk3399.dtb`,
    `100444 /boot/nixos/${kernel}-dtbs/rockchip/rk3399.dtb other`,
  ];
  const other = [`100444 /boot/nixos/${initrd}-initrd ${'0'.repeat(20)}`];
  expect(listing(tree)).toEqual([
    '40755 /boot',
    '40755 /boot/extlinux',
    '100644 /boot/extlinux/extlinux.conf # Generated file, al',
    '40755 /boot/nixos',
    ...(kernel < initrd ? [...nixos, ...other] : [...other, ...nixos]),
  ]);
});

function configuration(settings: Partial<LoaderSettings>, more = ':'): string {
  const { toplevel } = buildSystem({ more });
  const tree = composeTree(extlinuxFiles(readNixosSystem(toplevel), { ...DEFAULT_LOADER_SETTINGS, ...settings }));
  const entry =
    Array.from({ length: tree.count }, (_, i) => i).find((i) => pathOf(tree, i).endsWith('extlinux.conf')) ?? 0;
  const text = Buffer.alloc(tree.size[entry]);
  createContentsReader(tree).read(entry, 0, text);
  return text.toString().replaceAll(/[0-9a-df-np-sv-z]{32}-/g, 'HASH-');
}

const CONFIGURATION = `# Generated file, all changes will be lost on nixos-rebuild!

# Change this to e.g. nixos-42 to temporarily boot to an older configuration.
DEFAULT nixos-default

TIMEOUT 50
MENU TITLE ------------------------------------------------------------

LABEL nixos-default
  MENU LABEL NixOS - Default
  LINUX ../nixos/HASH-linux-6.12.1-Image
  INITRD ../nixos/HASH-initrd-linux-6.12.1-initrd
  APPEND init=/nix/store/HASH-nixos-system-test-25.11/init console=ttyAMA0 loglevel=4
  FDTDIR ../nixos/HASH-linux-6.12.1-dtbs
`;

describe('the configuration', () => {
  it('is that of NixOS', () => {
    expect(configuration({})).toBe(CONFIGURATION);
  });

  it('names one device tree if the system does', () => {
    expect(configuration({ deviceTree: 'broadcom/bcm2711-rpi-4-b.dtb' })).toBe(
      CONFIGURATION.replace(
        'FDTDIR ../nixos/HASH-linux-6.12.1-dtbs',
        'FDT ../nixos/HASH-linux-6.12.1-dtbs/broadcom/bcm2711-rpi-4-b.dtb',
      ),
    );
  });

  it('names files in directories of a store path by their whole path', () => {
    const configured = configuration({}, 'rm $out/dtbs; ln -s $kernel/dtbs/broadcom $out/dtbs');
    expect(configured).toBe(CONFIGURATION.replace('-dtbs\n', '-dtbs-broadcom\n'));
  });

  it('names no device tree if there is none, or if it is turned off', () => {
    const without = CONFIGURATION.replace(/ {2}FDTDIR.*\n/, '');
    expect(configuration({}, 'rm $out/dtbs')).toBe(without);
    expect(configuration({ usesDeviceTrees: false })).toBe(without);
    expect(configuration({}, 'rm $out/dtbs; ln -s $kernel/Image $out/dtbs')).toBe(without);
  });

  it('refuses a device tree that the system does not have', () => {
    const error = expect.objectContaining({
      title: 'The NixOS system cannot be read',
      message: expect.stringMatching(
        /^The system ".*" is configured to boot with the device tree "a\.dtb", which is not one of its device trees\.$/,
      ),
      remedy: 'Correct hardware.deviceTree.name.',
    });
    expect(() => configuration({ deviceTree: 'a.dtb' })).toThrow(error);
    expect(() => configuration({ deviceTree: 'a.dtb' }, 'rm $out/dtbs')).toThrow(error);
  });

  it.each([
    [-1, 'TIMEOUT 0\nMENU TITLE -'],
    [0, 'TIMEOUT 1\n\nLABEL'],
    [30, 'TIMEOUT 300\nMENU TITLE -'],
  ])('has a timeout of %i seconds', (timeout, expected) => {
    const entry = { kernel: 'k', initrd: 'i', parameters: Buffer.alloc(0), deviceTree: undefined };
    expect(encodeExtlinux(entry, timeout).toString()).toContain(expected);
  });
});
