// @module-tag system
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runAction } from '../../support/action.ts';
import { withMounted } from '../../support/kernel.ts';
import { nix } from '../../support/nix-store.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { buildSystem } from '../support/system.ts';

const { toplevel } = buildSystem();

/** Builds system.build.imageParts of a configuration, which is written in Nix. */
function build(configuration: string): string {
  const directory = temporaryDirectory();
  const file = join(directory, 'configuration.nix');
  writeFileSync(file, `{ pkgs }: { system.build.toplevel = builtins.storePath "${toplevel}"; ${configuration} }`);
  const evaluate = join(import.meta.dirname, 'evaluate.nix');
  const link = join(directory, 'result');
  nix('nix-build', [evaluate, '--arg', 'configuration', file, '--out-link', link]);
  return link;
}

const settingsOf = (parts: string): unknown => JSON.parse(readFileSync(join(parts, 'settings.json'), 'utf8'));

/** What nixpkgs' sd-image module has where nothing is set. */
const SD_IMAGE = `
  image.baseName = "nixos-test";
  sdImage = {
    firmwarePartitionOffset = 8; firmwarePartitionID = "0x2178694e"; firmwarePartitionName = "FIRMWARE"; firmwareSize = 30;
    rootPartitionUUID = null; rootVolumeLabel = "NIXOS_SD"; compressImage = true; storePaths = [ ];
    populateFirmwareCommands = "printf one > firmware/config.txt; mkdir firmware/overlays; printf two > firmware/overlays/a.dtbo";
    populateRootCommands = ''
      mkdir -p files/boot/extlinux; printf 'LABEL nixos\\n' > files/boot/extlinux/extlinux.conf
      mkdir -m 700 files/root; install -m 600 /dev/null "files/root/a secret"; ln -s "a secret" files/root/link
    '';
    postBuildCommands = "";
  }`;

describe('system.build.imageParts', () => {
  it('has what the options of the sd-image module say', () => {
    const parts = build(
      `${SD_IMAGE} // { postBuildCommands = "printf SPL | dd of=$img bs=1024 seek=8 conv=notrunc"; };`,
    );
    expect(readdirSync(parts).toSorted()).toEqual([
      'firmware',
      'gap.bin',
      'root',
      'root-modes',
      'settings.json',
      'system',
    ]);
    expect(readlinkSync(join(parts, 'system'))).toBe(toplevel);
    expect(settingsOf(parts)).toEqual({
      version: 1,
      inputs: {
        'boot-loader': 'none',
        bootloader: ['gap.bin@8192'],
        'disk-id': '0x2178694e',
        'firmware-label': 'FIRMWARE',
        'firmware-offset': '8MiB',
        'firmware-size': '30MiB',
        format: 'sd-card',
        'image-name': 'nixos-test.img',
        'volume-label': 'NIXOS_SD',
      },
    });
    expect(readFileSync(join(parts, 'root-modes'), 'latin1').split('\0')).toEqual([
      '600 root/a secret',
      '644 boot/extlinux/extlinux.conf',
      '700 root',
      '755 boot',
      '755 boot/extlinux',
      '',
    ]);
    expect(readFileSync(join(parts, 'gap.bin'))).toEqual(Buffer.concat([Buffer.from('SPL'), Buffer.alloc(509)]));
  });

  it('has settings of its own where there is no sd-image module', () => {
    const parts = build(`
      fileSystems."/".label = "ROOT";
      imageParts = { partitionTable = "gpt"; freeSpace = "32MiB"; compression = "none"; settings = { nix-database = true; firmware-size = "40MiB"; }; };
    `);
    expect(readdirSync(parts).toSorted()).toEqual(['settings.json', 'system']);
    expect(settingsOf(parts)).toMatchObject({
      inputs: {
        compression: 'none',
        'firmware-size': '40MiB',
        'free-space': '32MiB',
        'nix-database': true,
        'partition-table': 'gpt',
        'volume-label': 'ROOT',
      },
    });
  });

  it('has the files of nixos-raspberrypi', () => {
    const command = (lines: string): string => `builtins.toFile "populate" ''${lines}''`;
    const parts = build(`
      boot.loader.raspberry-pi.firmwarePopulateCmd = "bash \${${command('echo "$@" > firmware/arguments')}}";
      boot.loader.raspberry-pi.bootPopulateCmd = "bash \${${command('echo "$@" > files/boot/arguments')}}";
    `);
    expect(readFileSync(join(parts, 'firmware/arguments'), 'utf8')).toBe(`-c ${toplevel} -f ./firmware\n`);
    expect(readFileSync(join(parts, 'root/boot/arguments'), 'utf8')).toBe(`-c ${toplevel} -b ./files/boot\n`);
    expect(statSync(join(parts, 'root/boot/firmware')).isDirectory()).toBe(true);
  });

  it.each([
    ['the table', 'sfdisk --activate $img 1', /changes the partition table/],
    ['the size', 'truncate -s +1M $img', /changes the size of the image/],
    ['a partition', 'printf x | dd of=$img bs=1M seek=9 conv=notrunc', /changes a partition/],
  ])('is refused if postBuildCommands change %s', (_, command, error) => {
    expect(() => build(`${SD_IMAGE} // { postBuildCommands = "${command}"; };`)).toThrow(error);
  });
});

