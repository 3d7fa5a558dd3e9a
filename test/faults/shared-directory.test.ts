// @module-tag system
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sampleClosure } from '../support/nix-store.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { inject, runFaulty } from './support/faults.ts';

const checkSums = (directory: string): readonly string[] =>
  execFileSync('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: directory, encoding: 'utf8', stdio: 'pipe' })
    .trim()
    .split('\n');

test.each(['zstd', 'none'])(
  'a run is refused while another writes an image of that name, which is not touched (%s)',
  async (compression) => {
    const output = temporaryDirectory();
    const inputs = { 'store-paths': sampleClosure().root, 'output-directory': output };
    const hold = inject('hold', 'hashStorePaths');
    let log = '';
    const first = await runFaulty(inputs, {
      environment: hold.environment,
      async during({ pid }) {
        await hold.untilHit();
        const before = readdirSync(output);
        const second = await runFaulty({ ...inputs, compression });
        ({ log } = second);
        expect(second, log).toMatchObject({ exitCode: 1, outputs: {}, temporaryFiles: [], leftRunning: [] });
        expect(second.errors.map(({ data }) => data)).toEqual([
          expect.stringContaining(`Another run is writing nixos.img there: process ${pid} has the lock ${output}/`),
        ]);
        expect(readdirSync(output)).toEqual(before);
        hold.go();
      },
    });
    expect(log).not.toContain('::group::');
    expect(first, first.log).toMatchObject({
      exitCode: 0,
      files: ['SHA256SUMS', 'nixos.img.cdx.json', 'nixos.img.manifest.json', 'nixos.img.zst'],
    });
    expect(checkSums(output)).toEqual(['nixos.img.manifest.json: OK', 'nixos.img.zst: OK']);
  },
);

test('six runs with six names in one directory at the same time list all their files', async () => {
  const output = temporaryDirectory();
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const runs = await Promise.all(
    names.map((name) =>
      runFaulty({ 'store-paths': sampleClosure().root, 'output-directory': output, 'image-name': name }),
    ),
  );
  for (const run of runs) {
    expect(run, run.log).toMatchObject({ exitCode: 0, errors: [] });
  }
  expect(checkSums(output)).toEqual(names.flatMap((name) => [`${name}.manifest.json: OK`, `${name}.zst: OK`]));
  expect(readdirSync(output)).toHaveLength(13);
});
