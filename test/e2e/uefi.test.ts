// @module-tag system
/** Cards with systemd-boot on an EFI system partition, as other programs see them. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HASHED_BUILDER } from '../nixos/systemd-boot/support/builders.ts';
import { buildUefiSystem } from '../nixos/systemd-boot/support/uefi-system.ts';
import { type ActionRun, runAction } from '../support/action.ts';
import { runTool } from '../support/run-tool.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const { toplevel, paths } = buildUefiSystem({ builder: HASHED_BUILDER, specialisations: ['one'] });
const INPUTS = { format: 'sd-card', system: toplevel, 'firmware-label': 'ESP', compression: 'none' };
const SECTOR = 512;

interface Partition {
  readonly start: number;
  readonly type: string;
  readonly attrs?: string;
  readonly bootable?: boolean;
}

async function readPartitions(image: string): Promise<readonly Partition[]> {
  const { stdout } = await runTool('sfdisk', ['--json', image]);
  return JSON.parse(stdout.toString()).partitiontable.partitions;
}

describe.each([
  ['gpt', 'C12A7328-F81F-11D2-BA4B-00A0C93EC93B'],
  ['mbr', 'ef'],
])('a card with systemd-boot and %s', (table, type) => {
  let directory: string;
  let run: ActionRun;
  let image: string;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'nix-ext4-image-uefi-'));
    run = await runAction({ ...INPUTS, 'partition-table': table, 'firmware-size': '64MiB' }, { directory });
    image = run.outputs['image-path'];
  });
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  it('is made, with an EFI system partition', async () => {
    expect(run, run.log).toMatchObject({ exitCode: 0, temporaryFiles: [] });
    expect(run.log).toContain('systemd-boot on the EFI system partition has the system on its menu');
    const [esp] = await readPartitions(image);
    expect(esp.type).toBe(type);
    expect(esp.bootable ?? esp.attrs).toEqual(table === 'gpt' ? 'LegacyBIOSBootable' : true);
  });

  it('has the boot loader, the kernel and the menu on FAT32', async () => {
    const [{ start }] = await readPartitions(image);
    const bootSector = readFileSync(image).subarray(start * SECTOR, (start + 1) * SECTOR);
    expect(bootSector.subarray(82, 90).toString()).toBe('FAT32   ');
    const copy = temporaryDirectory();
    await runTool('mcopy', ['-s', '-i', `${image}@@${start * SECTOR}`, '::/EFI', '::/loader', copy]);
    const loader = readFileSync(join(paths['systemd-258'], 'lib/systemd/boot/efi/systemd-bootaa64.efi'));
    expect(readFileSync(join(copy, 'EFI/BOOT/BOOTAA64.EFI'))).toEqual(loader);
    expect(readFileSync(join(copy, 'EFI/systemd/systemd-bootaa64.efi'))).toEqual(loader);
    const entries = readdirSync(join(copy, 'loader/entries')).map((name) =>
      readFileSync(join(copy, 'loader/entries', name), 'utf8'),
    );
    expect(entries.map((text) => text.split('\n')[0]).sort()).toEqual(['title NixOS', 'title NixOS (one)']);
    const kernel = /^linux (.*)$/m.exec(entries[0])?.[1] ?? '';
    expect(readFileSync(join(copy, kernel))).toEqual(readFileSync(join(paths['linux-6.12.1'], 'Image')));
    expect(statSync(join(copy, 'EFI/nixos/.extra-files')).isDirectory()).toBe(true);
  });

  it('has the system as generation 1 on the root, and the mount point of the ESP', async () => {
    const [, { start }] = await readPartitions(image);
    const debugfs = async (command: string): Promise<string> => {
      const { stdout } = await runTool('debugfs', ['-R', command, `${image}?offset=${start * SECTOR}`]);
      return stdout.toString();
    };
    expect(await debugfs('stat /nix/var/nix/profiles/system')).toContain('Fast link dest: "system-1-link"');
    expect(await debugfs('cat /nix/var/nix/profiles/system-1-link')).toBe(toplevel);
    expect(await debugfs('stat /boot')).toContain('Type: directory');
  });
});

describe('refuses', () => {
  it.each([
    ['an ESP that FAT32 cannot have', { 'firmware-size': '20MiB' }, /firmware-size.*FAT32.*at least/s],
    ['FAT16', { 'firmware-size': '64MiB', 'firmware-filesystem': 'fat16' }, /EFI system partition, which is FAT32/],
    [
      'a file of the firmware files that is the boot loader',
      { 'firmware-files': 'FILES' },
      /"efi" of the firmware files.*as "EFI"/,
    ],
  ] as const)('%s', async (_name, inputs, expected) => {
    const directory = temporaryDirectory();
    const files = temporaryDirectory();
    writeFileSync(join(files, 'efi'), '');
    const given = 'firmware-files' in inputs ? { 'firmware-files': files, 'firmware-size': '64MiB' } : inputs;
    const { exitCode, log, files: left } = await runAction({ ...INPUTS, ...given }, { directory });
    expect({ exitCode, left }).toEqual({ exitCode: 1, left: [] });
    expect(log.match(/::error/g)).toHaveLength(1);
    expect(log).toMatch(expected);
  });
});
