import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { imageFileName } from '../../src/image/frames/codecs.ts';
import { readInputs } from '../../src/inputs/inputs.ts';
import { setInputs } from '../support/environment.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const MIB = 2 ** 20;

function read(inputs: Readonly<Record<string, string>>) {
  setInputs({ 'store-paths': './result', ...inputs });
  return readInputs();
}

describe('readInputs', () => {
  it('has the defaults that are documented', () => {
    expect(read({})).toEqual({
      storePaths: ['./result'],
      system: undefined,
      bootLoader: 'auto',
      bootPartition: 'auto',
      deviceTree: undefined,
      bootTimeout: undefined,
      volumeLabel: 'NIXOS_SD',
      uuid: Uint8Array.of(
        0x44,
        0x44,
        0x44,
        0x44,
        0x44,
        0x44,
        0x44,
        0x44,
        0x88,
        0x88,
        0x88,
        0x88,
        0x88,
        0x88,
        0x88,
        0x88,
      ),
      rootFiles: [],
      rootFilesMode: 'kept',
      storeGid: 30000,
      freeSpace: 16 * MIB,
      deduplicate: true,
      nixDatabase: false,
      rootParts: undefined,
      imagerDevices: [],
      fromParts: [],
      format: 'ext4',
      partitionTable: 'mbr',
      rootPartition: undefined,
      firmwareFiles: undefined,
      firmwareSize: 30 * MIB,
      firmwareFilesystem: 'auto',
      firmwareLabel: 'FIRMWARE',
      firmwareOffset: 8 * MIB,
      diskId: 0x2178694e,
      bootloader: [],
      imageName: 'nixos.img',
      outputDirectory: undefined,
      compression: 'zstd',
      compressionLevel: undefined,
      upload: true,
      retentionDays: undefined,
      overwrite: false,
      baseline: undefined,
      release: undefined,
    });
  });

  it('reads every input', () => {
    const inputs = read({
      'store-paths': '/nix/store/a  ./result\n\n ./result-2\r\n\tx',
      system: ' ./system ',
      'boot-loader': 'extlinux',
      'boot-partition': 'firmware',
      'device-tree': 'rockchip/rk3588-orangepi-5.dtb',
      'boot-timeout': '-1',
      'volume-label': 'ROOT é',
      uuid: '0123ABCD-4567-89ab-cdef-0123456789AB',
      'root-files': './with space\n\n  other  \r\n',
      'root-files-mode': 'git',
      'store-gid': '4294967294',
      'free-space': '0',
      deduplicate: 'False',
      'nix-database': 'true',
      format: 'sd-card',
      'partition-table': 'gpt',
      'root-partition': '128',
      'firmware-files': './firmware',
      'firmware-size': '64MiB',
      'firmware-filesystem': 'fat32',
      'firmware-label': 'MY BOOT',
      'firmware-offset': '1MiB',
      'disk-id': '4294967295',
      bootloader:
        'u-boot@sunxi.bin@32KiB\nspl image.bin @ 512\nboot.img@0\nspl.bin@2MiB:2e54b353-1271-4842-806f-e436d6af6985',
      'imager-devices': 'pi5-64bit  pi4-64bit\npi5-64bit',
      'image-name': 'my_image+1.img',
      'output-directory': './out',
      compression: 'xz',
      'compression-level': '0',
      upload: 'FALSE',
      'retention-days': '400',
      overwrite: 'true',
      baseline: './old image.manifest.json',
      'release-tag': 'release/v1.0-rc.1',
      'github-token': 'ghs_0123',
    });
    expect(inputs).toEqual({
      storePaths: ['/nix/store/a', './result', './result-2', 'x'],
      system: './system',
      bootLoader: 'extlinux',
      bootPartition: 'firmware',
      deviceTree: 'rockchip/rk3588-orangepi-5.dtb',
      bootTimeout: -1,
      volumeLabel: 'ROOT é',
      uuid: Uint8Array.from(Buffer.from('0123abcd456789abcdef0123456789ab', 'hex')),
      rootFiles: ['./with space', 'other'],
      rootFilesMode: 'git',
      storeGid: 4294967294,
      freeSpace: 0,
      deduplicate: false,
      nixDatabase: true,
      rootParts: undefined,
      imagerDevices: ['pi5-64bit', 'pi4-64bit'],
      fromParts: [],
      format: 'sd-card',
      partitionTable: 'gpt',
      rootPartition: 128,
      firmwareFiles: './firmware',
      firmwareSize: 64 * MIB,
      firmwareFilesystem: 'fat32',
      firmwareLabel: 'MY BOOT',
      firmwareOffset: MIB,
      diskId: 0xffffffff,
      bootloader: [
        { path: 'u-boot@sunxi.bin', offset: 32768 },
        { path: 'spl image.bin', offset: 512 },
        { path: 'boot.img', offset: 0 },
        { path: 'spl.bin', offset: 2 * MIB, partitionType: '2E54B353-1271-4842-806F-E436D6AF6985' },
      ],
      imageName: 'my_image+1.img',
      outputDirectory: './out',
      compression: 'xz',
      compressionLevel: 0,
      upload: false,
      retentionDays: 400,
      overwrite: true,
      baseline: './old image.manifest.json',
      release: { tag: 'release/v1.0-rc.1', token: 'ghs_0123' },
    });
    expect(imageFileName(inputs)).toBe('my_image+1.img.xz');
  });

  it('takes an empty value for none', () => {
    const inputs = read({ 'volume-label': '', 'free-space': ' ', upload: '', 'compression-level': '', system: '' });
    expect(inputs).toMatchObject({ volumeLabel: 'NIXOS_SD', freeSpace: 16 * MIB, upload: true, system: undefined });
  });

  it('takes a system instead of store paths', () => {
    expect(read({ 'store-paths': ' \n', system: './result' })).toMatchObject({ storePaths: [], system: './result' });
  });

  it.each([
    ['volume-label', 'seventeen bytes !', 'at most 16 bytes'],
    ['volume-label', 'ééééééééé', 'at most 16 bytes'],
    ['volume-label', 'two\nlines', 'without control characters'],
    ['uuid', '44444444-4444-4444-8888-88888888888', 'a UUID other than nil'],
    ['uuid', '44444444444444448888888888888888', 'a UUID other than nil'],
    ['uuid', 'g4444444-4444-4444-8888-888888888888', 'or to from-closure'],
    ['uuid', '00000000-0000-0000-0000-000000000000', 'other than nil'],
    ['store-gid', '4294967295', 'from 0 to 4294967294'],
    ['store-gid', '-1', 'from 0 to 4294967294'],
    ['store-gid', 'nixbld', 'from 0 to 4294967294'],
    ['free-space', 'lots', 'such as 16MiB'],
    ['free-space', '-1MiB', 'such as 16MiB'],
    ['free-space', '1.5', 'such as 16MiB'],
    ['free-space', '2049GiB', 'from 0 to less than 2TiB'],
    ['deduplicate', 'yes', 'true or false'],
    ['format', 'ext3', 'ext4 or sd-card'],
    ['root-files-mode', '0644', 'kept or git'],
    ['image-name', 'a/b.img', 'plain file name'],
    ['image-name', '..', 'plain file name'],
    ['image-name', '.', 'plain file name'],
    ['image-name', 'a?.img', 'plain file name'],
    ['image-name', 'a"b', 'plain file name'],
    ['image-name', 'a:b', 'plain file name'],
    ['image-name', 'a<b', 'plain file name'],
    ['image-name', 'a>b', 'plain file name'],
    ['image-name', 'a|b', 'plain file name'],
    ['image-name', 'a*b', 'plain file name'],
    ['image-name', 'a\\b', 'plain file name'],
    ['image-name', 'a\nb', 'plain file name'],
    ['image-name', 'a\rb', 'plain file name'],
    ['image-name', 'n'.repeat(236), 'at most 235 bytes'],
    ['compression', 'lzma', 'zstd, gzip, xz or none'],
    ['compression-level', '23', 'from 1 to 22 for zstd'],
    ['compression-level', '0', 'from 1 to 22 for zstd'],
    ['compression-level', 'best', 'from 1 to 22 for zstd'],
    ['upload', '1', 'true or false'],
    ['retention-days', '0', 'from 1 to 400'],
    ['retention-days', '401', 'from 1 to 400'],
    ['retention-days', '1.5', 'from 1 to 400'],
    ['overwrite', 'maybe', 'true or false'],
    ['boot-loader', 'grub', 'auto, extlinux, systemd-boot, raspberry-pi or none'],
    ['boot-partition', 'fat', 'auto, root or firmware'],
    ['device-tree', '/a.dtb', 'a path below the device trees'],
    ['device-tree', 'a/../b.dtb', 'a path below the device trees'],
    ['device-tree', 'a b.dtb', 'a path below the device trees'],
    ['boot-timeout', '-2', 'from 0, for no menu, to 86400'],
    ['boot-timeout', '86401', 'from 0, for no menu, to 86400'],
    ['boot-timeout', '1.5', 'or to -1 to wait for ever'],
  ])('refuses %s: %j', (name, value, accepted) => {
    const error = refusal({ [name]: value });
    expect(error).toMatchObject({
      title: `Invalid input ${name}`,
      remedy: expect.stringContaining(accepted),
    });
    expect(error.message).toMatch(new RegExp(`^The input ${name} cannot be '.*'\\.$`));
  });

  it.each([
    ['firmware-size', '0', 'a multiple of 512'],
    ['firmware-size', '1000', 'a multiple of 512'],
    ['firmware-label', 'lower', 'at most 11 characters'],
    ['firmware-label', 'TWELVE CHARS', 'at most 11 characters'],
    ['firmware-label', 'A.B', 'at most 11 characters'],
    ['firmware-label', 'É', 'at most 11 characters'],
    ['firmware-offset', '0', 'a size from 512'],
    ['firmware-offset', '1025', 'a multiple of 512'],
    ['disk-id', '0', 'from 0x1 to 0xffffffff'],
    ['disk-id', '0x100000000', 'from 0x1 to 0xffffffff'],
    ['disk-id', '2178694e', 'from 0x1 to 0xffffffff'],
    ['imager-devices', 'pi5-64bit pi4', 'device tags of Raspberry Pi Imager, such as pi4-64bit pi5-64bit'],
    ['imager-devices', 'rock5-64bit', 'device tags of Raspberry Pi Imager'],
    ['bootloader', 'u-boot.bin', 'path@offset'],
    ['bootloader', 'u-boot.bin@0:da', 'path@offset:type'],
    ['bootloader', 'u-boot.bin@8KiB:', 'hexadecimal byte'],
    ['bootloader', 'u-boot.bin@8KiB:d', 'hexadecimal byte'],
    ['bootloader', 'u-boot.bin@8KiB:00', 'hexadecimal byte'],
    ['bootloader', 'u-boot.bin@8KiB:05', 'hexadecimal byte'],
    ['bootloader', 'u-boot.bin@8KiB:ee', 'hexadecimal byte'],
    ['bootloader', 'u-boot.bin@8KiB:2e54b353-1271-4842-806f-e436d6af6985', 'hexadecimal byte'],
    ['partition-table', 'dos', 'mbr or gpt'],
    ['root-partition', '0', 'from 1 to 4 for partition-table: mbr'],
    ['root-partition', '5', 'from 1 to 4 for partition-table: mbr'],
    ['firmware-filesystem', 'fat12', 'auto, fat16 or fat32'],
    ['bootloader', 'u-boot.bin@1000', 'a multiple of 512'],
    ['bootloader', 'u-boot.bin@lots', 'path@offset'],
    ['bootloader', '@8KiB', 'path@offset'],
    ['bootloader', 'a.bin@8KiB\nb.bin', 'path@offset'],
  ])('refuses %s: %j for an SD card', (name, value, accepted) => {
    const error = refusal({ format: 'sd-card', [name]: value });
    expect(error).toMatchObject({ title: `Invalid input ${name}`, remedy: expect.stringContaining(accepted) });
  });

  it.each([
    ['bootloader', 'u-boot.bin@1MiB:da', 'GUID of a partition type'],
    ['bootloader', 'u-boot.bin@1MiB:00000000-0000-0000-0000-000000000000', 'GUID of a partition type'],
    ['root-partition', '129', 'from 1 to 128 for partition-table: gpt'],
  ])('refuses %s: %j for a GPT', (name, value, accepted) => {
    const error = refusal({ format: 'sd-card', 'partition-table': 'gpt', [name]: value });
    expect(error).toMatchObject({ title: `Invalid input ${name}`, remedy: expect.stringContaining(accepted) });
  });

  it.each([
    ['two words'],
    ['a..b'],
    ['-v1'],
    ['/v1'],
    ['v1/'],
    ['v1//2'],
    ['v1.'],
    ['.v1'],
    ['v1/.2'],
    ['v1.lock'],
    ['v1.lock/2'],
    ['v~1'],
    ['v^1'],
    ['v:1'],
    ['v?'],
    ['v*'],
    ['v[1'],
    ['v\\1'],
    ['v@{1'],
    ['v\u007f'],
    ['v'.repeat(251)],
  ])('refuses release-tag: %j, as git does', (tag) => {
    const error = refusal({ 'release-tag': tag, 'github-token': 'ghs_0123' });
    expect(error).toMatchObject({
      title: 'Invalid input release-tag',
      remedy: expect.stringContaining('such as v1.0'),
    });
    expect(acceptedByGit(tag)).toBe(false);
  });

  it.each(['v1.0', '1', 'v1.0-rc.1+build', 'release/2026/v1', 'ö', 'a@b', '@', 'v'.repeat(250)])(
    'takes release-tag: %j, as git does',
    (tag) => {
      expect(read({ 'release-tag': tag, 'github-token': 'ghs_0123' }).release).toEqual({ tag, token: 'ghs_0123' });
      expect(acceptedByGit(tag)).toBe(true);
    },
  );

  it('takes the full name of a tag, and no other ref, which GitHub would make a tag of', () => {
    const readTag = (tag: string) => read({ 'release-tag': tag, 'github-token': 'ghs_0123' }).release?.tag;
    expect(readTag('refs/tags/v1.0')).toBe('v1.0');
    expect(readTag('refs/tags/release/v1')).toBe('release/v1');
    for (const ref of ['refs/heads/main', 'refs/pull/1/merge', 'refs/tags/refs/heads/main', 'refs/tags/']) {
      expect(refusal({ 'release-tag': ref, 'github-token': 'ghs_0123' })).toMatchObject({
        title: 'Invalid input release-tag',
        remedy: expect.stringContaining('github.ref_name'),
      });
    }
  });

  it('needs a token for a release, and shows nothing of a wrong one', () => {
    expect(refusal({ 'release-tag': 'v1' })).toMatchObject({
      title: 'Invalid input github-token',
      message: 'The input release-tag needs github-token.',
      remedy: expect.stringMatching(/github-token to \$\{\{ github\.token \}\}.*contents: write/),
    });
    const error = refusal({ 'release-tag': 'v1', 'github-token': 'sec ret' });
    expect(error.message).toBe('The input github-token is not a token.');
    expect(JSON.stringify([error.message, error])).not.toMatch(/sec|ret/);
    expect(read({ 'github-token': 'sec ret' }).release).toBeUndefined();
  });

  it.each(['my image.img', 'a..img', 'image..', 'é.img', 'a=b.img', '.img', '-x.img', 'a~.img'])(
    'refuses the name %j for a release, which would not keep it',
    (name) => {
      expect(read({ 'image-name': name }).imageName).toBe(name);
      const error = refusal({ 'image-name': name, 'release-tag': 'v1', 'github-token': 'ghs_0123' });
      expect(error).toMatchObject({
        title: 'Invalid input image-name',
        remedy: expect.stringContaining('such as nixos-1.0.img'),
      });
    },
  );

  it('names the line that is wrong', () => {
    expect(refusal({ format: 'sd-card', bootloader: 'a.bin@8KiB\nb.bin' }).message).toContain("cannot be 'b.bin'");
  });

  it.each([
    ['gzip', '10', 'from 1 to 9 for gzip'],
    ['gzip', '0', 'from 1 to 9 for gzip'],
    ['xz', '10', 'from 0 to 9 for xz'],
    ['none', '1', 'Remove compression-level'],
  ])('knows the levels of %s: not %s', (compression, level, remedy) => {
    const error = refusal({ compression, 'compression-level': level });
    expect(error).toMatchObject({ title: 'Invalid input compression-level', remedy: expect.stringContaining(remedy) });
  });

  it.each([
    ['firmware-files', './firmware'],
    ['firmware-size', '64MiB'],
    ['firmware-label', 'BOOT'],
    ['firmware-offset', '1MiB'],
    ['disk-id', '0x1'],
    ['partition-table', 'gpt'],
    ['root-partition', '2'],
    ['firmware-filesystem', 'fat32'],
    ['bootloader', 'u-boot.bin@8KiB'],
  ])('refuses %s for a bare filesystem', (name, value) => {
    expect(refusal({ [name]: value })).toMatchObject({
      title: `Invalid input ${name}`,
      remedy: expect.stringContaining('format to sd-card'),
    });
  });

  it.each([
    ['boot-loader', 'none'],
    ['device-tree', 'a.dtb'],
    ['boot-timeout', '0'],
  ])('refuses %s without a system', (name, value) => {
    expect(refusal({ [name]: value })).toMatchObject({
      title: `Invalid input ${name}`,
      message: `The input ${name} is about the boot files of a system, but system is not set.`,
      remedy: `Set system to a NixOS system, or remove ${name}.`,
    });
  });

  it('refuses boot files on a FAT partition of a bare filesystem', () => {
    expect(refusal({ 'boot-partition': 'firmware' })).toMatchObject({
      title: 'Invalid input boot-partition',
      remedy: 'Set format to sd-card, or boot-partition to root.',
    });
    expect(read({ format: 'sd-card', 'boot-partition': 'firmware' })).toMatchObject({ bootPartition: 'firmware' });
  });

  it('needs something to put in', () => {
    expect(refusal({ 'store-paths': ' \n ' })).toMatchObject({
      title: 'Invalid input store-paths',
      message: expect.stringContaining('Neither store-paths nor system is given'),
    });
  });

  it('shows a hostile value escaped and shortened', () => {
    const { message } = refusal({ format: `::set-output name=a::b\n::error::\u001b[31m${'x'.repeat(1000)}` });
    expect(message).not.toMatch(/\p{Cc}/u);
    expect(message).toContain('\\x0a');
    expect(message.length).toBeLessThan(300);
  });
});

function refusal(inputs: Readonly<Record<string, string>>): Error {
  try {
    read(inputs);
  } catch (error) {
    if (error instanceof Error) {
      return error;
    }
  }
  throw new Error('The inputs were accepted.');
}

/** Whether git makes a tag of that name. */
function acceptedByGit(name: string): boolean {
  const cwd = temporaryDirectory();
  execFileSync('git', ['init', '--quiet'], { cwd });
  const tree = execFileSync('git', ['hash-object', '-t', 'tree', '-w', '/dev/null'], { cwd, encoding: 'utf8' }).trim();
  return spawnSync('git', ['tag', '--', name, tree], { cwd }).status === 0;
}
