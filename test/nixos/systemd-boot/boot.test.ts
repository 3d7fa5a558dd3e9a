// @module-tag system
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors/user-error.ts';
import type { BootOptions } from '../../../src/nixos/boot-options.ts';
import { type BootableSystem, readBootableSystem } from '../../../src/nixos/bootable.ts';
import { composeTree } from '../../../src/tree/compose.ts';
import { spelledOut } from '../../support/image-packed.ts';
import { buildSystem } from '../support/system.ts';
import { HASHED_BUILDER } from './support/builders.ts';
import { buildUefiSystem, type UefiSystemOptions } from './support/uefi-system.ts';

const OPTIONS: BootOptions = {
  bootLoader: 'auto',
  bootPartition: 'auto',
  deviceTree: undefined,
  bootTimeout: undefined,
  firmwareFiles: undefined,
  fat: { label: 'ESP', volumeId: 0x12345678 },
};

function read(system: Partial<UefiSystemOptions> = {}, options: Partial<BootOptions> = {}): BootableSystem {
  const { toplevel } = buildUefiSystem({ builder: HASHED_BUILDER, ...system });
  return readBootableSystem(toplevel, { ...OPTIONS, ...options });
}

const fstab = (device: string): string => `mkdir $out/etc; echo '${device} /boot vfat umask=0077 0 2' > $out/etc/fstab`;

it.each(['auto', 'systemd-boot'] as const)('has an ESP, and its mount point, with boot-loader: %s', (bootLoader) => {
  const { boot, specialisations } = read({ specialisations: ['one'] }, { bootLoader });
  expect(boot).toMatchObject({ firmwareKind: 'esp', bootPartition: 'firmware', needsProfile: true });
  expect(boot.notes).toEqual([
    { title: undefined, text: expect.stringContaining('as generation 1, and its specialisations one;') },
  ]);
  expect(specialisations).toEqual([]);
  expect(spelledOut(composeTree(boot.rootOverlay)).map(({ path }) => path)).toEqual(['', 'boot']);
});

it.each(['/dev/disk/by-label/ESP', 'UUID=1234-5678', '/dev/vda1', '/dev/disk/by-partlabel/ESP'])(
  'accepts a system that mounts its ESP by %s',
  (device) => {
    expect(read({ more: fstab(device) }).boot.firmwareKind).toBe('esp');
  },
);

it('has no ESP on a bare filesystem', () => {
  const { boot } = read({}, { fat: undefined });
  expect(boot).toMatchObject({ firmwareOverlay: undefined, needsProfile: true });
  expect(boot.notes[0].text).toContain('format: ext4 does not have');
});

it('reports what the image does not have', () => {
  const { boot } = read({
    extraInstallCommands: 'cp a /boot/b',
    extensions: '"org.nixos.extra-initrd.v1": { "paths": ["a.cpio"] }',
    fields: ', "initrdSecrets": "$secrets/bin/append-initrd-secrets"',
  });
  expect(boot.notes.map(({ title }) => title)).toEqual([
    undefined,
    'Commands of the installer were not run',
    'Initrds are not from the system',
    'The initrd has no secrets',
  ]);
});

describe('refuses', () => {
  const refusalOf = (act: () => BootableSystem): string => {
    try {
      return `read: ${JSON.stringify(act().boot.summary)}`;
    } catch (error) {
      return error instanceof UserError ? `${error.message}\n${error.remedy}` : `bug: ${error}`;
    }
  };

  it('a system without an installer for it', () => {
    const { toplevel } = buildSystem();
    const act = (): BootableSystem => readBootableSystem(toplevel, { ...OPTIONS, bootLoader: 'systemd-boot' });
    expect(refusalOf(act)).toMatch(/no installer for systemd-boot.*boot\.loader\.systemd-boot\.enable/s);
  });

  it.each([
    ['a boot partition', {}, { bootPartition: 'root' }, /boot-partition is root.*Remove boot-partition/s],
    ['a device tree', {}, { deviceTree: 'a.dtb' }, /device-tree.*systemd-boot/],
    ['a timeout', {}, { bootTimeout: 3 }, /boot-timeout.*systemd-boot/],
    ['another label', { more: fstab('LABEL=boot') }, {}, /"LABEL=boot" at "\/boot".*"ESP".*firmware-label/s],
    ['another ID', { more: fstab('/dev/disk/by-uuid/AAAA-BBBB') }, {}, /AAAA-BBBB.*disk-id/s],
  ] as const)('%s', (_name, system, options, expected) => {
    expect(refusalOf(() => read(system, options))).toMatch(expected);
  });
});
