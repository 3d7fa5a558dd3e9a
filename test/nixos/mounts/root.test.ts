import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors/user-error.ts';
import { parseDevice } from '../../../src/nixos/mounts/device.ts';
import { mountOf, parseFstab } from '../../../src/nixos/mounts/fstab.ts';
import { checkRoot, type RootIdentity } from '../../../src/nixos/mounts/root.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const UUID = '44444444-4444-4444-8888-888888888888';
const BARE: RootIdentity = { label: 'NIXOS_SD', uuid: UUID, partition: undefined };
const MBR: RootIdentity = { ...BARE, partition: { table: 'mbr', number: 2, diskId: 0x2178694e } };
const GUID = 'e0d6ffba-38e2-8c0e-b4d5-fdbbf7a7b1e2';
const GPT: RootIdentity = { ...BARE, partition: { table: 'gpt', number: 2, name: 'nixos', guid: GUID } };

/** What checking a system with an fstab and kernel parameters throws: input, message and remedy, a line each. */
function check(
  root: RootIdentity,
  { fstab, params = '' }: { readonly fstab?: string; readonly params?: string },
): string {
  const toplevel = temporaryDirectory();
  if (fstab !== undefined) {
    mkdirSync(join(toplevel, 'etc'));
    writeFileSync(join(toplevel, 'etc/fstab'), fstab);
  }
  try {
    checkRoot({ toplevel, kernelParams: Buffer.from(params) }, root);
    return 'agrees';
  } catch (error) {
    return error instanceof UserError ? `${error.title}\n${error.message}\n${error.remedy}` : `bug: ${error}`;
  }
}

function checkDevice(root: RootIdentity, device: string): string {
  const both = [
    check(root, { fstab: `${device} / ext4 defaults 0 1\n` }),
    check(root, { params: `quiet root=${device} ro` }),
  ];
  const lines = both.map((text) => text.split('\n').filter((line) => line !== ''));
  expect(lines[0]?.[0]).toBe(lines[1]?.[0]);
  return both.join('\n');
}

describe('a root that agrees', () => {
  it.each([
    '/dev/disk/by-label/NIXOS_SD',
    'LABEL=NIXOS_SD',
    'LABEL="NIXOS_SD"',
    `UUID=${UUID}`,
    `/dev/disk/by-uuid/${UUID.toUpperCase()}`,
    '/dev/mapper/root',
    '/dev/root',
  ])('%s', (device) => {
    for (const root of [BARE, MBR, GPT]) {
      expect(checkDevice(root, device)).toBe('agrees\nagrees');
    }
  });

  it.each([
    [MBR, 'PARTUUID=2178694e-02'],
    [MBR, '/dev/disk/by-partuuid/2178694E-02'],
    [MBR, '/dev/mmcblk1p2'],
    [GPT, `PARTUUID=${GUID.toUpperCase()}`],
    [GPT, '/dev/disk/by-partlabel/nixos'],
    [GPT, '/dev/nvme0n1p2'],
    [BARE, 'PARTUUID=00000000-07'],
    [BARE, '/dev/sda5'],
  ])('%j: %s', (root, device) => {
    expect(checkDevice(root, device)).toBe('agrees\nagrees');
  });

  it('says nothing of systems that do not name it', () => {
    expect(check(MBR, {})).toBe('agrees');
    expect(check(MBR, { fstab: '# /dev/sda9 / ext4\nLABEL=other /home ext4\n/dev/sda9\n', params: 'loglevel=4' })).toBe(
      'agrees',
    );
    expect(check(MBR, { params: 'rd.root=LABEL=other init=/root=LABEL=other' })).toBe('agrees');
  });

  it('takes the last parameter, and those in quotes', () => {
    expect(check(MBR, { params: 'root=LABEL=other "root=LABEL=NIXOS_SD"' })).toBe('agrees');
    expect(check(MBR, { params: 'root=LABEL=NIXOS_SD root=LABEL=other' })).toContain('root=LABEL=other');
  });

  it('looks elsewhere where the root is in memory', () => {
    const fstab = (device: string): string => `none / tmpfs size=2G\nLABEL=home /home ext4\n${device} /nix ext4\n`;
    expect(check(MBR, { fstab: fstab('LABEL=NIXOS_SD') })).toBe('agrees');
    expect(check(MBR, { fstab: fstab('LABEL=other') })).toContain('mounts "LABEL=other" at /nix');
    const both = 'tmpfs / tmpfs\nLABEL=other /nix/store ext4\nLABEL=NIXOS_SD /state ext4\n';
    expect(check(MBR, { fstab: both })).toBe('agrees');
    const bound = 'tmpfs / tmpfs\nLABEL=NIXOS_SD /state ext4\n/state/nix /nix none bind\n';
    expect(check(MBR, { fstab: bound })).toBe('agrees');
    expect(check(MBR, { fstab: 'tmpfs / tmpfs\n' })).toBe('agrees');
  });
});

