// @module-tag system
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors/user-error.ts';
import { readSystemdBootBuilder } from '../../../src/nixos/systemd-boot/builder.ts';
import { type SystemdBootFiles, systemdBootFiles } from '../../../src/nixos/systemd-boot/esp.ts';
import type { Directory } from '../../../src/tree/compose.ts';
import { HASHED_BUILDER, NUMBERED_BUILDER } from './support/builders.ts';
import { buildUefiSystem, type UefiSystem, type UefiSystemOptions } from './support/uefi-system.ts';

interface Made extends UefiSystem, SystemdBootFiles {}

function make(options: Partial<UefiSystemOptions> = {}): Made {
  const system = buildUefiSystem({ builder: HASHED_BUILDER, ...options });
  const builder = readSystemdBootBuilder(`${system.paths['systemd-boot']}/bin/systemd-boot`);
  return { ...system, ...systemdBootFiles(system.toplevel, builder) };
}

/** Everything on an ESP: the text of what is generated, the source of what is copied, nothing for an empty directory. */
function listing(directory: Directory, above = ''): Record<string, string> {
  return Object.assign(
    {},
    ...directory.children.map(({ name, node }) => {
      const path = `${above}${Buffer.from(name)}`;
      switch (node.kind) {
        case 'directory':
          return node.children.length === 0 ? { [`${path}/`]: '' } : listing(node, `${path}/`);
        case 'generated':
          return { [path]: Buffer.from(node.contents).toString() };
        case 'graft':
          return { [path]: Buffer.from(node.path).toString() };
        default:
          return { [path]: 'link' };
      }
    }),
  );
}

const base = (path: string): string => path.slice('/nix/store/'.length);
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const DEVICE_TREE =
  '"org.nixos.systemd-boot": { "sortKey": "zz top", "devicetree": "$kernel/dtbs/rockchip/rk3588-rock-5b.dtb" }';

it('has what the newest installer writes, with device tree, secrets and a specialisation', () => {
  const { toplevel, paths, esp, specialisations } = make({
    fields: ', "initrdSecrets": "$secrets/bin/append-initrd-secrets"',
    specialisations: ['one'],
    extensions: DEVICE_TREE,
  });
  const kernel = base(paths['linux-6.12.1']);
  const secrets = `EFI/nixos/${base(paths['append-initrd-secrets'])}-append-initrd-secrets.efi`;
  const initrdHash = sha256(`EFI/nixos/${base(paths['initrd-linux-6.12.1'])}-initrd.efi\n${secrets}`);
  const entry = (title: string, label: string, init: string): string =>
    [
      `title ${title}`,
      `version Generation 1 NixOS Xantusia ${label} (Linux 6.12.1), built on 1970-01-01`,
      `linux /EFI/nixos/${kernel}-Image.efi`,
      `initrd /EFI/nixos/${initrdHash}-initrd.efi`,
      `options init=${init}/init console=ttyAMA0 loglevel=4`,
      `devicetree /EFI/nixos/${kernel}-rk3588-rock-5b.dtb.efi`,
      'sort-key zz top',
    ].join('\n');
  const system = entry('NixOS', '25.11', toplevel);
  const one = entry('NixOS (one)', '25.11-one', paths['nixos-system-one']);
  const loader = `${paths['systemd-258']}/lib/systemd/boot/efi/systemd-bootaa64.efi`;
  expect(listing(esp)).toEqual({
    'EFI/BOOT/BOOTAA64.EFI': loader,
    'EFI/systemd/systemd-bootaa64.efi': loader,
    'EFI/Linux/': '',
    'EFI/nixos/.extra-files/': '',
    [`EFI/nixos/${kernel}-Image.efi`]: `${paths['linux-6.12.1']}/Image`,
    [`EFI/nixos/${kernel}-rk3588-rock-5b.dtb.efi`]: `${paths['linux-6.12.1']}/dtbs/rockchip/rk3588-rock-5b.dtb`,
    [`EFI/nixos/${initrdHash}-initrd.efi`]: `${paths['initrd-linux-6.12.1']}/initrd`,
    'loader/entries.srel': 'type1\n',
    'loader/keys/': '',
    'loader/loader.conf': `timeout 5\ndefault nixos-${sha256(system)}.conf\nconsole-mode keep\n`,
    [`loader/entries/nixos-${sha256(system)}.conf`]: system,
    [`loader/entries/nixos-${sha256(one)}.conf`]: one,
  });
  expect(specialisations).toEqual(['one']);
});

it('has what older installers write, with settings', () => {
  const { toplevel, paths, esp } = make({
    builder: NUMBERED_BUILDER,
    settings: {
      timeout: 'menu-force',
      editor: '',
      consoleMode: 'max',
      rebootForBitlocker: '1',
      distroName: 'My OS',
      efiSysMountPoint: '/efi',
      bootMountPoint: '/efi',
    },
    fields: ', "initrdSecrets": null',
  });
  const found = listing(esp);
  expect(found['loader/loader.conf']).toBe(
    'timeout menu-force\ndefault nixos-generation-1.conf\neditor 0\nreboot-for-bitlocker yes\nconsole-mode max\n',
  );
  const initrd = `EFI/nixos/${base(paths['initrd-linux-6.12.1'])}-initrd.efi`;
  expect(found['loader/entries/nixos-generation-1.conf']).toBe(
    `title My OS\nsort-key nixos\nversion Generation 1 NixOS Xantusia 25.11 (Linux 6.12.1), built on 1970-01-01
linux /EFI/nixos/${base(paths['linux-6.12.1'])}-Image.efi\ninitrd /${initrd}
options init=${toplevel}/init console=ttyAMA0 loglevel=4\n`,
  );
  expect(found[initrd]).toBe(`${paths['initrd-linux-6.12.1']}/initrd`);
});

