// @module-tag system
import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, statfsSync, statSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { runAction } from '../support/action.ts';
import { dumpe2fsFields } from '../support/image-check.ts';
import { withMounted } from '../support/kernel.ts';
import { loadRegistration, nix, sampleClosure, verifyStore } from '../support/nix-store.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { compareTrees } from '../support/tree-comparison.ts';
import { listTree } from '../support/tree-listing.ts';

/** What an image does not take over from the host: times, links among files, and what belongs to a filesystem. */
const OF_THE_HOST = ['atime', 'ctime', 'gid', 'inode', 'links', 'hardLinks', 'directorySize'] as const;

test('makes an image that the kernel mounts and whose store Nix verifies', async () => {
  const directory = temporaryDirectory();
  const { root, paths } = sampleClosure();
  const run = await runAction({ 'store-paths': root, compression: 'none' }, { directory });
  expect(run).toMatchObject({
    exitCode: 0,
    files: ['SHA256SUMS', 'nixos.img', 'nixos.img.cdx.json', 'nixos.img.manifest.json'],
    temporaryFiles: [],
  });

  await withMounted(run.outputs['image-path'], {}, (mounted) => {
    for (const path of Object.values(paths)) {
      const inImage = join(mounted, path);
      execFileSync('diff', ['--recursive', '--no-dereference', path, inImage]);
      expect(compareTrees(listTree(path), listTree(inImage), { ignore: [...OF_THE_HOST] })).toEqual([]);
    }
    expect(
      listTree(join(mounted, 'nix/store')).every(({ gid, uid, mtime, atime, ctime }) => {
        return gid === 30000 && uid === 0 && [mtime, atime, ctime].every((time) => time === 1_000_000_000n);
      }),
    ).toBe(true);
    expect((statSync(join(mounted, 'nix/store')).mode & 0o7777).toString(8)).toBe('1775');
    expect(statfsSync(mounted).bavail * 4096).toBeGreaterThanOrEqual(16 * 1024 * 1024);

    const copy = join(directory, 'root');
    mkdirSync(join(copy, 'nix'), { recursive: true });
    cpSync(join(mounted, 'nix/store'), join(copy, 'nix/store'), { recursive: true, verbatimSymlinks: true });
    loadRegistration(copy, readFileSync(join(mounted, 'nix-path-registration')));
    expect(verifyStore(copy)).toMatchObject({ valid: true });
  });
});

test('compressed in any way, the file holds the same image', async () => {
  const { root } = sampleClosure();
  const tools = { zstd: 'zst', gzip: 'gz', xz: 'xz' } as const;
  const raw = await runAction({ 'store-paths': root, compression: 'none' }, { directory: temporaryDirectory() });
  for (const [tool, suffix] of Object.entries(tools)) {
    const run = await runAction({ 'store-paths': root, compression: tool }, { directory: temporaryDirectory() });
    expect(run.files).toContain(`nixos.img.${suffix}`);
    const file = run.outputs['image-path'];
    execFileSync(tool, ['--test', '--quiet', file]);
    const contents = execFileSync(tool, ['--decompress', '--stdout', file], { maxBuffer: 2 ** 30 });
    expect(sha256(contents)).toBe(raw.outputs['image-sha256']);
    expect(run.outputs).toMatchObject({
      'image-sha256': sha256(readFileSync(file)),
      'image-size': String(statSync(file).size),
      'uncompressed-sha256': raw.outputs['image-sha256'],
      'uncompressed-size': raw.outputs['image-size'],
    });
  }
});

test('the same closure and inputs give the same bytes, whatever is around them', async () => {
  const { root, paths } = sampleClosure();
  const all = Object.values(paths);
  const first = await runAction({ 'store-paths': root }, { directory: temporaryDirectory() });
  const elsewhere = temporaryDirectory();
  symlinkSync(root, join(elsewhere, 'result'));
  const others = [
    await runAction({ 'store-paths': root }, { directory: temporaryDirectory() }),
    await runAction({ 'store-paths': all.toReversed().join('\n') }, { directory: temporaryDirectory() }),
    await runAction({ 'store-paths': './result' }, { directory: temporaryDirectory(), workingDirectory: elsewhere }),
    await runAction(
      { 'store-paths': `${root}/self` },
      {
        directory: temporaryDirectory(),
        environment: { TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
      },
    ),
  ];
  const umask = process.umask(0o077);
  others.push(await runAction({ 'store-paths': root }, { directory: temporaryDirectory() }));
  process.umask(umask);
  for (const { outputs } of others) {
    expect(outputs['image-sha256']).toBe(first.outputs['image-sha256']);
  }
});

test('hard links of the store do not show', async () => {
  // A path of this run alone, since it is deleted.
  const twins = ['--expr', TWINS, '--argstr', 'nonce', randomUUID()];
  const build = (isOptimised: boolean): string =>
    nix('nix-build', ['--no-out-link', '--option', 'auto-optimise-store', String(isOptimised), ...twins])
      .toString()
      .trim();
  const path = build(false);
  const image = () => runAction({ 'store-paths': path }, { directory: temporaryDirectory() });
  const before = await image();
  expect(statSync(`${path}/one`).nlink).toBe(1);
  nix('nix-store', ['--delete', path]);
  expect(build(true)).toBe(path);
  expect(statSync(`${path}/one`).nlink).toBeGreaterThan(1);
  const after = await image();
  expect(after.outputs['image-sha256']).toBe(before.outputs['image-sha256']);
  expect(before.exitCode).toBe(0);
  nix('nix-store', ['--delete', path]);
});

const TWINS = `{ nonce }: derivation {
  inherit nonce;
  name = "twins";
  system = builtins.currentSystem;
  builder = "/bin/sh";
  args = [ "-euc" "/bin/mkdir $out; echo $nonce > $out/one; echo $nonce > $out/other; echo single > $out/single" ];
}`;

test('root-files, label, UUID, group and free space are as the inputs say', async () => {
  const directory = temporaryDirectory();
  const { root } = sampleClosure();
  const rootFiles = join(directory, 'root files');
  mkdirSync(join(rootFiles, 'boot'), { recursive: true });
  execFileSync(
    'sh',
    ['-c', 'printf secret > boot/key && chmod 600 boot/key && ln -s ../etc boot/link && mkdir -p nix/var'],
    {
      cwd: rootFiles,
    },
  );
  const run = await runAction(
    {
      'store-paths': root,
      compression: 'none',
      'root-files': rootFiles,
      'volume-label': 'MY CARD',
      uuid: 'from-closure',
      'store-gid': '70000',
      'free-space': '64MiB',
      deduplicate: 'false',
    },
    { directory },
  );
  expect(run.exitCode).toBe(0);
  const fields = await dumpe2fsFields(run.outputs['image-path']);
  expect(fields.get('Filesystem volume name')).toBe('MY CARD');
  expect(fields.get('Filesystem UUID')).toBe(run.outputs.uuid);
  expect(run.outputs.uuid).toMatch(/^.{14}8.{4}[89ab]/);
  await withMounted(run.outputs['image-path'], {}, (mounted) => {
    const key = statSync(join(mounted, 'boot/key'));
    expect([key.uid, key.gid, key.mode & 0o7777, key.size]).toEqual([0, 0, 0o600, 6]);
    expect(statSync(join(mounted, 'nix/store', basename(root))).gid).toBe(70_000);
    expect(statfsSync(mounted).bavail * 4096).toBeGreaterThanOrEqual(64 * 1024 * 1024);
    const library = join(mounted, sampleClosure().paths['sample-library'], 'share');
    expect(statSync(join(library, 'equal')).nlink).toBe(1);
  });
});

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
