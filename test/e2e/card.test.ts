// @module-tag system
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { checkWithFsck, copyWithMtools, filesBelow, mtools } from '../fat/support/tools.ts';
import { bytesOf, MIB } from '../fat/support/volume.ts';
import { BOOTSPEC, buildSystem } from '../nixos/support/system.ts';
import { type ActionRun, runAction } from '../support/action.ts';
import { validate } from '../support/json-schema.ts';
import { withMounted } from '../support/kernel.ts';
import { sampleClosure } from '../support/nix-store.ts';
import { runTool } from '../support/run-tool.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const imagerSchema = JSON.parse(
  readFileSync(join(import.meta.dirname, '../companions/rpi-imager/os-list-schema.json'), 'utf8'),
);
const KIB = 1024;
const SPL = bytesOf(33_333, 1);
const U_BOOT = bytesOf(700_000, 2);

/** A firmware directory as nixpkgs makes them: with links into the store, and names that FAT's short names cannot hold. */
function writeFirmware(directory: string): string {
  const firmware = join(directory, 'firmware');
  mkdirSync(join(firmware, 'overlays'), { recursive: true });
  writeFileSync(join(firmware, 'config.txt'), 'arm_64bit=1\n');
  writeFileSync(join(firmware, 'bcm2711-rpi-4-b.dtb'), bytesOf(55_000, 3));
  writeFileSync(join(firmware, 'overlays/ü with spaces.dtbo'), bytesOf(3000, 4));
  writeFileSync(join(firmware, 'empty'), '');
  symlinkSync(join(sampleClosure().paths['sample-library'], 'lib/lib.so'), join(firmware, 'start4.elf'));
  return firmware;
}

function writeBlobs(directory: string): string {
  writeFileSync(join(directory, 'spl.bin'), SPL);
  writeFileSync(join(directory, 'u-boot@2.itb'), U_BOOT);
  return `${directory}/spl.bin@8KiB\n${directory}/u-boot@2.itb@256KiB`;
}

/** Cuts a partition, of whole MiB, out of a card. */
function cut(card: string, offset: number, length: number): string {
  const target = join(temporaryDirectory(), 'partition');
  const range = ['bs=1M', `skip=${offset / MIB}`, `count=${length / MIB}`];
  execFileSync('dd', ['status=none', 'conv=sparse', `if=${card}`, `of=${target}`, ...range]);
  return target;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function flip(path: string, offset: number): void {
  const bytes = readFileSync(path).subarray(offset, offset + 1);
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.from([bytes[0] ^ 1]), 0, 1, offset);
  closeSync(file);
}

const { toplevel, paths } = buildSystem({ bootspec: BOOTSPEC });
/** An installer that writes its menu to another directory than `/boot`. */
const installer = (directory: string) => ({
  uses: { writer: 'extlinux-conf-builder.sh' },
  script: `printf '#!/bin/sh\\n%s -g 20 -t 5 -d %s -c "$@"\\n' $writer ${directory} > $out`,
});
const switchTo = (name: string): string =>
  `printf "export INSTALL_BOOTLOADER='%s'\\n" $${name} > $out/bin/switch-to-configuration`;
const FAT_INSTALLER = installer('/boot/firmware');
const OTHER_INSTALLER = installer('/mnt/boot');
const ON_FAT = switchTo('fat');
const OTHER_BOOT = switchTo('other');
const KERNEL = paths['linux-6.12.1'];
const INITRD = paths['initrd-linux-6.12.1'];

const EXTLINUX = `# Generated file, all changes will be lost on nixos-rebuild!

# Change this to e.g. nixos-42 to temporarily boot to an older configuration.
DEFAULT nixos-default

TIMEOUT 50
MENU TITLE ------------------------------------------------------------

LABEL nixos-default
  MENU LABEL NixOS - Default
  LINUX ../nixos/${basename(KERNEL)}-Image
  INITRD ../nixos/${basename(INITRD)}-initrd
  APPEND init=${toplevel}/init console=ttyAMA0 loglevel=4
  FDTDIR ../nixos/${basename(KERNEL)}-dtbs
`;