it('counts boots as the configuration says', () => {
  const names = Object.keys(listing(make({ settings: { bootCounting: 'True', bootCountingTries: '5' } }).esp));
  expect(names.filter((name) => /^loader\/entries\/nixos-[0-9a-f]{64}\+5\.conf$/.test(name))).toHaveLength(1);
});

it.each([
  ['x86_64-linux', 'BOOTX64.EFI', 'systemd-bootx64.efi'],
  ['riscv64-linux', 'BOOTRISCV64.EFI', 'systemd-bootriscv64.efi'],
] as const)('has the boot loader of %s', (platform, removable, own) => {
  const names = Object.keys(listing(make({ platform }).esp));
  expect(names).toEqual(expect.arrayContaining([`EFI/BOOT/${removable}`, `EFI/systemd/${own}`]));
});

const INSTALL = '/nix/store/00000000000000000000000000000000-coreutils-9.5/bin/install';

it('has the extra files of the configuration, and names initrds that it must add itself', () => {
  const { esp, paths, missingInitrds } = make({
    extensions: '"org.nixos.extra-initrd.v1": { "paths": ["efi/memtest86/memtest.efi", "other.cpio"] }',
    extraFiles: `
${INSTALL} -Dp "$memtest" "/boot/"efi/memtest86/memtest.efi
${INSTALL} -D /dev/null "/boot//EFI/nixos/.extra-files/"efi/memtest86/memtest.efi
${INSTALL} -Dp "$memtest" "/boot/loader/entries/"'mem'\\\\''test.conf'`,
  });
  expect(listing(esp)).toMatchObject({
    'EFI/memtest86/memtest.efi': paths.memtest,
    'EFI/nixos/.extra-files/efi/memtest86/memtest.efi': '',
    "loader/entries/mem'test.conf": paths.memtest,
  });
  expect(missingInitrds).toEqual(['other.cpio']);
});

/** Its settings of unified kernel images are in the file of extra files. */
const UKI_BUILDER = `${HASHED_BUILDER}\nUKI_CONFIG = json.loads(Path("@copyExtraFiles@").read_text())`;

it('leaves out a device tree that the installer of the system does not know', () => {
  const builder = NUMBERED_BUILDER.replace('devicetree /', 'other /');
  const found = listing(make({ builder, extensions: DEVICE_TREE }).esp);
  expect(Object.keys(found).filter((path) => path.includes('.dtb'))).toEqual([]);
  expect(found['loader/entries/nixos-generation-1.conf']).not.toContain('devicetree');
});

describe('refuses', () => {
  const refusalOf = (options: Partial<UefiSystemOptions>): string => {
    try {
      return `made: ${Object.keys(listing(make(options).esp))}`;
    } catch (error) {
      return error instanceof UserError ? `${error.message}\n${error.remedy}` : `bug: ${error}`;
    }
  };

  it.each([
    [
      'a partition for kernels beside the ESP',
      { settings: { efiSysMountPoint: '/efi' } },
      /partition beside.*xbootldr/s,
    ],
    ['a builder without a template', { builder: HASHED_BUILDER.replace('hashlib', '') }, /has no BOOT_ENTRY/],
    ['an unknown template', { builder: NUMBERED_BUILDER.replace('{initrd}', '{initrds}') }, /has no BOOT_ENTRY/],
    ['a builder without settings', { builder: NUMBERED_BUILDER.replace('TIMEOUT', 'TIME') }, /has no TIMEOUT.*24\.05/s],
    ['unified kernel images', { builder: UKI_BUILDER, extraFiles: '{ "enable": true }' }, /unified kernel images/],
    ['a script of extra files with anything else', { extraFiles: 'rm -rf /boot' }, /"rm -rf \/boot"/],
    ['extra files for another place', { extraFiles: `${INSTALL} -Dp "/a" "/srv/"b` }, /cannot read/],
    ['another platform', { more: 'sed -i s/aarch64-linux/i686-linux/ $out/boot.json' }, /i686-linux.*x86_64-linux/],
    ['no boot specification', { more: 'rm $out/boot.json' }, /no boot\.json/],
    ['no initrd', { more: 'sed -i s/.initrd.:/\\"x\\":/ $out/boot.json' }, /no initrd/],
    ['a line break', { fields: ', "label": "a\\\\nb"' }, /line break in "a\\x0ab"/],
    ['a malformed extension', { extensions: '"org.nixos.systemd-boot": { "sortKey": 1 }' }, /sortKey is not a string/],
    ['a missing boot loader', { more: 'rm $out/systemd' }, /boot loader.*does not exist/],
  ] as const)('%s', (_name, options, expected) => {
    expect(refusalOf(options)).toMatch(expected);
  });
});