describe('a root that contradicts', () => {
  it.each<[string, RootIdentity, string, RegExp]>([
    [
      'label',
      BARE,
      'LABEL=OTHER',
      /^Invalid input volume-label\n.*"?LABEL=OTHER"?.*, but the label of the image is "NIXOS_SD".*\nSet volume-label to "OTHER", or/,
    ],
    ['label of a link', MBR, '/dev/disk/by-label/root\\x20fs', /Set volume-label to "root fs"/],
    [
      'UUID',
      MBR,
      'UUID=00000000-0000-0000-0000-000000000001',
      /^Invalid input uuid\n.*but the UUID of the image is 44444444-.*\nSet uuid to "00000000-0000-0000-0000-000000000001"/,
    ],
    ['derived UUID', { ...BARE, uuid: undefined }, `UUID=${UUID}`, /^Invalid input uuid\n.*derived from the closure/],
    [
      'disk identifier',
      MBR,
      'PARTUUID=2175794e-02',
      /^Invalid input disk-id\n.*0x2178694e.*\nSet disk-id to 0x2175794e/,
    ],
    [
      'partition number in a PARTUUID',
      MBR,
      'PARTUUID=2178694e-01',
      /^Invalid input root-partition\n.*on partition 2 of the image.*\nSet root-partition to 1/,
    ],
    [
      'partition number in a device',
      GPT,
      '/dev/mmcblk0p3',
      /^Invalid input root-partition\n.*\nSet root-partition to 3/,
    ],
    [
      'GUID on an MBR',
      MBR,
      `PARTUUID=${GUID}`,
      /^Invalid input partition-table\n.*has an MBR.*\nSet partition-table to gpt/,
    ],
    [
      'partition label on an MBR',
      MBR,
      'PARTLABEL=nixos',
      /^Invalid input partition-table\n.*no partition labels.*\nSet partition-table to gpt/,
    ],
    [
      'disk identifier on a GPT',
      GPT,
      'PARTUUID=2178694e-02',
      /^Invalid input partition-table\n.*has a GPT.*\nSet partition-table to mbr/,
    ],
    ['other GUID', GPT, `PARTUUID=${GUID.replace('e', 'f')}`, /^Invalid input uuid\n.*derived from the input uuid/],
    ['other partition label', GPT, 'PARTLABEL=root', /the root partition of the image has the label "nixos"/],
  ])('by its %s', (_, root, device, expected) => {
    const [inFstab, inParameters] = checkDevice(root, device).split(/\n(?=Invalid)/);
    expect(inFstab).toMatch(expected);
    expect(inFstab).toContain('The fstab of the system mounts');
    expect(inParameters).toMatch(expected);
    expect(inParameters).toContain('The kernel parameters of the system have root=');
  });
});

describe('an fstab', () => {
  it('has fields with escapes, and comments', () => {
    const text = '# LABEL=x / ext4\n\n LABEL=a\\040b\t/mnt/c\\040d/ ext4 ro,noauto 0 2\nshort /x\n';
    expect(parseFstab(text)).toEqual([
      { device: 'LABEL=a b', directory: '/mnt/c d', type: 'ext4', options: ['ro', 'noauto'] },
    ]);
  });

  it('tells the mount that a path is in', () => {
    const mounts = parseFstab('a / ext4\nb /boot ext4\nc /boot/firmware vfat\nd none swap\n');
    const deviceOf = (path: string): string | undefined => mountOf(mounts, path)?.device;
    expect(['/', '/boot', '/boot/firmware/x', '/bootx'].map(deviceOf)).toEqual(['a', 'b', 'c', 'a']);
    expect(mountOf([], '/')).toBe(undefined);
  });

  it('names devices in the ways of Linux', () => {
    expect(parseDevice('/dev/disk/by-label/caf\\xc3\\xa9')).toEqual({ kind: 'label', value: 'café' });
    expect(parseDevice('PARTUUID=2178694E-02')).toEqual({ kind: 'partition-uuid', value: '2178694e-02' });
    expect(parseDevice('/dev/sda12')).toEqual({ kind: 'partition-number', value: 12 });
    expect(parseDevice('/dev/mmcblk1')).toEqual({ kind: 'other' });
    expect(parseDevice('tmpfs')).toEqual({ kind: 'other' });
  });
});
