// @module-tag system
import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { writeError } from '../../src/image/write-error.ts';
import { imageName } from '../../src/inputs/image-values.ts';
import { unmount } from '../support/kernel.ts';
import { buildPaths } from '../support/nix-store.ts';
import { runAsRoot, runTool } from '../support/run-tool.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { expectCleanFailure, inject, namesIn, runFaulty } from './support/faults.ts';
import { fillUp, mountMemory } from './support/mounted.ts';

const MEBIBYTE = 2 ** 20;

/** Some megabytes that no compression makes smaller, so that a small disk is always too small. */
function closure(): string {
  const { 'fault-space': path = '' } = buildPaths({
    'fault-space': {
      script: `mkdir $out; i=0; while [ $i -lt 20 ]; do
        head -c 400000 /dev/zero | openssl enc -aes-128-ctr -nosalt -K 000000000000000000000000000000$((i + 10)) -iv 0 > $out/$i
        i=$((i + 1)); done 2> /dev/null`,
    },
  });
  return path;
}

describe('before the work', () => {
  test('an image is refused if the disk lacks one block for it, and built if it just fits', async () => {
    const wide = temporaryDirectory();
    await mountMemory(join(wide, 'output'), 64 * MEBIBYTE);
    // With two groups: in a single group, the blocks reserved for descriptors are zeros, and so holes.
    const inputs = { 'store-paths': closure(), compression: 'none', 'free-space': '200MiB' };
    const { outputs } = await runFaulty(inputs, { directory: wide });
    const needed = statSync(outputs['image-path'] ?? '').blocks * 512;
    expect(needed).toBeGreaterThan(7 * MEBIBYTE);

    const exact = temporaryDirectory();
    // The files beside the image take a few more blocks.
    await mountMemory(join(exact, 'output'), needed + 16 * 1024);
    expect(await runFaulty(inputs, { directory: exact })).toMatchObject({
      exitCode: 0,
      files: ['SHA256SUMS', 'nixos.img', 'nixos.img.cdx.json', 'nixos.img.manifest.json'],
    });

    const snug = temporaryDirectory();
    await mountMemory(join(snug, 'output'), needed);
    const manifest = expectCleanFailure(await runFaulty(inputs, { directory: snug }));
    expect(manifest).toMatch(/manifest\.json could not be written: the disk is full\. \d+ more bytes were needed/);

    const tight = temporaryDirectory();
    await mountMemory(join(tight, 'output'), needed - 4096);
    const text = expectCleanFailure(await runFaulty(inputs, { directory: tight }));
    expect(text).toContain('The disk is full');
    expect(text).toContain(`(${needed} bytes), but the filesystem of ${join(tight, 'output')} has`);
    expect(text).toContain(`(${needed - 4096} bytes) free`);
    expect(text).toMatch(/nix-collect-garbage.*output-directory.*less into the image/);
  });

  test('a compressed image is refused if not even its metadata fits', async () => {
    const directory = temporaryDirectory();
    await mountMemory(join(directory, 'output'), 256 * 1024);
    const text = expectCleanFailure(await runFaulty({ 'store-paths': closure() }, { directory }));
    expect(text).toMatch(
      /The part of the image that is unpacked to verify it needs .* has 0\.3 MiB \(262144 bytes\) free/,
    );
  });
});

describe('a disk that becomes full', () => {
  test.each([
    ['writeRange', 'none'],
    ['compressRange', 'zstd'],
    ['compressRange', 'gzip'],
    ['writeSkeletonPart', 'zstd'],
  ])('before %s with compression %s is reported as such', async (task, compression) => {
    const directory = temporaryDirectory();
    const disk = join(directory, 'disk');
    await mountMemory(disk, 32 * MEBIBYTE);
    const output = join(disk, 'output');
    const hold = inject('hold', task);
    let filled = 0;
    const run = await runFaulty(
      { 'store-paths': closure(), compression, 'output-directory': output },
      {
        directory,
        environment: hold.environment,
        async during() {
          await hold.untilHit();
          filled = fillUp(disk);
          hold.go();
        },
      },
    );
    expect(filled).toBeGreaterThan(0);
    const text = expectCleanFailure(run);
    expect(text).toMatch(
      /could not be written: the disk is full\. \d+ more bytes were needed\. Its filesystem has \d+ bytes free now/,
    );
    expect(text).toContain('ENOSPC');
    expect(text).toContain('nix-collect-garbage');
    expect(namesIn(disk)).toEqual(['filler', 'output']);
  });

  test('without another writer, because the image is too large even when compressed, is reported as such', async () => {
    const directory = temporaryDirectory();
    await mountMemory(join(directory, 'output'), 4 * MEBIBYTE);
    const text = expectCleanFailure(await runFaulty({ 'store-paths': closure() }, { directory }));
    expect(text).toContain('the disk is full');
  });
});

