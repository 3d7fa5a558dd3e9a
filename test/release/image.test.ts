// @module-tag system
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { hashFinishedFile } from '../../src/image/finished-file.ts';
import { publishRelease } from '../../src/release/publish.ts';
import { runAction } from '../support/action.ts';
import { withMounted } from '../support/kernel.ts';
import { buildPaths, sampleClosure } from '../support/nix-store.ts';
import { startReleaseService } from '../support/release-service.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { compareTrees } from '../support/tree-comparison.ts';
import { listTree } from '../support/tree-listing.ts';

/** What an image does not copy from the host. */
const OF_THE_HOST = ['atime', 'ctime', 'gid', 'inode', 'links', 'hardLinks', 'directorySize'] as const;

it.each(['zstd', 'none'])(
  'the parts of a real image that is too large join to an image that the kernel mounts: %s',
  async (compression) => {
    const { numbers } = buildPaths({ numbers: { script: 'mkdir $out; seq 1 6000000 > $out/numbers' } });
    const { root, paths } = sampleClosure();
    const inputs = { 'store-paths': `${numbers} ${root}`, compression };
    const run = await runAction(inputs, { directory: temporaryDirectory() });
    expect(run).toMatchObject({ exitCode: 0 });
    const image = hashFinishedFile(run.outputs['image-path'] ?? '');
    const service = await startReleaseService();
    onTestFinished(() => service.stop());
    const release = await publishRelease({
      tag: 'v1',
      token: service.token,
      image,
      others: [],
      notes: () => '',
      overwrite: false,
      log: { info: () => {} },
      signal: new AbortController().signal,
      environment: service.environment,
      limit: Math.ceil(image.size / 2),
    });

    const directory = temporaryDirectory();
    const assets = service.store.assetsOf(service.store.releases()[0]?.id ?? 0);
    for (const { name, contents } of assets) {
      writeFileSync(join(directory, name), contents);
    }
    const parts = assets.map(({ name }) => name).filter((name) => /\.\d\d$/.test(name));
    expect(parts.length).toBeGreaterThan(1);
    const shell = (script: string): Buffer =>
      execFileSync('sh', ['-euc', script], { cwd: directory, maxBuffer: 2 ** 30, stdio: ['ignore', 'pipe', 'pipe'] });
    shell(`${release.joinCommand}\nsha256sum --check --strict SHA256SUMS`);
    const joined = join(directory, basename(image.path));
    expect(hashFinishedFile(joined)).toMatchObject({ size: image.size, sha256: image.sha256 });

    const decompress = compression === 'zstd' ? 'zstd --decompress --stdout' : 'cat';
    shell(`${decompress} '${basename(joined)}' > raw.img`);
    const raw = join(directory, 'raw.img');
    execFileSync('e2fsck', ['-fn', raw], { stdio: 'pipe' });
    await withMounted(raw, {}, (mounted) => {
      for (const path of [numbers ?? '', ...Object.values(paths)]) {
        const differences = compareTrees(listTree(path), listTree(join(mounted, path)), { ignore: [...OF_THE_HOST] });
        expect(differences).toEqual([]);
      }
    });
    expect(hashFinishedFile(raw).sha256).toBe(run.outputs['uncompressed-sha256']);
    rmSync(join(directory, parts.at(-1) ?? ''));
    shell(`${release.joinCommand}`);
    expect(() => shell('sha256sum --check --strict --ignore-missing SHA256SUMS')).toThrow(/did NOT match/);
  },
);
