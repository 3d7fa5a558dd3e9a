// @module-tag system
import { describe, expect, it } from 'vitest';
import { DEFAULT_LOADER_SETTINGS } from '../../../src/nixos/extlinux/settings.ts';
import { type BootLoader, readBootLoader } from '../../../src/nixos/loader/boot-loader.ts';
import { buildSystem, type SystemOptions } from '../support/system.ts';

/** Has `bin/switch-to-configuration` name an installer, in the form of the wrapper of newer systems. */
const SWITCH = (command: string): string =>
  `printf "#! /bin/sh -e\\nexport INSTALL_BOOTLOADER='%s'\\n" "${command}" > $out/bin/switch-to-configuration`;

function loaderOf(options: SystemOptions): BootLoader {
  return readBootLoader(buildSystem(options).toplevel);
}

/** A script of the store with lines of shell; `$name` in double quotes is the store path of a recipe. */
function script(
  uses: Readonly<Record<string, string>>,
  ...lines: readonly string[]
): NonNullable<SystemOptions['others']>[string] {
  return { uses, script: `cat > $out <<END\n${['#!/bin/sh', ...lines].join('\n')}\nEND` };
}

/** The parts of extlinux-conf-builder.sh by which a copy is known. */
const COPY = script({}, 'while getopts "t:c:d:g:n:r" opt; do :; done', 'echo "  APPEND x" > extlinux/extlinux.conf');

function extlinux(settings: object, more: object = {}): object {
  return {
    kind: 'extlinux',
    menus: [{ directory: '/boot', settings: { ...DEFAULT_LOADER_SETTINGS, ...settings }, unread: [], ...more }],
  };
}

describe('extlinux', () => {
  it.each([
    ['-g 20 -t 5', {}],
    ['-g 0 -t -1', { timeout: -1 }],
    ['-t 0 -n rockchip/rk3399.dtb -g 20', { timeout: 0, deviceTree: 'rockchip/rk3399.dtb' }],
    ['-g 20 -n a.dtb -r -t 12', { timeout: 12, deviceTree: 'a.dtb', usesDeviceTrees: false }],
    ['-r -g 20 -t 12', { timeout: 12, usesDeviceTrees: false }],
  ])('with %s is read from the installer', (loader, settings) => {
    expect(loaderOf({ loader })).toEqual(extlinux(settings));
  });

  it('is read from the Perl script of older systems, and from one that calls the builder itself', () => {
    const perl = (name: string): string =>
      `printf 'my $%s = "%s";\\n' ${name} "$installer" > $out/bin/switch-to-configuration`;
    expect(loaderOf({ loader: '-g 20 -t 7', more: perl('installBootLoader') })).toEqual(extlinux({ timeout: 7 }));
    expect(loaderOf({ loader: '-g 20 -t 8', more: perl('other') })).toEqual(extlinux({ timeout: 8 }));
    const call = '/nix/store/0123456789abcdfghijklmnpqrsvwxyz-extlinux-conf-builder.sh -g 20 -t 9 -c';
    const direct = `printf 'my $install = "${call}";' > $out/bin/switch-to-configuration`;
    expect(loaderOf({ more: direct })).toEqual(extlinux({ timeout: 9 }));
  });

  it('is a copy of the builder under another name, with a device tree and no menu', () => {
    const options = { 'no-interaction.sh': COPY };
    const command = '$no_interaction_sh -g 20 -t 0 -n rockchip/rk3588-orangepi-5-max.dtb -c';
    expect(loaderOf({ others: options, more: SWITCH(command) })).toEqual(
      extlinux({ timeout: 0, deviceTree: 'rockchip/rk3588-orangepi-5-max.dtb' }),
    );
    const named = { 'extlinux-conf-builder-no-interaction.sh': { script: 'echo > $out' } };
    const other = '$extlinux_conf_builder_no_interaction_sh -n a.dtb -t 3 -c';
    expect(loaderOf({ others: named, more: SWITCH(other) })).toEqual(extlinux({ timeout: 3, deviceTree: 'a.dtb' }));
    const unknown = { 'my-builder': { script: 'echo > $out' } };
    expect(loaderOf({ others: unknown, more: SWITCH('$my_builder -t 3 -n b.dtb -g 20 -c') })).toEqual(
      extlinux({ timeout: 3, deviceTree: 'b.dtb' }),
    );
  });

  const wrappers = (inner: string): NonNullable<SystemOptions['others']> => ({
    copy: COPY,
    first: script({ copy: 'copy' }, inner),
    second: script({ first: 'first' }, 'set -e', 'exec "$first" "\\$@"'),
    third: script({ second: 'second' }, '# /nix/store/not-this', '$second -g 10 \\', '  "\\$@"'),
  });

  it.each(['first', 'second', 'third'])('is found behind the wrapper %s', (outer) => {
    const others = wrappers('$copy -r -t 5 -g 20 "\\$@"');
    expect(loaderOf({ others, more: SWITCH(`$${outer} -n a.dtb -c`) })).toEqual(
      extlinux({ deviceTree: 'a.dtb', usesDeviceTrees: false }),
    );
  });

  it('is not looked for behind more than three scripts', () => {
    const others = { ...wrappers('$copy -t 5 -c "\\$1"'), fourth: script({ third: 'third' }, '$third "\\$1"') };
    expect(loaderOf({ others, more: SWITCH('$fourth') })).toEqual({ kind: 'unknown' });
  });

  it('is found behind the installer for U-Boot of nixos-raspberrypi, without device trees of the kernel', () => {
    const others = {
      copy: COPY,
      'firmware-builder.sh': script({}, 'while getopts "c:d:r" opt; do :; done'),
      'uboot-builder.sh': script(
        { copy: 'copy', firmware: 'firmware-builder.sh' },
        '    case "\\$opt" in',
        '        c) default="\\$OPTARG" ;;',
        '        b) boottarget="\\$OPTARG" ;;',
        '        f) fwtarget="\\$OPTARG" ;;',
        '    esac',
        '    $firmware -r -c \\$default -f \\$fwtarget',
        '    $copy -g 20 -t 1 -r -c \\$default -d \\$boottarget',
      ),
    };
    const more = SWITCH('$uboot_builder_sh -f /boot/firmware -b /boot -c');
    expect(loaderOf({ others, more })).toEqual(extlinux({ timeout: 1, usesDeviceTrees: false }));
  });

  it('has a menu for each directory, the last call for one', () => {
    const others = {
      copy: COPY,
      installer: script(
        { copy: 'copy' },
        ...['/boot', '/boot/firmware', '/boot'].map((path, i) => `$copy -g 20 -t ${i} -d '${path}' -c "\\$@"`),
      ),
    };
    const menu = (directory: string, timeout: number): object => {
      return { directory, settings: { ...DEFAULT_LOADER_SETTINGS, timeout }, unread: [] };
    };
    expect(loaderOf({ others, more: SWITCH('$installer') })).toEqual({
      kind: 'extlinux',
      menus: [menu('/boot', 2), menu('/boot/firmware', 1)],
    });
  });

  it('reports what it cannot read', () => {
    const others = {
      copy: COPY,
      installer: script({ copy: 'copy' }, '$copy -n "\\$(cat /etc/board)" -c "\\$@" -g 20'),
    };
    expect(loaderOf({ others, more: SWITCH('$installer') })).toEqual(
      extlinux({}, { unread: ['timeout', 'device tree'] }),
    );
  });
});