describe('a card from parts', () => {
  it('has the files, the permissions and the settings', async () => {
    const directory = temporaryDirectory();
    const spl = 'head -c 9000 /dev/zero | tr "\\\\0" S | dd of=$img bs=1024 seek=8 conv=notrunc';
    const parts = build(`${SD_IMAGE} // {
      rootVolumeLabel = "FROM_PARTS"; postBuildCommands = ''${spl.replaceAll('\\\\', '\\')}''; firmwarePartitionID = "0xcafe";
    };`);
    const run = await runAction({ parts, compression: 'none', 'volume-label': 'FROM_STEP' }, { directory });
    expect(run).toMatchObject({ exitCode: 0, temporaryFiles: [] });
    expect(run.outputs['image-name']).toBe('nixos-test.img');
    expect(run.summary).toContain('inputs from <code>parts</code>');
    expect(run.summary).toContain('<code>0xcafe</code>');
    expect(run.summary).not.toContain('FROM_PARTS');
    const image = run.outputs['image-path'];
    const table: unknown = JSON.parse(execFileSync('sfdisk', ['--json', image]).toString());
    expect(table).toMatchObject({
      partitiontable: {
        id: '0x0000cafe',
        partitions: [
          { start: 16384, size: 61440 },
          { start: 77824, bootable: true },
        ],
      },
    });
    expect(
      readFileSync(image)
        .subarray(8192, 8192 + 9001)
        .toString('latin1'),
    ).toBe(`${'S'.repeat(9000)}\0`);
    const listed = execFileSync('mdir', ['-b', '-/', '-i', `${image}@@8M`, '::/']).toString();
    expect(listed).toContain('::/overlays/a.dtbo');
    await withMounted(image, { offset: 77824 * 512 }, (mounted) => {
      expect(readFileSync(join(mounted, 'boot/extlinux/extlinux.conf'), 'utf8')).toBe('LABEL nixos\n');
      const modeOf = (path: string): string => (statSync(join(mounted, path)).mode & 0o7777).toString(8);
      expect(['root', 'root/a secret', 'boot', 'boot/extlinux/extlinux.conf'].map(modeOf)).toEqual([
        '700',
        '600',
        '755',
        '644',
      ]);
      expect(readlinkSync(join(mounted, 'root/link'))).toBe('a secret');
    });
    expect(execFileSync('blkid', ['-p', '-O', `${77824 * 512}`, '-s', 'LABEL', '-o', 'value', image]).toString()).toBe(
      'FROM_STEP\n',
    );
  });
});
