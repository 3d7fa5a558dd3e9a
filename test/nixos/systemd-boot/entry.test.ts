import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import type { EntryForm, SystemdBootBuilder } from '../../../src/nixos/systemd-boot/builder.ts';
import { encodeEntry, encodeLoaderConf, type MenuEntry } from '../../../src/nixos/systemd-boot/entry.ts';

const HASHED = { kind: 'hashed', hasExtraInitrds: true, namesDefault: true, tries: undefined, afterInit: '' } as const;
const TEMPLATE = 'title {title}\nversion Generation {generation} {description}\nlinux {kernel}\ninitrd {initrd}\n';
const NUMBERED = { kind: 'numbered', template: `${TEMPLATE}options {kernel_params}\n`, deviceTreePrefix: '/' } as const;

const entry: MenuEntry = {
  specialisation: undefined,
  label: '25.11',
  kernel: 'EFI/nixos/kernel.efi',
  initrd: 'EFI/nixos/initrd.efi',
  extraInitrds: ['extra.cpio'],
  init: '/nix/store/x/init',
  kernelParams: ['a', '{title}', '%s'],
  deviceTree: 'EFI/nixos/board.dtb.efi',
  sortKey: 'nixos',
};

function builder(entries: EntryForm, more: Partial<SystemdBootBuilder> = {}): SystemdBootBuilder {
  return {
    mountPoint: '/boot',
    nixosDirectory: 'EFI/nixos',
    timeout: '5',
    editor: true,
    consoleMode: 'keep',
    rebootForBitlocker: false,
    distroName: 'NixOS',
    entries,
    namesInitrdsBySecrets: true,
    copyExtraFiles: '/nix/store/x',
    ...more,
  };
}

const HASHED_LINES = [
  'title NixOS',
  'version Generation 1 25.11, built on 1970-01-01',
  'linux /EFI/nixos/kernel.efi',
  'initrd /EFI/nixos/initrd.efi',
  'initrd /extra.cpio',
  'options init=/nix/store/x/init a {title} %s',
  'devicetree /EFI/nixos/board.dtb.efi',
  'sort-key nixos',
];

it('encodes an entry that is named by its contents, without a line break at its end', () => {
  const { name, id, contents } = encodeEntry(entry, builder(HASHED));
  expect(contents.split('\n')).toEqual(HASHED_LINES);
  expect(name).toBe(`nixos-${createHash('sha256').update(HASHED_LINES.join('\n')).digest('hex')}.conf`);
  expect(id).toBe(name);
});

it('adds the counter of boot counting to the name of the file only', () => {
  const { name, id } = encodeEntry(entry, builder({ ...HASHED, tries: '5' }));
  expect(name).toBe(id.replace('.conf', '+5.conf'));
});

it('leaves out extra initrds where the builder of the system knows none', () => {
  const { contents } = encodeEntry(entry, builder({ ...HASHED, hasExtraInitrds: false }));
  expect(contents.split('\n')).toEqual(HASHED_LINES.filter((line) => line !== 'initrd /extra.cpio'));
});

it.each([
  [HASHED, 'options init=/nix/store/x/init\n'],
  [{ ...HASHED, afterInit: ' ' }, 'options init=/nix/store/x/init \n'],
  [NUMBERED, 'options init=/nix/store/x/init \n'],
] as const)('has no kernel parameters as the builder writes it: %o', (form, line) => {
  expect(encodeEntry({ ...entry, kernelParams: [] }, builder(form)).contents).toContain(line);
});

it('encodes an entry that is named by its generation, with the text of the builder', () => {
  expect(encodeEntry({ ...entry, specialisation: 'work' }, builder(NUMBERED, { distroName: 'My OS' }))).toEqual({
    name: 'nixos-generation-1-specialisation-work.conf',
    id: 'nixos-generation-1-specialisation-work.conf',
    contents: [
      'title My OS (work)',
      'version Generation 1 25.11, built on 1970-01-01',
      'linux /EFI/nixos/kernel.efi',
      'initrd /EFI/nixos/initrd.efi',
      'options init=/nix/store/x/init a {title} %s',
      'devicetree /EFI/nixos/board.dtb.efi\n',
    ].join('\n'),
  });
});

it.each([
  ['', 'devicetree EFI/nixos/board.dtb.efi\n'],
  [undefined, ''],
])('writes the device tree as the builder does: %o', (deviceTreePrefix, line) => {
  const { contents } = encodeEntry(entry, builder({ ...NUMBERED, deviceTreePrefix }));
  expect(contents.split('options init=/nix/store/x/init a {title} %s\n')[1]).toBe(line);
});

it.each([
  ['an entry by its contents', HASHED, {}, 'timeout 5\ndefault ID\nconsole-mode keep\n'],
  ['boot counting', { ...HASHED, tries: '3' }, {}, 'timeout 5\npreferred ID\ndefault nixos-*\nconsole-mode keep\n'],
  ['no entry', { ...HASHED, namesDefault: false }, {}, 'timeout 5\ndefault nixos-*\nconsole-mode keep\n'],
  [
    'an entry by its generation',
    NUMBERED,
    { timeout: 'menu-force', editor: false, rebootForBitlocker: true, consoleMode: 'max' },
    'timeout menu-force\ndefault ID\neditor 0\nreboot-for-bitlocker yes\nconsole-mode max\n',
  ],
  ['no timeout', NUMBERED, { timeout: '' }, 'default ID\nconsole-mode keep\n'],
] as const)('encodes loader.conf with %s', (_name, form, more, expected) => {
  expect(encodeLoaderConf('ID', builder(form, more))).toBe(expected);
});