test('a filesystem without support for large files is reported as such', async () => {
  const directory = temporaryDirectory();
  const disk = join(directory, 'disk');
  const image = join(directory, 'small-files');
  mkdirSync(disk);
  writeFileSync(image, '');
  truncateSync(image, 64 * MEBIBYTE);
  // Without extents and with blocks of 1 KiB, files end at 16 GiB.
  await runTool('mkfs.ext4', ['-q', '-O', '^extent,^64bit', '-b', '1024', image]);
  await runAsRoot('mount', ['--options', 'loop', image, disk]);
  onTestFinished(() => unmount(disk));
  const inputs = { compression: 'none', 'free-space': '20GiB', 'output-directory': join(disk, 'output') };
  const text = expectCleanFailure(await runFaulty({ 'store-paths': closure(), ...inputs }, { directory }));
  expect(text).toContain('does not support files of that size');
  expect(text).toContain('FAT');
});

test('an exceeded quota is not reported as a full disk', () => {
  const cause = Object.assign(new Error('EDQUOT: disk quota exceeded, write'), { code: 'EDQUOT' });
  const error = writeError('/tmp/image', cause);
  expect(error).toMatchObject({
    title: 'The disk quota is exceeded',
    code: 'EDQUOT',
    cause,
    message: expect.stringContaining('may not store more'),
  });
});

describe('an output directory', () => {
  test.each([
    'nixos.img',
    'nixos.img.manifest.json',
    'nixos.img.cdx.json',
    'nixos.img.bmap',
    'nixos.img.rpi-imager-manifest',
    'SHA256SUMS',
  ])('in which a directory has the name %s, of a file to be made, is refused before any work', async (taken) => {
    const directory = temporaryDirectory();
    mkdirSync(join(directory, 'output', taken, 'precious'), { recursive: true });
    const inputs = {
      'store-paths': closure(),
      compression: 'none',
      format: 'sd-card',
      'imager-devices': 'pi5-64bit',
    };
    const run = await runFaulty(inputs, { directory });
    expect(namesIn(join(directory, 'output', taken))).toEqual(['precious']);
    const text = expectCleanFailure({ ...run, files: run.files.filter((name) => name !== taken) });
    expect(text).toContain(`/${taken} is a directory`);
    expect(run.log).not.toContain('::group::');
  });

  test('in which the image would have the name of the checksums is refused before any work', async () => {
    const run = await runFaulty({ 'store-paths': closure(), compression: 'none', 'image-name': 'SHA256SUMS' });
    expect(expectCleanFailure(run)).toContain('cannot be named SHA256SUMS');
    expect(run.log).not.toContain('::group::');
  });

  test('that is a file is refused', async () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'output'), 'precious');
    const text = expectCleanFailure(await runFaulty({ 'store-paths': closure() }, { directory }));
    expect(text).toContain(`The output directory ${join(directory, 'output')} cannot be created`);
    expect(statSync(join(directory, 'output')).size).toBe(8);
  });

  test('that cannot be changed any more is named with the file that is left in it', async () => {
    const directory = temporaryDirectory();
    const output = join(directory, 'output');
    const hold = inject('hold', 'compressRange');
    const run = await runFaulty(
      { 'store-paths': closure() },
      {
        directory,
        environment: hold.environment,
        async during({ pid }) {
          await hold.untilHit();
          execFileSync('chattr', ['+i', output]);
          process.kill(pid, 'SIGINT');
        },
      },
    );
    execFileSync('chattr', ['-i', output]);
    expect(run.files.map((name) => name.slice(name.lastIndexOf('.')))).toEqual(['.partial', '.lock']);
    expect(run).toMatchObject({ exitCode: 1, leftRunning: [], errors: [{ data: expect.stringContaining('SIGINT') }] });
    const warnings = run.commands.filter(({ name }) => name === 'warning');
    expect(warnings).toHaveLength(1);
    expect(warnings[0]?.data).toContain(join(output, run.files[0] ?? ''));
  });

  test('can hold an image with the longest possible name', async () => {
    const longest =
      Array.from({ length: 256 }, (_, length) => 'n'.repeat(length))
        .filter(imageName.parse)
        .at(-1) ?? '';
    expect(longest.length).toBeGreaterThan(230);
    const card = { format: 'sd-card', 'imager-devices': 'pi5-64bit' };
    const run = await runFaulty({ 'store-paths': closure(), 'image-name': longest, ...card });
    const suffixes = ['bmap', 'cdx.json', 'manifest.json', 'rpi-imager-manifest', 'zst'];
    expect(run).toMatchObject({ exitCode: 0, files: ['SHA256SUMS', ...suffixes.map((end) => `${longest}.${end}`)] });
  });
});