function expectBootFiles(mounted: string): void {
  const boot = join(mounted, 'boot');
  expect(readFileSync(join(boot, 'extlinux/extlinux.conf'), 'utf8')).toBe(EXTLINUX);
  const copies = { Image: [KERNEL, 'Image'], initrd: [INITRD, 'initrd'], dtbs: [KERNEL, 'dtbs'] } as const;
  for (const [path, name] of Object.values(copies)) {
    const args = [
      '--recursive',
      '--no-dereference',
      join(path, name),
      join(boot, 'nixos', `${basename(path)}-${name}`),
    ];
    expect(execFileSync('diff', args, { encoding: 'utf8' })).toBe('');
  }
  execFileSync('diff', ['--recursive', '--no-dereference', toplevel, join(mounted, toplevel)]);
}

/** What the closure of the system has as store paths, for a look at the image's registration. */
function closure(): readonly string[] {
  return execFileSync('nix-store', ['--query', '--requisites', toplevel], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .sort();
}

describe('a card', () => {
  const directory = temporaryDirectory();
  let firmware: string;
  let run: ActionRun;
  let image: string;
  let filesystemSize: number;
  const filesystemOffset = 38 * MIB;

  beforeAll(async () => {
    firmware = writeFirmware(directory);
    const inputs = {
      format: 'sd-card',
      system: toplevel,
      'firmware-files': firmware,
      bootloader: writeBlobs(directory),
    };
    run = await runAction({ ...inputs, compression: 'none' }, { directory });
    image = run.outputs['image-path'];
    filesystemSize = Number(run.outputs['image-size']) - filesystemOffset;
  });

  it('is left with what goes with it', () => {
    const files = expect.arrayContaining(['nixos.img', 'nixos.img.bmap', 'nixos.img.rpi-imager-manifest']);
    expect(run, run.log).toMatchObject({ exitCode: 0, files, temporaryFiles: [] });
    expect(run.log).toContain('Not on the boot menu, but in the closure: specialisations one, two');
  });

  it('has the partition table that sfdisk writes', async () => {
    const expected = join(directory, 'table');
    writeFileSync(expected, '');
    truncateSync(expected, filesystemOffset + filesystemSize);
    const script = [
      'label: dos\nlabel-id: 0x2178694e',
      `start=8M, size=${30 * 2048}, type=b\nstart=38M, type=83, bootable\n`,
    ].join('\n');
    await runTool('sfdisk', ['--quiet', '--no-reread', '--no-tell-kernel', expected], { stdin: Buffer.from(script) });
    const sector = (path: string) => readFileSync(path).toString('hex', 0, 512);
    expect(sector(image)).toBe(sector(expected));
  });

  it('has the boot loader where it is to be, and nothing around it', () => {
    const start = readFileSync(image).subarray(512, 8 * MIB);
    const expected = Buffer.alloc(start.length);
    SPL.copy(expected, 8 * KIB - 512);
    U_BOOT.copy(expected, 256 * KIB - 512);
    expect(start.equals(expected)).toBe(true);
  });

  it('has a FAT partition with the firmware files', async () => {
    const partition = cut(image, 8 * MIB, 30 * MIB);
    expect(await checkWithFsck(partition)).toMatchObject({ files: 7 });
    const copy = join(directory, 'copied firmware');
    await copyWithMtools(partition, copy);
    expect(filesBelow(copy)).toEqual(filesBelow(firmware));
    const { stdout } = await mtools('mdir', ['-i', partition, '::/']);
    expect(stdout.toString()).toMatch(/ Volume in drive : is FIRMWARE *\n Volume Serial Number is 2178-694E\n/);
  });

  it('has an ext4 partition that the kernel mounts, with what U-Boot boots', async () => {
    const range = { offset: filesystemOffset, size: filesystemSize };
    await withMounted(image, range, (mounted) => {
      expectBootFiles(mounted);
      const registered = readFileSync(join(mounted, 'nix-path-registration'), 'latin1').matchAll(
        /^(\/nix\/store\/.*)\nsha256:/gm,
      );
      expect([...registered].map(([, path]) => path)).toEqual(closure());
    });
  });

  it('is read by GRUB', async () => {
    const conf = '(loop0,msdos2)/boot/extlinux/extlinux.conf';
    expect((await runTool('grub-fstest', [image, 'cat', conf])).stdout.toString()).toBe(EXTLINUX);
    const kernel = `(loop0,msdos2)/boot/nixos/${basename(KERNEL)}-Image`;
    await runTool('grub-fstest', [image, 'cmp', kernel, join(KERNEL, 'Image')]);
    await runTool('grub-fstest', [image, 'cmp', '(loop0,msdos1)/config.txt', join(firmware, 'config.txt')]);
  });

  it('is written by bmaptool to the last byte, and in part', async () => {
    const target = join(directory, 'written');
    const { stderr } = await runTool('bmaptool', ['copy', image, target]);
    expect(stderr.toString()).toContain('discovered bmap file');
    expect(readFileSync(target).equals(readFileSync(image))).toBe(true);
    const mapped = /MappedBlocksCount> (\d+)/.exec(readFileSync(`${image}.bmap`, 'utf8'))?.[1];
    // Free are the 16 MiB of free-space, and most of the FAT partition.
    expect(Number(mapped) * 4 * KIB).toBeLessThan(filesystemOffset + filesystemSize - 44 * MIB);
  });

  it.each([
    ['the partition table', 446],
    ['the boot loader', 8 * KIB + 100],
    ['the firmware partition', 8 * MIB + 100],
    ['the ext4 superblock', filesystemOffset + 1024 + 0x68],
  ])('is refused by bmaptool where a bit of %s is wrong', async (_, offset) => {
    const broken = join(directory, 'broken.img');
    copyFileSync(image, broken);
    flip(broken, offset);
    const copy = runTool('bmaptool', ['copy', '--bmap', `${image}.bmap`, broken, join(directory, 'target')]);
    await expect(copy).rejects.toThrow('checksum mismatch');
  });

  it('is described for Raspberry Pi Imager', () => {
    const manifest = JSON.parse(readFileSync(run.outputs['imager-manifest-path'], 'utf8'));
    expect(validate(imagerSchema, manifest)).toEqual([]);
    expect(manifest.imager.devices).toMatchObject([{ name: 'Raspberry Pi 4', tags: ['pi4-64bit'] }]);
    const [item] = manifest.os_list;
    const bytes = readFileSync(image);
    expect(item).toMatchObject({
      name: 'NixOS 25.11 (Linux 6.12.1)',
      description: 'nixos.img: NixOS for Raspberry Pi 4',
      url: pathToFileURL(image).href,
      bmap_url: pathToFileURL(run.outputs['block-map-path']).href,
      devices: ['pi4-64bit'],
      architecture: 'armv8',
      init_format: 'none',
      extract_size: bytes.length,
      extract_sha256: sha256(bytes),
      image_download_size: bytes.length,
      image_download_sha256: sha256(bytes),
    });
    expect(item.release_date).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  it('has its files listed in the outputs', () => {
    const files: readonly Readonly<Record<string, unknown>>[] = JSON.parse(run.outputs.files);
    expect(files.map(({ name, kind }) => [name, kind])).toEqual([
      ['nixos.img', 'image'],
      ['nixos.img.manifest.json', 'manifest'],
      ['nixos.img.cdx.json', 'sbom'],
      ['nixos.img.bmap', 'block-map'],
      ['nixos.img.rpi-imager-manifest', 'imager-manifest'],
      ['SHA256SUMS', 'checksums'],
    ]);
    for (const { path, size, sha256: hash } of files) {
      const bytes = readFileSync(String(path));
      expect({ size: bytes.length, hash: sha256(bytes) }).toEqual({ size, hash });
    }
  });

  it('is the same when it is compressed, made elsewhere and of links', async () => {
    const elsewhere = temporaryDirectory();
    symlinkSync(toplevel, join(elsewhere, 'result'));
    writeBlobs(elsewhere);
    const inputs = {
      format: 'sd-card',
      system: './result',
      'firmware-files': writeFirmware(elsewhere),
      bootloader: 'u-boot@2.itb@256KiB\nspl.bin@8KiB',
    };
    const environment = { SOURCE_DATE_EPOCH: '86400', TZ: 'Asia/Kathmandu' };
    const compressed = await runAction(inputs, { directory: elsewhere, workingDirectory: elsewhere, environment });
    expect(compressed).toMatchObject({ exitCode: 0, temporaryFiles: [] });
    expect(compressed.outputs).toMatchObject({
      'uncompressed-sha256': run.outputs['image-sha256'],
      'uncompressed-size': run.outputs['image-size'],
    });
    const file = compressed.outputs['image-path'];
    const beside = (suffix: string) => readFileSync(join(dirname(file), `nixos.img.${suffix}`));
    expect(beside('bmap').equals(readFileSync(`${image}.bmap`))).toBe(true);
    expect(JSON.parse(beside('rpi-imager-manifest').toString()).os_list[0]).toMatchObject({
      description: 'nixos.img.zst: NixOS for Raspberry Pi 4',
      extract_size: Number(run.outputs['image-size']),
      extract_sha256: run.outputs['image-sha256'],
      image_download_size: readFileSync(file).length,
      image_download_sha256: sha256(readFileSync(file)),
      release_date: '1970-01-02',
    });
    const target = join(elsewhere, 'written');
    await runTool('bmaptool', ['copy', file, target]);
    expect(readFileSync(target).equals(readFileSync(image))).toBe(true);

    const again = await runAction(inputs, {
      directory: temporaryDirectory(),
      workingDirectory: elsewhere,
      environment,
    });
    expect(readFileSync(again.outputs['image-path']).equals(readFileSync(file))).toBe(true);
  });
});

test('a card of other measures is as they say', async () => {
  const directory = temporaryDirectory();
  const run = await runAction(
    {
      format: 'sd-card',
      system: toplevel,
      'firmware-files': writeFirmware(directory),
      'firmware-offset': '1MiB',
      'firmware-size': '520MiB',
      'firmware-label': 'PI BOOT',
      'disk-id': '0xdeadbeef',
      compression: 'none',
    },
    { directory },
  );
  expect(run, run.log).toMatchObject({ exitCode: 0 });
  const image = run.outputs['image-path'];
  const { stdout } = await runTool('sfdisk', ['--json', image]);
  const { id, partitions } = JSON.parse(stdout.toString()).partitiontable;
  expect(id).toBe('0xdeadbeef');
  expect(partitions).toMatchObject([
    { start: 2048, size: 520 * 2048, type: 'b' },
    { start: 521 * 2048, type: '83', bootable: true },
  ]);
  const partition = cut(image, MIB, 520 * MIB);
  await checkWithFsck(partition);
  const listing = await mtools('mdir', ['-i', partition, '::/']);
  expect(listing.stdout.toString()).toMatch(/is PI BOOT *\n Volume Serial Number is DEAD-BEEF\n/);
  expect(readFileSync(partition).toString('latin1', 82, 90)).toBe('FAT32   ');
  await withMounted(image, { offset: 521 * MIB }, expectBootFiles);
});

test('a boot menu on the FAT partition has the boot flag there, beside the firmware files', async () => {
  const directory = temporaryDirectory();
  const firmware = writeFirmware(directory);
  const { toplevel: system } = buildSystem({ bootspec: BOOTSPEC, more: ON_FAT, others: { fat: FAT_INSTALLER } });
  const inputs = { format: 'sd-card', system, 'firmware-files': firmware, compression: 'none' };
  const run = await runAction(inputs, { directory });
  expect(run, run.log).toMatchObject({ exitCode: 0 });
  expect(run.log).toContain('The image has an extlinux.conf in / of the FAT partition');
  expect(run.summary).toContain('extlinux in / of the FAT partition');
  const image = run.outputs['image-path'];
  const { stdout } = await runTool('sfdisk', ['--json', image]);
  const { partitions } = JSON.parse(stdout.toString()).partitiontable;
  expect(partitions).toMatchObject([{ type: 'b', bootable: true }, { type: '83' }]);
  expect(partitions[1]).not.toHaveProperty('bootable');
  const partition = cut(image, 8 * MIB, 30 * MIB);
  await checkWithFsck(partition);
  const copy = join(directory, 'copied');
  await copyWithMtools(partition, copy);
  const dtbs = join(KERNEL, 'dtbs');
  const [kernel, initrd] = [basename(KERNEL), basename(INITRD)];
  const trees = Object.entries(filesBelow(dtbs)).map(([name, file]) => [`nixos/${kernel}-dtbs/${name}`, file]);
  expect(filesBelow(copy)).toEqual({
    ...filesBelow(firmware),
    extlinux: 'directory',
    'extlinux/extlinux.conf': Buffer.from(EXTLINUX.replace(toplevel, system)),
    nixos: 'directory',
    [`nixos/${kernel}-Image`]: readFileSync(join(KERNEL, 'Image')),
    [`nixos/${initrd}-initrd`]: readFileSync(join(INITRD, 'initrd')),
    [`nixos/${kernel}-dtbs`]: 'directory',
    ...Object.fromEntries(trees),
  });
  await withMounted(image, { offset: 38 * MIB }, (mounted) => {
    expect(existsSync(join(mounted, 'boot'))).toBe(false);
  });
});

test('without firmware files the ext4 partition is the only one, at their place', async () => {
  const directory = temporaryDirectory();
  const inputs = { format: 'sd-card', system: toplevel, compression: 'none', bootloader: writeBlobs(directory) };
  const run = await runAction(inputs, { directory });
  expect(run, run.log).toMatchObject({ exitCode: 0 });
  const image = run.outputs['image-path'];
  const { stdout } = await runTool('sfdisk', ['--json', image]);
  const { partitions } = JSON.parse(stdout.toString()).partitiontable;
  const size = Number(run.outputs['image-size']) / 512 - 16384;
  expect(partitions).toEqual([{ node: `${image}1`, start: 16384, size, type: '83', bootable: true }]);
  await withMounted(image, { offset: 8 * MIB }, expectBootFiles);
  const target = join(directory, 'written');
  await runTool('bmaptool', ['copy', image, target]);
  expect(readFileSync(target).equals(readFileSync(image))).toBe(true);
});

test('a bare filesystem has the boot files of a system too', async () => {
  const directory = temporaryDirectory();
  const run = await runAction({ system: toplevel, compression: 'none' }, { directory });
  expect(run, run.log).toMatchObject({ exitCode: 0 });
  expect(run.files).not.toContain('nixos.img.bmap');
  await withMounted(run.outputs['image-path'], {}, expectBootFiles);
});

test('leaves nothing where what goes with a card cannot be written', async () => {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, 'output/nixos.img.bmap'), { recursive: true });
  const run = await runAction({ format: 'sd-card', system: toplevel }, { directory });
  expect(run, run.log).toMatchObject({ exitCode: 1, files: ['nixos.img.bmap'], temporaryFiles: [], outputs: {} });
  expect(run.log).toContain('nixos.img.bmap');
});

/** A system with an fstab. */
function mounting(...lines: readonly string[]): Readonly<Record<string, string>> {
  const text = lines.map((line) => `'${line}'`).join(' ');
  return { system: buildSystem({ more: `mkdir $out/etc; printf '%s\\n' ${text} > $out/etc/fstab` }).toplevel };
}

/** By name: inputs beside `format`, given a directory for files, and words of the error. */
const WRONG: Readonly<
  Record<string, readonly [(directory: string) => Readonly<Record<string, string>>, ...words: readonly string[]]>
> = {
  'boot loader files that overlap': [
    (directory) => ({ bootloader: writeBlobs(directory).replace('256KiB', '32KiB') }),
    'u-boot@2.itb',
    'overlaps',
    'spl.bin',
    'bytes 8192 to 41524',
  ],
  'a boot loader file that reaches into a partition': [
    (directory) => ({ bootloader: writeBlobs(directory).replace('256KiB', '7.5MiB') }),
    'u-boot@2.itb',
    'overlaps the ext4 partition',
    'firmware-offset',
  ],
  "Allwinner's SPL on a card with a GPT": [
    (directory) => ({ 'partition-table': 'gpt', bootloader: writeBlobs(directory) }),
    'spl.bin',
    'overlaps the partition table (GPT)',
    'partition-table to mbr',
  ],
  'a partition for an SPL over the entries of a GPT': [
    (directory) => ({
      'partition-table': 'gpt',
      bootloader: `${writeBlobs(directory).split('@')[0]}@16KiB:2e54b353-1271-4842-806f-e436d6af6985`,
    }),
    'spl.bin',
    'overlaps the partition table (GPT)',
  ],
  'raw partitions that overlap': [
    (directory) => ({ bootloader: writeBlobs(directory).replace('8KiB', '1MiB:da').replace('256KiB', '1MiB:da') }),
    'u-boot@2.itb',
    'overlaps',
    'spl.bin',
  ],
  'a root partition that an MBR cannot have': [() => ({ 'root-partition': '5' }), 'root-partition', 'from 1 to 4'],
  'FAT32 of 20 MiB': [
    (directory) => ({
      'firmware-files': writeFirmware(directory),
      'firmware-size': '20MiB',
      'firmware-filesystem': 'fat32',
    }),
    'firmware-size',
    'FAT32',
    '33MiB',
  ],
  'a boot loader file that is not there': [() => ({ bootloader: './nowhere@8KiB' }), 'nowhere', 'bootloader'],
  'a boot loader file that is not on a sector': [
    (directory) => ({ bootloader: writeBlobs(directory).replace('8KiB', '1000') }),
    'bootloader',
    'spl.bin@1000',
    'multiple of 512',
  ],
  'a partition that is not on a sector': [() => ({ 'firmware-offset': '1000' }), 'firmware-offset', '1000', '512'],
  'firmware files that do not fit': [
    (directory) => {
      const firmware = writeFirmware(directory);
      writeFileSync(join(firmware, 'kernel8.img'), Buffer.alloc(12 * MIB));
      return { 'firmware-files': firmware, 'firmware-size': '10MiB' };
    },
    'firmware files do not fit',
    'Set the input firmware-size to 13MiB or more',
    '25MiB has space for a second generation',
  ],
  'a firmware file from anywhere': [
    (directory) => {
      const firmware = writeFirmware(directory);
      symlinkSync('/etc/passwd', join(firmware, 'users'));
      return { 'firmware-files': firmware };
    },
    'users',
    '/etc/passwd',
  ],
  'firmware files that are not there': [() => ({ 'firmware-files': './nowhere' }), 'nowhere', 'firmware files'],
  'a system without a kernel': [() => ({ system: buildSystem({ more: 'rm $out/kernel' }).toplevel }), 'has no kernel'],
  'a system whose boot.json is of another': [
    () => ({
      system: buildSystem({ bootspec: BOOTSPEC.replace('"toplevel": "$out"', '"toplevel": "$kernel"') }).toplevel,
    }),
    'another system',
  ],
  'what is no system': [() => ({ system: sampleClosure().root }), 'not a NixOS system'],
  'a device tree that the system does not have': [
    () => ({ system: buildSystem({ loader: '-g 20 -t 5 -n none.dtb' }).toplevel }),
    'none.dtb',
  ],
  'another label of the root': [
    () => mounting('LABEL=NIXOS / ext4'),
    'title=Invalid input volume-label',
    'LABEL=NIXOS',
    'NIXOS_SD',
    'Set volume-label to',
  ],
  'another UUID of the root': [
    () => mounting('UUID=0123abcd-4567-89ab-cdef-0123456789ab / ext4'),
    'title=Invalid input uuid',
    '44444444-4444-4444-8888-888888888888',
    'Set uuid to',
  ],
  'another partition of the root': [
    () => mounting('PARTUUID=2178694e-02 / ext4'),
    'title=Invalid input root-partition',
    'on partition 1 of the image',
    'Set root-partition to 2',
  ],
  'another disk of the root': [
    () => mounting('PARTUUID=2175794e-01 / ext4'),
    'title=Invalid input disk-id',
    '0x2178694e',
    'Set disk-id to 0x2175794e',
  ],
  'a root on a GPT': [
    () => mounting('/dev/disk/by-partlabel/nixos / ext4'),
    'title=Invalid input partition-table',
    'Set partition-table to gpt',
  ],
  'a boot menu on another disk': [
    () => ({ system: buildSystem({ more: OTHER_BOOT, others: { other: OTHER_INSTALLER } }).toplevel }),
    'The boot files have no place in the image',
    '/mnt/boot',
    'Set boot-partition',
  ],
  'a boot file that firmware-files has too': [
    (directory) => {
      const firmware = writeFirmware(directory);
      mkdirSync(join(firmware, 'Extlinux'));
      writeFileSync(join(firmware, 'Extlinux/EXTLINUX.CONF'), '');
      return { 'firmware-files': firmware, 'boot-partition': 'firmware' };
    },
    'Extlinux/EXTLINUX.CONF',
    'is one of the boot files of the system too',
  ],
  'a FAT partition for the boot menu of a bare filesystem': [
    () => ({ format: 'ext4', 'boot-partition': 'firmware' }),
    'title=Invalid input boot-partition',
  ],
  'free space beyond what a partition can have': [() => ({ 'free-space': '3TiB' }), 'free-space', '3TiB', '2TiB'],
  'a partition beyond what a table can address': [
    () => ({ 'firmware-offset': '2TiB' }),
    'firmware-offset',
    'less than 2TiB',
  ],
  'a filesystem of 2 TiB': [() => ({ 'free-space': '2TiB' }), 'free-space', 'less than 2TiB'],
  'a card over 2 TiB for its offset': [
    () => ({ 'firmware-offset': '2147483647.5KiB' }),
    'The card would have at least',
    '2 TiB',
    'firmware-offset',
  ],
  'a card over 2 TiB': [
    () => ({ 'firmware-offset': '1TiB', 'free-space': '1.25TiB' }),
    'The card would have',
    '2 TiB',
    'free-space',
  ],
};

test.each(Object.entries(WRONG))('refuses %s before any work, with one clear error', async (_, [make, ...words]) => {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, 'output'));
  const run = await runAction({ format: 'sd-card', system: toplevel, ...make(directory) }, { directory });
  expect(run, run.log).toMatchObject({ exitCode: 1, files: [], temporaryFiles: [], outputs: {}, summary: '' });
  expect(run.log).not.toContain('::group::');
  const errors = run.log.split('\n').filter((line) => line.startsWith('::error'));
  expect(errors).toHaveLength(1);
  for (const word of words) {
    expect(errors[0]).toContain(word);
  }
  expect(run.log).not.toContain('Write the image');
});