describe('other boot loaders', () => {
  it.each<[string, string, object]>([
    ['systemd-boot', 'systemd-boot', { kind: 'systemd-boot', builder: expect.stringMatching(/-systemd-boot$/) }],
    ['GRUB', 'install-grub.pl', { kind: 'grub' }],
    [
      'a Raspberry Pi',
      'kernelboot-builder.sh',
      { kind: 'raspberry-pi', hasGenerations: false, firmwareDeviceTrees: undefined },
    ],
    ['another', 'my-loader', { kind: 'unknown' }],
  ])('%s', (_, name, expected) => {
    const others = {
      [name]: { script: 'echo > $out' },
      installer: script({ program: name }, '/usr/bin/perl $program "\\$@"'),
    };
    expect(loaderOf({ others, more: SWITCH('$installer') })).toEqual(expected);
  });

  it('systemd-boot in a directory of its own, and one that is not named', () => {
    const others = {
      boot: { script: 'mkdir -p $out/bin; echo > $out/bin/systemd-boot' },
      'install-systemd-boot.sh': script({ boot: 'boot' }, '$boot/bin/systemd-boot "\\$@"'),
    };
    expect(loaderOf({ others, more: SWITCH('$install_systemd_boot_sh') })).toEqual({
      kind: 'systemd-boot',
      builder: expect.stringMatching(/-boot\/bin\/systemd-boot$/),
    });
    const bare = { 'install-systemd-boot.sh': script({}, 'bootctl install') };
    expect(loaderOf({ others: bare, more: SWITCH('$install_systemd_boot_sh') })).toEqual({
      kind: 'systemd-boot',
      builder: undefined,
    });
  });

  it('the kernel loader of nixos-raspberrypi, with the device trees of the firmware', () => {
    const loader = (option: string): NonNullable<SystemOptions['others']> => ({
      fw: { script: 'mkdir -p $out/share/raspberrypi/boot' },
      'install-device-tree.sh': script({ fw: 'fw' }, 'dtb_path=$fw/share/raspberrypi/boot'),
      'kernelboot-gen-builder.sh': script({ trees: 'install-device-tree.sh' }, `$trees ${option} -c "\\$g" -d "\\$d"`),
      'nixos-generations-builder.sh': script(
        { gen: 'kernelboot-gen-builder.sh' },
        '$gen -c "\\$g" -n default -d "\\$d"',
      ),
    });
    const more = SWITCH('$nixos_generations_builder_sh -g 4 -f /boot/firmware -c');
    expect(loaderOf({ others: loader('-r'), more })).toEqual({
      kind: 'raspberry-pi',
      hasGenerations: true,
      firmwareDeviceTrees: expect.stringMatching(/-fw\/share\/raspberrypi\/boot$/),
    });
    expect(loaderOf({ others: loader(''), more })).toMatchObject({ firmwareDeviceTrees: undefined });
  });

  it('none, in a system that has no installer, or one that does nothing', () => {
    expect(loaderOf({ more: 'rm -r $out/bin' })).toEqual({ kind: 'none', reason: 'no-switch' });
    const others = {
      'no-bootloader': script(
        {},
        'echo "Warning: do not know how to make this configuration bootable; enable a boot loader." 1>&2',
      ),
    };
    expect(loaderOf({ others, more: SWITCH('$no_bootloader') })).toEqual({ kind: 'none', reason: 'not-enabled' });
    expect(loaderOf({ more: 'echo nothing > $out/bin/switch-to-configuration' })).toEqual({ kind: 'unknown' });
  });
});
